/** Decides the life of a DR debt: which act leads from which state to which, and when it is due. */

import type { ShareName } from '../../allocation/domain/dr-shares.js';
import { takesPromises } from '../../facilities/domain/center-life.js';
import type { CenterLife, CenterRole } from '../../facilities/domain/facility.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/**
 * PENDING: its request holds, and is not granted yet. OPEN: its main runs or is on its way, and the share is owed.
 * SETTLING: placed and claimed, on its way. SETTLED, WAIVED and VOID are ends.
 */
export const DEBT_STATES = ['PENDING', 'OPEN', 'SETTLING', 'SETTLED', 'WAIVED', 'VOID'] as const;
export type DebtState = (typeof DEBT_STATES)[number];

/** Acts of people. */
export const DEBT_ACTIONS = ['SETTLE', 'WAIVE'] as const;
export type DebtAction = (typeof DEBT_ACTIONS)[number];

/** What follows by itself: the request is granted, the share stands, what it was owed for is gone. */
export const DEBT_MOVES = ['CONFIRM', 'FULFIL', 'LAPSE'] as const;
export type DebtMove = DebtAction | (typeof DEBT_MOVES)[number];

export const debtTable = checkedTable<DebtState, DebtMove>({
  name: 'DR debt',
  states: DEBT_STATES,
  initial: 'PENDING',
  actions: [...DEBT_ACTIONS, ...DEBT_MOVES],
  transitions: {
    PENDING: { CONFIRM: 'OPEN', LAPSE: 'VOID' },
    OPEN: { SETTLE: 'SETTLING', WAIVE: 'WAIVED', LAPSE: 'VOID' },
    SETTLING: { FULFIL: 'SETTLED' },
    SETTLED: {},
    WAIVED: {},
    VOID: {},
  },
});

export function debtAfter(state: DebtState, move: DebtMove): DebtState | undefined {
  return nextState(debtTable, state, move);
}

/** Those that something is still owed of; what settles has its claims and is owed no more. */
export const OWED_STATES = ['PENDING', 'OPEN'] as const satisfies readonly DebtState[];

export function isOwed(state: DebtState): boolean {
  return (OWED_STATES as readonly DebtState[]).includes(state);
}

/** Which center a share waits for. */
export function awaitedRole(share: ShareName): CenterRole {
  switch (share) {
    case 'MAIN':
    case 'MAIN_A':
      return 'ACTIVE_A';
    case 'MAIN_B':
      return 'ACTIVE_B';
    case 'RECOVERY':
      return 'RECOVERY';
  }
}

interface SomeCenter {
  readonly id: string;
  readonly role: CenterRole;
  readonly life: CenterLife;
}

/** The center that a debt waits for now: one of its role that is open, else the one it was registered for, else any. null = none. */
export function awaitedCenter<C extends SomeCenter>(
  debt: { readonly share: ShareName; readonly centerId: string | null },
  centers: readonly C[],
): C | null {
  const ofRole = centers.filter(({ role, life }) => role === awaitedRole(debt.share) && life !== 'STOPPED');
  return (
    ofRole.find(({ life }) => takesPromises(life)) ?? ofRole.find(({ id }) => id === debt.centerId) ?? ofRole[0] ?? null
  );
}

/** Due: it is owed for certain, and a center of its role is open. */
export function isDue(
  debt: { readonly state: DebtState; readonly share: ShareName; readonly centerId: string | null },
  centers: readonly SomeCenter[],
): boolean {
  const center = awaitedCenter(debt, centers);
  return debt.state === 'OPEN' && center !== null && takesPromises(center.life);
}
