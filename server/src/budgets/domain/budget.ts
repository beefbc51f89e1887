/** Decides what a budget is, under which key it stands, what is available of it, and what an entry does to its figures. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import type { BudgetShortage, InvalidInput } from '../../kernel/refusal.js';
import { BUDGET_CODE, ECONOMIC_CLASS, FUNCTION_CLASS } from '../../systems/domain/budget-keys.js';
import type { BudgetLevel, FundNature } from '../../systems/domain/system.js';

/** DEPARTMENT: the whole of a department's year; ITEM: one line of it, by project and budget item. Only items are reserved. */
export const BUDGET_GRAINS = ['DEPARTMENT', 'ITEM'] as const;
export type BudgetGrain = (typeof BUDGET_GRAINS)[number];

/** What keeps budgets apart (design §8). */
export interface BudgetKey {
  /** 预算年度. */
  readonly year: number;
  /** 预算项目编码; empty for a department as a whole. */
  readonly budgetCode: string;
  /** 支出功能分类, e.g. "2010301"; empty for a department as a whole. */
  readonly functionClass: string;
  /** 部门预算支出经济分类, e.g. "30213"; empty for a department as a whole. */
  readonly economicClass: string;
  readonly fundNature: FundNature;
  readonly budgetLevel: BudgetLevel;
}

export interface BudgetFigures {
  readonly amount: Fen;
  /** Of the amount, what its items have got. */
  readonly allotted: Fen;
  /** Encumbered and not yet spent. */
  readonly reserved: Fen;
  readonly spent: Fen;
}

export interface Budget extends BudgetKey, BudgetFigures {
  readonly id: string;
  /** The key as one text, which sorts a department before its items. */
  readonly key: string;
  readonly name: string;
  readonly grain: BudgetGrain;
  readonly parentId: string | null;
  /** Ids from the root down to itself, e.g. "/a/b/". */
  readonly path: string;
  readonly departmentId: string;
  readonly projectId: string | null;
  readonly version: number;
}

/** May be negative: what was used beyond the budget is shown, never hidden. */
export function availableOf({ amount, reserved, spent }: Omit<BudgetFigures, 'allotted'>): Fen {
  return amount - reserved - spent;
}

