import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { auditSchemaOf } from '../platform/database/data-source.js';
import { type DatabaseTarget, parseDatabaseUrl } from '../platform/database/database-url.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { Leases } from '../platform/database/lease.js';
import { migrations } from '../platform/database/migrations/index.js';
import { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { BackupTools, type BinlogPlace } from './backup-tools.js';
import { BackupsRepository } from './backups.repository.js';
import type { BackupStanding, ConsoleBackup } from './backups.types.js';
import {
  BACKUP_KINDS,
  type BackupKind,
  countsAnew,
  DAYS_KEPT,
  isDue,
  levelOf,
  outlived,
  outlivedBinlogs,
} from './domain/backup-age.js';
import { type GrowingRows, growingRows, restoreAndCheck } from './restore-test.js';
import { sm3OfStream } from './sm3-of-stream.js';

/** Longer than between two rounds; a dump of a big database renews nothing, but only one process is told to make them. */
const LEASE_LIFE_MS = 6 * 60 * 60_000;
const BINLOG_ROWS_LIFE_MS = 30 * 24 * 60 * 60_000;
const SAID_MAX = 1_000;
const HOLDER_LENGTH_MAX = 80;
const DUMP_NAME = /^dump-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2})Z\.sql\.gz$/;

interface Made {
  readonly fileName?: string;
  readonly bytes?: number;
  readonly sm3?: string;
  readonly place?: BinlogPlace | null;
  readonly said: string;
}

/**
 * Backups of the console's own database in the recovery center: a dump each day, the binlog every five minutes, and each
 * week both made into a database again. One process makes them, the one that was given a folder for it.
 */
@Injectable()
export class ConsoleBackups {
  private readonly log = new Logger(ConsoleBackups.name);
  private lease: HeldLease | undefined;
  private readonly leaving = new AbortController();

