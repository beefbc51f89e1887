import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';

/** A Unix socket's path has 108 bytes with its end; longer ones are put under the temporary folder. */
const SOCKET_PATH_MAX = 100;
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;
const START_POLL_MS = 20;
const SERVER_PLACES = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/bin/mariadbd'];
export const DATABASE_NAME = 'jiyun';

export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError';
}

export interface EmbeddedMariaDb {
  readonly socketPath: string;
  /** Whether a server was found alive: another process uses it, or a killed one left it. */
  readonly adopted: boolean;
  readonly applicationPassword: string;
  readonly ownerPassword: string;
  /** Leaves it; the last that uses it stops it. */
  stop(): Promise<void>;
}

export interface EmbeddedMariaDbOptions {
  readonly directory: string;
  /** Tests throw the data away, so that nothing needs to reach the disk. */
  readonly durable: boolean;
  /** More of the server's own options, e.g. for who makes databases by the hundred. */
  readonly more?: readonly string[];
}

/**
 * Starts (or takes over) the private MariaDB under `directory`, listening on a socket only.
 * @throws EmbeddedDatabaseError with one line that says what to do.
 */
export async function startEmbeddedMariaDb(options: EmbeddedMariaDbOptions): Promise<EmbeddedMariaDb> {
  const { directory } = options;
  const data = join(directory, 'data');
  try {
    await mkdir(temporaryOf(directory), { recursive: true, mode: 0o700 });
    await (await open(join(directory, '.writable'), 'w')).close();
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `The data folder ${directory} cannot be written (${(error as NodeJS.ErrnoException).code}). Choose another with JIYUN_DATA=/path.`,
    );
  }
  const socketPath = socketFor(directory);
  const passwords = await readPasswords(directory);
  const stopRunning = async (): Promise<void> => {
    const admin = await connectAsRoot(socketPath);
    await admin.query('shutdown');
    admin.destroy();
    await until(async () => !(await answers(socketPath)), STOP_TIMEOUT_MS, 'MariaDB did not stop');
  };
  const holders = Holders.join(directory);
  if (await answers(socketPath)) {
    // Accounts are made anew with nothing granted: not under somebody's hands.
    if (!holders.hasOthers) await ensureAccounts(socketPath, passwords);
    const stop = async () => {
      if (holders.leave()) await stopRunning();
    };
    return { socketPath, adopted: true, ...passwords, stop };
  }
  const child = await begin(data, socketPath, options).catch((error: unknown) => {
    holders.leave();
    throw error;
  });
  // However this process ends, short of being killed: nobody is left with a database that no console uses.
  const leave = () => {
    if (holders.leave()) child.kill('SIGTERM');
  };
  process.once('exit', leave);
  child.once('exit', () => process.off('exit', leave));
  await ensureAccounts(socketPath, passwords);
  return {
    socketPath,
    adopted: false,
    ...passwords,
    stop: async () => {
      process.off('exit', leave);
      if (!holders.leave() || child.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}

async function begin(data: string, socketPath: string, options: EmbeddedMariaDbOptions): Promise<ChildProcess> {
  const server = findServer();
  if (!existsSync(join(data, 'mysql'))) await initialise(server, data, temporaryOf(options.directory));
  return launch(server, data, socketPath, options);
}

function socketFor(directory: string): string {
  const near = join(directory, 'mariadb.sock');
  if (Buffer.byteLength(near) <= SOCKET_PATH_MAX) return near;
  return join(tmpdir(), `jiyun-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}.sock`);
}

/** Its own: a server that starts deletes every temporary table in the folder, also those of one that runs. */
function temporaryOf(directory: string): string {
  return join(directory, 'tmp');
}

function findServer(): string {
  const onPath = (process.env.PATH ?? '').split(':').map((d) => join(d, 'mariadbd'));
  const found = [...onPath, ...SERVER_PLACES].find((p) => existsSync(p));
  if (!found)
    throw new EmbeddedDatabaseError(
      'MariaDB is missing: install the Debian package mariadb-server-core, or give DATABASE_URL (deploy/compose.yaml shows one way).',
    );
  return found;
}

/** The account that owns the files; mariadbd refuses root unless told so. */
function serverUser(): string[] {
  return process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : [];
}

/** Where packages keep the server's own system-table scripts. */
const SCRIPT_PLACES = ['/usr/share/mysql', '/usr/share/mariadb', '/usr/local/share/mysql', '/usr/local/share/mariadb'];
const SYSTEM_TABLE_SCRIPTS = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'];

/**
 * Fills a new data folder from the server's own scripts, in a side folder that takes its name only when whole. The
 * package's mariadb-install-db does the same but needs programs of the client package.
 */
async function initialise(server: string, data: string, temporary: string): Promise<void> {
  const half = `${data}.new`;
  await rm(half, { recursive: true, force: true });
  const scripts = SCRIPT_PLACES.find((place) => existsSync(join(place, SYSTEM_TABLE_SCRIPTS[0] as string)));
  if (!scripts)
    throw new EmbeddedDatabaseError(
      `MariaDB (${server}) has no ${SYSTEM_TABLE_SCRIPTS[0]}: reinstall the Debian package mariadb-server-core.`,
    );
  try {
    await mkdir(join(half, 'mysql'), { recursive: true, mode: 0o700 });
    const sql = await Promise.all(SYSTEM_TABLE_SCRIPTS.map((name) => readFile(join(scripts, name), 'utf8')));
    await feed(
      server,
      [
        '--no-defaults',
        '--bootstrap',
        `--datadir=${half}`,
        `--tmpdir=${temporary}`,
        ...serverUser(),
        '--skip-networking',
        '--innodb-log-file-size=32M',
      ],
      // Variables that the scripts read: root comes in by the operating system's account on the socket, nobody anonymous.
      `use mysql;\nset @skip_auth_anonymous=1;\nset @auth_root_socket='${userInfo().username}';\n${sql
        .join('\n')
        .split('\n')
        .filter((line) => !line.includes('@current_hostname'))
        .join('\n')}\n`,
    );
    await rename(half, data);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw new EmbeddedDatabaseError(
      `MariaDB (${server}) could not make its data folder ${data}: ${(error as Error).message}`,
    );
  }
}

async function feed(command: string, args: string[], input: string): Promise<void> {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  // A server that dies early closes the pipe; its exit code below is the error to report.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0)
    throw new Error(
      said.split('\n').find((line) => /ERROR|No space|denied|Errcode/i.test(line)) ?? `exit code ${code}`,
    );
}

async function launch(
  server: string,
  data: string,
  socketPath: string,
  { directory, durable, more = [] }: EmbeddedMariaDbOptions,
): Promise<ChildProcess> {
  const logPath = join(directory, 'mariadb.log');
  const log = await open(logPath, 'w');
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${temporaryOf(directory)}`,
      `--socket=${socketPath}`,
      `--pid-file=${join(directory, 'mariadb.pid')}`,
      ...serverUser(),
      '--skip-networking',
      '--skip-log-bin',
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--default-time-zone=+00:00',
      '--transaction-isolation=READ-COMMITTED',
      '--innodb-buffer-pool-size=256M',
      '--max-connections=200',
      '--lower-case-table-names=0',
      '--performance-schema=OFF',
      '--innodb-lock-wait-timeout=5',
      ...(durable
        ? []
        : [
            '--innodb-flush-log-at-trx-commit=0',
            '--innodb-doublewrite=0',
            '--innodb-log-file-size=32M',
            '--debug-no-sync',
          ]),
      ...more,
    ],
    // Its own group: Ctrl-C in the terminal must not stop the database before the console has finished its work.
    { stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  await log.close();
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  child.once('error', () => {
    exited = true;
  });
  try {
    await until(async () => exited || (await answers(socketPath)), START_TIMEOUT_MS, 'no answer');
  } catch {
    child.kill('SIGKILL');
    exited = true;
  }
  if (exited) {
    const lines = (await readFile(logPath, 'utf8')).split('\n');
    const said = lines.find((l) => /No space left|Disk is full/i.test(l)) ?? lines.find((l) => /\[ERROR\]/.test(l));
    throw new EmbeddedDatabaseError(
      `MariaDB did not start: ${said?.replace(/^.*\[ERROR\]\s*/, '') ?? 'no reason given'} (whole log: ${logPath})`,
    );
  }
  child.unref();
  return child;
}

async function readPasswords(directory: string): Promise<{ applicationPassword: string; ownerPassword: string }> {
  const path = join(directory, 'accounts.json');
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8'));
  const made = {
    applicationPassword: randomBytes(18).toString('base64url'),
    ownerPassword: randomBytes(18).toString('base64url'),
  };
  await writeFile(path, JSON.stringify(made), { mode: 0o600 });
  await chmod(path, 0o600);
  return made;
}

/** Two accounts, as a real installation has: the owner migrates, the application reads and writes its own schema only. */
async function ensureAccounts(
  socketPath: string,
  p: { applicationPassword: string; ownerPassword: string },
): Promise<void> {
  const admin = await connectAsRoot(socketPath);
  try {
    await admin.query(
      `create database if not exists ${DATABASE_NAME} character set utf8mb4 collate utf8mb4_unicode_ci`,
    );
    for (const [name, password] of [
      ['jiyun_owner', p.ownerPassword],
      ['jiyun_app', p.applicationPassword],
    ] as const)
      await admin.query('create or replace user ?@localhost identified by ?', [name, password]);
    await admin.query('grant all privileges on *.* to jiyun_owner@localhost with grant option');
  } finally {
    await admin.end();
  }
}

export async function connectAsRoot(socketPath: string): Promise<mysql.Connection> {
  return mysql.createConnection({ socketPath, user: userInfo().username });
}

async function answers(socketPath: string): Promise<boolean> {
  if (!existsSync(socketPath)) return false;
  try {
    const connection = await connectAsRoot(socketPath);
    await connection.end();
    return true;
  } catch (error) {
    // Too many connections or a refused account still means that a server lives there.
    return (error as { errno?: number }).errno !== undefined && (error as { errno: number }).errno > 1000;
  }
}

async function until(condition: () => Promise<boolean>, limitMs: number, failure: string): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new EmbeddedDatabaseError(failure);
    await new Promise((resolve) => setTimeout(resolve, START_POLL_MS));
  }
}

let opened = 0;

/**
 * Which processes of this machine use a private database: it goes with the last of them, so that a command beside a
 * console ends nobody's. A mark for each, by process and by when that began, because numbers of processes come again.
 */
class Holders {
  private constructor(
    private readonly folder: string,
    private readonly mark: string,
  ) {}

  static join(directory: string): Holders {
    const folder = join(directory, 'holders');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    opened += 1;
    const mark = `${process.pid}-${beganAt(process.pid)}-${opened}`;
    writeFileSync(join(folder, mark), '');
    return new Holders(folder, mark);
  }

  /** Whether another that lives uses it. What a killed process left is cleared away. */
  get hasOthers(): boolean {
    let others = false;
    for (const mark of readdirSync(this.folder).filter((one) => one !== this.mark)) {
      const [pid, began] = mark.split('-');
      if (began !== undefined && beganAt(Number(pid)) === began) others = true;
      else rmSync(join(this.folder, mark), { force: true });
    }
    return others;
  }

  /** true = it was the last. Its own mark goes first: of two that leave at once one sees that it is alone. */
  leave(): boolean {
    rmSync(join(this.folder, this.mark), { force: true });
    return !this.hasOthers;
  }
}

/** In ticks since the machine's start, as proc(5) has it in field 22; 'gone' where there is no such process. */
function beganAt(pid: number): string {
  try {
    // The name before it is in brackets, and may hold spaces and brackets itself.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'gone';
  } catch {
    return 'gone';
  }
}
