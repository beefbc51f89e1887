/** Decides the way of a yearly plan and of its additions (追加): which states there are and which act leads where. */
import { checkedTable } from '../../kernel/state-machine.js';

/** ANNUAL: what a department needs in a year in all. ADDITION: what it needs beyond an approved one. */
export const PLAN_KINDS = ['ANNUAL', 'ADDITION'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export const PLAN_STATES = [
  'DRAFT',
  'AWAITING_SIGN_OFF',
  'CITY_REVIEW',
  'CENTER_REVIEW',
  'AWAITING_APPROVAL',
  'APPROVED',
  'RETURNED',
  'REJECTED',
  'DISCARDED',
] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** What people press. */
export const PLAN_ACTIONS = [
  'SUBMIT',
  'SIGN_OFF',
  'PASS',
  'ACCEPT',
  'APPROVE',
  'RETURN',
  'REJECT',
  'WITHDRAW',
  'DISCARD',
] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** What then happens: a bureau's plan goes through its city, and a small addition ends with the center. */
export const PLAN_MOVES = [
  'SUBMIT',
  'SIGN_OFF',
  'SIGN_OFF_TO_CITY',
  'PASS',
  'ACCEPT',
  'ACCEPT_FINALLY',
  'APPROVE',
  'RETURN',
  'REJECT',
  'WITHDRAW',
  'DISCARD',
] as const;
export type PlanMove = (typeof PLAN_MOVES)[number];

export const planTable = checkedTable<PlanState, PlanMove>({
  name: 'yearly plan',
  states: PLAN_STATES,
  initial: 'DRAFT',
  actions: PLAN_MOVES,
  transitions: {
    DRAFT: { SUBMIT: 'AWAITING_SIGN_OFF', DISCARD: 'DISCARDED' },
    AWAITING_SIGN_OFF: {
      SIGN_OFF: 'CENTER_REVIEW',
      SIGN_OFF_TO_CITY: 'CITY_REVIEW',
      RETURN: 'RETURNED',
      WITHDRAW: 'DRAFT',
    },
    CITY_REVIEW: { PASS: 'CENTER_REVIEW', RETURN: 'RETURNED', WITHDRAW: 'DRAFT' },
    CENTER_REVIEW: {
      ACCEPT: 'AWAITING_APPROVAL',
      ACCEPT_FINALLY: 'APPROVED',
      RETURN: 'RETURNED',
      REJECT: 'REJECTED',
      WITHDRAW: 'DRAFT',
    },
    AWAITING_APPROVAL: { APPROVE: 'APPROVED', RETURN: 'RETURNED', REJECT: 'REJECTED' },
    APPROVED: {},
    RETURNED: { SUBMIT: 'AWAITING_SIGN_OFF', DISCARD: 'DISCARDED' },
    REJECTED: {},
    DISCARDED: {},
  },
});

/** Lines may be changed by those whose plan it is. */
export function isEditable(state: PlanState): boolean {
  return state === 'DRAFT' || state === 'RETURNED';
}

/** Nobody was asked yet, or it was given up: the department's own, whoever else reads its plans. */
export const PRIVATE_STATES: readonly PlanState[] = ['DRAFT', 'DISCARDED'];

/** What the department has declared: signed by its head and not refused. */
export const DECLARED_STATES: readonly PlanState[] = ['CITY_REVIEW', 'CENTER_REVIEW', 'AWAITING_APPROVAL', 'APPROVED'];

/** Signatures of one round: nobody gives two of them. */
const SIGNING: readonly PlanAction[] = ['SUBMIT', 'SIGN_OFF', 'PASS', 'ACCEPT', 'APPROVE'];
export function isSignature(action: PlanAction): boolean {
  return SIGNING.includes(action);
}
