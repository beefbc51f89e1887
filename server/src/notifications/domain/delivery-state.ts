/** Decides the life of a delivery: when it is tried again, and when it is given up. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const DELIVERY_STATES = ['WAITING', 'SENT', 'FAILED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_MOVES = ['TAKEN', 'PUT_OFF', 'GIVE_UP', 'RETRY'] as const;
export type DeliveryMove = (typeof DELIVERY_MOVES)[number];

export const deliveryTable = checkedTable<DeliveryState, DeliveryMove>({
  name: 'delivery',
  states: DELIVERY_STATES,
  initial: 'WAITING',
  actions: DELIVERY_MOVES,
  transitions: {
    WAITING: { TAKEN: 'SENT', PUT_OFF: 'WAITING', GIVE_UP: 'FAILED' },
    // A person has mended the gateway.
    FAILED: { RETRY: 'WAITING' },
    SENT: {},
  },
});

const MINUTE_MS = 60_000;
/** A gateway that was restarted is back within minutes, one that broke in the evening by the next morning. */
const WAITS_MS = [1, 5, 30, 120, 600].map((minutes) => minutes * MINUTE_MS);
/** Each wait is longer by up to that part, so that what failed together does not return together. */
const JITTER = 0.2;

export const ATTEMPTS_MAX = WAITS_MS.length + 1;

/** How an attempt ended. PERMANENT: the other side understood and refused; another try would hear the same. */
export type Attempt =
  | { readonly ok: true }
  | { readonly ok: false; readonly permanent: boolean; readonly error: string };

export interface AfterAttempt {
  readonly state: DeliveryState;
  /** null = no further try. */
  readonly nextAt: Date | null;
}

/** @param attempts how many were made, this one included. @param chance 0 to 1. */
export function afterAttempt(attempt: Attempt, attempts: number, now: Date, chance: number): AfterAttempt {
  const move: DeliveryMove = attempt.ok
    ? 'TAKEN'
    : attempt.permanent || attempts >= ATTEMPTS_MAX
      ? 'GIVE_UP'
      : 'PUT_OFF';
  const state = nextState(deliveryTable, 'WAITING', move) as DeliveryState;
  if (state !== 'WAITING') return { state, nextAt: null };
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] as number;
  return { state, nextAt: new Date(now.getTime() + wait * (1 + JITTER * chance)) };
}
