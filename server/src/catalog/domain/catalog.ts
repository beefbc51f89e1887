/** Decides what can be asked for, within which limits, and who may see it. */
import type { Architecture } from '../../facilities/domain/facility.js';
import { scopeFor, type Viewer } from '../../kernel/viewer.js';

/** 通用型 about 4 GiB a vCPU, 内存型 8 and more, 计算型 2 and less. */
export const OFFER_FAMILIES = ['GENERAL', 'MEMORY', 'COMPUTE'] as const;
export type OfferFamily = (typeof OFFER_FAMILIES)[number];

/** WITHDRAWN: no longer offered; what was asked for by it lives on. */
export type CatalogStatus = 'OFFERED' | 'WITHDRAWN';

export interface Offer {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly family: OfferFamily;
  readonly architecture: Architecture;
  /** 信创: the offer promises a domestic processor. */
  readonly domesticCpu: boolean;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** Class of the accelerators that each machine gets, by the pools' word ("ASCEND-910B"); null = none. */
  readonly accelerator: string | null;
  readonly acceleratorCount: number;
  /** Of its compute, how much stands ready in the recovery center under an application-level recovery mode; 100 may run. */
  readonly standbyRatioPercent: number;
  readonly status: CatalogStatus;
  readonly version: number;
  /** The rest of an imported instance type, as it stood in its document; the console keeps it and does not act on it. */
  readonly keptAside: KeptAside | null;
}

export type KeptAside = { readonly [field: string]: unknown };

/** Where CDI fetches the image from: one of the forms of a DataVolume's `spec.source`. */
export type ImageSource =
  | { readonly http: { readonly url: string; readonly checksum?: string } }
  | { readonly registry: { readonly url: string } };

export interface Image {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly architecture: Architecture;
  readonly source: ImageSource;
  /** A VirtualMachineClusterPreference of the clusters, which says what devices its guest wants; null = the console's own. */
  readonly devicePreference?: string | null;
  readonly minimumDiskGib: number;
  readonly status: CatalogStatus;
  readonly version: number;
}

/** Half of the compute stands ready, unless an offer says otherwise. */
export const STANDBY_RATIO_DEFAULT = 50;

/** The smallest system disk on which the catalog's systems still take their updates. */
export const DISK_GIB_MIN = 20;
/** One disk lives on one array; 8 TiB is what its snapshots and replication still finish overnight. */
export const DISK_GIB_MAX = 8192;
/** Machines of one line: more are a project of their own and want a second line, so that a reviewer sees it. */
export const LINE_COUNT_MAX = 100;

/** GiB of memory for each vCPU at and below which a size is 计算型, and at and above which it is 内存型. */
const COMPUTE_MIB_PER_VCPU = 2 * 1024;
const MEMORY_MIB_PER_VCPU = 8 * 1024;

export function familyOf(vcpu: number, memoryMib: number): OfferFamily {
  if (memoryMib <= vcpu * COMPUTE_MIB_PER_VCPU) return 'COMPUTE';
  return memoryMib >= vcpu * MEMORY_MIB_PER_VCPU ? 'MEMORY' : 'GENERAL';
}

const FAMILY_NAMES: { readonly [F in OfferFamily]: string } = {
  GENERAL: '通用型',
  MEMORY: '内存型',
  COMPUTE: '计算型',
};

/** In the words of the trade, e.g. "通用型 8C32G". */
export function sizeName(family: OfferFamily, vcpu: number, memoryMib: number): string {
  const memory = memoryMib % 1024 === 0 ? `${memoryMib / 1024}G` : `${memoryMib}M`;
  return `${FAMILY_NAMES[family]} ${vcpu}C${memory}`;
}

/** The catalog belongs to no department: whoever keeps it may read it, and whoever may ask for something out of it. */
export function mayReadCatalog(viewer: Viewer): boolean {
  return scopeFor(viewer, 'CATALOG', 'READ') !== undefined || scopeFor(viewer, 'REQUEST', 'CREATE') !== undefined;
}
