import { QueueFull } from './turns.js';

/** Lets a bounded number of callers work at once; a bounded number of others wait in the order of coming. */
export class Gate {
  private working = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly workingMax: number,
    private readonly waitingMax: number,
  ) {}

  /** Throws QueueFull when the queue has no place left. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.working < this.workingMax) this.working += 1;
    else {
      if (this.waiting.length >= this.waitingMax) throw new QueueFull('too many callers wait');
      // The one who leaves hands its place over, so `working` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.working -= 1;
    }
  }
}
