/** Decides what a contract is, and what of a new one is refused. */
import { addDays, type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { ASSESSMENT_SHARES, type AssessmentRule } from './assessment.js';
import { AMOUNT_FEN_MAX, checker, NAME_LENGTH_MAX, NOTE_LENGTH_MAX } from './spend-checks.js';
import type { CenterShare } from './spread.js';

export const CONTRACT_KINDS = [
  'CLOUD_PLATFORM',
  'HOSTING',
  'MAINTENANCE',
  'NETWORK',
  'SECURITY',
  'POWER',
  'SOFTWARE',
  'OTHER',
] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];

/** The one currency of the accounts. */
export const CURRENCY = 'CNY';

export interface ContractService {
  readonly name: string;
  readonly unit: string;
  /** Yuan for one unit, a decimal text with at most six places. */
  readonly unitPrice: string;
}

/** 付款计划: a part of the ceiling, and what must be there before it is paid. */
export interface Instalment {
  readonly dueOn: CalendarDate;
  readonly amount: Fen;
  readonly condition: string;
}

export interface ContractTerms {
  readonly number: string;
  readonly name: string;
  readonly kind: ContractKind;
  readonly currency: string;
  readonly ceiling: Fen;
  /** 预付款上限: at most so much may be paid before it is accepted; left out = nothing. */
  readonly advanceLimit?: Fen;
  /** Half-open. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly note: string;
  readonly services: readonly ContractService[];
  readonly shares: readonly CenterShare[];
  readonly instalments: readonly Instalment[];
  /** null = nothing is assessed. */
  readonly assessment: AssessmentRule | null;
}

export const NUMBER_LENGTH_MAX = 80;
const UNIT_LENGTH_MAX = 20;
/** Ten years: longer ones are renewed, and their spend is spread over so many months. */
export const PERIOD_DAYS_MAX = 3_660;
/** A province's framework contract has some fifty services; a plan pays by the month for some years. */
export const SERVICES_MAX = 100;
export const INSTALMENTS_MAX = 120;
export const WEIGHT_MAX = 1_000_000;
const UNIT_PRICE = /^\d{1,12}(\.\d{1,6})?$/;

/** Everything that is wrong with the terms at once, each with where it stands. */
export function checkContract(terms: ContractTerms): InvalidInput[] {
  const { check, refusals } = checker();
  const { ceiling, from, to, instalments, services, shares } = terms;
  const period = isCalendarDate(from) && isCalendarDate(to);
  check(
    terms.number.trim() !== '' && terms.number.length <= NUMBER_LENGTH_MAX,
    ['number'],
    'length',
    `合同编号须为 1 至 ${NUMBER_LENGTH_MAX} 个字`,
    `A contract number has 1 to ${NUMBER_LENGTH_MAX} characters`,
  );
  check(
    terms.name.trim() !== '' && terms.name.length <= NAME_LENGTH_MAX,
    ['name'],
    'length',
    `名称须为 1 至 ${NAME_LENGTH_MAX} 个字`,
    `A name has 1 to ${NAME_LENGTH_MAX} characters`,
  );
  check(
    terms.currency === CURRENCY,
    ['currency'],
    'currency',
    '只以人民币（CNY）记账，请按约定汇率折算后填写',
    'The accounts are kept in CNY only; convert by the agreed rate first',
  );
  check(
    ceiling > 0n && ceiling <= AMOUNT_FEN_MAX,
    ['ceiling'],
    'range',
    '合同上限须大于零，不超过十万亿元',
    'A ceiling is above zero and at most ten trillion yuan',
  );
  check(
    (terms.advanceLimit ?? 0n) >= 0n && (terms.advanceLimit ?? 0n) <= ceiling,
    ['advanceLimit'],
    'range',
    '预付款上限不能为负，也不能超过合同上限',
    'What may be advanced is not negative and not above the ceiling',
  );
  check(isCalendarDate(from), ['from'], 'date', '请填写开始日期', 'Give the first day');
  check(isCalendarDate(to), ['to'], 'date', '请填写结束日期', 'Give the day after the last');
  if (period)
    check(
      from < to && to <= addDays(from, PERIOD_DAYS_MAX),
      ['to'],
      'period',
      '合同期须至少一天，最长十年',
      'A period is one day at least and ten years at most',
    );
  check(
    terms.note.length <= NOTE_LENGTH_MAX,
    ['note'],
    'length',
    `备注最多 ${NOTE_LENGTH_MAX} 个字`,
    `A note has at most ${NOTE_LENGTH_MAX} characters`,
  );
  checkServices(services, check);
  for (const [at, { weight, centerId }] of shares.entries()) {
    check(
      Number.isInteger(weight) && weight >= 0 && weight <= WEIGHT_MAX,
      ['shares', String(at), 'weight'],
      'range',
      `权重须为 0 至 ${WEIGHT_MAX} 的整数`,
      `A weight is a whole number from 0 to ${WEIGHT_MAX}`,
    );
    check(
      shares.findIndex((other) => other.centerId === centerId) === at,
      ['shares', String(at), 'centerId'],
      'unique',
      '同一数据中心只能填一次',
      'Each center stands here once',
    );
  }
  check(
    instalments.length <= INSTALMENTS_MAX,
    ['instalments'],
    'count',
    `付款计划最多 ${INSTALMENTS_MAX} 期`,
    `At most ${INSTALMENTS_MAX} instalments`,
  );
  for (const [at, { amount, dueOn, condition }] of instalments.entries()) {
    const place = (field: string) => ['instalments', String(at), field];
    check(amount > 0n, place('amount'), 'range', '每期金额须大于零', 'Each instalment is above zero');
    check(isCalendarDate(dueOn), place('dueOn'), 'date', '请填写应付日期', 'Give the day on which it falls due');
    check(
      condition.trim() !== '' && condition.length <= NOTE_LENGTH_MAX,
      place('condition'),
      'length',
      '请填写付款条件',
      'Say on what condition it is paid',
    );
  }
  check(
    instalments.reduce((sum, { amount }) => sum + amount, 0n) <= ceiling,
    ['instalments'],
    'ceiling',
    '付款计划合计超过合同上限',
    'The instalments come to more than the ceiling',
  );
  if (terms.assessment) checkAssessmentRule(terms.assessment, check);
  return refusals;
}

