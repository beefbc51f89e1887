import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

export const PROVIDER = '/usr/lib/galera/libgalera_smm.so';
const SERVER = '/usr/sbin/mariadbd';
/** Copies a node's state, and may force a primary; reached by the socket of its own node only. */
export const QUORUM = { user: 'jiyun_quorum', password: 'quorum' };
/** A state transfer of the bed's small data takes some seconds. */
const JOIN_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const RESTART_AFTER_MS = 1_000;
const POLL_MS = 100;

export interface NodePlace {
  /** "a", "b" or "c". */
  readonly name: string;
  readonly directory: string;
  /** Where it listens: nobody but the fronts calls there. */
  readonly host: string;
  /** Where the others call. */
  readonly frontHost: string;
  readonly ports: { readonly sql: number; readonly group: number; readonly ist: number; readonly sst: number };
}

export interface NodeStart {
  readonly clusterName: string;
  /** Votes alone. */
  readonly first?: boolean;
  /** Against Galera's own warning, as a hurried operator does it. */
  readonly evenIfUnsafe?: boolean;
}

/** As `show global status` says it. */
export interface NodeStatus {
  readonly status: 'Primary' | 'non-Primary' | 'Disconnected' | string;
  readonly state: string;
  readonly ready: boolean;
  readonly size: number;
  readonly lastCommitted: number;
}

/**
 * How soon a silent peer is given up. Galera's own figures (5 s, 15 s) are for oceans; a test that waits for them measures
 * patience; two cores that do much else answer late by a second or two. The order between them is Galera's: keepalive < check < suspect < inactive <= install.
 */
const EVS = [
  'evs.keepalive_period=PT0.5S',
  'evs.inactive_check_period=PT0.5S',
  'evs.suspect_timeout=PT3S',
  'evs.inactive_timeout=PT5S',
  'evs.install_timeout=PT5S',
];

/** A run that ends early leaves no server behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One mariadbd of the cluster over a data folder of its own. It may be killed, stopped as it stands, and started again. */
export class GaleraNode {
  private child: ChildProcess | null = null;
  /** Whether it is to run: what ends although it is, ended by itself. */
  private wanted = false;

  constructor(
    readonly place: NodePlace,
    private readonly peers: () => readonly string[],
  ) {}

  get name(): string {
    return this.place.name;
  }

  get socketPath(): string {
    return join(this.place.directory, 'node.sock');
  }

  get logPath(): string {
    return join(this.place.directory, 'node.log');
  }

  get isRunning(): boolean {
    return this.child !== null;
  }

