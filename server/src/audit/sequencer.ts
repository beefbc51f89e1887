import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { BEGINNING_OF_TIME, ChainRepository, type Moment } from './chain.repository.js';
import type { SealedAuditRecord } from './domain/audit-record.js';
import { type ChainEnd, chainBehind, checkpointText, nextCheckpoint, type SignedCheckpoint } from './domain/chain.js';
import { UNSEQUENCED_LIMIT_MS } from './domain/verify.js';

const LEASE_NAME = 'audit-sequencer';
const LEASE_LIFE_MS = 10_000;
/** A third of its life: two renewals may fail before another process takes over. */
const LEASE_RENEWED_EVERY_MS = LEASE_LIFE_MS / 3;
const ROUND_EVERY_MS = 400;
const ROWS_PER_BATCH = 500;
/** Rows looked at between two looks at the lease; some tens of milliseconds. */
const ROWS_PER_STRETCH = 20_000;

const CHECKPOINT_EVERY_MS = 60_000;
const CHECKPOINT_EVERY_ROWS = 1_000;
const WATCH_EVERY_MS = 15_000;

/** How far behind the newest record each round looks: nearly every transaction ends within that. */
const NEAR_MS = 30_000;
/** The look at everything that is not settled. Well within the time after which the alarm is raised. */
const WIDE_EVERY_MS = 20_000;
/** After that, a record is taken to have been committed; one that comes still later waits for the full look. */
const SETTLES_AFTER_MS = 10 * 60_000;
const FULL_EVERY_MS = 24 * 60 * 60_000;

/** What one holder knows between taking the lease and losing it, or failing: then it starts again from the database. */
interface Term {
  readonly lease: Lease;
  renewAt: Date;
  /** Everything up to then was looked at by a round that ended well; null = nothing yet. */
  seenUntil: Date | null;
  settledUntil: Date;
  wideAgainAt: Date;
  fullAgainAt: Date;
  end: ChainEnd;
  lastCheckpoint: SignedCheckpoint | null;
}

class LeaseGone extends Error {
  override name = 'LeaseGone';
}

/**
 * Gives every audit record its place in the chain, within a second, and signs stretches of the chain. One process at a
 * time does so (lease; its epoch is checked in the transaction), any number may try.
 *
 * Which records have no place yet is found by asking for exactly those, never by "newer than the last one": a record has
 * the time of its transaction's beginning and appears at its end, so it can appear behind records that have been chained
 * long ago. The question is asked of three widths, because the whole table is too much for each round: near (each round,
 * half a minute behind the newest), wide (each 20 s, everything that is not settled), full (each term and each day).
 * A record that appears late is chained late; it is never passed over for good.
 */
@Injectable()
export class AuditSequencer {
  private readonly log = new Logger(AuditSequencer.name);
  private readonly holder = `${hostname().slice(0, 40)}/${process.pid}/${randomUUID().slice(0, 8)}`;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private term: Term | undefined;

  constructor(
    private readonly chain: ChainRepository,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.running ??= Promise.all([
      this.again(() => this.runOnce(), ROUND_EVERY_MS),
      this.again(() => this.watch(), WATCH_EVERY_MS),
    ]).then(() => undefined);
  }

  /** Waits for the round under way and gives the lease back, so that the next process need not wait for its end. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    const { term } = this;
    this.term = undefined;
    // A lease that cannot be given back ends by itself.
    if (term) await this.leases.release(term.lease).catch(() => undefined);
  }

  /** One round. Answers how many records got their place; 0 also when another process holds the lease. */
  async runOnce(): Promise<number> {
    const began = this.clock.now();
    try {
      const term = await this.holdTerm(began);
      return term ? await this.round(term, began) : 0;
    } catch (error) {
      // Whether the last transaction was committed is not known; the next round asks the database.
      this.term = undefined;
      if (error instanceof LeaseGone) return 0;
      throw error;
    }
  }

  /** Age of the oldest record without a place among those that are not settled; 0 = there is none. */
  async oldestUnsequencedSeconds(): Promise<number> {
    const oldest = await this.chain.oldestUnsequenced();
    return oldest ? Math.max(0, (this.clock.now().getTime() - oldest.getTime()) / 1_000) : 0;
  }

  /** Every process watches, whoever holds the lease: the alarm is for the day on which the holder does nothing. */
  async watch(): Promise<void> {
    const seconds = await this.oldestUnsequencedSeconds();
    if (seconds * 1_000 > UNSEQUENCED_LIMIT_MS)
      this.log.error(
        `审计记录 ${Math.round(seconds)} 秒未入链，须立即检查工作进程与数据库 ` +
          `(an audit record has been out of the chain for ${Math.round(seconds)} s: check the worker and the database)`,
      );
  }

