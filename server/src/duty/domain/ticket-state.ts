/** Decides through which states an event, a change and a problem go: one ticket, a table for each kind. */
import { checkedTable, nextState, type TransitionTable } from '../../kernel/state-machine.js';

export const TICKET_KINDS = ['EVENT', 'CHANGE', 'PROBLEM'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

const EVENT_STATES = ['NEW', 'RESPONDED', 'HANDLING', 'RESTORED', 'CLOSED', 'CANCELLED'] as const;
const CHANGE_STATES = [
  'REQUESTED',
  'REVIEWED',
  'APPROVED',
  'IMPLEMENTING',
  'VERIFYING',
  'CLOSED',
  'ROLLED_BACK',
  'REJECTED',
  'CANCELLED',
] as const;
const PROBLEM_STATES = ['NEW', 'ANALYSING', 'KNOWN_ERROR', 'RESOLVED', 'CLOSED', 'CANCELLED'] as const;
type EventState = (typeof EVENT_STATES)[number];
type ChangeState = (typeof CHANGE_STATES)[number];
type ProblemState = (typeof PROBLEM_STATES)[number];

/** Of all three kinds, in the order in which they are gone through. */
export const TICKET_STATES = [
  ...(['NEW', 'RESPONDED', 'HANDLING', 'RESTORED'] as const),
  ...(['REQUESTED', 'REVIEWED', 'APPROVED', 'IMPLEMENTING', 'VERIFYING'] as const),
  ...(['ANALYSING', 'KNOWN_ERROR', 'RESOLVED'] as const),
  ...(['CLOSED', 'ROLLED_BACK', 'REJECTED', 'CANCELLED'] as const),
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_ACTIONS = [
  ...(['RESPOND', 'HANDLE', 'RESTORE', 'REOPEN'] as const),
  ...(['REVIEW', 'APPROVE', 'IMPLEMENT', 'FINISH', 'APPROVE_AFTER', 'ROLL_BACK', 'REJECT'] as const),
  ...(['ANALYSE', 'NAME_CAUSE', 'RESOLVE'] as const),
  ...(['CLOSE', 'CANCEL'] as const),
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

const eventTable = checkedTable<EventState, 'RESPOND' | 'HANDLE' | 'RESTORE' | 'REOPEN' | 'CLOSE' | 'CANCEL'>({
  name: 'event',
  states: EVENT_STATES,
  initial: 'NEW',
  actions: ['RESPOND', 'HANDLE', 'RESTORE', 'REOPEN', 'CLOSE', 'CANCEL'],
  transitions: {
    NEW: { RESPOND: 'RESPONDED', CANCEL: 'CANCELLED' },
    // What is over before anybody laid hands on it is restored all the same.
    RESPONDED: { HANDLE: 'HANDLING', RESTORE: 'RESTORED', CANCEL: 'CANCELLED' },
    HANDLING: { RESTORE: 'RESTORED' },
    RESTORED: { CLOSE: 'CLOSED', REOPEN: 'HANDLING' },
    CLOSED: {},
    CANCELLED: {},
  },
});

const changeTable = checkedTable<
  ChangeState,
  'REVIEW' | 'APPROVE' | 'IMPLEMENT' | 'FINISH' | 'APPROVE_AFTER' | 'ROLL_BACK' | 'REJECT' | 'CLOSE' | 'CANCEL'
>({
  name: 'change',
  states: CHANGE_STATES,
  initial: 'REQUESTED',
  actions: ['REVIEW', 'APPROVE', 'IMPLEMENT', 'FINISH', 'APPROVE_AFTER', 'ROLL_BACK', 'REJECT', 'CLOSE', 'CANCEL'],
  transitions: {
    // Approved without a review where it is a standard change; begun at once where it is an emergency (domain/ticket-moves.ts).
    REQUESTED: {
      REVIEW: 'REVIEWED',
      APPROVE: 'APPROVED',
      IMPLEMENT: 'IMPLEMENTING',
      REJECT: 'REJECTED',
      CANCEL: 'CANCELLED',
    },
    REVIEWED: { APPROVE: 'APPROVED', REJECT: 'REJECTED', CANCEL: 'CANCELLED' },
    APPROVED: { IMPLEMENT: 'IMPLEMENTING', CANCEL: 'CANCELLED' },
    IMPLEMENTING: { FINISH: 'VERIFYING', ROLL_BACK: 'ROLLED_BACK', APPROVE_AFTER: 'IMPLEMENTING' },
    VERIFYING: { CLOSE: 'CLOSED', ROLL_BACK: 'ROLLED_BACK', APPROVE_AFTER: 'VERIFYING' },
    // What was taken back had been done without anybody's word, too.
    ROLLED_BACK: { APPROVE_AFTER: 'ROLLED_BACK' },
    CLOSED: {},
    REJECTED: {},
    CANCELLED: {},
  },
});

const problemTable = checkedTable<ProblemState, 'ANALYSE' | 'NAME_CAUSE' | 'RESOLVE' | 'REOPEN' | 'CLOSE' | 'CANCEL'>({
  name: 'problem',
  states: PROBLEM_STATES,
  initial: 'NEW',
  actions: ['ANALYSE', 'NAME_CAUSE', 'RESOLVE', 'REOPEN', 'CLOSE', 'CANCEL'],
  transitions: {
    NEW: { ANALYSE: 'ANALYSING', CANCEL: 'CANCELLED' },
    ANALYSING: { NAME_CAUSE: 'KNOWN_ERROR', CANCEL: 'CANCELLED' },
    KNOWN_ERROR: { RESOLVE: 'RESOLVED' },
    RESOLVED: { CLOSE: 'CLOSED', REOPEN: 'ANALYSING' },
    CLOSED: {},
    CANCELLED: {},
  },
});

const TABLES: {
  readonly [K in TicketKind]: Pick<TransitionTable<TicketState, TicketAction>, 'initial'> & {
    readonly states: readonly TicketState[];
    readonly transitions: { readonly [S in TicketState]?: { readonly [A in TicketAction]?: TicketState } };
  };
} = { EVENT: eventTable, CHANGE: changeTable, PROBLEM: problemTable };

export const firstState = (kind: TicketKind): TicketState => TABLES[kind].initial;

/** undefined = not from there. */
export function ticketAfter(kind: TicketKind, from: TicketState, action: TicketAction): TicketState | undefined {
  const of = TABLES[kind].transitions[from];
  return of === undefined ? undefined : nextState({ transitions: { [from]: of } as never }, from, action);
}

/** In the order of the table: the way on first, the ways out behind it. */
export function actionsFrom(kind: TicketKind, from: TicketState): readonly TicketAction[] {
  return Object.keys(TABLES[kind].transitions[from] ?? {}) as TicketAction[];
}

const OVER: ReadonlySet<TicketState> = new Set(['CLOSED', 'ROLLED_BACK', 'REJECTED', 'CANCELLED']);
export const isOver = (state: TicketState): boolean => OVER.has(state);
