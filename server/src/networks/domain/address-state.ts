/** Decides the life of a claimed address, and how long it rests before another may have it. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const ADDRESS_STATES = ['HELD', 'ALLOCATED', 'QUARANTINE', 'RELEASED'] as const;
export type AddressState = (typeof ADDRESS_STATES)[number];

export const ADDRESS_MOVES = ['ALLOCATE', 'CANCEL', 'RELEASE', 'END_QUARANTINE'] as const;
export type AddressMove = (typeof ADDRESS_MOVES)[number];

/** What a person may do to an address that was claimed. */
export const ADDRESS_ACTIONS = ['RELEASE'] as const;
export type AddressAction = (typeof ADDRESS_ACTIONS)[number];

export const addressTable = checkedTable<AddressState, AddressMove>({
  name: 'address',
  states: ADDRESS_STATES,
  initial: 'HELD',
  actions: ADDRESS_MOVES,
  transitions: {
    // What was only held has never been on the wire and needs no rest.
    HELD: { ALLOCATE: 'ALLOCATED', CANCEL: 'RELEASED' },
    ALLOCATED: { RELEASE: 'QUARANTINE' },
    QUARANTINE: { END_QUARANTINE: 'RELEASED' },
    RELEASED: {},
  },
});

export function addressAfter(state: AddressState, move: AddressMove): AddressState | undefined {
  return nextState(addressTable, state, move);
}

/** The move by which a person or a request gives an address back, whatever its state. */
export function givingBack(state: AddressState): AddressMove {
  return state === 'HELD' ? 'CANCEL' : 'RELEASE';
}

export function openActions(state: AddressState): AddressAction[] {
  return addressAfter(state, givingBack(state)) === undefined ? [] : ['RELEASE'];
}

/**
 * Names, firewall rules and allow lists of others still point to an address after its machine is gone. A week lets them
 * be cleared by people who work on working days, and keeps two users of one address apart in every log.
 */
export const QUARANTINE_DAYS = 7;

export function quarantineUntil(released: Date): Date {
  return new Date(released.getTime() + QUARANTINE_DAYS * 24 * 3_600_000);
}
