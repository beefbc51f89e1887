import type { TFunction } from 'i18next';
import type { CostBasis, CostDimension, MeteredKind, ShareName } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import type { CostTable } from '../costs.gql';

export type Table = ResultOf<typeof CostTable>;
export type Key = Table['columns'][number];

/** Stands for all columns beyond the most. */
const REST = 'REST';

export const DIMENSIONS: readonly CostDimension[] = [
  'DEPARTMENT',
  'CITY',
  'SYSTEM',
  'PROJECT',
  'BUDGET_CODE',
  'CENTER',
  'KIND',
  'SHARE',
  'MONTH',
  'QUARTER',
  'YEAR',
];

export const isTime = (dimension: CostDimension | null): boolean =>
  dimension === 'MONTH' || dimension === 'QUARTER' || dimension === 'YEAR';

/** What a row or column is called. */
export function keyWord(t: TFunction, dimension: CostDimension | null, { key, label }: Key): string {
  if (label) return label;
  if (dimension === null) return t('cost.amount');
  if (key === REST) return t('cost.restColumns');
  if (key === null) return t(`cost.none.${dimension === 'CITY' || dimension === 'CENTER' ? dimension : 'OTHER'}`);
  if (dimension === 'KIND') return t(`statement.kinds.${key as 'MACHINE'}`);
  if (dimension === 'SHARE') return t(`statement.shares.${key as 'MAIN'}`);
  if (dimension === 'QUARTER') return t('cost.quarter', { year: key.slice(0, 4), quarter: key.slice(6) });
  if (dimension === 'YEAR') return t('cost.year', { year: key });
  return key;
}

/** As a file says it, in one cell: systems of the same name are told apart by whose they are. */
export function wholeWord(t: TFunction, dimension: CostDimension | null, row: Key & { of: string | null }): string {
  const word = keyWord(t, dimension, row);
  return row.of === null ? word : t('cost.ofWhom', { name: word, of: row.of });
}

export type Narrow = {
  department: string;
  system: string;
  project: string;
  center: string;
  budget: string;
  share: '' | ShareName;
  kind: '' | MeteredKind;
  /** Only what stands for DR. */
  dr: '' | '1';
};

type Cell = {
  rows: CostDimension;
  columns: CostDimension | null;
  row: Key;
  column: Key;
  basis: CostBasis;
  /** What the table is narrowed to already. */
  narrow: Narrow;
  /** The department that it is narrowed to has others below it, whose costs are in the amount. */
  isTree?: boolean;
};

const keyOf = ({ rows, columns, row, column }: Cell, dimension: CostDimension) =>
  rows === dimension ? row.key : columns === dimension ? column.key : null;

/**
 * The statement that a cell stands on: of one department and one month, where the cell names both; its lines then go down
 * to resource-days and prices. By the month of use there is none: a correction stands on a later one.
 */
export function statementOf(cell: Cell): string | null {
  if (cell.basis !== 'CHARGED') return null;
  const department = keyOf(cell, 'DEPARTMENT') ?? (cell.isTree ? null : cell.narrow.department || null);
  const month = keyOf(cell, 'MONTH');
  if (!department || !month || month === REST || hasNoField(cell)) return null;
  const side = (dimension: CostDimension, field: keyof Narrow): string =>
    has(cell, dimension) ? (keyOf(cell, dimension) ?? NONE) : cell.narrow[field];
  return routes.statement(department, month, {
    ...{ system: side('SYSTEM', 'system'), project: side('PROJECT', 'project'), center: side('CENTER', 'center') },
    ...{ budget: side('BUDGET_CODE', 'budget'), share: side('SHARE', 'share'), kind: side('KIND', 'kind') },
    dr: cell.narrow.dr,
  });
}

const has = ({ rows, columns }: Cell, dimension: CostDimension) => rows === dimension || columns === dimension;

