/** Decides the life of a resource: which observation or act moves it from which state to which. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const RESOURCE_STATES = ['PROVISIONING', 'IN_USE', 'IN_BIN', 'RELEASING', 'RELEASED', 'FAILED'] as const;
export type ResourceState = (typeof RESOURCE_STATES)[number];

export const RESOURCE_MOVES = [
  'RUNNING_OBSERVED',
  'FAILURE_OBSERVED',
  'BIN',
  'RESTORE',
  'RELEASE',
  'GONE_OBSERVED',
] as const;
export type ResourceMove = (typeof RESOURCE_MOVES)[number];

export const resourceTable = checkedTable({
  name: 'resource',
  states: RESOURCE_STATES,
  initial: 'PROVISIONING',
  actions: RESOURCE_MOVES,
  transitions: {
    // What was never delivered has nothing on it that could be missed: it goes without lying in the bin.
    PROVISIONING: { RUNNING_OBSERVED: 'IN_USE', FAILURE_OBSERVED: 'FAILED', RELEASE: 'RELEASING' },
    // A failure may cure itself (an image server that was away); the claim stays until a person releases.
    FAILED: { RUNNING_OBSERVED: 'IN_USE', RELEASE: 'RELEASING' },
    // In use is said once, at delivery; a stopped or failing machine later is power and conditions, not another state.
    IN_USE: { BIN: 'IN_BIN' },
    // Stopped and kept, claims and addresses with it. No observation moves it: only people and the end of its time do.
    IN_BIN: { RESTORE: 'IN_USE', RELEASE: 'RELEASING' },
    RELEASING: { GONE_OBSERVED: 'RELEASED' },
    RELEASED: {},
  },
});

/** Whether the machine has been handed over: what follows a delivery has followed it. */
export function wasDelivered(state: ResourceState): boolean {
  return state !== 'PROVISIONING' && state !== 'FAILED';
}

export const OBSERVED_PHASES = ['PENDING', 'CREATING', 'RUNNING', 'STOPPED', 'DELETING', 'GONE', 'FAILED'] as const;
/** What the cluster's objects amount to. */
export type ObservedPhase = (typeof OBSERVED_PHASES)[number];

const MOVE_OF_PHASE: { readonly [P in ObservedPhase]?: ResourceMove } = {
  RUNNING: 'RUNNING_OBSERVED',
  FAILED: 'FAILURE_OBSERVED',
  GONE: 'GONE_OBSERVED',
};

/**
 * The state after an observation; the same state when it moves nothing. `current` says whether the observation belongs
 * to the newest desired state: an old one may show where things stand, but never ends a life.
 */
export function stateAfter(state: ResourceState, phase: ObservedPhase, current: boolean): ResourceState {
  const move = MOVE_OF_PHASE[phase];
  if (move === undefined || !current) return state;
  return nextState(resourceTable, state, move) ?? state;
}

/** A standby machine stands ready when it is halted: for it that is what running is for the others. */
export function phaseOf(machine: { readonly standby: boolean }, observed: ObservedPhase): ObservedPhase {
  return machine.standby && observed === 'STOPPED' ? 'RUNNING' : observed;
}
