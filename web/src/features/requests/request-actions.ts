import type { RequestAction } from '../../graphql/enums';
import {
  ApproveRequestMutation,
  RejectRequestMutation,
  RemindRequestMutation,
  ReturnRequestMutation,
  SendForSignOffMutation,
  SubmitRequestMutation,
  WithdrawRequestMutation,
} from './requests.gql';

export type ActDocument = typeof ApproveRequestMutation;

export type ActionLook = {
  /** primary: the expected way on. quiet: another way. danger: ends the request. */
  weight: 'primary' | 'quiet' | 'danger';
  /** Whether the act needs a reason in words; the server asks the same. */
  opinion: 'none' | 'optional' | 'agreed' | 'required';
};

/** How each act looks; which of them may be done now, and why not, comes with the request. */
export const requestActions = {
  EDIT: { weight: 'quiet', opinion: 'none' },
  SEND_FOR_SIGN_OFF: { weight: 'primary', opinion: 'none' },
  SUBMIT: { weight: 'primary', opinion: 'agreed' },
  APPROVE: { weight: 'primary', opinion: 'agreed' },
  RETURN: { weight: 'quiet', opinion: 'required' },
  REJECT: { weight: 'danger', opinion: 'required' },
  TRANSFER: { weight: 'quiet', opinion: 'optional' },
  ADD_APPROVER: { weight: 'quiet', opinion: 'optional' },
  CHOOSE_PLACES: { weight: 'quiet', opinion: 'required' },
  REMIND: { weight: 'quiet', opinion: 'none' },
  WITHDRAW: { weight: 'danger', opinion: 'optional' },
} satisfies Record<RequestAction, ActionLook>;

/** Acts that name a person beside the opinion. */
export type PersonAct = Extract<RequestAction, 'TRANSFER' | 'ADD_APPROVER'>;
/** All others but EDIT, which opens the form, and CHOOSE_PLACES, which has its own. */
export type Act = Exclude<RequestAction, 'EDIT' | 'CHOOSE_PLACES' | PersonAct>;

export function isPersonAct(action: RequestAction): action is PersonAct {
  return action === 'TRANSFER' || action === 'ADD_APPROVER';
}

export const actDocuments = {
  SEND_FOR_SIGN_OFF: SendForSignOffMutation,
  SUBMIT: SubmitRequestMutation,
  APPROVE: ApproveRequestMutation,
  RETURN: ReturnRequestMutation,
  REJECT: RejectRequestMutation,
  REMIND: RemindRequestMutation,
  WITHDRAW: WithdrawRequestMutation,
} satisfies Record<Act, ActDocument>;

const weights = { primary: 0, quiet: 1, danger: 2 };

/** Possible acts first, then by weight, so that the way on always stands at the same place. */
export function inReadingOrder<A extends { action: RequestAction; disabledReason: string | null }>(
  actions: readonly A[],
): A[] {
  return [...actions].sort(
    (one, other) =>
      Number(Boolean(one.disabledReason)) - Number(Boolean(other.disabledReason)) ||
      weights[requestActions[one.action].weight] - weights[requestActions[other.action].weight],
  );
}
