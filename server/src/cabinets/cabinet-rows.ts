import type { Cabinet, CabinetRow, Room } from './domain/cabinet.js';
import type { Holder } from './domain/holder.js';

/** A row as plain SQL gives it. Lists of thousands are read past the entities: building those costs more than the query. */
export type SqlRow = Record<string, unknown>;

const names = new Map<string, string>();

/** power_limit_w → powerLimitW. */
function camelOf(column: string): string {
  const known = names.get(column);
  if (known !== undefined) return known;
  const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  names.set(column, name);
  return name;
}

/** The columns are the fields, by name: the entity, which the drift test holds against the tables, says so. */
function fieldsOf<T>(row: SqlRow): T {
  const fields: Record<string, unknown> = {};
  for (const column in row) fields[camelOf(column)] = row[column];
  return fields as T;
}

export const toRoom = (row: SqlRow): Room => fieldsOf<Room>(row);
export const toCabinetRow = (row: SqlRow): CabinetRow => fieldsOf<CabinetRow>(row);
export const toCabinet = (row: SqlRow): Cabinet => fieldsOf<Cabinet>(row);

export function toHolder(row: SqlRow): Holder {
  const {
    activeSubjectId: _,
    activePlanForId: __,
    createdAt: ___,
    releasedAt: ____,
    ...holder
  } = fieldsOf<Holder & Record<'activeSubjectId' | 'activePlanForId' | 'createdAt' | 'releasedAt', unknown>>(row);
  return holder;
}
