import { addDays, type CalendarDate, calendarDate, startOfDay } from '../../../server/src/kernel/calendar.js';
import type { ModelRequest } from './request.ts';
import { type Share, VCPU_OF } from './shares.ts';

const BIN_DAYS = 7;
/** From the last day of a term until what had it is put into the bin, or given back. */
export const GRACE_DAYS = 15;
const DAY_MS = 86_400_000;

export type MachineState = 'PROVISIONING' | 'FAILED' | 'IN_USE' | 'IN_BIN' | 'RELEASING' | 'RELEASED';

export class Machine {
  state: MachineState = 'PROVISIONING';
  isProtected = false;
  reclaimed = false;
  /** It was seen to run, whatever became of it. */
  isDelivered = false;
  binUntil: Date | null = null;
  /** Days that its disk outlives it; null = it goes with it. */
  keepDays: number | null = null;
  /** Taken of its pool: what it is, or still was until it is seen to be smaller. */
  vcpu: number;
  /** The request that changes its size, from its sending to its end: meanwhile nobody lets it go. */
  changing: ModelRequest | null = null;
  /** The change of its line's modes that made it. */
  madeBy: ModelRequest | null = null;

  constructor(
    readonly request: ModelRequest,
    readonly share: Share,
    /** Within its share, from 1. */
    readonly number: number,
  ) {
    this.vcpu = VCPU_OF[share.standing];
  }

  get mayChange(): boolean {
    const { dual, remote } = this.request.wish;
    const isPlain =
      !this.request.changedModes.has(this.share.line) &&
      !dual &&
      remote === 'NONE' &&
      !this.share.foreign &&
      !this.share.card &&
      this.request.until === null;
    return this.state === 'IN_USE' && this.changing === null && isPlain;
  }

  get wasDelivered(): boolean {
    return this.state !== 'PROVISIONING' && this.state !== 'FAILED';
  }

  /** Whether its disk may be kept: there is something on it, and it is ours. */
  get mayKeep(): boolean {
    return this.state === 'IN_USE' && !this.share.foreign && this.share.standing === 'RUNNING';
  }

  /** Back to its department's hands: into the bin, or at once where there is nothing on it yet. */
  release(now: Date, inBatch: boolean, keepDays: number | null = null): boolean {
    if (this.isProtected || this.changing !== null) return false;
    if (this.state === 'IN_USE') this.intoBin(now);
    else if (!this.wasDelivered && !inBatch) this.state = 'RELEASING';
    else return false;
    this.keepDays = keepDays;
    return true;
  }

  restore(now: Date): boolean {
    if (this.state !== 'IN_BIN' || this.reclaimed || this.isPast(now)) return false;
    [this.state, this.binUntil, this.keepDays] = ['IN_USE', null, null];
    return true;
  }

  purge(): boolean {
    if (this.state !== 'IN_BIN' || this.isProtected) return false;
    this.letGo();
    return true;
  }

  protect(on: boolean): boolean {
    if (this.state === 'RELEASING' || this.state === 'RELEASED') return false;
    // What lies in the bin is on its way out: only whoever takes it out again protects it.
    if (on && this.state === 'IN_BIN') return false;
    this.isProtected = on;
    return true;
  }

  /** The center's decision, whatever protects it from its own people. */
  reclaim(now: Date): boolean {
    if (this.state !== 'IN_USE' || this.changing !== null) return false;
    this.intoBin(now);
    this.reclaimed = true;
    return true;
  }

  undoReclaim(now: Date): boolean {
    if (this.state !== 'IN_BIN' || !this.reclaimed || this.isPast(now)) return false;
    [this.state, this.reclaimed, this.binUntil, this.keepDays] = ['IN_USE', false, null, null];
    return true;
  }

  observe(seen: 'RUNNING' | 'FAILED' | 'GONE', now: Date): void {
    if (this.changing?.state === 'PROVISIONING') this.changing.carriedOut();
    if (seen === 'RUNNING' && !this.wasDelivered) {
      [this.state, this.isDelivered] = ['IN_USE', true];
      this.request.settle();
      this.madeBy?.closeOnceMade();
    }
    if (seen === 'FAILED' && this.state === 'PROVISIONING') this.state = 'FAILED';
    if (seen === 'GONE' && this.state === 'RELEASING') {
      this.state = 'RELEASED';
      this.request.machineGone(this, now);
      this.madeBy?.closeOnceMade();
    }
  }

  /** The work order that made it is done. */
  delivered(): void {
    if (this.state === 'PROVISIONING') [this.state, this.isDelivered] = ['IN_USE', true];
  }

  /** What the calendar does to it: its term, then its time in the bin. */
  sweep(now: Date): void {
    const { until } = this.request;
    const isOver = until !== null && now >= startOfDay(addDays(until, 1 + GRACE_DAYS));
    // On a foreign platform nobody is there to stop it.
    if (isOver && !this.isProtected && this.changing === null && !this.share.foreign) {
      if (this.state === 'IN_USE') this.intoBin(now);
      else if (!this.wasDelivered) this.state = 'RELEASING';
    }
    if (this.state === 'IN_BIN' && this.binUntil !== null && this.binUntil <= now) this.letGo();
  }

  /** Its share is no longer wanted, whatever protects it. */
  leave(now: Date): void {
    this.intoBin(now);
  }

  private isPast(now: Date): boolean {
    const until: CalendarDate | null = this.request.until;
    return until !== null && until < calendarDate(now);
  }

  private intoBin(now: Date): void {
    [this.state, this.binUntil] = ['IN_BIN', new Date(now.getTime() + BIN_DAYS * DAY_MS)];
  }

  private letGo(): void {
    [this.state, this.reclaimed, this.binUntil] = ['RELEASING', false, null];
  }
}
