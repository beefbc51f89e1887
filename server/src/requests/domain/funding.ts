/** Decides which part of a request is paid from which budget item, and in which words a department is refused for want of money. */
import type { Budget } from '../../budgets/domain/budget.js';
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import type { FundingMode } from '../../systems/domain/system.js';
import { encumbered, type PricedLine } from './encumbrance.js';

export const WHERE: InputPath = ['content', 'projectId'];

type Item = Result<Budget, readonly Refusal[]>;

/** From what a hold reserves; read before the unit of work in which it is reserved. null = nothing is. */
export interface PreparedEncumbrance {
  readonly fundingMode: FundingMode;
  readonly day: CalendarDate;
  /** 单位自付: the department's item, for all of it. 统付: the one that finance has named, for what lies within the quotas. */
  readonly within: Item | null;
  /** 定额内统付超出自付: the department's item, for what lies beyond the quotas. */
  readonly beyond: Item | null;
}

/** What a request costs to the year's end, by who pays. */
export interface FundedAmounts {
  readonly within: Fen;
  readonly beyond: Fen;
}

export function sumOfAmounts({ within, beyond }: FundedAmounts): Fen {
  return within + beyond;
}

export interface FundedLine extends PricedLine {
  /** Beyond the quotas. */
  readonly beyond?: boolean;
}

/** Of what was planned, each thing at its price where it goes. Where nobody is named to pay, nothing is reserved. */
export function amountsOf(
  { within, beyond, day }: Pick<PreparedEncumbrance, 'within' | 'beyond' | 'day'>,
  lines: readonly FundedLine[],
): FundedAmounts {
  const of = (item: Item | null, isBeyond: boolean) =>
    item === null
      ? 0n
      : encumbered(
          lines.filter((line) => (line.beyond ?? false) === isBeyond),
          day,
        );
  return { within: of(within, false), beyond: of(beyond, true) };
}

/** Why there is no item for what is asked of one. */
export function itemsMissing(
  { within, beyond }: PreparedEncumbrance,
  lines: readonly FundedLine[],
): readonly Refusal[] {
  return [
    ...(within && !within.ok ? within.error : []),
    ...(beyond && !beyond.ok && lines.some((line) => line.beyond) ? beyond.error : []),
  ];
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

/** A shortage as the department is told of it: with figures where the budget is its own. */
export function shortInWords(refusal: Refusal, prepared: PreparedEncumbrance | null): Refusal {
  const placed = { ...refusal, path: WHERE };
  if (!('budgetId' in refusal) || prepared === null || prepared.fundingMode === 'OWN_PAYS') return placed;
  const { beyond } = prepared;
  const own = beyond?.ok ? [beyond.value.id, beyond.value.parentId] : [];
  return own.includes(refusal.budgetId) ? placed : centralShort();
}
