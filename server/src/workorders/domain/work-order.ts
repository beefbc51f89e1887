/** Decides which kinds of work orders there are, which life each has, and who may do what to it. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const WORK_ORDER_KINDS = [
  'MOVE_IN',
  'RACK',
  'CABLE',
  'POWER_ON',
  'UNRACK',
  'MOVE_OUT',
  'ENTRY',
  'DELIVERY',
  'CHANGE',
  'RELEASE',
  'SERVICE',
  'SERVICE_END',
  'NETWORK_POLICY',
  'BACKUP',
  'RESTORE',
  'POLICY_REMOVAL',
] as const;
export type WorkOrderKind = (typeof WORK_ORDER_KINDS)[number];

/** What a department asks for by itself; the others come of a granted request, a policy or a plan. */
export const APPLIED_KINDS = [
  'MOVE_IN',
  'RACK',
  'CABLE',
  'POWER_ON',
  'UNRACK',
  'MOVE_OUT',
  'ENTRY',
] as const satisfies readonly WorkOrderKind[];

export const WORK_ORDER_STATES = [
  'DRAFT',
  'SUBMITTED',
  'OPEN',
  'ACCEPTED',
  'IN_PROGRESS',
  'SUSPENDED',
  'DONE',
  'CONFIRMED',
  'CANCELLED',
] as const;
export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];
export const LIVE_ORDER_STATES = [
  'DRAFT',
  'SUBMITTED',
  'OPEN',
  'ACCEPTED',
  'IN_PROGRESS',
  'SUSPENDED',
  'DONE',
] as const satisfies readonly WorkOrderState[];
/** From opening on its window is kept in the room, and what it claims is claimed. */
export const COMMITTED_STATES = [
  'OPEN',
  'ACCEPTED',
  'IN_PROGRESS',
  'SUSPENDED',
] as const satisfies readonly WorkOrderState[];

export const WORK_ORDER_ACTIONS = [
  'EDIT',
  'SUBMIT',
  'RETURN',
  'OPEN',
  'ASSIGN',
  'ACCEPT',
  'HAND_BACK',
  'START',
  'RECORD',
  'ISSUE_SLIP',
  'SUSPEND',
  'RESUME',
  'FINISH',
  'REWORK',
  'CONFIRM',
  'CANCEL',
] as const;
export type WorkOrderAction = (typeof WORK_ORDER_ACTIONS)[number];

/** Work that has begun is suspended, not cancelled: what stands half done is first undone by its people. */
export const workOrderTable = checkedTable<WorkOrderState, WorkOrderAction>({
  name: 'work order',
  states: WORK_ORDER_STATES,
  initial: 'DRAFT',
  actions: WORK_ORDER_ACTIONS,
  transitions: {
    DRAFT: { EDIT: 'DRAFT', SUBMIT: 'SUBMITTED', CANCEL: 'CANCELLED' },
    SUBMITTED: { RETURN: 'DRAFT', OPEN: 'OPEN', CANCEL: 'CANCELLED' },
    OPEN: { ASSIGN: 'OPEN', ACCEPT: 'ACCEPTED', CANCEL: 'CANCELLED' },
    ACCEPTED: { ASSIGN: 'OPEN', HAND_BACK: 'OPEN', START: 'IN_PROGRESS', ISSUE_SLIP: 'ACCEPTED', CANCEL: 'CANCELLED' },
    IN_PROGRESS: { RECORD: 'IN_PROGRESS', ISSUE_SLIP: 'IN_PROGRESS', SUSPEND: 'SUSPENDED', FINISH: 'DONE' },
    SUSPENDED: { RESUME: 'IN_PROGRESS', CANCEL: 'CANCELLED' },
    DONE: { REWORK: 'IN_PROGRESS', CONFIRM: 'CONFIRMED' },
    CONFIRMED: {},
    CANCELLED: {},
  },
});

