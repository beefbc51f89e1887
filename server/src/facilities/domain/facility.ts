/** Decides what centers, clusters and pools are, who may see them, and how much of a pool's hardware may be promised. */
import type { CalendarDate } from '../../kernel/calendar.js';
import { scopeFor, type Viewer } from '../../kernel/viewer.js';
import type { CloudKind } from './consolidation.js';
import type { PoolSize, Reserve } from './promised.js';

export const CENTER_ROLES = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const;
export type CenterRole = (typeof CENTER_ROLES)[number];

export const CENTER_LIVES = ['PLANNED', 'BUILDING', 'TRIAL', 'IN_SERVICE', 'STOPPED'] as const;
export type CenterLife = (typeof CENTER_LIVES)[number];

/** AMD64: 海光, 兆芯; ARM64: 鲲鹏, 飞腾. */
export const ARCHITECTURES = ['AMD64', 'ARM64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** 政务外网区, 互联网区, 业务专网区. */
export const NETWORK_ZONES = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'] as const;
export type NetworkZone = (typeof NETWORK_ZONES)[number];

/** STALE: not heard of for a while; UNKNOWN: never heard of. */
export const CLUSTER_REACHES = ['REACHABLE', 'STALE', 'UNREACHABLE', 'UNKNOWN'] as const;
export type ClusterReach = (typeof CLUSTER_REACHES)[number];

/** DRIVEN by Kubernetes, or RECORDED: a foreign platform fulfilled by work order. */
export const POOL_KINDS = ['DRIVEN', 'RECORDED'] as const;
export type PoolKind = (typeof POOL_KINDS)[number];

/** Level 4 is not hosted; 1 carries what nobody has to protect. */
export const POOL_PROTECTION_LEVELS = [1, 2, 3] as const;
export type PoolProtectionLevel = (typeof POOL_PROTECTION_LEVELS)[number];

export function isPoolProtectionLevel(level: number): level is PoolProtectionLevel {
  return (POOL_PROTECTION_LEVELS as readonly number[]).includes(level);
}

export interface Center {
  readonly id: string;
  /** Lower case, e.g. "center-a"; settings name a center's kubeconfig by it. */
  readonly code: string;
  readonly name: string;
  readonly role: CenterRole;
  readonly life: CenterLife;
  /** The day on which it is to open, while it is not; null or missing = nobody has said. */
  readonly opensOn?: CalendarDate | null;
  readonly version: number;
}

export interface Cluster {
  readonly id: string;
  readonly centerId: string;
  readonly name: string;
  readonly reach: ClusterReach;
  /** When the cluster last said anything; null = never. */
  readonly observedAt: Date | null;
}

/** What the pool's nodes have today, before overcommit. */
export interface PoolPresent {
  /** null = not known. */
  readonly nodes: number | null;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: { readonly SSD: number; readonly HDD: number };
  /** The biggest machine that one node can run, from the nodes' allocatable, in the units machines are asked in; null = not known. */
  readonly largestMachine: { readonly vcpu: number; readonly memoryMib: number } | null;
}

/** What is not yet 集约: whose it is, and how it comes into the province's centers. */
export interface Cloud {
  readonly kind: CloudKind;
  readonly ownerDepartmentId: string;
  readonly migrationPlan: string | null;
  readonly migrationTarget: CalendarDate | null;
  /** null = the owner has not said. */
  readonly servers: number | null;
  readonly rackUnits: number | null;
}

export interface Pool {
  readonly id: string;
  readonly code: string;
  /** null = it stands in none of the province's centers: a city's or a department's own cloud. */
  readonly centerId: string | null;
  /** null = recorded: no cluster of ours drives it. */
  readonly clusterId: string | null;
  readonly kind: PoolKind;
  readonly architecture: Architecture;
  readonly zone: NetworkZone;
  /** What the processors are, e.g. "鲲鹏 920". */
  readonly processor: string;
  /** 信创: those processors are domestic. */
  readonly domesticCpu: boolean;
  /** 等保: it carries systems of this level and below. */
  readonly protectionLevelMax: PoolProtectionLevel;
  /** vCPU promised per 100 hardware threads: 300 = three on one. Memory and storage are never overcommitted. */
  readonly vcpuOvercommitPercent: number;
  readonly reserve: Reserve;
  /** What the promise is reckoned from; null = not sized yet, so nothing is promised by an act of the console. */
  readonly size: PoolSize | null;
  /** null = the cluster has not been counted yet. */
  readonly present: PoolPresent | null;
  /** A running maintenance window takes the whole pool: it takes nothing new. */
  readonly inMaintenance: boolean;
  /** Of a foreign platform, e.g. "华为云Stack"; null = Kubernetes of ours. */
  readonly platformName: string | null;
  readonly cloud: Cloud | null;
  readonly version: number;
}

/** A cluster that is watched says something at least every 30 s (a bookmark); two of them missed is too long. */
const STALE_AFTER_MS = 60_000;

/** What is shown of the cluster's objects may be old. */
export function isStale(cluster: Pick<Cluster, 'reach' | 'observedAt'>, now: Date): boolean {
  return (
    cluster.reach !== 'REACHABLE' ||
    cluster.observedAt === null ||
    now.getTime() - cluster.observedAt.getTime() > STALE_AFTER_MS
  );
}

/** What a pool of this hardware can promise at most, in the units that machines are asked in. */
export function promisable(pool: Pick<Pool, 'vcpuOvercommitPercent'>, present: PoolPresent) {
  return {
    vcpu: Math.floor((present.vcpu * pool.vcpuOvercommitPercent) / 100),
    memoryMib: present.memoryMib,
    storage: present.storageGib,
  };
}

/**
 * Whoever watches the centers, and whoever may ask for a resource in one: the request form names centers and pools, and
 * they belong to no department.
 */
export function mayReadFacilities(viewer: Viewer): boolean {
  return scopeFor(viewer, 'CENTER', 'READ') !== undefined || scopeFor(viewer, 'REQUEST', 'CREATE') !== undefined;
}

const CODE_LENGTH_MAX = 40;
const CODE = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** A code of a center or a pool: settings and nodes' names carry it. */
export function isFacilityCode(text: string): boolean {
  return text.length <= CODE_LENGTH_MAX && CODE.test(text);
}

/** Dual-active means one A and one B: an active role is held by one center at a time, of those that are not stopped. */
export function roleTakenBy(centers: readonly Center[], role: CenterRole, exceptId: string | null): Center | undefined {
  if (role === 'RECOVERY') return undefined;
  return centers.find((c) => c.role === role && c.life !== 'STOPPED' && c.id !== exceptId);
}
