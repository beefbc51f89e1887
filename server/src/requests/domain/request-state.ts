/** Decides the life of a request: which act leads from which state to which, and who has it meanwhile. */
import { currentStep, type Round } from '../../approvals/domain/round.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';
import type { PermissionAction, Role } from '../../kernel/viewer.js';

export const REQUEST_STATES = [
  'DRAFT',
  'AWAITING_SIGN_OFF',
  'UNDER_REVIEW',
  'RETURNED',
  'PROVISIONING',
  'DELIVERED',
  'REJECTED',
  'WITHDRAWN',
  'EXPIRED',
  'CLOSED',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** Acts of people. */
export const REQUEST_ACTIONS = [
  'EDIT',
  'SEND_FOR_SIGN_OFF',
  'SUBMIT',
  'APPROVE',
  'RETURN',
  'REJECT',
  'TRANSFER',
  'ADD_APPROVER',
  'CHOOSE_PLACES',
  'REMIND',
  'WITHDRAW',
] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

/**
 * What follows by itself: the last step of the chain was approved, a deadline passed, a hold ran out, all machines run,
 * all machines are gone.
 */
export const SYSTEM_MOVES = ['GRANT', 'ESCALATE', 'EXPIRE', 'DELIVER', 'CLOSE'] as const;
export type RequestMove = RequestAction | (typeof SYSTEM_MOVES)[number];

/** How the steps between follow each other is the chain's (approvals/domain/round.ts): here they are one state. */
export const requestTable = checkedTable<RequestState, RequestMove>({
  name: 'request',
  states: REQUEST_STATES,
  initial: 'DRAFT',
  actions: [...REQUEST_ACTIONS, ...SYSTEM_MOVES],
  transitions: {
    DRAFT: { EDIT: 'DRAFT', SEND_FOR_SIGN_OFF: 'AWAITING_SIGN_OFF', WITHDRAW: 'WITHDRAWN' },
    AWAITING_SIGN_OFF: {
      SUBMIT: 'UNDER_REVIEW',
      RETURN: 'RETURNED',
      TRANSFER: 'AWAITING_SIGN_OFF',
      REMIND: 'AWAITING_SIGN_OFF',
      WITHDRAW: 'WITHDRAWN',
      ESCALATE: 'AWAITING_SIGN_OFF',
    },
    UNDER_REVIEW: {
      APPROVE: 'UNDER_REVIEW',
      RETURN: 'RETURNED',
      REJECT: 'REJECTED',
      TRANSFER: 'UNDER_REVIEW',
      ADD_APPROVER: 'UNDER_REVIEW',
      CHOOSE_PLACES: 'UNDER_REVIEW',
      REMIND: 'UNDER_REVIEW',
      WITHDRAW: 'WITHDRAWN',
      GRANT: 'PROVISIONING',
      ESCALATE: 'UNDER_REVIEW',
      EXPIRE: 'EXPIRED',
    },
    RETURNED: { EDIT: 'RETURNED', SEND_FOR_SIGN_OFF: 'AWAITING_SIGN_OFF', WITHDRAW: 'WITHDRAWN' },
    PROVISIONING: { DELIVER: 'DELIVERED', CLOSE: 'CLOSED' },
    DELIVERED: { CLOSE: 'CLOSED' },
    REJECTED: {},
    WITHDRAWN: {},
    EXPIRED: {},
    CLOSED: {},
  },
});

export function after(state: RequestState, move: RequestMove): RequestState | undefined {
  return nextState(requestTable, state, move);
}

/** Acts of whoever may decide the current step; all others go by a permission on the department's requests. */
export const STEP_ACTIONS = [
  'SUBMIT',
  'APPROVE',
  'RETURN',
  'REJECT',
  'TRANSFER',
  'ADD_APPROVER',
  'CHOOSE_PLACES',
] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];
/** Those that give a signature. */
export const SIGNING_ACTIONS = ['SUBMIT', 'APPROVE', 'RETURN', 'REJECT'] as const;
export type SigningAction = (typeof SIGNING_ACTIONS)[number];
export function isSigning(action: RequestAction): action is SigningAction {
  return (SIGNING_ACTIONS as readonly RequestAction[]).includes(action);
}
/** SIGN: whichever of SUBMIT and APPROVE the request's state wants when it is signed. */
export type SigningWish = SigningAction | 'SIGN';

export function signingAction(wanted: SigningWish, state: RequestState): SigningAction {
  if (wanted !== 'SIGN') return wanted;
  return state === 'AWAITING_SIGN_OFF' ? 'SUBMIT' : 'APPROVE';
}

export function isStepAction(action: RequestAction): action is StepAction {
  return (STEP_ACTIONS as readonly RequestAction[]).includes(action);
}

export const PERMISSION_FOR: { readonly [A in Exclude<RequestAction, StepAction>]: PermissionAction } = {
  EDIT: 'EDIT',
  // Not EDIT: a vendor's staff drafts, and what is sent binds the department.
  SEND_FOR_SIGN_OFF: 'SUBMIT',
  // Who waits for it reminds.
  REMIND: 'EDIT',
  WITHDRAW: 'WITHDRAW',
};

/** In which role a person acted for the department, for the timeline: the first that the act is usual for. */
const USUAL_ROLES: readonly Role[] = ['APPLICANT', 'VENDOR_STAFF', 'DEPARTMENT_HEAD'];

export function actingRole(roles: readonly Role[]): Role | null {
  return USUAL_ROLES.find((role) => roles.includes(role)) ?? roles[0] ?? null;
}

/** Whether somebody has it: what has ended, or runs, waits for nobody. */
export function waits(state: RequestState): boolean {
  return !WAITS_FOR_NOBODY.includes(state);
}

export const WAITS_FOR_NOBODY: readonly RequestState[] = ['DELIVERED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'];

/** Who has it now; null = nobody needs to act. */
export function holderOf(
  state: RequestState,
  names: { readonly applicant: string; readonly department: string },
  round: Round | null,
): Bilingual | null {
  switch (state) {
    case 'DRAFT':
    case 'RETURNED':
      return say(`经办人 ${names.applicant}`, `applicant ${names.applicant}`);
    case 'AWAITING_SIGN_OFF':
      return withPeople(say(`${names.department} 信息化负责人`, `head of IT of ${names.department}`), round);
    case 'UNDER_REVIEW':
      return withPeople(round ? (currentStep(round)?.title ?? null) : null, round);
    case 'PROVISIONING':
      return say('云平台或服务商 开通中', 'the platform or the provider, provisioning');
    case 'DELIVERED':
    case 'REJECTED':
    case 'WITHDRAWN':
    case 'EXPIRED':
    case 'CLOSED':
      return null;
  }
}

/** With the names of those who alone may decide it: it was handed to them, or they were added. */
function withPeople(what: Bilingual | null, round: Round | null): Bilingual | null {
  const step = round ? currentStep(round) : undefined;
  const names = step?.seats.flatMap((seat) => (seat.decision === null && seat.person ? [seat.person.name] : [])) ?? [];
  if (!what || names.length === 0) return what;
  return say(`${what.zh}（${names.join('、')}）`, `${what.en} (${names.join(', ')})`);
}