export function afterAction(state: WorkOrderState, action: WorkOrderAction): WorkOrderState | undefined {
  return nextState(workOrderTable, state, action);
}

/** APPLICANT: of the department it is for. CENTER: of the center's facility. WORKER: of the company or person it is assigned to. */
export type Side = 'APPLICANT' | 'CENTER' | 'WORKER';

const SIDES: { readonly [A in WorkOrderAction]: readonly Side[] } = {
  EDIT: ['APPLICANT', 'CENTER'],
  SUBMIT: ['APPLICANT', 'CENTER'],
  RETURN: ['CENTER'],
  OPEN: ['CENTER'],
  ASSIGN: ['CENTER'],
  ACCEPT: ['WORKER'],
  HAND_BACK: ['WORKER'],
  START: ['WORKER'],
  RECORD: ['WORKER'],
  ISSUE_SLIP: ['CENTER'],
  SUSPEND: ['WORKER', 'CENTER'],
  RESUME: ['WORKER', 'CENTER'],
  FINISH: ['WORKER'],
  REWORK: ['APPLICANT', 'CENTER'],
  CONFIRM: ['APPLICANT', 'CENTER'],
  CANCEL: ['APPLICANT', 'CENTER'],
};
/** The department takes its own application back until the center has opened it; after that the center cancels. */
const APPLICANT_CANCELS: readonly WorkOrderState[] = ['DRAFT', 'SUBMITTED'];
/** Kinds whose things leave their place: only they have a release slip. */
export const SLIP_KINDS: readonly WorkOrderKind[] = ['UNRACK', 'MOVE_OUT'];
/** Came of a granted line, a policy, or a machine or service given back: ended there, or suspended here; cancelled, those would hang. */
const GRANTED_KINDS: readonly WorkOrderKind[] = [
  'DELIVERY',
  'CHANGE',
  'RELEASE',
  'SERVICE',
  'SERVICE_END',
  'NETWORK_POLICY',
  'POLICY_REMOVAL',
  'BACKUP',
];

/** How finished work is taken over, or not. */
const END_ACTIONS: readonly WorkOrderAction[] = ['REWORK', 'CONFIRM'];

export interface Subject {
  readonly kind: WorkOrderKind;
  readonly state: WorkOrderState;
  readonly slipNumber: string | null;
  readonly finishedById: string | null;
}

/** Which acts are open to a person who stands on these sides; drives buttons and guards alike. */
export function openActions(subject: Subject, sides: readonly Side[], userId: string): WorkOrderAction[] {
  return WORK_ORDER_ACTIONS.filter((action) => mayAct(subject, action, sides, userId));
}

export function mayAct(subject: Subject, action: WorkOrderAction, sides: readonly Side[], userId: string): boolean {
  const { kind, state } = subject;
  if (afterAction(state, action) === undefined) return false;
  const allowed = SIDES[action].filter((side) => sides.includes(side));
  if (allowed.length === 0) return false;
  // Nobody writes the pass for what he carries out himself.
  if (action === 'ISSUE_SLIP')
    return SLIP_KINDS.includes(kind) && subject.slipNumber === null && !sides.includes('WORKER');
  // What was granted the department confirms with its delivery sheet; the order itself is the center's to close.
  if (END_ACTIONS.includes(action) && GRANTED_KINDS.includes(kind) && !allowed.includes('CENTER')) return false;
  // Who did the work does not confirm it.
  if (action === 'CONFIRM') return subject.finishedById !== userId;
  if (action === 'CANCEL' && GRANTED_KINDS.includes(kind)) return false;
  if (action === 'CANCEL' && !allowed.includes('CENTER')) return APPLICANT_CANCELS.includes(state);
  return true;
}

/** Acts that say why, because somebody else must live with them. */
export const NEEDS_OPINION: readonly WorkOrderAction[] = ['RETURN', 'HAND_BACK', 'SUSPEND', 'REWORK', 'CANCEL'];
