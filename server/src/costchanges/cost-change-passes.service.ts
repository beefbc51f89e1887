import { Inject, Injectable } from '@nestjs/common';
import { ChargedLines } from '../accounting/charged-lines.service.js';
import type { ChargedLine, ChargedMonth } from '../accounting/charged-lines.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type ChangedUse, CostChangesRepository } from './cost-changes.repository.js';
import { changeOfUse } from './domain/change.js';

/** Drafts of a large province are looked through for a second or two to see whether any line has changed. */
const LOOKED_EVERY_MS = 15 * 60_000;
/** Lines of all months of so many uses are held at once: 36 months of 5 meters are some 50,000. */
const USES_AT_ONCE = 300;
const LEASE = 'cost-changes';
/** Renewed with every page of uses. */
const LEASE_MS = 120_000;

/** Two months that follow each other, the later one's passes. */
interface Pair {
  readonly before: ChargedMonth;
  readonly after: ChargedMonth;
  readonly passId: string;
  readonly textHash: string;
}

/**
 * Keeps why each month costs other than the one before, use by use. A month is looked through again when a line of it or
 * of the month before has changed. It is written beside what stands, page by page, and takes its place by one row: half of
 * it is nothing to anybody.
 */
@Injectable()
export class CostChangePasses {
  private readonly holder = newId();
  private lookedAt: Date | null = null;

  constructor(
    private readonly repository: CostChangesRepository,
    private readonly lines: ChargedLines,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** Called by housekeeping. */
  async run(): Promise<void> {
    const now = this.clock.now();
    if (this.lookedAt && now.getTime() - this.lookedAt.getTime() < LOOKED_EVERY_MS) return;
    await this.take();
    this.lookedAt = now;
  }

  /** @returns months that were looked through. */
  async take(): Promise<number> {
    const lease = await this.leases.take(LEASE, this.holder, LEASE_MS);
    // Another console passes just now.
    if (!lease) return 0;
    try {
      const pairs = await this.stale();
      if (pairs.length > 0 && !(await this.pass(pairs, lease))) return 0;
      await this.sweep(lease);
      return pairs.length;
    } finally {
      await this.leases.release(lease);
    }
  }

  private async stale(): Promise<Pair[]> {
    const months = await this.lines.months();
    const known = new Map((await this.repository.months()).map(({ month, textHash }) => [month, textHash]));
    return months.flatMap((after, index) => {
      const before = months[index - 1];
      if (!before) return [];
      const textHash = this.crypto.sm3(`${before.text}\n${after.text}`).toString('hex');
      return known.get(after.month) === textHash ? [] : [{ before, after, textHash, passId: newId() }];
    });
  }

  /** @returns false = somebody else has taken over. */
  private async pass(pairs: readonly Pair[], lease: Lease): Promise<boolean> {
    const months = [...new Set(pairs.flatMap(({ after, before }) => [before, after]))];
    for (let after = ''; ; ) {
      const ids = await this.lines.useIds(after, USES_AT_ONCE);
      const last = ids.at(-1);
      if (last === undefined) break;
      const byUse = Map.groupBy(await this.lines.of(months, ids), ({ resourceId }) => resourceId);
      const changed = pairs.map((pair) => ({ pair, uses: changesOf(pair, byUse) }));
      const kept = await this.work.run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return false;
        for (const { pair, uses } of changed) await this.repository.add(tx, pair.passId, uses);
        return true;
      });
      if (!kept || !(await this.leases.take(LEASE, this.holder, LEASE_MS))) return false;
      after = last;
    }
    // Lines that changed meanwhile show by the text that was read at the beginning: the next round begins anew.
    return this.work.run(async (tx) => {
      if (!(await this.leases.stillHeld(tx, lease))) return false;
      await this.repository.put(
        tx,
        pairs.map(({ after, passId, textHash }) => ({ month: after.month, passId, textHash })),
      );
      return true;
    });
  }

  private async sweep(lease: Lease): Promise<void> {
    for (const passId of await this.repository.forsaken())
      for (let more = true; more; )
        more = await this.work.run(
          async (tx) => (await this.leases.stillHeld(tx, lease)) && this.repository.removeSome(tx, passId),
        );
  }
}

function changesOf({ after, before }: Pair, byUse: ReadonlyMap<string, readonly ChargedLine[]>): ChangedUse[] {
  return [...byUse].flatMap(([resourceId, lines]) => {
    const of = ({ month, whole }: ChargedMonth) => ({ lines: lines.filter((line) => line.month === month), whole });
    const changes = changeOfUse(of(before), of(after));
    return changes.length === 0 ? [] : [{ resourceId, changes }];
  });
}
