import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../../kernel/page.js';
import type { TenantScope } from '../../kernel/viewer.js';
import { inList } from './unit-of-work.js';

/**
 * Keeps only rows of the scope's departments; `column` is the one that names the department. `ofSystems` is the condition
 * by which a row belongs to one of `:...scopeSystemIds`; without it, who reaches single systems only finds nothing.
 */
export function withinScope<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  column: string,
  scope: TenantScope,
  ofSystems: string | null = null,
): SelectQueryBuilder<E> {
  if (scope.kind === 'PROVINCE') return query;
  const whole = { scopeIds: inList(scope.departmentIds) };
  const { systemIds = [] } = scope;
  return ofSystems === null || systemIds.length === 0
    ? query.andWhere(`${column} in (:...scopeIds)`, whole)
    : query.andWhere(`(${column} in (:...scopeIds) or ${ofSystems})`, { ...whole, scopeSystemIds: systemIds });
}

/**
 * Keeps rows in one of whose columns the text occurs, whatever its case, taken literally; null keeps all. Converted,
 * because a code is an ascii column, which the database refuses to compare with Chinese.
 */
export function matching<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  columns: readonly string[],
  text: string | null,
): SelectQueryBuilder<E> {
  if (text === null) return query;
  const anyColumn = columns.map((column) => `convert(${column} using utf8mb4) like :matching`).join(' or ');
  return query.andWhere(`(${anyColumn})`, { matching: `%${text.replace(/[\\%_]/g, '\\$&')}%` });
}

/** One page in the order of one unique column: two statements, whatever the page's size. */
export async function pageOf<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  keyColumn: string,
  page: PageRequest,
): Promise<Page<E>> {
  const totalCount = await query.getCount();
  if (page.after) query.andWhere(`${keyColumn} > :after`, { after: page.after[0] });
  const rows = await query
    .orderBy(keyColumn, 'ASC')
    .limit(page.first + 1)
    .getMany();
  return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
}

/** One page, the newest first by a time that two rows may share and their id; `rows` makes the query anew. */
export function newestOf<E extends ObjectLiteral>(
  rows: () => SelectQueryBuilder<E>,
  timeColumn: string,
  idColumn: string,
  page: PageRequest,
  toValue: (key: string) => Date | string = (key) => new Date(key),
): Promise<Page<E>> {
  return orderedBy(rows, [timeColumn, idColumn], 'DESC', page, toValue);
}

/** The same, the soonest first; `toValue` reads what a cursor says of the column. */
export function soonestOf<E extends ObjectLiteral>(
  rows: () => SelectQueryBuilder<E>,
  column: string,
  idColumn: string,
  page: PageRequest,
  toValue: (key: string) => Date | string,
): Promise<Page<E>> {
  return orderedBy(rows, [column, idColumn], 'ASC', page, toValue);
}

async function orderedBy<E extends ObjectLiteral>(
  rows: () => SelectQueryBuilder<E>,
  [column, idColumn]: readonly [string, string],
  direction: 'ASC' | 'DESC',
  page: PageRequest,
  toValue: (key: string) => Date | string,
): Promise<Page<E>> {
  const totalCount = await rows().getCount();
  const query = rows();
  if (page.after) {
    const [key, id] = page.after as [string, string];
    const beyond = direction === 'ASC' ? '>' : '<';
    const later = `(${column} ${beyond} :key or (${column} = :key and ${idColumn} ${beyond} :id))`;
    query.andWhere(later, { key: toValue(key), id });
  }
  const found = await query
    .orderBy(column, direction)
    .addOrderBy(idColumn, direction)
    .take(page.first + 1)
    .getMany();
  return { rows: found.slice(0, page.first), totalCount, hasNextPage: found.length > page.first };
}
