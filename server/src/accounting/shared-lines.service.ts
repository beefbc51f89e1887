import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { calendarDate, startOfDay } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { MeteringService } from '../metering/metering.service.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { amountOf, versionIn } from '../sharedcosts/domain/shared-pool.js';
import { type Bearer, carriedOver, spreadOf } from '../sharedcosts/domain/spread.js';
import { OpenMonths } from '../sharedcosts/open-months.service.js';
import { SharedPools, type VersionedPool } from '../sharedcosts/shared-pools.service.js';
import { AccountingRepository } from './accounting.repository.js';
import { ACCOUNTING_LEASE, ACCOUNTING_LEASE_MS } from './accounting-lease.js';
import { BooksService } from './books.service.js';
import { type Month, monthAfter, monthsOfSpan, spanOfMonth } from './domain/accounting-units.js';
import { PROVINCE_BOOK } from './domain/closing.js';
import { changeOfLines, type StatementLine } from './domain/line-diff.js';
import type { Periods } from './domain/periods.js';
import { linesOfSpread, mustSpread } from './domain/shared-lines.js';
import { SharedLinesRepository } from './shared-lines.repository.js';
import type { SharedSpreadEntity } from './shared-spread.entity.js';

const DAY_MS = 86_400_000;
/** Digits of a hash that make an id, and where it is divided. */
const UUID_PARTS = [
  [0, 8],
  [8, 12],
  [12, 16],
  [16, 20],
  [20, 32],
] as const;

interface Ground {
  readonly pools: readonly VersionedPool[];
  readonly periods: Periods;
  readonly spreads: readonly SharedSpreadEntity[];
  /** Since when everything was looked at. */
  readonly knownUntil: number;
  /** The first month that is accounted for. */
  readonly first: Month;
  /** What of a pool's own cost falls into a month; null = nobody measured it. */
  readonly own: (pool: VersionedPool, month: Month) => bigint | null;
}

/**
 * 公共费用分摊: what centers cost in common becomes lines of the drafts of those who use them. Once the province has closed a
 * month nothing of it is spread anew; what is known of it too late is carried into the first month that is open.
 */
@Injectable()
export class SharedLines implements OnModuleInit {
  constructor(
    private readonly repository: SharedLinesRepository,
    private readonly accounting: AccountingRepository,
    private readonly books: BooksService,
    private readonly pools: SharedPools,
    private readonly metering: MeteringService,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    private readonly openMonths: OpenMonths,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.openMonths.register(async (month, whose, reading) => {
      const periods = await this.books.periods(reading);
      const isClosed =
        whose === 'PROVINCE'
          ? (at: Month) => isFixed(periods, PROVINCE_BOOK, at)
          : (at: Month) => periods.isFixedAnywhere(at);
      return lastOf(isClosed, month, this.currentMonth());
    });
  }

