/** Decides the life of an execution: what it may go through, by kind, and which of its steps are worked in which state. */
import { checkedTable, nextState, type TransitionTable } from '../../kernel/state-machine.js';
import type { ExecutionKind, StepStage } from './execution-words.js';

export const EXECUTION_STATES = [
  'DRAFT',
  'APPROVED',
  'PRECHECKED',
  'ISOLATED',
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
  'ISOLATE',
  'RUN',
  'VALIDATE',
  'ROLL_BACK',
  'CLEAN_UP',
  'FAIL_CLEANUP',
  'CLOSE',
] as const;
export type ExecutionAction = (typeof EXECUTION_ACTIONS)[number];

const BEGINNING = {
  DRAFT: { APPROVE: 'APPROVED', CANCEL: 'CANCELLED' },
  APPROVED: { PRECHECK: 'PRECHECKED', CANCEL: 'CANCELLED' },
} as const;
const ENDING = {
  CLEANING_UP: { CLOSE: 'CLOSED', FAIL_CLEANUP: 'CLEANUP_FAILED' },
  // It blocks every other execution of the group until somebody has cleaned up.
  CLEANUP_FAILED: { CLEAN_UP: 'CLEANING_UP' },
  CLOSED: {},
  CANCELLED: {},
} as const;

/** 计划内切换, 灾难切换, 回切: once it runs it is brought to its end, one way or back. */
const moveTable = checkedTable({
  name: 'execution that moves a writer',
  states: EXECUTION_STATES.filter((state) => state !== 'ISOLATED'),
  initial: 'DRAFT',
  actions: EXECUTION_ACTIONS.filter((action) => action !== 'ISOLATE'),
  transitions: {
    ...BEGINNING,
    PRECHECKED: { RUN: 'RUNNING', CANCEL: 'CANCELLED' },
    RUNNING: { VALIDATE: 'VALIDATING', ROLL_BACK: 'ROLLING_BACK' },
    VALIDATING: { CLEAN_UP: 'CLEANING_UP', ROLL_BACK: 'ROLLING_BACK' },
    ROLLING_BACK: { CLEAN_UP: 'CLEANING_UP' },
    ...ENDING,
  },
} as TransitionTable<Exclude<ExecutionState, 'ISOLATED'>, Exclude<ExecutionAction, 'ISOLATE'>>);

/** 演练: nothing of it is production's, so that breaking it off is cleaning up. */
const drillTable = checkedTable({
  name: 'drill',
  states: EXECUTION_STATES.filter((state) => state !== 'ROLLING_BACK'),
  initial: 'DRAFT',
  actions: EXECUTION_ACTIONS.filter((action) => action !== 'ROLL_BACK'),
  transitions: {
    ...BEGINNING,
    PRECHECKED: { ISOLATE: 'ISOLATED', CANCEL: 'CANCELLED', CLEAN_UP: 'CLEANING_UP' },
    ISOLATED: { RUN: 'RUNNING', CLEAN_UP: 'CLEANING_UP' },
    RUNNING: { VALIDATE: 'VALIDATING', CLEAN_UP: 'CLEANING_UP' },
    VALIDATING: { CLEAN_UP: 'CLEANING_UP' },
    ...ENDING,
  },
} as TransitionTable<Exclude<ExecutionState, 'ROLLING_BACK'>, Exclude<ExecutionAction, 'ROLL_BACK'>>);

export function executionTable(
  kind: ExecutionKind,
): Pick<TransitionTable<ExecutionState, ExecutionAction>, 'transitions'> {
  return (kind === 'DRILL' ? drillTable : moveTable) as never;
}

/** undefined = it may not. */
export function executionAfter(
  kind: ExecutionKind,
  state: ExecutionState,
  action: ExecutionAction,
): ExecutionState | undefined {
  return nextState(executionTable(kind), state, action);
}

const OVER: ReadonlySet<ExecutionState> = new Set(['CLOSED', 'CANCELLED']);
/** CLEANUP_FAILED is not: it blocks. */
export function isOver(state: ExecutionState): boolean {
  return OVER.has(state);
}

/** Whose steps are worked in this state; null = nobody's: people, or the next look, bring it on. */
export function stageOf(kind: ExecutionKind, state: ExecutionState): StepStage | null {
  switch (state) {
    case 'APPROVED':
      return 'PRECHECK';
    case 'PRECHECKED':
      return kind === 'DRILL' ? 'ISOLATE' : null;
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
export function onwardOf(kind: ExecutionKind, state: ExecutionState): ExecutionAction | null {
  switch (state) {
    case 'APPROVED':
      return 'PRECHECK';
    case 'PRECHECKED':
      return kind === 'DRILL' ? 'ISOLATE' : 'RUN';
    case 'ISOLATED':
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
