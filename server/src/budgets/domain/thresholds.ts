/** Decides from which part of a budget on people are warned of it, and from which on it takes nothing new. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Notice } from '../../kernel/notice.js';
import type { BudgetBlocked, InputPath, InvalidInput } from '../../kernel/refusal.js';
import type { Budget, BudgetFigures } from './budget.js';
import { REASON_LENGTH_MAX } from './budget.js';

/** A rule of thresholds from a day on; it is never changed, only followed by another. */
export interface ThresholdRule {
  readonly from: CalendarDate;
  /** In percent of the amount, ascending. */
  readonly warnPercents: readonly number[];
  /** From this part on nothing new is encumbered; null = up to the last fen. */
  readonly blockPercent: number | null;
}

/** As long as nobody has said otherwise. */
export const USUAL_RULE: ThresholdRule = { from: '2000-01-01', warnPercents: [80, 95, 100], blockPercent: null };

const WARNINGS_MAX = 5;

type Figures = Pick<BudgetFigures, 'amount' | 'reserved' | 'spent'>;

/** Whether reserved and spent together have come to this part of the amount. Nothing used is below every part. */
export function hasReached({ amount, reserved, spent }: Figures, percent: number): boolean {
  const used = reserved + spent;
  return used > 0n && used * 100n >= amount * BigInt(percent);
}

export function isBlocked(figures: Figures, { blockPercent }: Pick<ThresholdRule, 'blockPercent'>): boolean {
  return blockPercent !== null && hasReached(figures, blockPercent);
}

/** Everything that is wrong with a new rule at once. A rule begins today or later: what was let in or refused stays so. */
export function checkRule(rule: ThresholdRule, reason: string, today: CalendarDate): InvalidInput[] {
  const refusals: InvalidInput[] = [];
  const check = (fine: boolean, path: string, rule: string, message: Bilingual): void => {
    if (!fine) refusals.push({ code: 'INVALID_INPUT', path: [path], rule, message });
  };
  const { from, warnPercents, blockPercent } = rule;
  const isPercent = (value: number) => Number.isInteger(value) && value >= 1 && value <= 100;
  check(isCalendarDate(from) && from >= today, 'from', 'range', say('生效日不能早于今天', 'It begins today or later'));
  check(
    warnPercents.length <= WARNINGS_MAX &&
      warnPercents.every((value, at) => isPercent(value) && (at === 0 || value > (warnPercents[at - 1] ?? 0))),
    'warnPercents',
    'ascending',
    say(
      `预警比例为 1 至 100 的整数，由小到大，最多 ${WARNINGS_MAX} 个`,
      `Warnings are whole percents of 1 to 100, ascending, at most ${WARNINGS_MAX}`,
    ),
  );
  check(
    blockPercent === null || isPercent(blockPercent),
    'blockPercent',
    'range',
    say('暂停新申请的比例为 1 至 100 的整数', 'New requests are stopped at a whole percent of 1 to 100'),
  );
  check(
    reason.trim() !== '' && reason.length <= REASON_LENGTH_MAX,
    'reason',
    'length',
    say(`请填写依据，1 至 ${REASON_LENGTH_MAX} 个字`, `Give a reason in 1 to ${REASON_LENGTH_MAX} characters`),
  );
  return refusals;
}

export function budgetBlocked(
  budget: Pick<Budget, 'id' | 'key' | 'name'>,
  percent: number,
  path: InputPath = [],
): BudgetBlocked {
  return {
    code: 'BUDGET_BLOCKED',
    path,
    budgetId: budget.id,
    budgetKey: budget.key,
    percent,
    message: say(
      `预算“${budget.name}”使用已达 ${percent}%，按规则暂停新的占用。请由财政追加预算，或退还不用的资源后再提交`,
      `The budget ${budget.name} is used to ${percent}% and takes nothing new by the rule: ask finance to add to it, or give back what is not needed, and send it again`,
    ),
  };
}

/** To finance and to the head of the department, once a budget and part. */
export function thresholdNotice(budget: Budget, percent: number, cityFinance: string | null): Notice {
  const beyond = budget.reserved + budget.spent > budget.amount;
  return {
    kind: 'DEADLINE',
    subject: { type: 'Budget', id: budget.id },
    audience: {
      roles: [
        { role: 'DEPARTMENT_HEAD', departmentId: budget.departmentId },
        cityFinance === null
          ? { role: 'FINANCE', departmentId: null }
          : { role: 'CITY_FINANCE', departmentId: cityFinance },
      ],
    },
    text: beyond
      ? say(
          `${budget.year} 年预算“${budget.name}”已超出，请补足或退还资源`,
          `The ${budget.year} budget ${budget.name} is overrun: add to it or give resources back`,
        )
      : say(
          `${budget.year} 年预算“${budget.name}”使用已达 ${percent}%`,
          `The ${budget.year} budget ${budget.name} is used to ${percent}%`,
        ),
    onceKey: `budget-threshold ${budget.id} ${percent}`,
  };
}
