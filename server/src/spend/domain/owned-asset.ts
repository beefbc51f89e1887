/** Decides what an owned asset costs in each month: straight-line depreciation, maintenance, power, and what its end leaves. */
import type { Month } from '../../accounting/domain/accounting-units.js';
import { apportion } from '../../kernel/apportion.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import { isCalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { monthsFrom } from './months.js';
import { AMOUNT_FEN_MAX, checker, NAME_LENGTH_MAX, NOTE_LENGTH_MAX } from './spend-checks.js';

/** Thirty years: no machine and no building's plant is written off longer. */
export const LIFE_MONTHS_MAX = 360;
const CODE = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;

export interface AssetTerms {
  readonly cost: Fen;
  /** What it is worth at its end. */
  readonly residual: Fen;
  /** Written off from the month in which it was acquired, as the accounts of public bodies have it (政府会计准则第 3 号), not from the next. */
  readonly depreciatesFrom: Month;
  readonly lifeMonths: number;
  /** 报废日: left out or null = it is there. */
  readonly disposedOn?: CalendarDate | null;
}

/** What keeping it costs a month, from a month on until the next of these. */
export interface Upkeep {
  readonly from: Month;
  readonly maintenance: Fen;
  readonly power: Fen;
}

export const ASSET_COSTS = ['DEPRECIATION', 'MAINTENANCE', 'POWER', 'WRITE_DOWN'] as const;
export type AssetCost = (typeof ASSET_COSTS)[number];

/**
 * Of every month of its life; the sum is cost less residual, to the fen. What is disposed of is written off no more from that
 * month on (政府会计准则第 3 号: 当月减少的当月不再计提).
 */
export function depreciationOf({
  cost,
  residual,
  depreciatesFrom,
  disposedOn,
  lifeMonths,
}: AssetTerms): Map<Month, Fen> {
  const months = monthsFrom(depreciatesFrom, lifeMonths);
  const parts = apportion(
    cost - residual,
    months.map(() => 1n),
  );
  const ends = endOf({ disposedOn });
  const all = months.map((month, at) => [month, parts?.[at] ?? 0n] as const);
  return new Map(ends === null ? all : all.filter(([month]) => month < ends));
}

function endOf({ disposedOn = null }: Pick<AssetTerms, 'disposedOn'>): Month | null {
  return disposedOn === null ? null : disposedOn.slice(0, 7);
}

/** 处置损失: what it is still worth when it is disposed of, its residual value with it. All its costs together are what it cost. */
export function writeDownOf(terms: AssetTerms): { readonly month: Month; readonly amount: Fen } | null {
  const month = endOf(terms);
  if (month === null) return null;
  const writtenOff = [...depreciationOf(terms).values()].reduce((sum, amount) => sum + amount, 0n);
  return { month, amount: terms.cost - writtenOff };
}

/** Nothing before its first month; upkeep goes on after it is written off, as the machine does, through the month of its disposal. */
export function costsOfAsset(
  terms: AssetTerms,
  upkeeps: readonly Upkeep[],
  months: readonly Month[],
): { readonly month: Month; readonly cost: AssetCost; readonly amount: Fen }[] {
  const depreciation = depreciationOf(terms);
  const inOrder = upkeeps.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const writeDown = writeDownOf(terms);
  const ends = endOf(terms);
  return months.flatMap((month) => {
    const upkeep = ends !== null && month > ends ? undefined : inOrder.findLast(({ from }) => from <= month);
    const amounts: readonly (readonly [AssetCost, Fen])[] = [
      ['DEPRECIATION', depreciation.get(month) ?? 0n],
      ['MAINTENANCE', upkeep?.maintenance ?? 0n],
      ['POWER', upkeep?.power ?? 0n],
      ['WRITE_DOWN', writeDown?.month === month ? writeDown.amount : 0n],
    ];
    return amounts.filter(([, amount]) => amount !== 0n).map(([cost, amount]) => ({ month, cost, amount }));
  });
}

export interface AssetMonth {
  readonly month: Month;
  readonly depreciation: Fen;
  readonly maintenance: Fen;
  readonly power: Fen;
  /** 处置损失, in the month of its disposal. */
  readonly writeDown: Fen;
  /** 净值 at the month's end. */
  readonly netValue: Fen;
}

