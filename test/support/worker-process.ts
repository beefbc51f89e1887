import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestDatabase } from './database.ts';
import { FaultyLine } from './faulty-line.ts';
import { StatementLine } from './statement-line.ts';
import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Runs the sources as they are: no build can be older than what is tested. */
const SOURCES = pathToFileURL(join(ROOT, 'test/bench/register.mjs')).href;
/** A cold start on a machine with much else to do. */
const START_MS = 60_000;

/** What outlives its test would go on asking for a database that is gone. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

interface Place {
  readonly database: TestDatabase;
  readonly centerCode: string;
  /** Of the cluster, and a folder of the test's own. */
  readonly kubeconfigPath: string;
  readonly directory: string;
  readonly name: string;
}

/** The project's own worker as a process of the operating system, over lines of its own to database and cluster. */
export class WorkerProcess {
  private said = '';
  private readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    readonly cluster: FaultyLine,
    readonly database: StatementLine,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        this.said += bytes.toString();
      });
    running.add(child);
    this.ended = new Promise((done) =>
      child.once('exit', () => {
        running.delete(child);
        done();
      }),
    );
  }

  static async begin({ centerCode, database, directory, kubeconfigPath, name }: Place): Promise<WorkerProcess> {
    const statements = new StatementLine(database.address.socketPath as string);
    const port = await statements.listen();
    const { line, kubeconfigPath: overLine } = await FaultyLine.to(kubeconfigPath, directory, name);
    const url = ({ database: of, password, user }: TestDatabase['address']) =>
      `mysql://${user}:${encodeURIComponent(password ?? '')}@127.0.0.1:${port}/${of}`;
    const child = spawn(process.execPath, ['--import', SOURCES, join(ROOT, 'server/src/worker.ts')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        JIYUN_MODE: 'production',
        JIYUN_LOG_LEVEL: 'debug',
        JIYUN_DATA: join(directory, 'data'),
        DATABASE_URL: url(database.address),
        DATABASE_OWNER_URL: url(database.owner),
        JIYUN_KUBECONFIGS: `${centerCode}=${overLine}`,
      },
    });
    return new WorkerProcess(child, line, statements);
  }

  /** kill -9. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.child.kill('SIGCONT');
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What it has logged so far. */
  get log(): string {
    return this.said;
  }

  async drives(): Promise<void> {
    await this.logs('drives the cluster');
  }

  async logs(text: string): Promise<void> {
    const said = () => this.hasEnded || this.said.includes(text);
    await until(`"${text}"`, said, START_MS).catch(() => undefined);
    if (!this.said.includes(text)) throw new Error(`the worker has not said "${text}":\n${this.said}`);
  }

  /** Dead, and its lines with it: the database has let go of what was open. */
  async buried(): Promise<void> {
    this.kill();
    await this.ended;
    await Promise.all([this.cluster.close(), this.database.close()]);
  }
}
