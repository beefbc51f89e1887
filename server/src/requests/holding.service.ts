import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { type Claim, holdExpiry } from '../allocation/domain/claim.js';
import { quotaTaker } from '../allocation/domain/deltas.js';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import { type PlannedLine, placedShares, type RequestPlan } from '../allocation/domain/request-plan.js';
import { ItemClaims, type ItemLine } from '../allocation/item-claims.service.js';
import { ItemRecord } from '../allocation/item-record.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type QuotaFit, quotaDeltas, type SomeAmounts } from '../quotas/domain/quota.js';
import { QuotasService, type QuotaWay } from '../quotas/quotas.service.js';
import { lineTakes } from './domain/line-quota.js';
import type { RequestState } from './domain/request-state.js';
import { renewedHoldExpiry, returnedHoldExpiry } from './domain/returned-hold.js';
import { type Quotation, QuotationService, type QuotedLine } from './quotation.service.js';
import { askedOf, plannedFen, shareFen, shortages, sumOf, wishesOf } from './quotation-plan.js';
import { contentOf } from './request-rows.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** What a hold is planned with; read before the unit of work in which it is taken. */
export interface PreparedHold {
  readonly quotation: Result<Quotation, readonly Refusal[]>;
  readonly lines: readonly RequestLineRow[];
  readonly levels: Awaited<ReturnType<QuotasService['readyLevelsOf']>>;
}

export interface TakenHold {
  readonly monthlyFen: bigint | null;
  readonly heldSince: Date;
  readonly expiresAt: Date;
  readonly shares: readonly (readonly PlacedShare[])[];
  /** The counters, last before commit. */
  readonly takeLast: () => Promise<void>;
}

/** Who takes back what nobody pressed. */
const SYSTEM_NAME: Actor['name'] = '集云';

const NOTHING_LAST = async (): Promise<void> => {};

