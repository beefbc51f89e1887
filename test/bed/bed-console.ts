import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { QuorumState } from '../../server/src/platform/database/quorum/database-quorum.js';
import { until } from '../support/until.ts';
import { APPLICATION, type CenterName, type GaleraBed } from './galera.ts';

export type Heard = { readonly kind: 'write'; readonly writers: number } | { readonly kind: 'work' | 'rest' | 'read' };
export type Told =
  | { readonly kind: 'acknowledged'; readonly id: string }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'rested' }
  | { readonly kind: 'read'; readonly rows: number | null; readonly message?: string }
  | { readonly kind: 'state'; readonly state: QuorumState };

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = pathToFileURL(join(ROOT, 'test/bench/register.mjs')).href;
const START_MS = 60_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Whatever was started, also what a test never got to hold. */
export async function killConsoles(): Promise<void> {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise<void>((done) => {
          child.once('exit', () => done());
          child.kill('SIGKILL');
        }),
    ),
  );
}

/** The console of one center, over the bed's links to all three nodes. It may be stopped as it stands, and killed. */
export class BedConsole {
  readonly acknowledged = new Set<string>();
  readonly refused = new Map<string, number>();
  readonly failures: string[] = [];
  state: QuorumState | null = null;
  private rested = false;
  private rows: Told | null = null;
  private said = '';

  private constructor(
    readonly center: CenterName,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        this.said += bytes.toString();
      });
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.on('message', (told: Told) => this.hear(told));
  }

  static async start(bed: GaleraBed, center: CenterName, url = bed.url(center, APPLICATION)): Promise<BedConsole> {
    const directory = join(bed.directory, `console-${center}`);
    await mkdir(directory, { recursive: true });
    const child = spawn(
      process.execPath,
      ['--import', SOURCES, join(ROOT, 'test/bed/console-process.ts'), url, directory, bed.keysDirectory, center],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    const console = new BedConsole(center, child);
    await until(`the console of ${center} runs`, () => console.state !== null || child.exitCode !== null, START_MS);
    if (console.state === null) throw new Error(`the console of ${center} ended: ${console.said}`);
    return console;
  }

  send(heard: Heard): void {
    this.child.send(heard);
  }

  async rest(): Promise<void> {
    this.rested = false;
    this.send({ kind: 'rest' });
    await until(`the console of ${this.center} rests`, () => this.rested, START_MS);
  }

  /** Rows that it sees; null = it cannot read. */
  async rowsSeen(): Promise<number | null> {
    this.rows = null;
    this.send({ kind: 'read' });
    await until(`the console of ${this.center} reads`, () => this.rows !== null, START_MS);
    return this.rows !== null && (this.rows as Told).kind === 'read'
      ? (this.rows as { rows: number | null }).rows
      : null;
  }

  untilMode(mode: QuorumState['mode'], limitMs = 40_000): Promise<void> {
    return until(`the console of ${this.center} is ${mode}`, () => this.state?.mode === mode, limitMs);
  }

  get writer(): string | null {
    return this.state?.nodes.find(({ standing }) => standing === 'WRITER')?.name ?? null;
  }

  /** Acknowledged from now on. */
  async untilMore(count: number, limitMs = 40_000): Promise<void> {
    const before = this.acknowledged.size;
    await until(`the console of ${this.center} writes again`, () => this.acknowledged.size >= before + count, limitMs);
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise<void>((done) => this.child.once('exit', () => done()));
    this.child.kill('SIGKILL');
    await gone;
  }

  private hear(told: Told): void {
    if (told.kind === 'acknowledged') this.acknowledged.add(told.id);
    if (told.kind === 'refused') this.refused.set(told.code, (this.refused.get(told.code) ?? 0) + 1);
    if (told.kind === 'failed') this.failures.push(told.message);
    if (told.kind === 'rested') this.rested = true;
    if (told.kind === 'read') this.rows = told;
    if (told.kind === 'state') this.state = told.state;
  }
}
