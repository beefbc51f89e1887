import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestDatabase } from './database.ts';
import { StatementLine } from './statement-line.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Runs the sources as they are: no build can be older than what is tested. */
const SOURCES = pathToFileURL(join(ROOT, 'test/bench/register.mjs')).href;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The project's own worker over several centers, as a process of the operating system that can be killed. */
export class EngineProcess {
  private said = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly database: StatementLine,
    private readonly ended: Promise<void>,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        this.said += bytes.toString();
      });
  }

  static async begin(of: {
    readonly database: Pick<TestDatabase, 'address' | 'owner'>;
    readonly directory: string;
    readonly kubeconfigPath: string;
    readonly centerCodes: readonly string[];
  }): Promise<EngineProcess> {
    const line = new StatementLine(of.database.address.socketPath as string);
    const port = await line.listen();
    const url = ({ database, password, user }: TestDatabase['address']) =>
      `mysql://${user}:${encodeURIComponent(password ?? '')}@127.0.0.1:${port}/${database}`;
    const child = spawn(process.execPath, ['--import', SOURCES, join(ROOT, 'server/src/worker.ts')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        JIYUN_MODE: 'production',
        JIYUN_LOG_LEVEL: 'warn',
        JIYUN_DATA: join(of.directory, 'engine'),
        DATABASE_URL: url(of.database.address),
        DATABASE_OWNER_URL: url(of.database.owner),
        JIYUN_KUBECONFIGS: of.centerCodes.map((code) => `${code}=${of.kubeconfigPath}#${code}`).join(','),
      },
    });
    running.add(child);
    const ended = new Promise<void>((done) =>
      child.once('exit', () => {
        running.delete(child);
        done();
      }),
    );
    return new EngineProcess(child, line, ended);
  }

  /** What it has logged so far. */
  get log(): string {
    return this.said;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** kill -9, and its lines with it: the database has let go of what was open. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    await this.database.close();
  }
}