  /** @param clusterName changes with each forced primary: a node of the old history cannot join the new one by mistake. */
  async start({ clusterName, first = false, evenIfUnsafe = false }: NodeStart): Promise<void> {
    const { directory } = this.place;
    await mkdir(join(directory, 'tmp'), { recursive: true });
    if (evenIfUnsafe) await this.sayItIsSafe();
    const settings = join(directory, 'node.cnf');
    await writeFile(settings, this.settings(clusterName));
    const log = await open(this.logPath, 'a');
    const child = spawn(
      SERVER,
      [
        `--defaults-file=${settings}`,
        ...(process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : []),
        ...(first ? ['--wsrep-new-cluster'] : []),
      ],
      { stdio: ['ignore', log.fd, log.fd], detached: true },
    );
    await log.close();
    this.child = child;
    this.wanted = true;
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      if (this.child === child) this.child = null;
      // A node whose giver went away in the middle of a state transfer ends itself: systemd starts it anew, and so does the bed.
      if (this.wanted)
        setTimeout(() => {
          if (this.wanted && this.child === null) void this.start({ clusterName });
        }, RESTART_AFTER_MS);
    });
  }

  /** In a file, because the scripts of the state transfer read it too. deploy/galera has the one for earnest. */
  private settings(clusterName: string): string {
    const { directory, host, ports, name } = this.place;
    const group = this.peers().map((peer) => `${peer}:${ports.group}`);
    return `[mysqld]
datadir = ${join(directory, 'data')}
tmpdir = ${join(directory, 'tmp')}
socket = ${this.socketPath}
pid-file = ${join(directory, 'node.pid')}
bind-address = ${host}
port = ${ports.sql}
skip-name-resolve
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
default-time-zone = +00:00
transaction-isolation = READ-COMMITTED
performance-schema = OFF
max-connections = 200
innodb-buffer-pool-size = 64M
innodb-log-file-size = 16M
innodb-flush-log-at-trx-commit = 2
innodb-lock-wait-timeout = 5
innodb-autoinc-lock-mode = 2
binlog-format = ROW
log-bin = binlog
log-slave-updates = ON
server-id = 1
expire-logs-days = 1
wsrep-on = ON
wsrep-provider = ${PROVIDER}
wsrep-cluster-name = ${clusterName}
wsrep-cluster-address = gcomm://${group.join(',')}
wsrep-node-name = ${name}
wsrep-node-address = ${host}
# A giver that is copied by rsync takes no writes meanwhile; after a forced primary it is the only one there is.
wsrep-sst-method = mariabackup
wsrep-sst-auth = ${QUORUM.user}:${QUORUM.password}
wsrep-sst-receive-address = ${host}:${ports.sst}
wsrep-auto-increment-control = OFF
wsrep-slave-threads = 2
wsrep-provider-options = "gmcast.listen_addr=tcp://${host}:${ports.group};ist.recv_addr=${host}:${ports.ist};gcache.size=16M;${EVS.join(';')}"
[sst]
# Where a machine has a syslog they would speak to nobody else.
sst-syslog = 0
`;
  }

  /** Waits until the node says so of itself; with the end of its log where it does not. */
  async until(what: string, holds: (status: NodeStatus) => boolean, limitMs = JOIN_TIMEOUT_MS): Promise<NodeStatus> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const status = await this.status().catch(() => null);
      if (status && holds(status)) return status;
      if (!status) await this.endHanging();
      if (Date.now() > deadline) {
        const log = await readFile(this.logPath, 'utf8').catch(() => '');
        throw new Error(
          `node ${this.name} ${what}: not within ${limitMs} ms; it says ${JSON.stringify(status)}\n${log.split('\n').slice(-25).join('\n')}`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  untilSynced(): Promise<NodeStatus> {
    return this.until('is synced', ({ status, state, ready }) => status === 'Primary' && state === 'Synced' && ready);
  }

  /** By its socket, round all fronts: what the outside checker sees. */
  async asRoot<T>(work: (connection: mysql.Connection) => Promise<T>): Promise<T> {
    const connection = await mysql.createConnection({
      socketPath: this.socketPath,
      user: userInfo().username,
      timezone: 'Z',
      connectTimeout: 5_000,
    });
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  }

  async status(): Promise<NodeStatus> {
    return this.asRoot(async (connection) => {
      const [rows] = await connection.query<mysql.RowDataPacket[]>("show global status like 'wsrep%'");
      const said = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
      return {
        status: said.get('wsrep_cluster_status') ?? '',
        state: said.get('wsrep_local_state_comment') ?? '',
        ready: said.get('wsrep_ready') === 'ON',
        size: Number(said.get('wsrep_cluster_size')),
        lastCommitted: Number(said.get('wsrep_last_committed')),
      };
    });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  /** Power off. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.wanted = false;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGCONT');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(timer);
    this.child = null;
  }

  /**
   * A node that loses the others in the middle of a state transfer says that it is terminated, and may hang at its end: systemd
   * kills it after a while and starts it anew, and so does the bed.
   */
  private async endHanging(): Promise<void> {
    const log = await readFile(this.logPath, 'utf8').catch(() => '');
    if (/mariadbd: Terminated\.\s*$/.test(log)) this.child?.kill('SIGKILL');
  }

  private async sayItIsSafe(): Promise<void> {
    const path = join(this.place.directory, 'data', 'grastate.dat');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'));
  }

  /** What a returning node of an older history must do before it starts: it takes everything anew, by state transfer. */
  async forget(): Promise<void> {
    for (const name of ['grastate.dat', 'gvwstate.dat', 'galera.cache'])
      await rm(join(this.place.directory, 'data', name), { force: true });
  }
}