export const ENTRY_KINDS = ['RESERVE', 'RELEASE', 'SPEND', 'ADJUST'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What an entry is about: a request's hold, a statement, a payment. `round` tells apart several tries of one of them. */
export interface EntrySubject {
  readonly kind: string;
  readonly id: string;
  readonly round: number;
}

/** One line of the ledger. It is never changed; what was wrong is reversed by another. */
export interface BudgetEntry {
  readonly id: string;
  readonly budgetId: string;
  readonly kind: EntryKind;
  /** Positive, except ADJUST, which may take away, and the reversal of a SPEND. */
  readonly amount: Fen;
  /** Of a SPEND: how much of it was reserved before and is so no longer. */
  readonly fromReserved: Fen;
  readonly subject: EntrySubject;
  /** What was reserved and is now released or spent; null = nothing was. */
  readonly encumbranceId: string | null;
  readonly reversesEntryId: string | null;
  readonly at: Date;
  /** Who, by name; the audit row of the act knows more. */
  readonly by: string;
  readonly reason: string;
}

type EntryEffect = Omit<BudgetFigures, 'allotted'>;

/** How an entry moves the figures of its budget and of every level above. */
export function effectOf({
  kind,
  amount,
  fromReserved,
}: Pick<BudgetEntry, 'kind' | 'amount' | 'fromReserved'>): EntryEffect {
  switch (kind) {
    case 'RESERVE':
      return { amount: 0n, reserved: amount, spent: 0n };
    case 'RELEASE':
      return { amount: 0n, reserved: -amount, spent: 0n };
    case 'SPEND':
      return { amount: 0n, reserved: -fromReserved, spent: amount };
    case 'ADJUST':
      return { amount, reserved: 0n, spent: 0n };
  }
}

/** Of two amounts the smaller one; Math.min knows no bigint. */
export function lesser(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

/** Ids of a budget and all above it, the narrowest first: the order in which everybody takes them, cold to hot. */
export function levelsOf(path: string): string[] {
  return path.split('/').filter(Boolean).toReversed();
}

export function budgetKeyText(key: BudgetKey, departmentCode: string): string {
  const head = `${key.year}/${departmentCode}`;
  return key.budgetCode === ''
    ? head
    : [head, key.budgetCode, key.functionClass, key.economicClass, key.fundNature, key.budgetLevel].join('/');
}

/** Ten trillion yuan is more than any province has; it keeps sums of thousands of budgets within a BIGINT. */
export const AMOUNT_FEN_MAX: Fen = 10n ** 15n;
const NAME_LENGTH_MAX = 160;
const YEAR_MIN = 2000;
const YEAR_MAX = 2100;
/** Everything that is wrong with a new budget's own fields at once. */
export function checkBudget(
  budget: BudgetKey & { readonly grain: BudgetGrain; readonly name: string; readonly amount: Fen },
): InvalidInput[] {
  const refusals: InvalidInput[] = [];
  const check = (fine: boolean, path: string, rule: string, zh: string, en: string): void => {
    if (!fine) refusals.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  };
  const { grain, year, name, amount } = budget;
  check(
    Number.isInteger(year) && year >= YEAR_MIN && year <= YEAR_MAX,
    'year',
    'range',
    `预算年度须在 ${YEAR_MIN} 至 ${YEAR_MAX} 之间`,
    `A budget year is ${YEAR_MIN} to ${YEAR_MAX}`,
  );
  check(
    name.trim() !== '' && name.length <= NAME_LENGTH_MAX,
    'name',
    'length',
    `名称须为 1 至 ${NAME_LENGTH_MAX} 个字`,
    `A name has 1 to ${NAME_LENGTH_MAX} characters`,
  );
  check(
    amount >= 0n && amount <= AMOUNT_FEN_MAX,
    'amount',
    'range',
    '金额不能为负，也不能超过十万亿元',
    'An amount is not negative and at most ten trillion yuan',
  );
  if (grain === 'DEPARTMENT') {
    check(
      budget.budgetCode === '' && budget.functionClass === '' && budget.economicClass === '',
      'budgetCode',
      'departmentTotal',
      '单位总预算不分项目和科目',
      "A department's whole budget has no item and no classes",
    );
    return refusals;
  }
  const rules = { budgetCode: BUDGET_CODE, functionClass: FUNCTION_CLASS, economicClass: ECONOMIC_CLASS };
  for (const [field, { pattern, message }] of Object.entries(rules))
    check(pattern.test(budget[field as keyof typeof rules]), field, 'format', message.zh, message.en);
  return refusals;
}

export const REASON_LENGTH_MAX = 200;

export function checkReason(reason: string): InvalidInput[] {
  if (reason.trim() !== '' && reason.length <= REASON_LENGTH_MAX) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say(
        `请填写理由，1 至 ${REASON_LENGTH_MAX} 个字`,
        `Give a reason in 1 to ${REASON_LENGTH_MAX} characters`,
      ),
    },
  ];
}

export function budgetShortage(
  budget: Pick<Budget, 'id' | 'key' | 'name'>,
  available: Fen,
  requested: Fen,
  path: readonly string[] = [],
): BudgetShortage {
  const short = requested - available;
  const figures: Bilingual = say(
    `可用 ${yuan(available)} 元，需 ${yuan(requested)} 元，缺 ${yuan(short)} 元`,
    `${yuan(available)} yuan available, ${yuan(requested)} asked, ${yuan(short)} short`,
  );
  return {
    code: 'BUDGET_SHORTAGE',
    path,
    budgetId: budget.id,
    budgetKey: budget.key,
    availableFen: available.toString(),
    requestedFen: requested.toString(),
    shortFen: short.toString(),
    message: say(`预算不足：${budget.name}，${figures.zh}`, `Budget short: ${budget.name}, ${figures.en}`),
  };
}

/** Exact yuan, e.g. "-1234.05". */
function yuan(fen: Fen): string {
  const absolute = fen < 0n ? -fen : fen;
  return `${fen < 0n ? '-' : ''}${absolute / 100n}.${(absolute % 100n).toString().padStart(2, '0')}`;
}

/** Fen as text: what is kept under a key or in the audit must be plain JSON. */
export function plain<T extends object>(facts: T): { readonly [key: string]: unknown } {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'bigint' ? value.toString() : value]),
  );
}
