import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { MeteringService } from '../metering/metering.service.js';
import type { UseSource } from '../metering/metering.types.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ACCOUNTING_LEASE, ACCOUNTING_LEASE_MS } from './accounting-lease.js';
import { type RatingBooks, RatingService } from './rating.service.js';
import { SharedLines } from './shared-lines.service.js';

/** Uses of one unit of work: with five meters and two months some 5,000 rows, well within the 5 s of design §5. */
const USES_PER_PAGE = 500;
/** Facts of today are on a draft tomorrow; a delivery of this morning is metered within minutes all the same. */
const PASS_EVERY_MS = 5 * 60_000;

/**
 * Brings use and draft statements up to date: passes over everything that was ever delivered, page by page, each page one
 * unit of work that says how far it came. A worker that dies in the middle leaves whole pages, and the next goes on there.
 */
@Injectable()
export class AccountingSweep {
  private readonly holder = newId();

  constructor(
    private readonly metering: MeteringService,
    private readonly rating: RatingService,
    private readonly shared: SharedLines,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by housekeeping. @returns uses that were looked at. */
  async run(pageSize = USES_PER_PAGE): Promise<number> {
    const lease = await this.leases.take(ACCOUNTING_LEASE, this.holder, ACCOUNTING_LEASE_MS);
    if (!lease) return 0;
    try {
      const books = await this.rating.books();
      let looked = 0;
      for (const source of this.metering.sources) looked += await this.passOver(source, lease, books, pageSize);
      // What is common is spread over what use came to just now.
      if (looked > 0) await this.shared.run(lease);
      return looked;
    } finally {
      // Whoever waits to freeze a month need not wait for it to run out.
      await this.leases.release(lease);
    }
  }

  private async passOver(source: UseSource, lease: Lease, books: RatingBooks, pageSize: number): Promise<number> {
    const last = await this.metering.pass(source.name);
    const now = this.clock.now();
    if (last?.endedAt && now.getTime() - last.beganAt.getTime() < PASS_EVERY_MS) return 0;
    const repriced = await this.rating.repriced(source.name, books);
    // What was passed over by other prices is passed over again.
    const goesOn = last !== null && last.endedAt === null && repriced.size === 0;
    const beganAt = goesOn ? last.beganAt : now;
    // A worker that was away for months has them all to bring to their ends.
    const since = last?.lastWholeAt ?? null;
    let looked = 0;
    for (let after: string | null = goesOn ? last.afterId : ''; after !== null; ) {
      const page = await source.after(after, pageSize);
      const { cursor } = page;
      const kept = await this.work.run(async (tx) => {
        // What was read before may be older than what another worker has written since: only the holder writes.
        if (!(await this.leases.stillHeld(tx, lease))) return false;
        const metered = await this.metering.book(tx, page.uses);
        await this.rating.rate(tx, metered, books, { since, repriced });
        const endedAt = cursor === null ? tx.now : null;
        const lastWholeAt = endedAt === null ? since : beganAt;
        if (cursor === null) await this.rating.keepBasis(tx, source.name, books);
        await this.metering.keepPass(tx, source.name, { afterId: cursor ?? '', beganAt, endedAt, lastWholeAt });
        return true;
      });
      if (!kept || !(await this.leases.take(ACCOUNTING_LEASE, this.holder, ACCOUNTING_LEASE_MS))) return looked;
      looked += page.uses.length;
      after = cursor;
    }
    return looked;
  }
}
