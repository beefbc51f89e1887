import { jest } from '@jest/globals';

/** What is not the clock: the event loop itself goes on. */
const NOT_FAKED = ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'hrtime'] as const;
/** Timers that fall due within it run before what they have caused is waited for. */
const STEP_MS = 500;
/** Turns of the event loop without news: a call over the loopback and its answer take a few each way, however slow the machine. */
const QUIET_TURNS = 25;
/** A transaction that tries again waits by this clock, too: whoever is asked for so long waits for it. */
const ASKING_NS = 250_000_000n;

/**
 * One clock for everything in this process: the console, its clients and the simulated clusters. It stands still while anything
 * is under way, and is moved on when nothing happens but waiting: how long something takes on it does not depend on how
 * fast the machine is. The database is another process: what is asked of it is counted.
 */
export class VirtualTime {
  /** What is under way, by name. */
  private readonly open = new Set<{ readonly what: string }>();
  private news = 0;
  isRunning = false;
  private steps = Promise.withResolvers<void>();

  /** It goes on from where the other clock stands: what was made before, and has noted when, is not thrown back or ahead. */
  begin(): void {
    this.isRunning = true;
    const beganAt = performance.now();
    jest.useFakeTimers({ doNotFake: [...NOT_FAKED], now: Date.now() });
    const sinceBegun = performance.now.bind(performance);
    performance.now = () => beganAt + sinceBegun();
    globalThis.setTimeout = refreshedAnew(globalThis.setTimeout);
  }

  end(): void {
    this.isRunning = false;
    jest.useRealTimers();
  }

  get nowMs(): number {
    return performance.now();
  }

  /** Ports whose calls are waited for. */
  countingAll<R extends object>(ports: R): R {
    return Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [name, name === 'clock' ? port : this.counting(port as object)]),
    ) as R;
  }

  counting<P extends object>(port: P): P {
    return new Proxy(port, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const answer: unknown = value.apply(target, given);
          return answer instanceof Promise ? this.during(answer, String(property)) : answer;
        };
      },
    });
  }

  async during<T>(work: Promise<T>, what = 'something'): Promise<T> {
    const mine = { what };
    this.open.add(mine);
    this.news += 1;
    try {
      return await work;
    } finally {
      this.open.delete(mine);
      this.news += 1;
    }
  }

  /** Looks at each step; throws when it does not hold within so long by this clock. */
  async until(what: string, condition: () => Promise<boolean>, limitMs: number): Promise<void> {
    const end = this.nowMs + limitMs;
    while (!(await this.during(condition(), what))) {
      if (this.nowMs > end) throw new Error(`${what}: not within ${limitMs} ms`);
      await this.steps.promise;
    }
  }

  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    while (this.nowMs < end) await this.steps.promise;
  }

  /** Moves the clock on until all of it is done; throws with what is under way when that takes so long by the wall's clock. */
  async runUntil(all: Promise<unknown>, wallLimitMs: number): Promise<void> {
    const latest = process.hrtime.bigint() + BigInt(wallLimitMs) * 1_000_000n;
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    all.then(over, over);
    while (!isOver) {
      await this.quiet(latest);
      await jest.advanceTimersByTimeAsync(STEP_MS);
      const { resolve } = this.steps;
      this.steps = Promise.withResolvers();
      resolve();
    }
  }

  private async quiet(latest: bigint): Promise<void> {
    let before = -1;
    let since = process.hrtime.bigint();
    for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
      if (this.news !== before) since = process.hrtime.bigint();
      const isAsking = this.open.size > 0 && process.hrtime.bigint() - since < ASKING_NS;
      if (isAsking || this.news !== before) turns = 0;
      before = this.news;
      if (process.hrtime.bigint() > latest) {
        const open = [...this.open].map(({ what }) => what).join(', ');
        throw new Error(
          `not over at ${Math.round(this.nowMs)} ms of this clock, ${this.news} news; under way: ${open}`,
        );
      }
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}

/**
 * @sinonjs/fake-timers 15.5.0 loses others when a timer is refreshed: it writes the new time into its heap before it takes the
 * old one out, and what then stands in the wrong order is passed by for ever. Here refreshing is clearing and setting anew.
 */
function refreshedAnew(fake: typeof setTimeout): typeof setTimeout {
  const set = (work: () => void, ms?: number, ...given: []): NodeJS.Timeout => {
    let timer = fake(work, ms, ...given);
    const shown = {
      ref: () => shown,
      unref: () => shown,
      hasRef: () => timer.hasRef(),
      refresh: () => {
        clearTimeout(timer);
        timer = fake(work, ms, ...given);
        return shown;
      },
      [Symbol.toPrimitive]: () => Number(timer),
    };
    return shown as unknown as NodeJS.Timeout;
  };
  return set as unknown as typeof setTimeout;
}
