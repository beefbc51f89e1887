/** Decides how much a request reserves of which budget item, and in which words a department is refused for want of money. */
import type { Budget } from '../../budgets/domain/budget.js';
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import { type FundingMode, paysBeyondQuota } from '../../systems/domain/system.js';
import { encumbered, type PricedLine } from './encumbrance.js';

export const WHERE: InputPath = ['content', 'projectId'];

/** From which item a hold reserves; read before the unit of work in which it is reserved. */
export interface PreparedEncumbrance {
  readonly fundingMode: FundingMode;
  readonly day: CalendarDate;
  /**
   * 单位自付: the department's, or why there is none. 统付, and what the quotas cover of 定额内统付超出自付: the one that finance has
   * named. null = finance pays and has named none: nothing is reserved.
   */
  readonly item: Result<Budget, readonly Refusal[]> | null;
  /** 定额内统付超出自付: the department's item for what the quotas do not cover, or why there is none; null in every other mode. */
  readonly beyond: Result<Budget, readonly Refusal[]> | null;
}

/** What is reserved, by who pays. */
export interface Reserved {
  readonly within: Fen;
  /** Of the department's own item, where finance pays for the rest. */
  readonly beyond: Fen;
}

/** Of what was planned, each thing at its price where it goes. */
export function amountsOf(
  { item, beyond, day }: Pick<PreparedEncumbrance, 'item' | 'beyond' | 'day'>,
  parts: { readonly within: readonly PricedLine[]; readonly beyond: readonly PricedLine[] },
): Reserved {
  return {
    within: item === null ? 0n : encumbered(parts.within, day),
    beyond: beyond === null ? 0n : encumbered(parts.beyond, day),
  };
}

/** Why there is no item to reserve from; the department's own is asked for only where something goes beyond the quotas. */
export function itemMissing({ item, beyond }: PreparedEncumbrance, isAnyBeyond: boolean): readonly Refusal[] {
  return [item, isAnyBeyond ? beyond : null].flatMap((one) => (one && !one.ok ? one.error : []));
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
  return isFinances && 'budgetId' in refusal && !isOwn(refusal.budgetId, prepared)
    ? centralShort()
    : { ...refusal, path: WHERE };
}

/** The department's item, or its whole budget above it. */
function isOwn(budgetId: string, { fundingMode, beyond }: PreparedEncumbrance): boolean {
  return paysBeyondQuota(fundingMode) && beyond?.ok === true && beyond.value.path.includes(budgetId);
}