  constructor(
    private readonly db: DataSource,
    private readonly repository: BackupsRepository,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    private readonly quorum: DatabaseQuorum,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How old each kind is, and what came of the last one. */
  async standing(): Promise<BackupStanding[]> {
    const now = this.clock.now();
    return Promise.all(
      BACKUP_KINDS.map(async (kind) => {
        const [last, lastDone] = await Promise.all([this.repository.last(kind), this.repository.lastDone(kind)]);
        return { kind, last, lastDone, level: levelOf(kind, { lastDoneAt: lastDone?.endedAt ?? null }, now) };
      }),
    );
  }

  latest(limit: number): Promise<ConsoleBackup[]> {
    return this.repository.latest(limit);
  }

  /** One round: makes what is due. Nothing where this process was given no folder. */
  async run(): Promise<void> {
    const { backup } = this.configuration;
    if (!backup || this.quorum.state().mode !== 'WRITABLE') return;
    // By place, not by process: one that is started anew after a crash goes on where it was.
    const holder = `${hostname()}:${backup.directory}`.slice(-HOLDER_LENGTH_MAX);
    this.lease ??= new HeldLease(this.leases, 'console-backups', holder, LEASE_LIFE_MS);
    if ((await this.lease.take()) === undefined) return;
    for (const kind of BACKUP_KINDS)
      if (!this.leaving.signal.aborted && (await this.isDue(kind))) await this.make(kind);
    const before = new Date(this.clock.now().getTime() - BINLOG_ROWS_LIFE_MS);
    await this.unitOfWork.run((tx) => this.repository.prune(tx, before));
  }

  /** This process ends: what runs is broken off and written down as such; the next one makes it again. */
  leave(): void {
    this.leaving.abort();
  }

  /** At the end of this process, so that the next need not wait for hours. */
  async release(): Promise<void> {
    await this.lease?.release();
  }

  /** Whatever comes of it is written down: a backup that fails silently for seventeen days is none. */
  async make(kind: BackupKind): Promise<boolean> {
    const id = newId();
    await this.unitOfWork.run((tx) => this.repository.begin(tx, id, kind));
    let made: Made;
    let succeeded = true;
    try {
      made = await this.made(kind);
    } catch (error) {
      succeeded = false;
      const why = error instanceof Error ? error.message : String(error);
      made = { said: this.leaving.signal.aborted ? `broken off, for the console was stopped: ${why}` : why };
      this.log.error(`console backup ${kind} failed: ${made.said}`);
    }
    await this.unitOfWork.run((tx) =>
      this.repository.end(tx, {
        ...{ id, succeeded, said: made.said.slice(0, SAID_MAX) },
        ...{ fileName: made.fileName ?? null, bytes: made.bytes ?? null, sm3: made.sm3 ?? null },
        ...{ binlogFile: made.place?.file ?? null, binlogPosition: made.place?.position ?? null },
      }),
    );
    return succeeded;
  }

  private made(kind: BackupKind): Promise<Made> {
    const { directory, target } = this.place();
    if (kind === 'DUMP') return this.dump(directory, target);
    return kind === 'BINLOG' ? this.binlog(directory, target) : this.restoreTest(directory, target);
  }

  private async isDue(kind: BackupKind): Promise<boolean> {
    const [last, lastDone] = await Promise.all([this.repository.last(kind), this.repository.lastDone(kind)]);
    const facts = { lastDoneAt: lastDone?.endedAt ?? null, lastTriedAt: last?.startedAt ?? null };
    return isDue(kind, facts, this.clock.now());
  }

  private place(): { readonly directory: string; readonly target: DatabaseTarget } {
    const { backup } = this.configuration;
    const target = backup && parseDatabaseUrl(backup.url);
    if (!backup || !target) throw new Error('no folder or no account for backups is set');
    return { directory: backup.directory, target };
  }

  private async dump(directory: string, target: DatabaseTarget): Promise<Made> {
    await mkdir(join(directory, 'binlog'), { recursive: true, mode: 0o700 });
    const before = await growingRows(this.db, target.database);
    const moment = this.clock.now().toISOString().slice(0, 19).replaceAll(':', '-');
    const fileName = `dump-${moment}Z.sql.gz`;
    const half = join(directory, `.${fileName}`);
    const tools = await this.tools(target);
    let place: BinlogPlace | null;
    try {
      place = await tools.dump([target.database, auditSchemaOf(target.database)], half);
    } catch (error) {
      await rm(half, { force: true });
      throw error;
    } finally {
      await tools.close();
    }
    const sm3 = await sm3OfStream(createReadStream(half));
    // Only what is whole has its name.
    await rename(half, join(directory, fileName));
    const { size } = await stat(join(directory, fileName));
    const binlogs = join(directory, 'binlog');
    // What was fetched under the numbers before goes on in none of these, and would be taken for what follows.
    if (place && countsAnew(await binlogsIn(binlogs), place.file)) await rename(binlogs, `${binlogs}-until-${moment}`);
    await this.removeOutlived(directory);
    return { fileName, bytes: size, sm3, place, said: JSON.stringify({ before }) };
  }

  private async binlog(directory: string, target: DatabaseTarget): Promise<Made> {
    const dump = await this.repository.lastDone('DUMP');
    if (!dump?.binlogFile)
      throw new Error('the binlog begins with a dump that names its place in it; there is none yet');
    const folder = join(directory, 'binlog');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // What is there already is complete but for the last.
    const [first = dump.binlogFile] = [...(await binlogsIn(folder)), dump.binlogFile].toSorted().slice(-1);
    const tools = await this.tools(target);
    try {
      await tools.copyBinlogs(first, folder);
    } finally {
      await tools.close();
    }
    const files = await binlogsIn(folder);
    const last = files.at(-1) ?? '';
    const { size } = await stat(join(folder, last));
    return { fileName: last, bytes: size, place: { file: last, position: size }, said: `${files.length} files` };
  }

  private async restoreTest(directory: string, target: DatabaseTarget): Promise<Made> {
    const dump = await this.repository.lastDone('DUMP');
    if (!dump?.fileName) throw new Error('there is no dump to restore');
    const dumpPath = join(directory, dump.fileName);
    if ((await sm3OfStream(createReadStream(dumpPath))) !== dump.sm3)
      throw new Error(`${dump.fileName} is not the file that was written: its SM3 differs`);
    const files = (await binlogsIn(join(directory, 'binlog'))).filter((file) => file >= (dump.binlogFile ?? '~'));
    const began = performance.now();
    const restored = await restoreAndCheck(
      {
        ...{ dumpPath, database: target.database, position: dump.binlogPosition ?? 0 },
        binlogPaths: files.map((file) => join(directory, 'binlog', file)),
      },
      {
        ...{ crypto: this.crypto, now: this.clock.now(), folder: directory, signal: this.leaving.signal },
        migrations: migrations.map(({ id }) => id),
        atLeast: (JSON.parse(dump.said ?? '{}') as { before?: GrowingRows }).before ?? {},
      },
    );
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    const said = `${restored.tables} tables, ${restored.rows} rows, ${files.length} binlogs, ${seconds} s; ${restored.said.join(' ')}`;
    if (!restored.ok) throw new Error(said);
    return { fileName: dump.fileName, bytes: dump.bytes ?? 0, sm3: dump.sm3 ?? '', said };
  }

  private tools(target: DatabaseTarget): Promise<BackupTools> {
    const [node] = target.nodes;
    const place = node ? { host: node.host, port: node.port } : {};
    return BackupTools.over({ ...target, ...place }, this.leaving.signal);
  }

  private async removeOutlived(directory: string): Promise<void> {
    const dumps = (await readdir(directory)).flatMap((name) => {
      const [, moment] = DUMP_NAME.exec(name) ?? [];
      return moment ? [{ name, madeAt: new Date(`${moment.replace(/T(\d\d)-(\d\d)-(\d\d)/, 'T$1:$2:$3')}Z`) }] : [];
    });
    dumps.sort((one, other) => other.madeAt.getTime() - one.madeAt.getTime());
    for (const name of outlived(dumps)) await rm(join(directory, name), { force: true });
    const folder = join(directory, 'binlog');
    const gone = outlivedBinlogs(await binlogsIn(folder), await this.repository.beginnings(DAYS_KEPT));
    for (const name of gone) await rm(join(folder, name), { force: true });
  }
}

async function binlogsIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => /\.\d{6}$/.test(name)).toSorted();
}
