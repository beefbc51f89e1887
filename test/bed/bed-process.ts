import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');
/** Runs the sources as they are: no build can be older than what is tested. */
const SOURCES = pathToFileURL(join(ROOT, 'test/bench/register.mjs')).href;
const SAID_MAX = 20_000;

/** A run that ends early leaves nothing behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process of the bed, over the project's sources; it may be stopped as it stands, and killed. */
export class BedProcess {
  /** The end of what it said. */
  said = '';

  constructor(
    private readonly child: ChildProcess,
    readonly name: string,
  ) {
    running.add(child);
    child.once('exit', () => running.delete(child));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        this.said = (this.said + bytes.toString()).slice(-SAID_MAX);
      });
  }

  static begin(name: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): BedProcess {
    return new BedProcess(
      spawn(process.execPath, ['--import', SOURCES, join(ROOT, 'test/bed', file), ...args], {
        ...{ cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ...env } },
      }),
      name,
    );
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  hear<Message>(listener: (message: Message) => void): void {
    this.child.on('message', listener as (message: unknown) => void);
  }

  /** The first thing that it says, when it stands. */
  async stands<Message>(limitMs: number): Promise<Message> {
    return new Promise<Message>((done, reject) => {
      const fail = (why: string) => reject(new Error(`${this.name} ${why}: ${this.said}`));
      const timer = setTimeout(() => fail(`does not stand within ${limitMs} ms`), limitMs);
      this.child.once('message', (message) => {
        clearTimeout(timer);
        done(message as Message);
      });
      this.child.once('exit', () => {
        clearTimeout(timer);
        fail('ended');
      });
    });
  }

  send(message: object): void {
    this.child.send(message);
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.child.kill('SIGCONT');
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (this.isOver) return;
    const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
    this.child.kill(signal);
    await gone;
  }
}
