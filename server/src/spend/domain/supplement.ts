/** Decides what a supplement (补充协议) may change of a contract in force, and by which edition of it a day is judged. */

import type { Month } from '../../accounting/domain/accounting-units.js';
import { addDays, type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import type { AssessmentRule } from './assessment.js';
import {
  type ContractService,
  checkAssessmentRule,
  checkServices,
  NUMBER_LENGTH_MAX,
  PERIOD_DAYS_MAX,
} from './contract.js';
import { advanceOutstanding, type ContractFigures } from './contract-money.js';
import { AMOUNT_FEN_MAX, checker, NOTE_LENGTH_MAX, yuanText } from './spend-checks.js';

/** What a supplement may say anew; everything else of a contract is another contract. */
export interface AgreedTerms {
  readonly ceiling: Fen;
  readonly advanceLimit: Fen;
  /** The day after the last. */
  readonly to: CalendarDate;
  readonly services: readonly ContractService[];
}

export interface SupplementTerms extends AgreedTerms {
  readonly number: string;
  readonly signedOn: CalendarDate;
  /** From which day on it holds; days before are judged by what held then. */
  readonly from: CalendarDate;
  readonly reason: string;
  /** 考核规则, as it holds from the month of `from` on; null = as it is. */
  readonly assessment: AssessmentRule | null;
}

/** What of the contract bounds it. */
export interface ContractNow {
  readonly from: CalendarDate;
  readonly terms: AgreedTerms;
  readonly figures: ContractFigures;
  /** 付款计划合计 */
  readonly planned: Fen;
  /** The day after the last that a payment, posted or waiting, is for; null = nothing was paid. */
  readonly paidUntil: CalendarDate | null;
  /** Since when the supplement before this one holds; null = it is the first. */
  readonly lastFrom: CalendarDate | null;
  /** From which month on the newest rule of assessment holds; null = it has none. */
  readonly ruleFrom: Month | null;
  /** The last month of which a deduction stands or waits; null = of none. */
  readonly assessedUntil: Month | null;
}

/** Everything that is wrong with it at once; asked again when it is confirmed, because figures move meanwhile. */
export function checkSupplement(terms: SupplementTerms, now: ContractNow): InvalidInput[] {
  const { check, refusals } = checker();
  const { advanceLimit, ceiling, from, number, reason, signedOn, to } = terms;
  check(
    number.trim() !== '' && number.length <= NUMBER_LENGTH_MAX,
    ['number'],
    'length',
    `补充协议编号须为 1 至 ${NUMBER_LENGTH_MAX} 个字`,
    `A supplement's number has 1 to ${NUMBER_LENGTH_MAX} characters`,
  );
  check(isCalendarDate(signedOn), ['signedOn'], 'date', '请填写签订日期', 'Give the day on which it was signed');
  check(
    reason.trim() !== '' && reason.length <= NOTE_LENGTH_MAX,
    ['reason'],
    'length',
    `请写明变更原因，最多 ${NOTE_LENGTH_MAX} 个字`,
    `Say why, in at most ${NOTE_LENGTH_MAX} characters`,
  );
  check(
    isCalendarDate(from) && from >= now.from && (now.lastFrom === null || from > now.lastFrom) && from < to,
    ['from'],
    'period',
    now.lastFrom === null
      ? `生效日期须在合同期内，${now.from} 或之后`
      : `生效日期须晚于上一份补充协议的 ${now.lastFrom}，并在合同期内`,
    now.lastFrom === null
      ? `It begins within the contract's period, on ${now.from} or later`
      : `It begins after ${now.lastFrom}, when the one before it began, and within the period`,
  );
  check(
    isCalendarDate(to) && to > now.from && to <= addDays(now.from, PERIOD_DAYS_MAX),
    ['to'],
    'period',
    '合同期须至少一天，最长十年',
    'A period is one day at least and ten years at most',
  );
  check(
    now.paidUntil === null || to >= now.paidUntil,
    ['to'],
    'paid',
    `已付或待复核的款项付至 ${now.paidUntil}，结束日期不能更早；请先冲销付款`,
    `Payments are for days until ${now.paidUntil}: it does not end before that; reverse a payment first`,
  );
  check(
    ceiling > 0n && ceiling <= AMOUNT_FEN_MAX,
    ['ceiling'],
    'range',
    '合同上限须大于零，不超过十万亿元',
    'A ceiling is above zero and at most ten trillion yuan',
  );
  check(
    ceiling >= now.figures.accepted,
    ['ceiling'],
    'accepted',
    `已验收 ${yuanText(now.figures.accepted)} 元，上限不能更低；请先冲销验收`,
    `${yuanText(now.figures.accepted)} yuan is accepted: the ceiling is not below that; reverse an acceptance first`,
  );
  check(
    ceiling >= now.planned,
    ['ceiling'],
    'ceiling',
    `付款计划合计 ${yuanText(now.planned)} 元，上限不能更低`,
    `The payment plan comes to ${yuanText(now.planned)} yuan: the ceiling is not below that`,
  );
  const outstanding = advanceOutstanding(now.figures);
  check(
    advanceLimit >= 0n && advanceLimit <= ceiling && advanceLimit >= outstanding,
    ['advanceLimit'],
    'range',
    `预付款上限不能超过合同上限，也不能低于未抵扣的 ${yuanText(outstanding)} 元`,
    `What may be advanced is at most the ceiling, and not below the ${yuanText(outstanding)} yuan that are out`,
  );
  checkServices(terms.services, check);
  if (terms.assessment) checkRule(terms.assessment, from, now, check);
  check(
    terms.assessment !== null || !sameTerms(terms, now.terms),
    [],
    'nothing',
    '补充协议没有改变任何内容',
    'The supplement changes nothing of the contract',
  );
  return refusals;
}

/** A rule is never changed: another follows it, of months that nobody has assessed yet. */
function checkRule(
  rule: AssessmentRule,
  from: CalendarDate,
  { ruleFrom, assessedUntil }: ContractNow,
  check: ReturnType<typeof checker>['check'],
): void {
  checkAssessmentRule(rule, check);
  const month = from.slice(0, 7);
  check(
    ruleFrom === null || month > ruleFrom,
    ['from'],
    'rule',
    `现行考核规则自 ${ruleFrom} 起执行，新规则须从其后的月份起`,
    `The rule in force holds from ${ruleFrom}: another begins in a later month`,
  );
  check(
    assessedUntil === null || month > assessedUntil,
    ['from'],
    'assessed',
    `${assessedUntil} 及以前的月份已考核扣减，新规则须从其后的月份起；更正请先冲销扣减`,
    `Months until ${assessedUntil} were assessed: a rule begins later; reverse a deduction first`,
  );
}

export function sameTerms(a: AgreedTerms, b: AgreedTerms): boolean {
  const text = ({ advanceLimit, ceiling, services, to }: AgreedTerms) =>
    JSON.stringify([
      ...[ceiling.toString(), advanceLimit.toString(), to],
      services.map(({ name, unit, unitPrice }) => [name, unit, plainPrice(unitPrice)]),
    ]);
  return text(a) === text(b);
}

/** As the database writes it and as people type it: "1.50" is "1.500000". */
function plainPrice(text: string): string {
  const [whole = '0', decimals = ''] = text.split('.');
  return `${whole.replace(/^0+(?=\d)/, '')}.${decimals.replace(/0+$/, '')}`;
}

/** A supplement in force with what held before it. */
export interface Edition {
  readonly from: CalendarDate;
  readonly former: AgreedTerms;
}

/** What held on a day: what the first supplement that begins later says was there before it, else what holds now. */
export function termsOn(now: AgreedTerms, editions: readonly Edition[], day: CalendarDate): AgreedTerms {
  const later = editions.filter(({ from }) => from > day).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return later[0]?.former ?? now;
}
