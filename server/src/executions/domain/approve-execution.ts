/** Decides who may approve an execution, and when it is approved: two people of different departments, neither of whom asked. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Signer } from './fence-proof.js';

export const APPROVALS_NEEDED = 2;
/** 预授权: then the duty engineer, who holds it, has asked, and one duty leader is enough; the other side confirms after. */
export const APPROVALS_UNDER_STANDING_ORDER = 1;
export const CONFIRM_WITHIN_H = 24;

export interface ApprovedSoFar {
  readonly requestedById: string;
  readonly approvals: readonly Signer[];
  readonly underStandingOrder: boolean;
}

export function refusedApprover({ approvals, requestedById }: ApprovedSoFar, who: Signer): Refusal | null {
  if (who.userId === requestedById)
    return notPermitted('OWN_REQUEST', '申请人不能批准自己的申请', 'Whoever asked for it does not approve it');
  if (who.departmentId === null)
    return notPermitted('NO_DEPARTMENT', '批准人须属于一个部门', 'Whoever approves must be of a department');
  if (approvals.some(({ userId }) => userId === who.userId))
    return notPermitted(
      'ALREADY_APPROVED',
      '您已批准，还需另一部门的一人',
      'You have approved; another department must',
    );
  if (approvals.some(({ departmentId }) => departmentId === who.departmentId))
    return notPermitted(
      'SAME_DEPARTMENT',
      '两名批准人须来自不同部门',
      'The two who approve must be of different departments',
    );
  return null;
}

/** By whoever approves now as well. */
export function isApprovedBy({ approvals, underStandingOrder }: ApprovedSoFar): boolean {
  return approvals.length >= (underStandingOrder ? APPROVALS_UNDER_STANDING_ORDER : APPROVALS_NEEDED);
}

/** Of the other side, after the fact: neither of those who decided, nor of their departments. */
export function refusedConfirmer(
  soFar: ApprovedSoFar & { readonly requesterDepartmentId: string | null },
  who: Signer,
) {
  const decided = [{ userId: soFar.requestedById, departmentId: soFar.requesterDepartmentId }, ...soFar.approvals];
  if (who.departmentId === null || decided.some(({ departmentId }) => departmentId === who.departmentId))
    return notPermitted(
      'SAME_DEPARTMENT',
      '须由另一部门的人事后确认',
      'It is confirmed by somebody of another department than those who decided',
    );
  return null;
}

function notPermitted(reason: string, zh: string, en: string): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message: say(zh, en) };
}
