/** Decides whether an act on a debt is refused, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { type DebtAction, type DebtState, debtAfter } from './debt-state.js';

const REASON_LENGTH_MAX = 500;

export function isReason(text: string): boolean {
  return text.length >= 1 && text.length <= REASON_LENGTH_MAX;
}

/** null = the debt may be moved so. */
export function mayMove(
  debt: { readonly state: DebtState; readonly version: number },
  action: DebtAction,
  expectedVersion: number,
): Refusal | null {
  if (debtAfter(debt.state, action) === undefined)
    return {
      code: 'ILLEGAL_TRANSITION',
      path: [],
      state: debt.state,
      action,
      message: say('这笔欠账现在不能这样办理', 'This debt does not allow that as it stands'),
    };
  if (debt.version === expectedVersion) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected: expectedVersion,
    current: debt.version,
    message: say('这笔欠账刚有变化，请刷新后再办', 'This debt has just changed; look again first'),
  };
}

export function unknownDebt(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('没有这笔容灾欠账', 'There is no such DR debt'),
  };
}

export function reasonMissing(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['reason'],
    rule: 'length',
    message: say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
  };
}

export function notOpenYet(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'CENTER_NOT_OPEN',
    message: say('所欠的中心尚未投用，投用后再补建', 'The center that it waits for is not open yet'),
  };
}

/** A standby of what does not run is none. */
export function mainNotThere(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'MAIN_NOT_DELIVERED',
    message: say('主用部分尚未交付，交付后再补建', 'Its main is not delivered yet; settle it after that'),
  };
}

/** Between the look and the act another change of them was carried out. */
export function mainsMoved(version: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected: version,
    current: version,
    message: say(
      '主用部分刚有变化，请刷新后按新规格补建',
      'Its mains have just changed; look again and settle the new size',
    ),
  };
}

export function tooManyAtOnce(most: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['items'],
    rule: 'range',
    message: say(`一次补建 1 至 ${most} 笔`, `1 to ${most} debts at once`),
  };
}
