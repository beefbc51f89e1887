import type { Pace } from './provisioning.types.js';

/** Of what a cluster refuses for good so many are tried a second, a tenth of what it is asked at most. */
const TRIES_A_SECOND = 5;

/**
 * What a cluster refused for good, and when each is tried again. Rules are mostly changed for all at once (a right given
 * back, a webhook taken away), and nothing says so: a few are tried at any time, and the first one that is taken brings
 * all others back.
 */
export class Refusals {
  private readonly keys = new Set<string>();

  constructor(
    private readonly pace: Pick<Pace, 'refusedRetryMs'>,
    private readonly tryNow: (key: string) => void,
  ) {}

  /** How long it waits now. */
  refused(key: string): number {
    this.keys.add(key);
    return Math.max(this.pace.refusedRetryMs, (this.keys.size / TRIES_A_SECOND) * 1_000);
  }

  /** It was asked for once more, and taken. */
  accepted(key: string): void {
    if (!this.keys.delete(key)) return;
    const others = [...this.keys];
    this.keys.clear();
    for (const other of others) this.tryNow(other);
  }

  /** Nothing is asked for it any more. */
  forget(key: string): void {
    this.keys.delete(key);
  }
}
