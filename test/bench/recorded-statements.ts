import mysql from 'mysql2/promise';
import type { DataSource, Logger } from 'typeorm';
import { newId } from '../../server/src/platform/database/ids.js';

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Every statement that the service sends while `work` runs, in order, transactions included. */
export async function recordStatements(db: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const recorded: Statement[] = [];
  const quiet = db.logger;
  const logger: Logger = {
    logQuery: (sql, values) => {
      recorded.push({ sql, values: (values as unknown[] | undefined) ?? [] });
    },
    logQueryError: () => {},
    logQuerySlow: () => {},
    logSchemaBuild: () => {},
    logMigration: () => {},
    log: () => {},
  };
  db.logger = logger;
  try {
    await work();
  } finally {
    db.logger = quiet;
  }
  return recorded;
}

/**
 * The same statements for another subject: ids in `subjects` change to the other's, ids that the service made change to
 * fresh ones (the same id to the same fresh one), everything else stays.
 */
export function retarget(
  statements: readonly Statement[],
  subjects: ReadonlyMap<string, string>,
  kept: ReadonlySet<string>,
): Statement[] {
  const fresh = new Map<string, string>();
  const swap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'string') return value;
    const subject = subjects.get(value);
    if (subject !== undefined) return subject;
    if (!UUID.test(value) || kept.has(value)) return value;
    const known = fresh.get(value) ?? newId();
    fresh.set(value, known);
    return known;
  };
  return statements.map(({ sql, values }) => ({ sql, values: values.map(swap) }));
}

/** Runs statements as plain mysql2 would: one connection, one after the other. */
export async function replay(connection: mysql.Connection, statements: readonly Statement[]): Promise<void> {
  for (const { sql, values } of statements) await connection.query(sql, [...values]);
}
