/** Thrown when a queue is full: waiting longer would only keep more callers waiting. */
export class QueueFull extends Error {
  override name = 'QueueFull';
}

/**
 * Lets one caller at a time act for one key, in the order of coming; different keys do not wait for each other.
 * Within this process only: it keeps callers from waiting inside the database, each with a connection in its hand.
 */
export class Turns {
  private readonly last = new Map<string, { done: Promise<unknown>; waiting: number }>();

  constructor(private readonly waitingMax: number) {}

  /** Throws QueueFull when too many wait for the same key. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    if (before && before.waiting >= this.waitingMax) throw new QueueFull(`too many callers wait for ${key}`);
    const mine = {
      done: before ? before.done.then(work, work) : work(),
      waiting: (before?.waiting ?? -1) + 1,
    };
    this.last.set(key, mine);
    try {
      return await (mine.done as Promise<T>);
    } finally {
      const newest = this.last.get(key);
      if (newest === mine) this.last.delete(key);
      else if (newest) newest.waiting -= 1;
    }
  }
}
