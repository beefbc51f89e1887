import { Inject, Injectable } from '@nestjs/common';
import { BudgetLedger, type BudgetMove } from '../budgets/ledger.service.js';
import { type MonthClose, MonthSpending } from '../budgets/month-spending.service.js';
import { Payers, type YearPayers } from '../budgets/payers.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { MeteringService } from '../metering/metering.service.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { BeyondQuotaUses } from '../requests/beyond-quota-uses.service.js';
import { ReservingRequests } from '../requests/reserving-requests.service.js';
import { CLOSED_BOOK, type ClosedBook, type ClosedBookDocument, type ClosedBookUse } from './closed-book.types.js';
import { ClosedPostingsRepository, type Posting, unpaidKey } from './closed-postings.repository.js';
import { type ClosedUse, postingsOf } from './domain/closed-use.js';

/** Uses of one unit of work. */
const USES_PER_PAGE = 500;
const DOCUMENTS_PER_ROUND = 50;
/** Longer than one page ever takes. */
const LEASE_MS = 60_000;
/** Finance opens an item today and sees its use entered the same morning; every round would read all of it. */
const AGAIN_EVERY_MS = 3_600_000;
const LEASE_NAME = 'budget-postings';
const BY = '集云';

/**
 * What closed months cost becomes spent of budgets: each document once, in its order, page by page, each page one unit of
 * work that says how far it came. A reversal gives back what its document had used up of reservations. What nobody pays
 * for is kept and shown, and entered as soon as an item is there for it.
 */
@Injectable()
export class ClosedMonths {
  private readonly holder = newId();
  private lookedAgainAt = 0;