export function assetMonth(terms: AssetTerms, upkeeps: readonly Upkeep[], month: Month): AssetMonth {
  const costs = costsOfAsset(terms, upkeeps, [month]);
  const of = (cost: AssetCost) => costs.find((one) => one.cost === cost)?.amount ?? 0n;
  const writtenOff = [...depreciationOf(terms)].reduce((sum, [at, amount]) => (at <= month ? sum + amount : sum), 0n);
  return {
    month,
    depreciation: of('DEPRECIATION'),
    maintenance: of('MAINTENANCE'),
    power: of('POWER'),
    writeDown: of('WRITE_DOWN'),
    netValue: isGone(terms, month) ? 0n : terms.cost - writtenOff,
  };
}

function isGone(terms: AssetTerms, month: Month): boolean {
  const ends = endOf(terms);
  return ends !== null && ends <= month;
}

export interface DisposalFacts {
  readonly disposedOn: CalendarDate;
  readonly proceeds: Fen;
  readonly document: string;
  readonly reason: string;
}

const DOCUMENT_LENGTH_MAX = 120;

export function checkDisposal(
  { disposedOn, proceeds, ...paper }: DisposalFacts,
  { acquiredOn }: Pick<AssetFacts, 'acquiredOn'>,
  today: CalendarDate,
): InvalidInput[] {
  const { check, refusals } = checker();
  check(
    isCalendarDate(disposedOn) && disposedOn >= acquiredOn && disposedOn <= today,
    ['disposedOn'],
    'period',
    `报废日期须在取得日期 ${acquiredOn} 之后，不晚于今天`,
    `It is disposed of after ${acquiredOn}, when it was acquired, and not later than today`,
  );
  check(
    proceeds >= 0n && proceeds <= AMOUNT_FEN_MAX,
    ['proceeds'],
    'range',
    '处置收入不能为负',
    'What it brought is not negative',
  );
  return [...refusals, ...checkPaper(paper)];
}

/** By which document, and why: of a disposal and of what takes it back. */
export function checkPaper({ document, reason }: Pick<DisposalFacts, 'document' | 'reason'>): InvalidInput[] {
  const { check, refusals } = checker();
  check(
    document.trim() !== '' && document.length <= DOCUMENT_LENGTH_MAX,
    ['document'],
    'length',
    `请填写批准文号，最多 ${DOCUMENT_LENGTH_MAX} 个字`,
    `Name the document that allows it, in at most ${DOCUMENT_LENGTH_MAX} characters`,
  );
  check(
    reason.trim() !== '' && reason.length <= NOTE_LENGTH_MAX,
    ['reason'],
    'length',
    `请填写原因，最多 ${NOTE_LENGTH_MAX} 个字`,
    `Say why, in at most ${NOTE_LENGTH_MAX} characters`,
  );
  return refusals;
}

export interface AssetFacts extends Omit<AssetTerms, 'depreciatesFrom' | 'disposedOn'> {
  readonly code: string;
  readonly name: string;
  readonly acquiredOn: CalendarDate;
  readonly maintenance: Fen;
  readonly power: Fen;
}

export function checkAsset(asset: AssetFacts): InvalidInput[] {
  const { check, refusals } = checker();
  check(
    CODE.test(asset.code),
    ['code'],
    'format',
    '资产编号为 1 至 40 位字母、数字和短横线',
    'An asset code is 1 to 40 letters, digits and hyphens',
  );
  check(
    asset.name.trim() !== '' && asset.name.length <= NAME_LENGTH_MAX,
    ['name'],
    'length',
    `名称须为 1 至 ${NAME_LENGTH_MAX} 个字`,
    `A name has 1 to ${NAME_LENGTH_MAX} characters`,
  );
  check(
    isCalendarDate(asset.acquiredOn),
    ['acquiredOn'],
    'date',
    '请填写取得日期',
    'Give the day on which it was acquired',
  );
  check(
    asset.cost > 0n && asset.cost <= AMOUNT_FEN_MAX,
    ['cost'],
    'range',
    '原值须大于零，不超过十万亿元',
    'The cost is above zero and at most ten trillion yuan',
  );
  check(
    asset.residual >= 0n && asset.residual <= asset.cost,
    ['residual'],
    'range',
    '残值不能为负，也不能超过原值',
    'The residual value is not negative and not above the cost',
  );
  check(
    Number.isInteger(asset.lifeMonths) && asset.lifeMonths >= 1 && asset.lifeMonths <= LIFE_MONTHS_MAX,
    ['lifeMonths'],
    'range',
    `折旧年限须为 1 至 ${LIFE_MONTHS_MAX} 个月`,
    `A life is 1 to ${LIFE_MONTHS_MAX} months`,
  );
  for (const field of ['maintenance', 'power'] as const)
    check(
      asset[field] >= 0n && asset[field] <= AMOUNT_FEN_MAX,
      [field],
      'range',
      '金额不能为负',
      'An amount is not negative',
    );
  return refusals;
}
