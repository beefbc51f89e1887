/** Decides when a machine that its cluster does not place is a person's business, and when it no longer is. */
import type { ResourceManagement } from '../../resources/domain/management.js';
import type { ResourceState } from '../../resources/domain/resource-state.js';

/**
 * OPEN       a person should place it elsewhere; its cluster may still find a node for it.
 * PLACED     it was placed elsewhere.
 * SCHEDULED  its cluster found a node after all.
 * ENDED      it was given back meanwhile.
 */
export const REPLACE_TASK_STATES = ['OPEN', 'PLACED', 'SCHEDULED', 'ENDED'] as const;
export type ReplaceTaskState = (typeof REPLACE_TASK_STATES)[number];

/**
 * A node that restarts is back within five to ten minutes, and a cluster's autoscaler or a migration makes room within the
 * same: sooner than that people would be called for what cures itself.
 */
export const UNSCHEDULABLE_MAX_MS = 10 * 60_000;

/** The scheduler counts its nodes and reasons in one sentence; longer ones repeat themselves. */
export const SCHEDULER_TEXT_MAX = 500;

/** What is looked at of a machine. */
export interface MachineToPlace {
  readonly state: ResourceState;
  readonly management: ResourceManagement;
  readonly leavingCenterId?: string | null;
  readonly observedAt: Date | null;
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason: string | null;
    readonly message: string | null;
    readonly since: string | null;
  }[];
}

export interface Stuck {
  readonly since: Date;
  /** Which nodes refused it and why, in the scheduler's own words. */
  readonly text: string;
}

/** null = its cluster places it, or it is nothing that a cluster is to make. What was delivered is never moved by this. */
export function stuckOf({ conditions, leavingCenterId, management, observedAt, state }: MachineToPlace): Stuck | null {
  if (management !== 'DRIVEN' || leavingCenterId || (state !== 'PROVISIONING' && state !== 'FAILED')) return null;
  const refused = conditions.find(({ status, type }) => type === 'PodScheduled' && status === 'False');
  if (!refused) return null;
  const since = refused.since === null ? observedAt : new Date(refused.since);
  // A condition that does not say since when began no later than it was written down.
  if (since === null || Number.isNaN(since.getTime()))
    return observedAt && { since: observedAt, text: textOf(refused) };
  return { since, text: textOf(refused) };
}

function textOf({ message, reason }: { readonly message: string | null; readonly reason: string | null }): string {
  return (message || reason || 'Unschedulable').slice(0, SCHEDULER_TEXT_MAX);
}

export function isDue({ since }: Stuck, now: Date): boolean {
  return now.getTime() - since.getTime() >= UNSCHEDULABLE_MAX_MS;
}

/** How an open task ends by itself; null = it stays open. */
export function endOf(machine: MachineToPlace | null): 'SCHEDULED' | 'ENDED' | null {
  if (machine === null || machine.state === 'RELEASING' || machine.state === 'RELEASED') return 'ENDED';
  return stuckOf(machine) === null ? 'SCHEDULED' : null;
}
