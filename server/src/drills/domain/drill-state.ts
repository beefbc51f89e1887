/** Decides in which states a drill can be, who holds its group meanwhile, and which acts lead from one to the next. */
import { checkedTable, type TransitionTable } from '../../kernel/state-machine.js';

/** TABLETOP 桌面推演: talked through. SIMULATED 模拟演练: on copies in an isolated place. */
export const DRILL_KINDS = ['TABLETOP', 'SIMULATED'] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];

export const DRILL_STATES = [
  'DRAFT',
  'APPROVED',
  'PRECHECKED',
  'ISOLATED',
  'RUNNING',
  'VALIDATING',
  'CLEANING_UP',
  'CLEANUP_FAILED',
  'CLOSED',
  'CANCELLED',
] as const;
export type DrillState = (typeof DRILL_STATES)[number];

export const DRILL_ACTIONS = [
  'APPROVE',
  'CANCEL',
  'PRECHECK',
  'ISOLATE',
  'START',
  'VALIDATE',
  'FINISH',
  'ABORT',
  'FAIL_CLEANUP',
  'RETRY_CLEANUP',
  'CLOSE',
] as const;
export type DrillAction = (typeof DRILL_ACTIONS)[number];

/** Whatever was begun is taken away again before it closes: there is no way out of a running drill but through cleaning up. */
export const DRILL_TABLE: TransitionTable<DrillState, DrillAction> = checkedTable({
  name: 'drill',
  states: DRILL_STATES,
  initial: 'DRAFT',
  actions: DRILL_ACTIONS,
  transitions: {
    DRAFT: { APPROVE: 'APPROVED', CANCEL: 'CANCELLED' },
    APPROVED: { PRECHECK: 'PRECHECKED', CANCEL: 'CANCELLED' },
    PRECHECKED: { ISOLATE: 'ISOLATED', ABORT: 'CLEANING_UP' },
    ISOLATED: { START: 'RUNNING', ABORT: 'CLEANING_UP' },
    RUNNING: { VALIDATE: 'VALIDATING', ABORT: 'CLEANING_UP' },
    VALIDATING: { FINISH: 'CLEANING_UP', ABORT: 'CLEANING_UP' },
    CLEANING_UP: { CLOSE: 'CLOSED', FAIL_CLEANUP: 'CLEANUP_FAILED' },
    CLEANUP_FAILED: { RETRY_CLEANUP: 'CLEANING_UP' },
    CLOSED: {},
    CANCELLED: {},
  },
});

/** From the precheck until all of it is gone nothing else is executed on the group: also, and above all, after a failed cleanup. */
export const HOLDING_STATES = [
  'PRECHECKED',
  'ISOLATED',
  'RUNNING',
  'VALIDATING',
  'CLEANING_UP',
  'CLEANUP_FAILED',
] as const satisfies readonly DrillState[];

export function holdsGroup(state: DrillState): boolean {
  return (HOLDING_STATES as readonly DrillState[]).includes(state);
}

/** When the next thing that a freeze may forbid is pressed, as far as one can say; null = it has begun, or never will. */
export function startsAt(
  { plannedAt, state }: { readonly state: DrillState; readonly plannedAt: Date },
  now: Date,
): Date | null {
  if (state === 'DRAFT' || state === 'APPROVED') return plannedAt > now ? plannedAt : now;
  return state === 'PRECHECKED' || state === 'ISOLATED' ? now : null;
}

/** What the console itself does, no person: it is offered to nobody. */
const BY_ITSELF: ReadonlySet<DrillAction> = new Set(['ISOLATE', 'VALIDATE', 'FAIL_CLEANUP', 'CLOSE']);

export function actionsOfPeople(state: DrillState): DrillAction[] {
  return DRILL_ACTIONS.filter((action) => DRILL_TABLE.transitions[state][action] && !BY_ITSELF.has(action));
}
