/** Decides whether an act on a drift is refused, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ACCEPTED_DAYS_MAX, actionsOf, type DriftAction, type DriftStanding } from './drift-state.js';

const REASON_LENGTH_MAX = 500;

export function isReason(text: string): boolean {
  return text.length >= 1 && text.length <= REASON_LENGTH_MAX;
}

export function reasonMissing(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['reason'],
    rule: 'length',
    message: say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
  };
}

export function unknownDrift(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('没有这条配置漂移', 'There is no such drift'),
  };
}

/** null = the act may be done. */
export function mayDecide(
  drift: DriftStanding & { readonly version: number },
  action: DriftAction,
  expectedVersion: number,
): Refusal | null {
  if (!actionsOf(drift).includes(action))
    return {
      code: 'ILLEGAL_TRANSITION',
      path: [],
      state: drift.state,
      action,
      message: say('这条漂移已经恢复或消失，无需再办', 'This drift has ended, or is being put back already'),
    };
  if (drift.version === expectedVersion) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected: expectedVersion,
    current: drift.version,
    message: say('集群中的值刚有变化，请刷新后再定', 'What the cluster says has just changed; look again first'),
  };
}

/** null = it may be accepted for so long. */
export function mayAcceptFor(days: number): Refusal | null {
  if (days >= 1 && days <= ACCEPTED_DAYS_MAX) return null;
  return {
    code: 'INVALID_INPUT',
    path: ['days'],
    rule: 'range',
    message: say(
      `接受 1 至 ${ACCEPTED_DAYS_MAX} 天；要长期保留，请提出变更申请`,
      `It is accepted for 1 to ${ACCEPTED_DAYS_MAX} days; to keep it, ask for a change of the resource`,
    ),
  };
}
