/** Decides what centers, clusters and pools are, who may see them, and how much of a pool's hardware may be promised. */
import { scopeFor, type Viewer } from '../../kernel/viewer.js';

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
export type PoolKind = 'DRIVEN' | 'RECORDED';

export interface Center {
  readonly id: string;
  /** Lower case, e.g. "center-a"; settings name a center's kubeconfig by it. */
  readonly code: string;
  readonly name: string;
  readonly role: CenterRole;
  readonly life: CenterLife;
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
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: { readonly SSD: number; readonly HDD: number };
  /** The biggest machine that one node can run, from the nodes' allocatable, in the units machines are asked in; null = not known. */
  readonly largestMachine: { readonly vcpu: number; readonly memoryMib: number } | null;
}

export interface Pool {
  readonly id: string;
  readonly code: string;
  readonly centerId: string;
  readonly clusterId: string;
  readonly kind: PoolKind;
  readonly architecture: Architecture;
  readonly zone: NetworkZone;
  /** What the processors are, e.g. "鲲鹏 920". */
  readonly processor: string;
  /** vCPU promised per 100 hardware threads: 300 = three on one. Memory and storage are never overcommitted. */
  readonly vcpuOvercommitPercent: number;
  /** null = the cluster has not been counted yet. */
  readonly present: PoolPresent | null;
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
