/** Decides what an owned asset costs in each month: straight-line depreciation, maintenance and power. */
import type { Month } from '../../accounting/domain/accounting-units.js';
import { apportion } from '../../kernel/apportion.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import { isCalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { monthsFrom } from './months.js';
import { AMOUNT_FEN_MAX, checker, NAME_LENGTH_MAX } from './spend-checks.js';

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
}

/** What keeping it costs a month, from a month on until the next of these. */
export interface Upkeep {
  readonly from: Month;
  readonly maintenance: Fen;
  readonly power: Fen;
}

export const ASSET_COSTS = ['DEPRECIATION', 'MAINTENANCE', 'POWER'] as const;
export type AssetCost = (typeof ASSET_COSTS)[number];

/** Of every month of its life; the sum is cost less residual, to the fen. */
export function depreciationOf({ cost, residual, depreciatesFrom, lifeMonths }: AssetTerms): Map<Month, Fen> {
  const months = monthsFrom(depreciatesFrom, lifeMonths);
  const parts = apportion(
    cost - residual,
    months.map(() => 1n),
  );
  return new Map(months.map((month, at) => [month, parts?.[at] ?? 0n]));
}

/** Nothing before its first month; upkeep goes on after it is written off, as the machine does. */
export function costsOfAsset(
  terms: AssetTerms,
  upkeeps: readonly Upkeep[],
  months: readonly Month[],
): { readonly month: Month; readonly cost: AssetCost; readonly amount: Fen }[] {
  const depreciation = depreciationOf(terms);
  const inOrder = upkeeps.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return months.flatMap((month) => {
    const upkeep = inOrder.findLast(({ from }) => from <= month);
    const amounts: readonly (readonly [AssetCost, Fen])[] = [
      ['DEPRECIATION', depreciation.get(month) ?? 0n],
      ['MAINTENANCE', upkeep?.maintenance ?? 0n],
      ['POWER', upkeep?.power ?? 0n],
    ];
    return amounts.filter(([, amount]) => amount !== 0n).map(([cost, amount]) => ({ month, cost, amount }));
  });
}

export interface AssetMonth {
  readonly month: Month;
  readonly depreciation: Fen;
  readonly maintenance: Fen;
  readonly power: Fen;
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
    netValue: terms.cost - writtenOff,
  };
}

export interface AssetFacts extends Omit<AssetTerms, 'depreciatesFrom'> {
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
