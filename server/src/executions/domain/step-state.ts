/** Decides the life of a step: which act moves it from which state to which. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/**
 * WAITING       its turn has not come.
 * RUNNING       claimed and begun: the console works at it, or a person does.
 * AWAITS_CHECK  a person says it is done; another one looks.
 * FAILED        the execution stands still until somebody has it tried again, or rolls back.
 * DONE, LEFT_OUT  over; left out only by a roll-back or by breaking off.
 */
export const STEP_STATES = ['WAITING', 'RUNNING', 'AWAITS_CHECK', 'FAILED', 'DONE', 'LEFT_OUT'] as const;
export type StepState = (typeof STEP_STATES)[number];

export const STEP_MOVES = ['BEGIN', 'FINISH', 'HAND_IN', 'CONFIRM', 'SEND_BACK', 'FAIL', 'RETRY', 'LEAVE_OUT'] as const;
export type StepMove = (typeof STEP_MOVES)[number];

export const stepTable = checkedTable({
  name: 'step',
  states: STEP_STATES,
  initial: 'WAITING',
  actions: STEP_MOVES,
  transitions: {
    WAITING: { BEGIN: 'RUNNING', LEAVE_OUT: 'LEFT_OUT' },
    RUNNING: { FINISH: 'DONE', HAND_IN: 'AWAITS_CHECK', FAIL: 'FAILED', LEAVE_OUT: 'LEFT_OUT' },
    AWAITS_CHECK: { CONFIRM: 'DONE', SEND_BACK: 'RUNNING', FAIL: 'FAILED', LEAVE_OUT: 'LEFT_OUT' },
    // There is no "warn and go on": a failed step is done again, or all of it goes back.
    FAILED: { RETRY: 'RUNNING', LEAVE_OUT: 'LEFT_OUT' },
    DONE: {},
    LEFT_OUT: {},
  },
});

export function stepAfter(state: StepState, move: StepMove): StepState | undefined {
  return nextState(stepTable, state, move);
}

/** It is nobody's turn any more. */
export function isSettled(state: StepState): boolean {
  return state === 'DONE' || state === 'LEFT_OUT';
}

/** Of one execution there is at most one such step, by a key of the database. */
export function isUnderWay(state: StepState): boolean {
  return state === 'RUNNING' || state === 'AWAITS_CHECK' || state === 'FAILED';
}
