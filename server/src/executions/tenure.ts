import { HeldLease } from '../platform/database/held-lease.js';
import type { Lease, Leases } from '../platform/database/lease.js';
import { NotMine } from './execution-plays.service.js';

/** A holder that died is followed after so long: by then none of its calls to a cluster can still be under way. */
export const LEASE_LIFE_MS = 30_000;
/** A call that went out while it might still arrives, or is given up, within the deadline of clusters: 15 s, and a second more. */
export const LEASE_MARGIN_MS = 16_000;
/** Renewed when less than this is left in which it may act. */
const RENEW_BEFORE_MS = 7_000;
/** Whoever has just begun stays for so long, as long as a silent cluster keeps a look waiting: so each has a look of its own. */
export const STAYS_MS = 5_000;
/** The others ask for it several times a second; where there is no other, it is taken back after so long. */
export const ABSENT_MS = 2_000;

/**
 * What only one console at a time may do, and while it may. A console that has no way to a cluster leaves it to one that
 * may have: of three centers with one link cut, the third reaches both ends.
 */
export class Tenure {
  private readonly lease: HeldLease;
  private mayUntil = 0;
  private absentUntil = 0;
  private beganAt = 0;
  private epoch: bigint | undefined;
  /** When it was last told that it may write to a cluster. */
  private actedAt = Number.NEGATIVE_INFINITY;

  constructor(leases: Leases, name: string, holder: string) {
    this.lease = new HeldLease(leases, name, holder, LEASE_LIFE_MS);
  }

  get may(): boolean {
    return performance.now() < this.mayUntil;
  }

  /** It may for long enough not to ask again yet. */
  get isFresh(): boolean {
    return performance.now() < this.mayUntil - RENEW_BEFORE_MS;
  }

  /** Taken, or kept; undefined = another has it, or has its turn. */
  async renew(): Promise<Lease | undefined> {
    const askedAt = performance.now();
    const lease = askedAt < this.absentUntil ? undefined : await this.lease.take();
    this.mayUntil = lease ? askedAt + LEASE_LIFE_MS - LEASE_MARGIN_MS : 0;
    if (lease && lease.epoch !== this.epoch) this.beganAt = askedAt;
    this.epoch = lease?.epoch;
    return lease;
  }

  /** Throws when this process may no longer act: asked right before each write to a cluster. */
  readonly assertMay = (): void => {
    if (!this.may) throw new NotMine();
    this.actedAt = performance.now();
  };

  /**
   * A cluster kept silent towards it: another has its turn, if there is one. Not while a write of its own may still
   * arrive, because the other would begin beside it. false = it stays.
   */
  async leave(): Promise<boolean> {
    const now = performance.now();
    if (this.epoch === undefined || now - this.beganAt < STAYS_MS || now - this.actedAt < LEASE_MARGIN_MS) return false;
    this.absentUntil = now + ABSENT_MS;
    await this.release();
    return true;
  }

  /** At the end of this process, so that another need not wait. */
  async release(): Promise<void> {
    this.mayUntil = 0;
    this.epoch = undefined;
    await this.lease.release();
  }
}
