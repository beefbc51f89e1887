import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { DatabaseTarget } from '../platform/database/database-url.js';
import { fillWhole } from './whole-files.js';

/** Enough of what a tool said to know why it ended. */
const SAID_MAX = 2_000;
const OWNER_ONLY = 0o600;
/** In the first lines of a dump; what follows may be gigabytes. */
const HEAD_BYTES = 64 * 1024;
const POSITION = /MASTER_LOG_FILE='([^']+)',\s*MASTER_LOG_POS=(\d+)/;

export interface BinlogPlace {
  readonly file: string;
  readonly position: number;
}

/** A tool of `mariadb-client` ended badly, or is not there. */
export class BackupToolError extends Error {
  override name = 'BackupToolError';
}

/** The client's own tools, told where and who by a file that only this account reads: an argument is seen by everybody. */
export class BackupTools {
  private constructor(
    private readonly folder: string,
    private readonly settings: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @param signal ends whatever runs: a dump of a big database takes longer than any shutdown waits. */
  static async over(
    target: Pick<DatabaseTarget, 'user' | 'password'> & {
      readonly host?: string;
      readonly port?: number;
      readonly socketPath?: string;
    },
    signal?: AbortSignal,
  ): Promise<BackupTools> {
    const folder = await mkdtemp(join(tmpdir(), 'jiyun-backup-'));
    const settings = join(folder, 'client.cnf');
    const place = target.socketPath
      ? [`socket=${target.socketPath}`]
      : [`host=${target.host}`, `port=${target.port}`, 'protocol=tcp'];
    await writeFile(
      settings,
      ['[client]', `user=${quoted(target.user)}`, `password=${quoted(target.password)}`, ...place, ''].join('\n'),
      { mode: OWNER_ONLY },
    );
    return new BackupTools(folder, settings, signal);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** All rows of the databases at one moment, compressed into the file; where in the node's binlog that moment was. */
  async dump(databases: readonly string[], path: string): Promise<BinlogPlace | null> {
    const child = this.start('mariadb-dump', [
      '--single-transaction',
      '--master-data=2',
      '--quick',
      '--hex-blob',
      '--skip-lock-tables',
      '--default-character-set=utf8mb4',
      '--databases',
      ...databases,
    ]);
    let head = '';
    const look = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (head.length < HEAD_BYTES) head += chunk.toString('latin1', 0, HEAD_BYTES);
        done(null, chunk);
      },
    });
    const file = await open(path, 'wx', OWNER_ONLY);
    try {
      const packed = pipeline(
        child.stdout,
        look,
        createGzip(),
        createWriteStream('', { fd: file.fd, autoClose: false }),
      );
      await allOver([ended(child, 'mariadb-dump'), packed]);
      await file.sync();
    } finally {
      await file.close();
    }
    const [, binlog, position] = POSITION.exec(head) ?? [];
    return binlog ? { file: binlog, position: Number(position) } : null;
  }

  /** Binlogs from `first` to the end, as they are, into the folder. */
  async copyBinlogs(first: string, folder: string): Promise<void> {
    // The tool begins each file anew: written in its place, the only copy of the last hours would be gone with the line.
    await fillWhole(folder, async (half) => {
      const child = this.start('mariadb-binlog', [
        '--read-from-remote-server',
        '--raw',
        '--to-last-log',
        `--result-file=${half}/`,
        first,
      ]);
      child.stdout.resume();
      await ended(child, 'mariadb-binlog');
    });
  }

  async load(dump: string): Promise<void> {
    const child = this.start('mariadb', ['--default-character-set=utf8mb4']);
    child.stdout.resume();
    await Promise.all([ended(child, 'mariadb'), fed(pipeline(createReadStream(dump), createGunzip(), child.stdin))]);
  }

  /** What came after the dump. */
  async replay(files: readonly string[], position: number): Promise<void> {
    const from = spawn(
      'mariadb-binlog',
      ['--no-defaults', '--disable-log-bin', `--start-position=${position}`, ...files],
      this.ends,
    );
    const to = this.start('mariadb', ['--default-character-set=utf8mb4', '--binary-mode']);
    to.stdout.resume();
    await Promise.all([
      ended(from, 'mariadb-binlog'),
      ended(to, 'mariadb'),
      fed(pipeline(from.stdout, to.stdin as Writable)),
    ]);
  }

  private get ends(): { readonly signal?: AbortSignal } {
    return this.signal ? { signal: this.signal } : {};
  }

  private start(tool: string, args: readonly string[]): ChildProcessWithoutNullStreams {
    return spawn(tool, [`--defaults-file=${this.settings}`, ...args], { stdio: 'pipe', ...this.ends });
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A tool that ends early closes the pipe; why it ended is the error to tell. */
async function fed(feeding: Promise<void>): Promise<void> {
  await feeding.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** The first that failed is told of when none goes on any more: a file that is closed under a writer has its number given to another. */
async function allOver(works: readonly Promise<void>[]): Promise<void> {
  const all = Promise.all(works);
  await Promise.allSettled([...works, all]);
  await all;
}

/** Also one that is broken off: it is told to end and lives on for a while, with its folder. */
export async function ended(child: ChildProcessWithoutNullStreams, tool: string): Promise<void> {
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-SAID_MAX);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    let failed: BackupToolError | undefined;
    child.once('error', ({ code: why, message }: NodeJS.ErrnoException) => {
      failed = new BackupToolError(
        why === 'ENOENT' ? `${tool} is missing: install the Debian package mariadb-client` : message,
      );
    });
    child.once('close', (exit) => (failed ? reject(failed) : resolve(exit)));
  });
  if (code !== 0) throw new BackupToolError(`${tool} ended with ${code}: ${said.trim()}`);
}
