import { stored } from './bulk-insert.js';
import { snakeOf } from './snake-names.js';
import type { Tx } from './unit-of-work.js';

/** The database walks the list of cases for every row, so that the work grows with the square of this. */
const ROWS_PER_STATEMENT = 200;

/**
 * Changes many rows by few statements of plain SQL, each row to values of its own, found by its id. Properties are columns
 * in camel case, stored as `bulkInsert` stores them. Nothing is matched but the primary key: an insert with "on duplicate
 * key update" would also change the row that has another unique key's value.
 */
export async function bulkUpdate<Column extends string>(
  tx: Tx,
  table: string,
  columns: readonly Column[],
  rows: readonly (Readonly<Record<Column, unknown>> & { readonly id: string })[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    const some = rows.slice(at, at + ROWS_PER_STATEMENT);
    const cases = some.map(() => 'when ? then ?').join(' ');
    const values: unknown[] = [];
    const sets = columns.map((column) => {
      const all = some.map((row) => stored(row[column]));
      if (all.every((value) => isSame(value, all[0]))) {
        values.push(all[0]);
        return `${snakeOf(column)} = ?`;
      }
      values.push(...some.flatMap((row, at) => [row.id, all[at]]));
      return `${snakeOf(column)} = case id ${cases} end`;
    });
    await tx.manager.query(`update ${table} set ${sets.join(', ')} where id in (?)`, [
      ...values,
      some.map((row) => row.id),
    ]);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;
}
