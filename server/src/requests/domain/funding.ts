/** Decides how much a request reserves of which budget item, and in which words a department is refused for want of money. */
import type { Budget } from '../../budgets/domain/budget.js';
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import type { FundingMode } from '../../systems/domain/system.js';
import { encumbered, type PricedLine } from './encumbrance.js';

export const WHERE: InputPath = ['content', 'projectId'];

/** From which item a hold reserves; read before the unit of work in which it is reserved. */
export interface PreparedEncumbrance {
  readonly fundingMode: FundingMode;
  readonly day: CalendarDate;
  /**
   * 单位自付: the department's, or why there is none. 统付: the one that finance has named. Nothing can be asked for beyond a quota, so
   * all of 定额内统付超出自付 lies within. null = finance pays and has named none: nothing is reserved.
   */
  readonly item: Result<Budget, readonly Refusal[]> | null;
}

/** Of what was planned, each thing at its price where it goes. */
export function amountOf({ item, day }: Pick<PreparedEncumbrance, 'item' | 'day'>, lines: readonly PricedLine[]): Fen {
  return item === null ? 0n : encumbered(lines, day);
}

/** Why there is no item to reserve from. */
export function itemMissing({ item }: PreparedEncumbrance): readonly Refusal[] {
  return item && !item.ok ? item.error : [];
}

/** How much finance has left is not for a department to read; that it is too little is. */
export function centralShort(path: InputPath = WHERE): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'BUDGET_SHORT',
    message: say(
      '财政统付的预算不足，请联系财政追加后再提交',
      'The budget that finance pays from is too small: ask the finance office to add to it, and send it again',
    ),
  };
}

/** A shortage as the department is told of it: with figures where it pays itself. */
export function shortInWords(refusal: Refusal, prepared: PreparedEncumbrance | null): Refusal {
  const isFinances = prepared !== null && prepared.fundingMode !== 'OWN_PAYS';
  return isFinances && 'budgetId' in refusal ? centralShort() : { ...refusal, path: WHERE };
}
