import type { TFunction } from 'i18next';
import type { ApprovalRole } from '../../graphql/enums';

// A step's act is free text in the API, because the system acts too (expiry, delivery).
const known = [
  'CREATE',
  'EDIT',
  'SEND_FOR_SIGN_OFF',
  'SUBMIT',
  'APPROVE',
  'RETURN',
  'REJECT',
  'TRANSFER',
  'ADD_APPROVER',
  'REMIND',
  'CHOOSE_PLACES',
  'WITHDRAW',
  'GRANT',
  'ESCALATE',
  'EXPIRE',
  'DELIVER',
  'CLOSE',
] as const;

/** The act in words; one the screen does not know is shown as the server says it. */
export function stepWord(t: TFunction, action: string): string {
  const found = known.find((candidate) => candidate === action.toUpperCase());
  return found ? t(`request.step.${found}`) : action;
}

/** As what a signature is given: in which role, for whom. */
export function seatWords(seat: { role: ApprovalRole | null; onBehalfOf: string | null }, t: TFunction): string {
  const role = seat.role ? t(`role.${seat.role}`) : t('chain.asAdded');
  return seat.onBehalfOf ? t('chain.seatFor', { role, name: seat.onBehalfOf }) : role;
}