  constructor(
    @Inject(CLOSED_BOOK) private readonly book: ClosedBook,
    private readonly postings: ClosedPostingsRepository,
    private readonly spending: MonthSpending,
    private readonly ledger: BudgetLedger,
    private readonly metering: MeteringService,
    private readonly reserving: ReservingRequests,
    private readonly beyond: BeyondQuotaUses,
    private readonly payers: Payers,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by housekeeping. @returns documents that came to their end. */
  async run(pageSize = USES_PER_PAGE): Promise<number> {
    const newest = await this.postings.newest();
    const goesOn = newest && newest.endedAt === null ? [newest] : [];
    const next = await this.book.documents(newest?.id ?? null, DOCUMENTS_PER_ROUND);
    if (goesOn.length + next.length === 0) return 0;
    const lease = await this.leases.take(LEASE_NAME, this.holder, LEASE_MS);
    if (!lease) return 0;
    let ended = 0;
    for (const document of [...goesOn, ...next]) {
      const after = 'afterId' in document ? (document as Posting).afterId : '';
      if (!(await this.post(document, after, lease, pageSize))) return ended;
      ended += 1;
    }
    return ended;
  }

  /** Called by housekeeping: what nobody paid for is looked at again every hour. */
  async again(): Promise<number> {
    const now = this.clock.now().getTime();
    if (now - this.lookedAgainAt < AGAIN_EVERY_MS) return 0;
    this.lookedAgainAt = now;
    return this.enterUnpaid();
  }

  /** Once more over what nobody paid for: an item or a payer may be there now. @returns documents that were looked at. */
  async enterUnpaid(pageSize = USES_PER_PAGE): Promise<number> {
    const lease = await this.leases.take(LEASE_NAME, this.holder, LEASE_MS);
    if (!lease) return 0;
    let looked = 0;
    for (const document of await this.postings.withUnpaid()) {
      if (document.kind === 'REVERSAL' || (await this.postings.reversed(document.id))) continue;
      if (!(await this.post(document, '', lease, pageSize))) return looked;
      looked += 1;
    }
    return looked;
  }

  private async post(document: ClosedBookDocument, from: string, lease: Lease, pageSize: number): Promise<boolean> {
    // Entered once more, it stays a document that is in: whoever dies here leaves it to the next round.
    const ended = 'endedAt' in document ? (document as Posting).endedAt : null;
    for (let after: string | null = from; after !== null; ) {
      const uses = wholeUses(await this.book.usesOf(document.id, after === '' ? null : after, pageSize), pageSize);
      const last = uses.at(-1)?.resourceId ?? null;
      const prepared = await this.prepare(document, ended === null ? uses : await this.stillUnpaid(document, uses));
      const kept = await this.work.run(async (tx) => {
        if (!(await this.leases.stillHeld(tx, lease))) return false;
        await this.postings.keep(tx, {
          ...document,
          afterId: last ?? after ?? '',
          endedAt: last === null ? tx.now : ended,
        });
        const moves = await prepared(tx);
        const taken = await this.ledger.take(tx, moves);
        if (!taken.ok) throw new Error(`${document.month} cannot be entered: ${taken.error[0]?.message.en}`);
        return true;
      });
      if (!kept || !(await this.leases.take(LEASE_NAME, this.holder, LEASE_MS))) return false;
      after = last;
    }
    return true;
  }

  /** What was paid stays with the item that paid it, whoever would pay now. */
  private async stillUnpaid({ id }: ClosedBookDocument, uses: readonly ClosedBookUse[]): Promise<ClosedBookUse[]> {
    const unpaid = await this.postings.unpaidOf(
      id,
      uses.map(({ resourceId }) => resourceId),
    );
    return uses.filter(({ projectId, resourceId }) => unpaid.has(unpaidKey(resourceId, projectId)));
  }

  /** Reads beside any transaction what the page needs, and answers what is written inside it. */
  private async prepare(
    document: ClosedBookDocument,
    uses: readonly ClosedBookUse[],
  ): Promise<(tx: Tx) => Promise<readonly BudgetMove[]>> {
    const useIds = [...new Set(uses.map(({ resourceId }) => resourceId))];
    const [reservedBy, beyond] = await Promise.all([this.reservedBy(useIds), this.beyond.among(useIds)]);
    const { id, month, reversesId } = document;
    if (document.kind === 'REVERSAL') {
      const reversed = reversesId === null ? null : await this.postings.byId(reversesId);
      if (!reversed) return async () => [];
      const undone = await this.closeOf(reversed);
      const reserved = useIds.map((useId) => ({ useId, reservedBy: reservedBy(useId) }));
      return async (tx) => {
        await this.postings.clearUnpaid(tx, reversed.id, useIds);
        return this.spending.takeBack(tx, undone, reserved, '冲销已结账月份');
      };
    }
    const close = await this.closeOf(document);
    const payers = new Map<number, YearPayers>();
    for (const [year, of] of Map.groupBy(uses, ({ ofMonth }) => yearOf(ofMonth)))
      payers.set(
        year,
        await this.payers.of(
          of.map(({ projectId }) => projectId),
          year,
        ),
      );
    const charged = uses.map(
      ({ resourceId, departmentId, projectId, ofMonth, amount }): ClosedUse => ({
        ...{ useId: resourceId, departmentId, projectId, amount, reservedBy: reservedBy(resourceId) },
        payer: payers.get(yearOf(ofMonth))?.of(projectId, ofMonth, beyond.has(resourceId)) ?? { unpaid: 'NO_PROJECT' },
      }),
    );
    const { spent, unpaid } = postingsOf(charged);
    return async (tx) => {
      await this.postings.writeUnpaid(tx, id, useIds, unpaid);
      const moves = await this.spending.spend(tx, close, spent);
      if (!moves.ok) throw new Error(`${month} cannot be entered: ${moves.error[0]?.message.en}`);
      return moves.value;
    };
  }

  /** A use that went from one book to another within a month is in both closes of it, and is spent by each. */
  private async closeOf(document: ClosedBookDocument): Promise<MonthClose> {
    return { month: document.month, revision: await this.postings.closesBefore(document), by: BY };
  }

  private async reservedBy(useIds: readonly string[]): Promise<(useId: string) => readonly string[]> {
    const [requests, changes] = await Promise.all([this.metering.requestsOf(useIds), this.reserving.changesOf(useIds)]);
    return (useId) => [requests.get(useId) ?? useId, ...(changes.get(useId) ?? [])];
  }
}

function yearOf(month: string): number {
  return Number(month.slice(0, 4));
}

/** A full page may end within the rows of a use: the next one begins with all of them. */
function wholeUses(uses: readonly ClosedBookUse[], pageSize: number): readonly ClosedBookUse[] {
  const last = uses.at(-1)?.resourceId;
  const whole = uses.filter(({ resourceId }) => resourceId !== last);
  return uses.length < pageSize || whole.length === 0 ? uses : whole;
}
