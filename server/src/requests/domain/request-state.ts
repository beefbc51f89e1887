/** Decides the life of a request: which act leads from which state to which, and which permission each act needs. */
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
  'WITHDRAW',
] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

/** Acts of the system: a hold ran out, all machines run, all machines are gone. */
export const SYSTEM_MOVES = ['EXPIRE', 'DELIVER', 'CLOSE'] as const;
export type RequestMove = RequestAction | (typeof SYSTEM_MOVES)[number];

export const requestTable = checkedTable<RequestState, RequestMove>({
  name: 'request',
  states: REQUEST_STATES,
  initial: 'DRAFT',
  actions: [...REQUEST_ACTIONS, ...SYSTEM_MOVES],
  transitions: {
    DRAFT: { EDIT: 'DRAFT', SEND_FOR_SIGN_OFF: 'AWAITING_SIGN_OFF', WITHDRAW: 'WITHDRAWN' },
    AWAITING_SIGN_OFF: { SUBMIT: 'UNDER_REVIEW', RETURN: 'RETURNED', WITHDRAW: 'WITHDRAWN' },
    UNDER_REVIEW: {
      APPROVE: 'PROVISIONING',
      RETURN: 'RETURNED',
      REJECT: 'REJECTED',
      WITHDRAW: 'WITHDRAWN',
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

/** Which permission on REQUEST an act needs. A return is the head's before submit and the center's after it. */
export function permissionFor(action: RequestAction, state: RequestState): PermissionAction {
  switch (action) {
    case 'EDIT':
    case 'SEND_FOR_SIGN_OFF':
      return 'EDIT';
    case 'SUBMIT':
      return 'SIGN_OFF';
    case 'APPROVE':
    case 'REJECT':
      return 'REVIEW';
    case 'RETURN':
      return state === 'AWAITING_SIGN_OFF' ? 'SIGN_OFF' : 'REVIEW';
    case 'WITHDRAW':
      return 'WITHDRAW';
  }
}

/** In which role a person acted, for the timeline: the first that the act is usual for. */
const USUAL_ROLES: { readonly [P in PermissionAction]?: readonly Role[] } = {
  EDIT: ['APPLICANT', 'VENDOR_STAFF', 'DEPARTMENT_HEAD'],
  SIGN_OFF: ['DEPARTMENT_HEAD'],
  REVIEW: ['CENTER_REVIEWER', 'CENTER_ACCEPTANCE', 'CAPACITY_ALLOCATOR'],
  WITHDRAW: ['APPLICANT', 'DEPARTMENT_HEAD'],
};

export function actingRole(permission: PermissionAction, roles: readonly Role[]): Role | null {
  return USUAL_ROLES[permission]?.find((role) => roles.includes(role)) ?? roles[0] ?? null;
}

/** Who has it now; null = nobody needs to act. */
export function holderOf(
  state: RequestState,
  names: { readonly applicant: string; readonly department: string },
): Bilingual | null {
  switch (state) {
    case 'DRAFT':
    case 'RETURNED':
      return say(`经办人 ${names.applicant}`, `applicant ${names.applicant}`);
    case 'AWAITING_SIGN_OFF':
      return say(`${names.department} 信息化负责人`, `head of IT of ${names.department}`);
    case 'UNDER_REVIEW':
      return say('大数据中心 技术评审', 'big-data center, technical review');
    case 'PROVISIONING':
      return say('云平台 自动开通', 'the platform, provisioning');
    case 'DELIVERED':
    case 'REJECTED':
    case 'WITHDRAWN':
    case 'EXPIRED':
    case 'CLOSED':
      return null;
  }
}