/** Takes, renews and gives back what a request holds. Preview and hold ask the same functions the same way. */
@Injectable()
export class HoldingService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly record: ItemRecord,
    private readonly quotas: QuotasService,
  ) {}

  /** Where the quotation would go now, and whether its quotas have room. Nothing is held. */
  async fit(quotation: Quotation, requestId: string | null): Promise<{ plan: RequestPlan; quotas: QuotaFit }> {
    const own = requestId === null ? NOTHING_OWN : await this.own(requestId);
    const [plan, quotas] = await Promise.all([
      this.quotations.plan(quotation, { requestId, ...own }),
      this.quotas.fit(await this.quotas.levelsOf(wayOf(quotation)), askedOf(quotation), own.inQuotas),
    ]);
    return { plan, quotas };
  }

  /** Asked anew as the form was saved: offers, prices and payers may have changed since. */
  async prepare(request: RequestRow): Promise<PreparedHold> {
    const lines = await this.repository.lines(request.id);
    const quotation = await this.quotations.quote(WHOLE_PROVINCE, contentOf(request, lines));
    return { quotation, lines, levels: quotation.ok ? await this.quotas.readyLevelsOf(wayOf(quotation.value)) : [] };
  }

  /**
   * All claims of all lines, in all pools, or none. Refusals: prices that are missing, one CAPACITY_SHORTAGE for each
   * line that does not fit, and one QUOTA_SHORTAGE for each limit that is too small.
   */
  async take(tx: Tx, request: RequestRow, prepared: PreparedHold): Promise<Result<TakenHold, readonly Refusal[]>> {
    const { quotation, lines, levels } = prepared;
    if (!quotation.ok) return quotation;
    const { value } = quotation;
    if (value.missingPrices.length > 0) return refuse(value.missingPrices);
    const own = request.heldSince === null ? NOTHING_OWN : await this.own(request.id, tx);
    const plan = await this.quotations.plan(value, { requestId: request.id, tx, ...own });
    const quota = await this.quotas.fitWithin(tx, levels, askedOf(value), own.inQuotas);
    if (!plan.feasible || quota.shortages.length > 0) return refuse([...quota.shortages, ...shortages(plan)]);
    const heldSince = request.heldSince ?? tx.now;
    const placed = value.lines.map((line, index) => ({
      line,
      row: lines[index] as RequestLineRow,
      planned: plan.lines[index] as PlannedLine,
    }));
    const givenBack = await this.items.releaseHeld(tx, request.id, SYSTEM_NAME);
    const quotaIds = levels.map((level) => level.id);
    const { id: requestId, code: requestCode, departmentId } = request;
    const expiresAt = holdExpiry(heldSince, tx.now);
    const taken = await this.items.take(
      tx,
      { requestId, requestCode, departmentId, quotaIds, expiresAt, actorName: request.applicantName },
      itemLinesOf(value, placed),
    );
    if (!taken.ok) return taken;
    const fen = shareFen(value, plan);
    const monthly = plannedFen(value, fen);
    const shares = placed.map(({ planned }, index) => placedShares(planned, fen[index] ?? []));
    await this.repository.recordPlacement(
      tx,
      placed.map(({ row, planned }, index) => ({
        id: row.id,
        shares: shares[index] ?? [],
        checks: planned.checks,
        monthlyFen: monthly[index] ?? null,
      })),
    );
    const hold = await this.allocation.hold(
      tx,
      { requestId, departmentId, heldSince, quotaIds },
      placed.flatMap(({ row, planned }) =>
        planned.shares.flatMap(({ share, standing, pieces }) =>
          pieces.map((piece) => ({ ...piece, lineId: row.id, share, standing })),
        ),
      ),
      own.held,
      { taken: taken.value, givenBack },
    );
    return ok({
      monthlyFen: sumOf(monthly),
      heldSince,
      expiresAt: hold.expiresAt,
      shares,
      takeLast: hold.takeLast,
    });
  }

  /** What the request holds already: it counts as free for it. */
  private async own(requestId: string, tx?: Tx): Promise<Own> {
    const held = await this.allocation.heldOf(requestId, tx);
    const items = await this.record.of(requestId, ['HELD'], tx);
    const takings = await this.items.takersOf(items, tx);
    const deltas = quotaDeltas([...held.map(quotaTaker), ...takings], []);
    return {
      held,
      heldPlaces: items.filter((item) => item.kind === 'CABINET').map((item) => item.subjectId),
      inQuotas: new Map(deltas.map(({ subjectId, amounts }) => [subjectId, amounts])),
    };
  }

  /** As a step of the center begins. null = nothing is held. */
  async renew(tx: Tx, request: RequestRow, dueAt: Date | null, calendar: WorkingCalendar): Promise<Date | null> {
    if (request.heldSince === null || dueAt === null) return request.holdExpiresAt;
    const expiresAt = renewedHoldExpiry(calendar, tx.now, request.heldSince, dueAt);
    await this.setExpiry(tx, request.id, expiresAt);
    return expiresAt;
  }

  /** What holds capacity keeps it on a return for a while, and gives it back on rejection and withdrawal. */
  async settle(
    tx: Tx,
    request: RequestRow,
    to: RequestState,
    calendar: WorkingCalendar,
  ): Promise<{ giveBackLast: () => Promise<void>; holdExpiresAt: Date | null }> {
    if (request.heldSince === null) return { giveBackLast: NOTHING_LAST, holdExpiresAt: null };
    if (to === 'AWAITING_SIGN_OFF') return { giveBackLast: NOTHING_LAST, holdExpiresAt: request.holdExpiresAt };
    if (to !== 'RETURNED') return { ...(await this.release(tx, request.id)), holdExpiresAt: null };
    const holdExpiresAt = returnedHoldExpiry(calendar, tx.now, request.heldSince);
    await this.setExpiry(tx, request.id, holdExpiresAt);
    return { giveBackLast: NOTHING_LAST, holdExpiresAt };
  }

  /** All that the request still holds, of all kinds, once. `giveBackLast` moves the counters. */
  async release(tx: Tx, requestId: string): Promise<{ giveBackLast: () => Promise<void> }> {
    return this.allocation.releaseHeld(tx, requestId, await this.items.releaseHeld(tx, requestId, SYSTEM_NAME));
  }

  private async setExpiry(tx: Tx, requestId: string, expiresAt: Date): Promise<void> {
    await this.allocation.setExpiry(tx, requestId, expiresAt);
    await this.items.setExpiry(tx, requestId, expiresAt);
  }
}

/** Whose quotas a request takes: those of its system's department and all above it, of the system and of the project. */
function wayOf({ system, project }: Quotation): QuotaWay {
  return { departmentId: system.departmentId, system, project };
}

interface Own {
  readonly held: readonly Claim[];
  readonly heldPlaces: readonly string[];
  /** By quota. */
  readonly inQuotas: ReadonlyMap<string, SomeAmounts>;
}

const NOTHING_OWN: Own = { held: [], heldPlaces: [], inQuotas: new Map() };

function itemLinesOf(
  quotation: Quotation,
  placed: readonly { readonly line: QuotedLine; readonly row: RequestLineRow; readonly planned: PlannedLine }[],
): ItemLine[] {
  const wishes = wishesOf(quotation);
  return placed.flatMap(({ line, row, planned }, index) => {
    const wish = wishes[index];
    if (!wish || wish.thing.kind === 'VM') return [];
    const serviceTakes = line.thing.kind === 'SERVICE' ? lineTakes(line.thing, [], line.content.count) : {};
    return [{ lineId: row.id, name: row.name, wish, planned, serviceTakes }];
  });
}
