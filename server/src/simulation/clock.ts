/** The only source of time in the simulation, so that a test can let hours pass at once. */
export interface SimulationClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after `milliseconds`; the answer cancels. */
  setTimer(callback: () => void, milliseconds: number): () => void;
}

/** The machine's clock. Timers do not keep the process alive: the server socket does that. */
export const wallClock: SimulationClock = {
  now: () => Date.now(),
  setTimer(callback, milliseconds) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** Time that stands still until it is advanced; timers run in order, each at its own moment. */
export class VirtualClock implements SimulationClock {
  #now: number;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(start = Date.UTC(2026, 0, 5, 1, 0, 0)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, milliseconds: number): () => void {
    this.#order += 1;
    const waiting = { at: this.#now + Math.max(0, milliseconds), order: this.#order, callback };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** Runs every timer that falls due in the next `milliseconds`, also those that timers set. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }

  #next(end: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const each of this.#waiting) {
      if (each.at > end) continue;
      if (first === undefined || each.at < first.at || (each.at === first.at && each.order < first.order)) first = each;
    }
    return first;
  }
}

/** Kubernetes writes metav1.Time to the second, in UTC. */
export function timestamp(clock: SimulationClock): string {
  return `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
}
