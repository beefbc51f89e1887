import type { EntityManager } from 'typeorm';
import { accountingYear } from '../kernel/calendar.js';
import type { Tx } from '../platform/database/unit-of-work.js';

/** Asked by table and not through services: that a database is empty is a fact about it, not about any feature. */
const TABLES_OF_THE_PROVINCE = [
  'app_user',
  'department',
  'government_system',
  'center',
  'room',
  'offer',
  'price_version',
  'request',
];

/** The seed of the made-up province that this database holds; null = it holds none. */
export async function seedOf(manager: EntityManager): Promise<number | null> {
  const [row] = await manager.query('select seed from demonstration where id = 1');
  return row ? Number(row.seed) : null;
}

/** Takes the one row. false = there it is already; a loader at the same time waits here until this one ends. */
export async function takeMark(tx: Tx, seed: number): Promise<boolean> {
  const taken = await tx.manager.query('insert ignore into demonstration (id, seed, loaded_at) values (1, ?, ?)', [
    seed,
    tx.now,
  ]);
  return taken.affectedRows > 0;
}

/** Names of the tables that hold rows. */
export async function filledTables(manager: EntityManager): Promise<string[]> {
  const asked = TABLES_OF_THE_PROVINCE.map((table) => `exists (select 1 from ${table}) as ${table}`);
  const [row] = await manager.query(`select ${asked.join(', ')}`);
  return TABLES_OF_THE_PROVINCE.filter((table) => Number(row[table]) === 1);
}

/** What of the past is counted at its end, by the table that it stands in. */
const COUNTED: readonly (readonly [name: string, table: string])[] = [
  ['requests', 'request'],
  ['steps of requests', 'request_step'],
  ['claims', 'claim'],
  ['machines, given back ones too', 'resource'],
  ['entries of lifecycle records', 'resource_event'],
  ['entries of the lives of servers', 'server_event'],
  ['encumbrances of budgets', 'encumbrance'],
];

export async function historyFigures(manager: EntityManager): Promise<{ readonly [name: string]: number }> {
  const counts = COUNTED.map(([, table]) => `(select count(*) from ${table}) as ${table}`);
  const [row] = await manager.query(`select ${counts.join(', ')}`);
  return Object.fromEntries(COUNTED.map(([name, table]) => [name, Number(row[table])]));
}

export interface HistoryMark {
  readonly seed: number;
  /** Of the province: the year in which it was loaded. */
  readonly year: number;
  readonly machines: number;
  readonly months: number;
  readonly until: Date;
  readonly piecesWritten: number;
  readonly complete: boolean;
}

/** Says how large a past this province has; the first to say it decides. */
export async function markHistory(
  manager: EntityManager,
  scale: { readonly machines: number; readonly months: number },
  until: Date,
): Promise<void> {
  await manager.query(
    `update demonstration set history_machines = ?, history_months = ?, history_until = ?
     where id = 1 and history_machines is null`,
    [scale.machines, scale.months, until],
  );
}

/** null = there is no made-up province, or it has no past. */
export async function historyMark(manager: EntityManager): Promise<HistoryMark | null> {
  const [row] = await manager.query('select * from demonstration where id = 1 and history_machines is not null');
  return row
    ? {
        seed: Number(row.seed),
        year: accountingYear(row.loaded_at),
        machines: Number(row.history_machines),
        months: Number(row.history_months),
        until: row.history_until,
        piecesWritten: Number(row.history_pieces),
        complete: Number(row.history_complete) === 1,
      }
    : null;
}

/** Takes piece `index` for this transaction; false = it is written. */
export async function markPiece(tx: Tx, index: number, isLast: boolean): Promise<boolean> {
  const taken = await tx.manager.query(
    'update demonstration set history_pieces = ?, history_complete = ? where id = 1 and history_pieces = ?',
    [index + 1, isLast ? 1 : 0, index],
  );
  return taken.affectedRows > 0;
}
