import mysql from 'mysql2/promise';
import type { DatabaseAddress } from './data-source.js';
import { auditSchemaOf } from './data-source.js';

/** What a migration may use: one statement at a time, because every DDL statement commits by itself. */
export interface MigrationStep {
  readonly auditSchema: string;
  sql(statement: string, values?: readonly unknown[]): Promise<void>;
}

export interface Migration {
  /** YYYYMMDDHHMM-name, in the order of running. */
  readonly id: string;
  up(step: MigrationStep): Promise<void>;
}

export class MigrationError extends Error {
  override name = 'MigrationError';
}

const LOCK_WAIT_S = 60;

/**
 * Brings the schema to the newest migration with the owner's account and gives the application its grants. One process
 * at a time (GET_LOCK); a database that knows migrations which this program does not is refused: it is newer than the code.
 */
export async function migrate(
  owner: DatabaseAddress,
  applicationUser: string | null,
  migrations: readonly Migration[],
): Promise<string[]> {
  const auditSchema = auditSchemaOf(owner.database);
  const connection = await mysql.createConnection({
    ...(owner.url ? { uri: owner.url } : { socketPath: owner.socketPath, user: owner.user, password: owner.password }),
    database: owner.database,
    charset: 'utf8mb4',
    timezone: 'Z',
  });
  try {
    const lockName = `${owner.database}_migrations`;
    const [locked] = await connection.query<mysql.RowDataPacket[]>('select get_lock(?, ?) as got', [
      lockName,
      LOCK_WAIT_S,
    ]);
    if (Number(locked[0]?.got) !== 1)
      throw new MigrationError(
        `Another process has been migrating this database for ${LOCK_WAIT_S} s; nothing was changed.`,
      );
    await connection.query(
      `create database if not exists \`${auditSchema}\` character set utf8mb4 collate utf8mb4_unicode_ci`,
    );
    await connection.query(
      'create table if not exists schema_migration (id varchar(100) not null primary key, applied_at datetime(3) not null) engine=InnoDB',
    );
    const [rows] = await connection.query<mysql.RowDataPacket[]>('select id from schema_migration order by id');
    const applied = new Set(rows.map((r) => String(r.id)));
    const known = new Set(migrations.map((m) => m.id));
    const unknown = [...applied].filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new MigrationError(
        `The database is newer than this program (it has ${unknown.join(', ')}). Start the newer version; nothing was changed.`,
      );
    const done: string[] = [];
    for (const migration of migrations.filter((m) => !applied.has(m.id))) {
      await migration.up({
        auditSchema,
        sql: async (statement, values) => {
          await connection.query(statement, values as unknown[] | undefined);
        },
      });
      await connection.query('insert into schema_migration (id, applied_at) values (?, utc_timestamp(3))', [
        migration.id,
      ]);
      done.push(migration.id);
    }
    if (applicationUser !== null) await grant(connection, owner.database, auditSchema, applicationUser);
    await connection.query('select release_lock(?)', [lockName]);
    return done;
  } finally {
    await connection.end();
  }
}

/** For a database that takes no writes now: @throws MigrationError unless it is just as this program knows it. */
export async function refuseUnmigrated(owner: DatabaseAddress, migrations: readonly Migration[]): Promise<void> {
  const connection = await mysql.createConnection({ uri: owner.url ?? '', database: owner.database });
  try {
    await connection.query('set session wsrep_dirty_reads = 1');
    const [rows] = await connection.query<mysql.RowDataPacket[]>('select id from schema_migration');
    const applied = new Set(rows.map((row) => String(row.id)));
    const missing = migrations.filter(({ id }) => !applied.has(id)).map(({ id }) => id);
    if (missing.length > 0 || applied.size > migrations.length)
      throw new MigrationError(
        `The database takes no writes now and was migrated for another version (${missing.join(', ') || 'a newer one'}). Start the version that it was migrated for, or wait for its majority.`,
      );
  } finally {
    connection.destroy();
  }
}

/** In the audit schema the application adds and reads; it changes nothing there. */
async function grant(connection: mysql.Connection, database: string, auditSchema: string, user: string): Promise<void> {
  const account = `${mysql.escapeId(user)}@localhost`;
  await connection.query(`grant select, insert, update, delete on \`${database}\`.* to ${account}`);
  await connection.query(`grant select, insert on \`${auditSchema}\`.* to ${account}`);
}