/** What is of no budget item, or stands in the column of all the rest, is no line that could be asked for. */
const hasNoField = (cell: Cell): boolean =>
  (has(cell, 'BUDGET_CODE') && keyOf(cell, 'BUDGET_CODE') === null) || cell.column.key === REST;

/** In the place of an id: what is of none. */
export const NONE = 'NONE';

/**
 * What a press on an amount opens, where no statement has it yet: the same amount, narrowed to both of its sides and laid
 * out by departments and months, of which each is on a statement. `null` = it is opened no further.
 */
export function opened(
  cell: Cell,
): (Partial<Narrow> & { from?: string; to?: string; rows: CostDimension; columns: CostDimension }) | null {
  // Where both are there already and no statement has it, it is by the month of use.
  if (cell.rows === 'DEPARTMENT' && cell.columns === 'MONTH') return null;
  const narrowing: Partial<Narrow> & { from?: string; to?: string } = {};
  for (const [dimension, { key }] of [
    [cell.rows, cell.row],
    [cell.columns, cell.column],
  ] as const) {
    if (dimension === null) continue;
    if (key === REST) return null;
    if (isTime(dimension)) Object.assign(narrowing, spanOf(dimension, key ?? ''));
    else if (dimension === 'CITY') Object.assign(narrowing, key === null ? {} : { department: key });
    else if (dimension === 'BUDGET_CODE') {
      if (key === null) return null;
      narrowing.budget = key;
    } else if (dimension === 'KIND' || dimension === 'SHARE')
      Object.assign(narrowing, { [dimension === 'KIND' ? 'kind' : 'share']: key ?? '' });
    else Object.assign(narrowing, { [FIELD_OF[dimension as keyof typeof FIELD_OF]]: key ?? NONE });
  }
  return { ...narrowing, rows: 'DEPARTMENT', columns: 'MONTH' };
}

export const FIELD_OF = { DEPARTMENT: 'department', SYSTEM: 'system', PROJECT: 'project', CENTER: 'center' } as const;

/** The months of a span of time. */
function spanOf(dimension: CostDimension, key: string): { from: string; to: string } {
  if (dimension === 'MONTH') return { from: key, to: key };
  const year = key.slice(0, 4);
  if (dimension === 'YEAR') return { from: `${year}-01`, to: `${year}-12` };
  const last = Number(key.slice(6)) * 3;
  const month = (number: number) => `${year}-${String(number).padStart(2, '0')}`;
  return { from: month(last - 2), to: month(last) };
}

/** What a press on a row narrows to; `null` = it can be narrowed no further. */
export function narrowed(dimension: CostDimension, key: string | null) {
  if (key === null) return null;
  switch (dimension) {
    case 'DEPARTMENT':
    case 'CITY':
      return { department: key, by: dimension === 'CITY' ? ('DEPARTMENT' as const) : ('SYSTEM' as const) };
    case 'SYSTEM':
      return { system: key, by: 'KIND' as const };
    case 'PROJECT':
      return { project: key, by: 'SYSTEM' as const };
    case 'CENTER':
      return { center: key, by: 'DEPARTMENT' as const };
    case 'BUDGET_CODE':
      return { budget: key, by: 'PROJECT' as const };
    case 'KIND':
      return { kind: key as MeteredKind, by: 'DEPARTMENT' as const };
    case 'SHARE':
      return { share: key as ShareName, by: 'SYSTEM' as const };
    default:
      return null;
  }
}

/** The running month of the accounting calendar, which is Shanghai's. */
export const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

export function monthBefore(month: string): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 2;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** The twelve months that end with this one. */
export function lastYearOf(month: string): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 12;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** Months from the first to the last, both included, the newest first. */
export function monthsFrom(first: string, last: string): string[] {
  const months: string[] = [];
  for (
    let at = Number(last.slice(0, 4)) * 12 + Number(last.slice(5)) - 1;
    at >= Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1;
    at -= 1
  )
    months.push(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`);
  return months;
}
