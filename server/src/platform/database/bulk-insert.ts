import { snakeOf } from './snake-names.js';
import type { Tx } from './unit-of-work.js';

/** Values of one statement at most: some 4 MiB of the widest rows, a quarter of the packet that every engine takes. */
const VALUES_PER_STATEMENT = 20_000;

/**
 * Inserts many rows by few statements of plain SQL, where the entity's insert would build a parameter list row by row.
 * Properties are columns in camel case; a bigint goes as text and what is neither time nor scalar as JSON text, as the
 * column transformers of `columns.ts` have them.
 */
export async function bulkInsert<Row extends object>(
  tx: Tx,
  table: string,
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): Promise<void> {
  const into = `insert into ${table} (${columns.map(snakeOf).join(', ')}) values ?`;
  const batch = Math.max(1, Math.floor(VALUES_PER_STATEMENT / columns.length));
  for (let at = 0; at < rows.length; at += batch)
    await tx.manager.query(into, [
      rows.slice(at, at + batch).map((row) => columns.map((column) => stored(row[column]))),
    ]);
}

/** A value as its column keeps it. */
export function stored(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) return JSON.stringify(value);
  return value;
}
