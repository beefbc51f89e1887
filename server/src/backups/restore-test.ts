import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { verifyAuditOf } from '../audit/verification.service.js';
import type { CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { auditSchemaOf, type DatabaseAddress, openDataSource } from '../platform/database/data-source.js';
import { startEmbeddedMariaDb } from '../platform/database/embedded-mariadb.js';
import { BackupTools } from './backup-tools.js';

/** Tables to which rows are only added: between two counts of them the restored one must lie. */
const GROWING = ['schema_migration', 'database_epoch'];
const GROWING_IN_AUDIT = ['audit_event', 'audit_chain', 'audit_checkpoint'];

/** Rows by table; a restored database is compared with what stood before it was dumped, and after. */
export type GrowingRows = Readonly<Record<string, number>>;

export interface RestoreSource {
  readonly dumpPath: string;
  /** In order, from the one in which the dump was taken; [] = only the dump. */
  readonly binlogPaths: readonly string[];
  readonly position: number;
  readonly database: string;
}

export interface Restored {
  readonly ok: boolean;
  /** For people: what was found, the problems first. */
  readonly said: readonly string[];
  readonly tables: number;
  readonly rows: number;
  readonly growing: GrowingRows;
}

export async function growingRows(db: Pick<DataSource, 'query'>, database: string): Promise<GrowingRows> {
  const rows: Record<string, number> = {};
  for (const [schema, tables] of [
    [database, GROWING],
    [auditSchemaOf(database), GROWING_IN_AUDIT],
  ] as const)
    for (const table of tables) {
      const [counted] = await db.query(`select count(*) as n from \`${schema}\`.\`${table}\``);
      rows[table] = Number(counted?.n);
    }
  return rows;
}

/**
 * Makes the backup into a database again, in a private server that is thrown away after, and looks whether it is one: its
 * migrations, its rows, and the audit's chain from the first link to the last.
 */
export async function restoreAndCheck(
  source: RestoreSource,
  ground: {
    readonly crypto: CryptoProvider;
    readonly now: Date;
    /** Ids of the migrations that this program knows. */
    readonly migrations: readonly string[];
    /** Counted before the dump began: fewer must not come out. */
    readonly atLeast: GrowingRows;
    /** Where there is room for it. */
    readonly folder: string;
    /** Ends it. */
    readonly signal?: AbortSignal;
  },
): Promise<Restored> {
  const directory = await mkdtemp(join(ground.folder, 'restore-'));
  const server = await startEmbeddedMariaDb({ directory, durable: false });
  try {
    const owner: DatabaseAddress = {
      socketPath: server.socketPath,
      user: 'jiyun_owner',
      password: server.ownerPassword,
      database: source.database,
    };
    const { ownerPassword: password, socketPath } = server;
    const tools = await BackupTools.over({ socketPath, user: 'jiyun_owner', password }, ground.signal);
    try {
      await tools.load(source.dumpPath);
      if (source.binlogPaths.length > 0) await tools.replay(source.binlogPaths, source.position);
    } finally {
      await tools.close();
    }
    const db = await openDataSource(owner, []);
    try {
      return await looked(db, source.database, ground);
    } finally {
      await db.destroy();
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function looked(
  db: DataSource,
  database: string,
  ground: Parameters<typeof restoreAndCheck>[1],
): Promise<Restored> {
  const problems: string[] = [];
  ground.signal?.throwIfAborted();
  const applied: { id: string }[] = await db.query('select id from schema_migration');
  const ids = new Set(applied.map(({ id }) => id));
  const missing = ground.migrations.filter((id) => !ids.has(id));
  if (missing.length > 0) problems.push(`migrations missing: ${missing.join(', ')}`);
  const growing = await growingRows(db, database);
  for (const [table, least] of Object.entries(ground.atLeast))
    if ((growing[table] ?? 0) < least)
      problems.push(`${table} has ${growing[table] ?? 0} rows, ${least} stood there before the backup`);
  ground.signal?.throwIfAborted();
  const audit = await verifyAuditOf(db, ground.crypto, ground.now);
  if (!audit.isWhole) problems.push(`the audit is not whole: ${audit.said.slice(0, 3).join(' | ')}`);
  const { tables, rows } = await sizeOf(db, database);
  return {
    ok: problems.length === 0,
    said: [...problems, ...audit.said.slice(-3)],
    ...{ tables, rows, growing },
  };
}

async function sizeOf(db: DataSource, database: string): Promise<{ tables: number; rows: number }> {
  const found: { name: string }[] = await db.query(
    "select table_name as name from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE'",
    [database],
  );
  let rows = 0;
  for (const { name } of found) {
    const [counted] = await db.query(`select count(*) as n from \`${database}\`.\`${name}\``);
    rows += Number(counted?.n);
  }
  return { tables: found.length, rows };
}
