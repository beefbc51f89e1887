/** Decides how an object without a record goes from the alarm to its end, and what a person may do about it meanwhile. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/**
 * NEW          seen, and nobody has looked yet.
 * KNOWN        a person knows of it and lets it be.
 * QUARANTINED  it shall not run (a network policy: open nothing) until it is clear whose it is. It is never deleted.
 * BOUND        a record has it now.
 * GONE         the cluster has it no more.
 */
export const QUARANTINE_STATES = ['NEW', 'KNOWN', 'QUARANTINED', 'BOUND', 'GONE'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

/** Of people; what ends a case is seen, not done. */
export const QUARANTINE_ACTIONS = ['KNOW', 'QUARANTINE', 'LIFT'] as const;
export type QuarantineAction = (typeof QUARANTINE_ACTIONS)[number];

/** What its log tells of: decisions of people, and that an order to stop it was carried out. */
export const QUARANTINE_EVENT_KINDS = [...QUARANTINE_ACTIONS, 'HALTED'] as const;
export type QuarantineEventKind = (typeof QUARANTINE_EVENT_KINDS)[number];

/** What the worker sees. */
type Sight = 'BIND' | 'VANISH';

const table = checkedTable<QuarantineState, QuarantineAction | Sight>({
  name: 'quarantine',
  states: QUARANTINE_STATES,
  initial: 'NEW',
  actions: [...QUARANTINE_ACTIONS, 'BIND', 'VANISH'],
  transitions: {
    NEW: { KNOW: 'KNOWN', QUARANTINE: 'QUARANTINED', BIND: 'BOUND', VANISH: 'GONE' },
    KNOWN: { QUARANTINE: 'QUARANTINED', BIND: 'BOUND', VANISH: 'GONE' },
    QUARANTINED: { LIFT: 'KNOWN', BIND: 'BOUND', VANISH: 'GONE' },
    BOUND: {},
    GONE: {},
  },
});

/**
 * NO_RECORD   it carries the console's mark, and the database has no such record.
 * UNLABELLED  a machine in a department's namespace with neither mark nor record.
 */
export const QUARANTINE_CAUSES = ['NO_RECORD', 'UNLABELLED'] as const;
export type QuarantineCause = (typeof QUARANTINE_CAUSES)[number];

interface Standing {
  readonly state: QuarantineState;
  readonly objectKind: string;
}

/** Only a machine runs, so that it is stopped; and only a network policy opens a way, so that it is closed. */
const STOPPABLE: readonly string[] = ['VirtualMachine', 'NetworkPolicy'];

export function actionsOf({ objectKind, state }: Standing): readonly QuarantineAction[] {
  return QUARANTINE_ACTIONS.filter(
    (action) =>
      nextState(table, state, action) !== undefined && (action !== 'QUARANTINE' || STOPPABLE.includes(objectKind)),
  );
}

/** undefined = it may not be done now. */
export function after(standing: Standing, action: QuarantineAction): QuarantineState | undefined {
  return actionsOf(standing).includes(action) ? nextState(table, standing.state, action) : undefined;
}

/**
 * So many complete lists must have shown it without a record before anything of it is stopped: a record that is restored
 * or written a moment later must not cost somebody a running machine.
 */
export const PASSES_BEFORE_HALT = 3;

/** @param records how many records of the center the same pass has read: with none, the database is more likely to be wrong. */
export function isToBeHalted(
  { passes, state, objectKind }: Standing & { readonly passes: number },
  records: number,
): boolean {
  return state === 'QUARANTINED' && STOPPABLE.includes(objectKind) && passes >= PASSES_BEFORE_HALT && records > 0;
}
