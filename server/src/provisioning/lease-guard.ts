import type { Lease } from '../platform/database/lease.js';

/** This process may no longer act for the center; another one may already do so. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(lease: Lease) {
    super(`lease ${lease.name} (epoch ${lease.epoch}) is no longer held`);
  }
}

/** Time for a call that was just sent to arrive before another holder can begin. */
const MARGIN_MS = 2_000;

/**
 * The memory of a lease that everything of its term shares: looked at before each call to a cluster. It is no fence, for
 * a process can sleep between the look and the call; the fence is the epoch, checked in the transaction of each write.
 */
export class LeaseGuard {
  private heldUntil = 0;

  constructor(
    readonly lease: Lease,
    /** A clock that only runs forward: a corrected wall clock must not lengthen a lease. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** `askedAt` is a reading of the same clock from before the database was asked. */
  renewed(askedAt: number, lifeMs: number): void {
    this.heldUntil = askedAt + Math.max(lifeMs - MARGIN_MS, lifeMs / 2);
  }

  end(): void {
    this.heldUntil = 0;
  }

  get isHeld(): boolean {
    return this.now() < this.heldUntil;
  }

  assertHeld(): void {
    if (!this.isHeld) throw new LeaseLost(this.lease);
  }
}