/** Of a contract and of its supplements alike. */
export function checkServices(services: readonly ContractService[], check: ReturnType<typeof checker>['check']): void {
  check(
    services.length <= SERVICES_MAX,
    ['services'],
    'count',
    `服务内容最多 ${SERVICES_MAX} 项`,
    `At most ${SERVICES_MAX} services`,
  );
  for (const [at, { name, unit, unitPrice }] of services.entries()) {
    const place = (field: string) => ['services', String(at), field];
    check(
      name.trim() !== '' && name.length <= NAME_LENGTH_MAX,
      place('name'),
      'length',
      '请填写服务名称',
      'Name the service',
    );
    check(
      unit.trim() !== '' && unit.length <= UNIT_LENGTH_MAX,
      place('unit'),
      'length',
      '请填写计量单位',
      'Give the unit',
    );
    check(
      UNIT_PRICE.test(unitPrice),
      place('unitPrice'),
      'unitPrice',
      '单价为非负数，最多六位小数',
      'A unit price is not negative and has at most six decimals',
    );
  }
}

export function checkAssessmentRule(
  { bands, cap, contractCap = null }: AssessmentRule,
  check: ReturnType<typeof checker>['check'],
): void {
  const share = (value: number) => Number.isInteger(value) && value >= 0 && value <= ASSESSMENT_SHARES;
  check(share(cap), ['assessment', 'cap'], 'range', '扣减封顶为 0 至 100%', 'A cap is 0 to 100 %');
  check(
    contractCap === null || share(contractCap),
    ['assessment', 'contractCap'],
    'range',
    '合同累计扣减封顶为 0 至 100%',
    'The cap of the contract is 0 to 100 %',
  );
  for (const [at, { below, deduct }] of bands.entries()) {
    const path = ['assessment', 'bands', String(at)];
    check(
      share(below) && share(deduct),
      path,
      'range',
      '可用率和扣减比例为 0 至 100%，精确到 0.01%',
      'Shares are 0 to 100 %, to 0.01 %',
    );
    const former = bands[at - 1];
    check(
      former === undefined || (below < former.below && deduct >= former.deduct),
      path,
      'order',
      '可用率档位须由高到低，扣减不得减少',
      'Bands go from high to low, and a lower one deducts no less',
    );
  }
  check(bands.length > 0, ['assessment', 'bands'], 'required', '请至少填写一档扣减', 'Give one band at least');
}