  private async again(round: () => Promise<unknown>, everyMs: number): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await round().catch((error: unknown) => {
        this.log.warn(`a round failed, the next one tries again: ${error instanceof Error ? error.message : error}`);
      });
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async holdTerm(now: Date): Promise<Term | undefined> {
    if (this.term && now < this.term.renewAt) return this.term;
    const lease = await this.leases.take(LEASE_NAME, this.holder, LEASE_LIFE_MS);
    const renewAt = after(now, LEASE_RENEWED_EVERY_MS);
    if (this.term && lease?.epoch === this.term.lease.epoch) this.term.renewAt = renewAt;
    else
      this.term = lease && {
        lease,
        renewAt,
        seenUntil: null,
        settledUntil: await this.chain.settledUntil(),
        wideAgainAt: now,
        fullAgainAt: now,
        end: await this.chain.end(),
        lastCheckpoint: await this.chain.lastCheckpoint(),
      };
    return this.term;
  }

  private async round(term: Term, began: Date): Promise<number> {
    const newest = await this.chain.newest();
    if (newest === null) return 0;
    const full = term.seenUntil === null || began >= term.fullAgainAt;
    const wide = full || began >= term.wideAgainAt;
    const sequenced = await this.sweep(term, this.sweepFrom(term, full, wide));
    await this.signIfDue(term);
    if (sequenced === 'INTERRUPTED') return 0;
    // A clock that is ahead, ours or another process's, must not move the looks past what is still to come.
    const reached = newest < began ? newest : began;
    term.seenUntil = reached;
    if (full) term.fullAgainAt = after(began, FULL_EVERY_MS);
    if (wide) {
      await this.settle(term, after(reached, -SETTLES_AFTER_MS));
      term.wideAgainAt = after(began, WIDE_EVERY_MS);
    }
    return sequenced;
  }

  private sweepFrom(term: Term, full: boolean, wide: boolean): Moment {
    if (full || term.seenUntil === null) return BEGINNING_OF_TIME;
    return { occurredAt: wide ? term.settledUntil : after(term.seenUntil, -NEAR_MS), id: '' };
  }

  /** In stretches, so that no statement is long and the lease stays ours over a table of any size. */
  private async sweep(term: Term, from: Moment): Promise<number | 'INTERRUPTED'> {
    let sequenced = 0;
    for (let start = from; ; ) {
      const end = await this.chain.momentBehind(start, ROWS_PER_STRETCH);
      sequenced += await this.sequenceBetween(term, start, end);
      if (end === null) return sequenced;
      start = end;
      if (this.stopping.signal.aborted) return 'INTERRUPTED';
      if ((await this.holdTerm(this.clock.now())) !== term) throw new LeaseGone();
    }
  }

  private async sequenceBetween(term: Term, from: Moment, to: Moment | null): Promise<number> {
    let sequenced = 0;
    for (let start = from; ; ) {
      const records = await this.chain.unsequenced(start, to, ROWS_PER_BATCH);
      const last = records.at(-1);
      if (last === undefined) return sequenced;
      await this.append(term, records);
      sequenced += records.length;
      if (records.length < ROWS_PER_BATCH) return sequenced;
      start = last;
    }
  }

  /**
   * The records were read before the transaction, to hold the lease's row for a moment only. Nobody can have chained them
   * since: whoever did would have had to take the lease.
   */
  private async append(term: Term, records: readonly SealedAuditRecord[]): Promise<void> {
    term.end = await this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, term.lease))) throw new LeaseGone();
      const links = chainBehind(this.crypto, await this.chain.endIn(tx), records);
      await this.chain.append(tx, links);
      return links.at(-1) as ChainEnd;
    });
    if (term.end.seq - (term.lastCheckpoint?.toSeq ?? 0) >= CHECKPOINT_EVERY_ROWS) await this.sign(term);
  }

  private async signIfDue(term: Term): Promise<void> {
    const last = term.lastCheckpoint;
    if (term.end.seq === (last?.toSeq ?? 0)) return;
    if (last === null || this.clock.now() >= after(last.signedAt, CHECKPOINT_EVERY_MS)) await this.sign(term);
  }

  private async sign(term: Term): Promise<void> {
    const checkpoint = nextCheckpoint(this.crypto, term.lastCheckpoint, term.end, this.clock.now());
    const signed = { ...checkpoint, ...(await this.crypto.sign(checkpointText(checkpoint))) };
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, term.lease))) throw new LeaseGone();
      await this.chain.addCheckpoint(tx, signed);
    });
    term.lastCheckpoint = signed;
  }

  private async settle(term: Term, until: Date): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, term.lease))) throw new LeaseGone();
      await this.chain.settle(tx, until);
    });
    term.settledUntil = until;
  }
}

function after(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
