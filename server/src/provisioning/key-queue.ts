/** After work: nothing more until someone adds the key again, or another look after some time. */
export type Again = { readonly afterMs: number } | undefined;

export interface KeyQueueOptions {
  readonly concurrency: number;
  readonly backoff: { readonly firstMs: number; readonly mostMs: number };
  /** How long the failed work itself asks to wait at least. */
  readonly retryAfterMs?: (error: unknown) => number | undefined;
  readonly trouble?: (key: string, error: unknown, failures: number, waitMs: number) => void;
  readonly random?: () => number;
}

interface Delayed {
  readonly dueAt: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Keys only, never what happened to them: whoever works on a key looks at the world afresh. A key waits at most once,
 * is never worked on twice at the same time, and one that fails comes back later and later.
 */
export class KeyQueue {
  /** Keys that wait, with when they came; in the order of coming. */
  private readonly soon = new Map<string, number>();
  private readonly later = new Map<string, number>();
  private readonly delayed = new Map<string, Delayed>();
  private readonly active = new Map<string, Promise<void>>();
  private readonly addedWhileActive = new Set<string>();
  private readonly failures = new Map<string, number>();
  private state: 'WAITING' | 'WORKING' | 'STOPPED' = 'WAITING';

  constructor(
    /** `addedAt`, by performance.now(): what was true then is what the work was asked for. */
    private readonly work: (key: string, addedAt: number) => Promise<Again>,
    private readonly options: KeyQueueOptions,
  ) {}

  /** LATER: after everything that someone waits for (resync). */
  add(key: string, urgency: 'SOON' | 'LATER' = 'SOON'): void {
    if (this.state === 'STOPPED') return;
    if (this.active.has(key)) {
      this.addedWhileActive.add(key);
      return;
    }
    // A resync is no reason to try again what failed a moment ago.
    if (urgency === 'LATER' && (this.soon.has(key) || this.delayed.has(key))) return;
    this.forgetDelay(key);
    const wait = urgency === 'SOON' ? this.soon : this.later;
    if (urgency === 'SOON') this.later.delete(key);
    // Its place in the line stays; what it must see is newer.
    wait.set(key, performance.now());
    this.pump();
  }

  /** The earliest of several wishes counts; a key that waits already is not put off, but no longer only for a resync. */
  addAfter(key: string, ms: number): void {
    if (this.state === 'STOPPED') return;
    if (this.soon.has(key) || this.later.has(key)) {
      this.add(key);
      return;
    }
    const dueAt = performance.now() + ms;
    const known = this.delayed.get(key);
    if (known !== undefined && known.dueAt <= dueAt) return;
    this.forgetDelay(key);
    const timer = setTimeout(() => {
      this.delayed.delete(key);
      this.add(key);
    }, ms);
    timer.unref();
    this.delayed.set(key, { dueAt, timer });
  }

  /** What they waited for has happened (a cluster is back): every delayed key is due now. */
  hurry(): void {
    for (const key of [...this.delayed.keys()]) this.add(key);
  }

  /** Begins to work; keys may be added before. */
  start(): void {
    if (this.state !== 'WAITING') return;
    this.state = 'WORKING';
    this.pump();
  }

  /** Takes up nothing more and waits for what is being worked on. */
  async stop(): Promise<void> {
    this.state = 'STOPPED';
    for (const key of [...this.delayed.keys()]) this.forgetDelay(key);
    this.soon.clear();
    this.later.clear();
    await Promise.all(this.active.values());
  }

  /** Keys that are waiting, delayed or being worked on. */
  get size(): number {
    return this.soon.size + this.later.size + this.delayed.size + this.active.size;
  }

  get vitals(): { waiting: number; delayed: number; active: number; failing: number; oldestMs: number | null } {
    const { active, delayed, failures, later, soon } = this;
    let oldest = Number.POSITIVE_INFINITY;
    for (const wait of [soon, later]) for (const addedAt of wait.values()) oldest = Math.min(oldest, addedAt);
    return {
      waiting: soon.size + later.size,
      ...{ delayed: delayed.size, active: active.size, failing: failures.size },
      oldestMs: Number.isFinite(oldest) ? Math.round(performance.now() - oldest) : null,
    };
  }

  private pump(): void {
    while (this.state === 'WORKING' && this.active.size < this.options.concurrency) {
      const from = this.soon.size > 0 ? this.soon : this.later;
      const [first] = from;
      if (first === undefined) return;
      const [key, addedAt] = first;
      from.delete(key);
      this.active.set(key, this.run(key, addedAt));
    }
  }

  private async run(key: string, addedAt: number): Promise<void> {
    // `active` must know of the key before its work can add it again.
    await null;
    let again: Again;
    try {
      again = await this.work(key, addedAt);
      this.failures.delete(key);
    } catch (error) {
      again = { afterMs: this.afterFailure(key, error) };
    }
    this.active.delete(key);
    if (this.addedWhileActive.delete(key) && !this.failures.has(key)) this.add(key);
    else if (again !== undefined) this.addAfter(key, again.afterMs);
    this.pump();
  }

  private afterFailure(key: string, error: unknown): number {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    const { firstMs, mostMs } = this.options.backoff;
    const whole = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
    const jittered = whole * (0.5 + (this.options.random ?? Math.random)() / 2);
    const waitMs = Math.max(this.options.retryAfterMs?.(error) ?? 0, jittered);
    this.options.trouble?.(key, error, failures, waitMs);
    return waitMs;
  }

  private forgetDelay(key: string): void {
    clearTimeout(this.delayed.get(key)?.timer);
    this.delayed.delete(key);
  }
}
