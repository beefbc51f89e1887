/** Decides the life of an execution: what it may go through, and which of its steps are worked in which state. */
import { checkedTable, nextState, type TransitionTable } from '../../kernel/state-machine.js';
import type { StepStage } from './execution-words.js';

export const EXECUTION_STATES = [
  'DRAFT',
  'APPROVED',
  'PRECHECKED',
  'RUNNING',
  'VALIDATING',
  'ROLLING_BACK',
  'CLEANING_UP',
  'CLEANUP_FAILED',
  'CLOSED',
  'CANCELLED',
] as const;
export type ExecutionState = (typeof EXECUTION_STATES)[number];

export const EXECUTION_ACTIONS = [
  'APPROVE',
  'CANCEL',
  'PRECHECK',
  'RUN',
  'VALIDATE',
  'ROLL_BACK',
  'CLEAN_UP',
  'FAIL_CLEANUP',
  'CLOSE',
] as const;
export type ExecutionAction = (typeof EXECUTION_ACTIONS)[number];

/** Once it runs it is brought to its end, one way or back. */
export const EXECUTION_TABLE: TransitionTable<ExecutionState, ExecutionAction> = checkedTable({
  name: 'execution',
  states: EXECUTION_STATES,
  initial: 'DRAFT',
  actions: EXECUTION_ACTIONS,
  transitions: {
    DRAFT: { APPROVE: 'APPROVED', CANCEL: 'CANCELLED' },
    APPROVED: { PRECHECK: 'PRECHECKED', CANCEL: 'CANCELLED' },
    PRECHECKED: { RUN: 'RUNNING', CANCEL: 'CANCELLED' },
    RUNNING: { VALIDATE: 'VALIDATING', ROLL_BACK: 'ROLLING_BACK' },
    VALIDATING: { CLEAN_UP: 'CLEANING_UP', ROLL_BACK: 'ROLLING_BACK' },
    ROLLING_BACK: { CLEAN_UP: 'CLEANING_UP' },
    CLEANING_UP: { CLOSE: 'CLOSED', FAIL_CLEANUP: 'CLEANUP_FAILED' },
    // It blocks whatever else is to be done with the group until somebody has cleaned up.
    CLEANUP_FAILED: { CLEAN_UP: 'CLEANING_UP' },
    CLOSED: {},
    CANCELLED: {},
  },
});

/** undefined = it may not. */
export function executionAfter(state: ExecutionState, action: ExecutionAction): ExecutionState | undefined {
  return nextState(EXECUTION_TABLE, state, action);
}

const OVER: ReadonlySet<ExecutionState> = new Set(['CLOSED', 'CANCELLED']);
/** CLEANUP_FAILED is not: it blocks. */
export function isOver(state: ExecutionState): boolean {
  return OVER.has(state);
}

/** Whose steps are worked in this state; null = nobody's: people, or the next look, bring it on. */
export function stageOf(state: ExecutionState): StepStage | null {
  switch (state) {
    case 'APPROVED':
      return 'PRECHECK';
    case 'RUNNING':
      return 'RUN';
    case 'VALIDATING':
      return 'VALIDATE';
    case 'ROLLING_BACK':
      return 'ROLL_BACK';
    case 'CLEANING_UP':
      return 'CLEAN_UP';
    default:
      return null;
  }
}

/** What follows when all steps of the state's stage are done; null = nothing follows by itself. */
export function onwardOf(state: ExecutionState): ExecutionAction | null {
  switch (state) {
    case 'APPROVED':
      return 'PRECHECK';
    case 'PRECHECKED':
      return 'RUN';
    case 'RUNNING':
      return 'VALIDATE';
    case 'VALIDATING':
    case 'ROLLING_BACK':
      return 'CLEAN_UP';
    case 'CLEANING_UP':
      return 'CLOSE';
    default:
      return null;
  }
}
