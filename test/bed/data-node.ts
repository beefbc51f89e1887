import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { until } from '../support/until.ts';
import type { CenterName } from './galera.ts';

const SERVER = '/usr/sbin/mariadbd';
const START_MS = 30_000;
/** Longer than any run of the bed: what is not at the other center of the city is not acknowledged, however long that takes. */
const ACKNOWLEDGED_BY_BOTH_MS = 3_600_000;
export const SYSTEM_DATABASE = 'system';
/** People's writes; replication. Neither may write where the server is read-only. */
export const CLIENT = { user: 'client', password: 'client' };
export const COPIER = { user: 'copier', password: 'copier' };

export interface DataPlace {
  readonly name: CenterName;
  readonly number: number;
  readonly directory: string;
  readonly host: string;
  readonly port: number;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * The database of the business system in one center, MariaDB's own replication between them: to the other center of the city
 * semi-synchronous and for ever (nothing is acknowledged that is not there), to the recovery center behind. It comes up as a
 * copy that follows nobody: who may write is never read from its own disk.
 */
export class DataNode {
  private child: ChildProcess | null = null;

  constructor(readonly place: DataPlace) {}

  get socketPath(): string {
    return join(this.place.directory, 'data.sock');
  }

  get isOn(): boolean {
    return this.child !== null;
  }

  async start(): Promise<void> {
    const { directory, host, number, port } = this.place;
    await mkdir(join(directory, 'tmp'), { recursive: true });
    const settings = join(directory, 'data.cnf');
    await writeFile(
      settings,
      `[mysqld]
datadir = ${join(directory, 'data')}
tmpdir = ${join(directory, 'tmp')}
socket = ${this.socketPath}
pid-file = ${join(directory, 'data.pid')}
bind-address = ${host}
port = ${port}
skip-name-resolve
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
performance-schema = OFF
innodb-buffer-pool-size = 32M
innodb-log-file-size = 16M
innodb-flush-log-at-trx-commit = 1
sync-binlog = 1
server-id = ${number}
log-bin = binlog
log-slave-updates = ON
binlog-format = ROW
read-only = ON
skip-slave-start
slave-net-timeout = 2
rpl-semi-sync-master-timeout = ${ACKNOWLEDGED_BY_BOTH_MS}
rpl-semi-sync-master-wait-point = AFTER_SYNC
rpl-semi-sync-master-wait-no-slave = ON
`,
    );
    const log = await open(join(directory, 'data.log'), 'a');
    const child = spawn(
      SERVER,
      [`--defaults-file=${settings}`, ...(process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : [])],
      { stdio: ['ignore', log.fd, log.fd], detached: true },
    );
    await log.close();
    this.child = child;
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      if (this.child === child) this.child = null;
    });
    const answers = () =>
      this.asRoot(async (c) => c.query('select 1')).then(
        () => true,
        () => false,
      );
    await until(`the system's database in ${this.place.name} answers`, answers, START_MS);
  }

  /** Power off. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await gone;
  }

  /** By its own socket, over no link. */
  async asRoot<T>(work: (connection: mysql.Connection) => Promise<T>): Promise<T> {
    const connection = await mysql.createConnection({
      ...{ socketPath: this.socketPath, user: userInfo().username, connectTimeout: 5_000 },
    });
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  }

  /** @param synchronous with the other center of the city. */
  async serve(synchronous: boolean): Promise<void> {
    await this.asRoot(async (c) => {
      await c.query('stop slave');
      await c.query('reset slave all');
      // First what it waits for, then that it takes anything.
      await c.query(`set global rpl_semi_sync_master_enabled = ${synchronous ? 1 : 0}`);
      await c.query('set global read_only = 0');
    });
  }

  async follow(host: string, synchronous: boolean): Promise<void> {
    await this.endMachine();
    await this.asRoot(async (c) => {
      await c.query(`set global rpl_semi_sync_slave_enabled = ${synchronous ? 1 : 0}`);
      await c.query('stop slave');
      await c.query(
        `change master to master_host = '${host}', master_port = ${this.place.port}, master_user = '${COPIER.user}',
           master_password = '${COPIER.password}', master_use_gtid = current_pos, master_connect_retry = 1,
           master_heartbeat_period = 0.5`,
      );
      await c.query('start slave');
    });
  }

  /**
   * Its machine was turned off while it wrote: whoever waits is answered no more, as no lock of the server's own could bring
   * about while it waits for the other center. What is on the disk is copied from, and to, all the same.
   */
  async endMachine(): Promise<void> {
    if (!(await this.takesWrites())) return;
    await this.kill();
    await this.start();
  }

  /** Ids of everything that it holds, with the time that its writer gave it. */
  async rows(): Promise<Map<string, number>> {
    return this.asRoot(async (c) => {
      const [rows] = await c.query<mysql.RowDataPacket[]>(`select id, at_ms from ${SYSTEM_DATABASE}.entry`);
      return new Map(rows.map(({ at_ms, id }) => [String(id), Number(at_ms)]));
    });
  }

  async newest(): Promise<{ readonly count: number; readonly atMs: number }> {
    return this.asRoot(async (c) => {
      const [[row]] = await c.query<mysql.RowDataPacket[]>(
        `select count(*) as count, coalesce(max(at_ms), 0) as at_ms from ${SYSTEM_DATABASE}.entry`,
      );
      return { count: Number(row?.count), atMs: Number(row?.at_ms) };
    });
  }

  async takesWrites(): Promise<boolean> {
    return this.asRoot(async (c) => {
      const [[row]] = await c.query<mysql.RowDataPacket[]>('select @@global.read_only as locked');
      return Number(row?.locked) === 0;
    });
  }
}
