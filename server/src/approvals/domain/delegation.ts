/** Decides who may speak for whom while he is away, and for how long. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { covers, scopeFor } from '../../kernel/viewer.js';
import { type Decider, reachOf, STEP_ROLES } from './step-roles.js';

/** A leave, not a change of office: whoever is away for longer hands over (工作交接). */
export const DELEGATION_DAYS_MAX = 92;
export const DELEGATION_REASON_LENGTH_MAX = 200;
/** Running or planned, of one person. */
export const DELEGATIONS_MAX = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Delegation {
  readonly id: string;
  readonly delegatorId: string;
  readonly delegatorName: string;
  readonly delegateId: string;
  readonly delegateName: string;
  /** Half-open. */
  readonly from: Date;
  readonly until: Date;
  readonly reason: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

export type DelegationState = 'PLANNED' | 'RUNNING' | 'ENDED' | 'REVOKED';

export function delegationState(delegation: Delegation, now: Date): DelegationState {
  if (delegation.revokedAt !== null) return 'REVOKED';
  if (delegation.until <= now) return 'ENDED';
  return delegation.from <= now ? 'RUNNING' : 'PLANNED';
}

export interface DelegationWish {
  readonly from: Date;
  readonly until: Date;
  readonly reason: string;
}

/** Somebody decides at all, wherever. */
export function decidesSomething(person: Decider): boolean {
  return STEP_ROLES.some((role) => reachOf(person, role) !== undefined);
}

/** The delegate must see what he shall decide: at least the delegator's own department, or the province. */
export function seesWhatHeDecides(delegator: Decider, delegate: Decider): boolean {
  const seen = scopeFor(delegate, 'REQUEST', 'READ');
  const provincial = STEP_ROLES.some((role) => reachOf(delegator, role)?.kind === 'PROVINCE');
  if (provincial) return seen?.kind === 'PROVINCE';
  return delegator.departmentId !== null && covers(seen, delegator.departmentId);
}

/** Every reason against it. `others` are the open delegations of both people. */
export function wrongDelegation(
  delegator: Decider,
  delegate: (Decider & { readonly active: boolean }) | null,
  wish: DelegationWish,
  others: readonly Delegation[],
  now: Date,
): Refusal[] {
  const wrong: Refusal[] = [];
  const invalid = (field: string, rule: string, message: Bilingual): void => {
    wrong.push({ code: 'INVALID_INPUT', path: [field], rule, message });
  };
  if (!decidesSomething(delegator))
    return [
      {
        code: 'NOT_PERMITTED',
        path: [],
        reason: 'NOTHING_TO_DELEGATE',
        message: say('您没有可以委托的审批权限', 'You decide nothing that could be delegated'),
      },
    ];
  if (!delegate?.active || delegate.userId === delegator.userId || !seesWhatHeDecides(delegator, delegate))
    wrong.push({
      code: 'UNKNOWN_REFERENCE',
      path: ['delegateId'],
      message: say(
        '受托人须是能查看这些申请单的其他在用账号',
        'A delegate is another open account that may see these requests',
      ),
    });
  if (!(wish.from < wish.until)) invalid('until', 'order', say('结束时间须晚于开始时间', 'It ends after it begins'));
  else if (wish.until <= now) invalid('until', 'future', say('结束时间须在将来', 'The end lies in the future'));
  else if (wish.until.getTime() - wish.from.getTime() > DELEGATION_DAYS_MAX * DAY_MS)
    invalid(
      'until',
      'length',
      say(
        `一次委托最长 ${DELEGATION_DAYS_MAX} 天，更久请办理工作交接`,
        `At most ${DELEGATION_DAYS_MAX} days; hand the work over for longer`,
      ),
    );
  if (wish.reason.trim() === '' || wish.reason.length > DELEGATION_REASON_LENGTH_MAX)
    invalid(
      'reason',
      'length',
      say(
        `请填写委托原因，最多 ${DELEGATION_REASON_LENGTH_MAX} 字`,
        `Give a reason of at most ${DELEGATION_REASON_LENGTH_MAX} characters`,
      ),
    );
  const meanwhile = others.filter((one) => one.from < wish.until && wish.from < one.until);
  if (delegate && meanwhile.some((one) => one.delegatorId === delegate.userId))
    invalid(
      'delegateId',
      'chain',
      say(
        '受托人在此期间已委托他人，不能转委托',
        'The delegate is away then himself; what is delegated is not passed on',
      ),
    );
  if (meanwhile.some((one) => one.delegatorId === delegator.userId && one.delegateId === delegate?.userId))
    invalid('delegateId', 'twice', say('此期间已委托给这个人', 'It is delegated to this person then already'));
  if (others.filter((one) => one.delegatorId === delegator.userId).length >= DELEGATIONS_MAX)
    invalid(
      'until',
      'many',
      say(`最多同时有 ${DELEGATIONS_MAX} 项委托`, `At most ${DELEGATIONS_MAX} delegations at once`),
    );
  return wrong;
}
