/** Decides where the carrying out of one wish stands, from what is seen of its machine. */
import type { ObservedPhase } from './resource-state.js';

/** MAKE 开通, RESIZE 变更规格, STOP 停机, REMOVE 释放, APPLY 下发: whatever else changed of it. */
export const TASK_KINDS = ['MAKE', 'RESIZE', 'STOP', 'REMOVE', 'APPLY'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/**
 * QUEUED      nobody has looked at the wish yet.
 * RUNNING     it is being carried out.
 * WAITING     the cluster or the database did not do as asked; it is tried again by itself.
 * FAILED      refused for good, or fails again and again: a person must look. It may still cure itself.
 * DONE        the cluster shows what was wished.
 * SUPERSEDED  a newer wish took its place before that.
 */
export const TASK_STATES = ['QUEUED', 'RUNNING', 'WAITING', 'FAILED', 'DONE', 'SUPERSEDED'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What a wish is made of, as far as its task goes. */
export interface TaskWish {
  readonly intention: 'PRESENT' | 'ABSENT';
  readonly state: string;
  readonly off: unknown;
  readonly standby: boolean;
  readonly formerVcpu: number | null;
}

export function taskKindOf({ formerVcpu, intention, off, state }: TaskWish): TaskKind {
  if (intention === 'ABSENT') return 'REMOVE';
  if (state === 'PROVISIONING' || state === 'FAILED') return 'MAKE';
  if (off) return 'STOP';
  return formerVcpu === null ? 'APPLY' : 'RESIZE';
}

/** After a look that was recorded: never QUEUED, WAITING or SUPERSEDED, which no look at a machine can tell. */
export function taskStateOf(
  wish: TaskWish,
  { phase, resized }: { readonly phase: ObservedPhase; readonly resized?: boolean },
): 'RUNNING' | 'FAILED' | 'DONE' {
  if (phase === 'FAILED') return 'FAILED';
  if (wish.intention === 'ABSENT') return phase === 'GONE' ? 'DONE' : 'RUNNING';
  if (wish.formerVcpu !== null && resized !== true) return 'RUNNING';
  const end = wish.off || wish.standby ? 'STOPPED' : 'RUNNING';
  return phase === end ? 'DONE' : 'RUNNING';
}