  /** After a pass over all use, by whoever holds the accounts' lease. @returns months that were looked at. */
  async run(lease: Lease): Promise<number> {
    const pools = await this.pools.everything();
    const first = await this.books.firstMonth();
    if (pools.length === 0 || first === null) return 0;
    const last = this.currentMonth();
    const measured = await this.pools.energyOf(
      pools.filter(({ versions }) => versions.some(({ method }) => method === 'PUE')).map(({ centerId }) => centerId),
      Math.max(1, monthsOfSpan(first, last)),
    );
    const own = (pool: VersionedPool, month: Month): bigint | null => {
      const version = versionIn(pool.versions, month);
      return version && amountOf(version, this.daysOf(month), measured.get(`${pool.centerId} ${month}`) ?? null);
    };
    const knownUntil = await this.knownUntil();
    let months = 0;
    for (let month = first; month <= last; month = monthAfter(month)) {
      const at = month;
      const kept = await this.work.run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return false;
        const periods = await this.books.periods(tx);
        if (isFixed(periods, PROVINCE_BOOK, at)) return true;
        await this.spread(tx, at, {
          ...{ pools, periods, own, knownUntil, first },
          spreads: await this.repository.spreads(null, tx),
        });
        return true;
      });
      if (!kept || !(await this.leases.take(ACCOUNTING_LEASE, lease.holder, ACCOUNTING_LEASE_MS))) return months;
      months += 1;
    }
    return months;
  }

  /** How many common costs of a month are not spread for good yet: it cannot be closed before. */
  async behind(month: Month): Promise<number> {
    const pools = await this.pools.everything();
    const spreads = await this.repository.spreads([month]);
    const settled = new Map(spreads.filter((one) => one.settled).map(({ poolId, versionId }) => [poolId, versionId]));
    return pools.filter(({ id, versions }) => {
      const version = versionIn(versions, month);
      return version !== null && settled.get(id) !== version.id;
    }).length;
  }

  /** What was spread in these months, by month and pool. */
  spreadsOf(months: readonly Month[]): Promise<SharedSpreadEntity[]> {
    return this.repository.spreads(months);
  }

  private async spread(tx: Tx, month: Month, ground: Ground): Promise<void> {
    const { first, knownUntil, own, periods, pools, spreads } = ground;
    const standing = Map.groupBy(await this.repository.lines(tx, month), ({ subjectId }) => subjectId);
    const complete = this.isOver(month, knownUntil) && !(await this.repository.isAnythingUnpriced(tx, month));
    const isFirstOpen = month === firstOpen(periods, first);
    for (const pool of pools) {
      const version = versionIn(pool.versions, month);
      const before = spreads.find((one) => one.poolId === pool.id && one.month === month) ?? null;
      const lines = standing.get(pool.id) ?? [];
      if (!version) {
        if (before) await this.repository.remove(tx, pool.id, month);
        await this.accounting.remove(tx, lines);
        continue;
      }
      const amount = own(pool, month);
      const carried = isFirstOpen ? carriedOver(closedOf(pool, ground)) : 0n;
      const was = before && {
        ...before,
        amount: before.amountFen,
        carried: before.carriedFen,
        spread: before.spreadFen,
      };
      if (!mustSpread(was, { versionId: version.id, amount, carried })) continue;
      const isKept = ({ departmentId }: StatementLine) => isFixed(periods, periods.bookOf(departmentId), month);
      const kept = lines.filter(isKept);
      const bearers = (await this.repository.bearers(tx, month, pool, version)).filter(
        ({ departmentId }) => !isFixed(periods, periods.bookOf(departmentId), month),
      );
      const fixed = kept.reduce((sum, line) => sum + (line.amount ?? 0n), 0n);
      const spread = spreadOf((amount ?? 0n) + carried, fixed, bearers);
      const wanted = linesOfSpread(pool, version.id, month, this.today(), spread, (bearer) =>
        this.idOf(pool.id, bearer),
      );
      await this.write(
        tx,
        lines.filter((line) => !isKept(line)),
        wanted,
      );
      await this.repository.name(tx, pool, wanted);
      await this.repository.keep(tx, {
        ...{ poolId: pool.id, month, versionId: version.id, amountFen: amount, carriedFen: carried },
        ...{ spreadFen: spread.spread, unallocatedFen: spread.unallocated, bearers: kept.length + wanted.length },
        ...{ settled: complete, spreadAt: tx.now },
      });
    }
  }

  private async write(tx: Tx, standing: readonly StatementLine[], wanted: readonly StatementLine[]): Promise<void> {
    const change = changeOfLines(standing, wanted);
    const put = new Set(change.put.map(({ resourceId }) => resourceId));
    await this.accounting.remove(tx, [...change.gone, ...standing.filter(({ resourceId }) => put.has(resourceId))]);
    await this.accounting.insert(tx, change.put);
  }

  /** The month is over, and everything was looked at since. */
  private isOver(month: Month, knownUntil: number): boolean {
    const end = spanOfMonth(month).to;
    return end <= this.today() && end <= knownUntil;
  }

  private async knownUntil(): Promise<number> {
    const passes = await Promise.all(this.metering.sources.map(({ name }) => this.metering.pass(name)));
    return Math.min(...passes.map((pass) => pass?.lastWholeAt?.getTime() ?? Number.NEGATIVE_INFINITY));
  }

  private daysOf(month: Month): { readonly ended: bigint; readonly of: bigint } {
    const { from, to } = spanOfMonth(month);
    const ended = Math.max(0, Math.min(to, this.today()) - from);
    return { ended: BigInt(Math.round(ended / DAY_MS)), of: BigInt(Math.round((to - from) / DAY_MS)) };
  }

  private today(): number {
    return startOfDay(calendarDate(this.clock.now())).getTime();
  }

  private currentMonth(): Month {
    return calendarDate(this.clock.now()).slice(0, 7);
  }

  /** The same use every month, so that corrections and disputes find it. */
  private idOf(poolId: string, { departmentId, projectId, systemId }: Bearer): string {
    const hex = this.crypto.sm3(`SHARED ${poolId} ${departmentId} ${systemId} ${projectId}`).toString('hex');
    return UUID_PARTS.map(([from, to]) => hex.slice(from, to)).join('-');
  }
}

/** Closed, or just being closed: nothing of it moves. Who only asked for a close may still be told other figures. */
function isFixed(periods: Periods, book: string, month: Month): boolean {
  const state = periods.closing(book, month)?.state;
  return state !== undefined && state !== 'REQUESTED';
}

function firstOpen(periods: Periods, first: Month): Month {
  let month = first;
  while (isFixed(periods, PROVINCE_BOOK, month)) month = monthAfter(month);
  return month;
}

/** The last of the months from one on that is closed; null = none is. */
function lastOf(isClosed: (month: Month) => boolean, from: Month, until: Month): Month | null {
  let found: Month | null = null;
  for (let month = from; month <= until; month = monthAfter(month)) if (isClosed(month)) found = month;
  return found;
}

function closedOf(pool: VersionedPool, { own, periods, spreads }: Ground) {
  return spreads
    .filter(({ month, poolId }) => poolId === pool.id && isFixed(periods, PROVINCE_BOOK, month))
    .map(({ month, spreadFen, unallocatedFen }) => ({
      own: own(pool, month) ?? 0n,
      settled: spreadFen + unallocatedFen,
    }));
}
