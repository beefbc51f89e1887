import type { DataSource, Logger } from 'typeorm';

/** How many SQL statements `work` sends through this data source; of a running server only those that are meant. */
export async function countStatements<T>(
  db: DataSource,
  work: () => Promise<T>,
  meant: RegExp = /./,
): Promise<{ statements: number; result: T }> {
  const before = db.options;
  let statements = 0;
  const logger: Logger = {
    logQuery: (sql) => {
      if (meant.test(sql)) statements += 1;
    },
    logQueryError: () => {},
    logQuerySlow: () => {},
    logSchemaBuild: () => {},
    logMigration: () => {},
    log: () => {},
  };
  db.setOptions({ logging: ['query'], logger });
  try {
    return { result: await work(), statements };
  } finally {
    db.setOptions({ logging: before.logging ?? false, logger: before.logger ?? 'advanced-console' });
  }
}
