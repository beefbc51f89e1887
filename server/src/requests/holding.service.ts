import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { holdExpiry } from '../allocation/domain/claim.js';
import { quotaTaker } from '../allocation/domain/deltas.js';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import { madeShares, type PlannedLine, type RequestPlan } from '../allocation/domain/request-plan.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import { ItemRecord } from '../allocation/item-record.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { PlanUse } from '../plans/plan-use.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type QuotaFit, quotaDeltas } from '../quotas/domain/quota.js';
import { QuotasService } from '../quotas/quotas.service.js';
import type { RequestState } from './domain/request-state.js';
import { renewedHoldExpiry, returnedHoldExpiry } from './domain/returned-hold.js';
import { comparedFor, withQuotas } from './domain/stated-plan.js';
import { type BudgetFit, EncumberingService, type PreparedEncumbrance } from './encumbering.service.js';
import { GatingService, type Judgement } from './gating.service.js';
import { itemLinesOf, NOTHING_OWN, type Own, piecesOf, wayOf } from './held-lines.js';
import { type Quotation, QuotationService } from './quotation.service.js';
import { askedOf, plannedFen, plannedParts, shareParts, shortages, sumOf } from './quotation-plan.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';

/** What a hold is planned with; read before the unit of work in which it is taken. */
export interface PreparedHold {
  readonly quotation: Result<Quotation, readonly Refusal[]>;
  readonly lines: readonly RequestLineRow[];
  readonly levels: Awaited<ReturnType<QuotasService['readyLevelsOf']>>;
  /** null = the request cannot be quoted. */
  readonly encumbrance: PreparedEncumbrance | null;
  readonly judgement: Judgement | null;
}

export interface TakenHold {
  readonly monthlyFen: bigint | null;
  readonly heldSince: Date;
  readonly expiresAt: Date;
  readonly shares: readonly (readonly PlacedShare[])[];
  /** Reserved in a budget of the department's own. */
  readonly encumberedFen: bigint;
  /** Budgets and counters, last before commit. Refuses what a budget has not got. */
  readonly takeLast: Last;
}

export type Last = () => Promise<Result<void, readonly Refusal[]>>;

const NOTHING_LAST: Last = async () => ok(undefined);

/** Takes, renews and gives back what a request holds. Preview and hold ask the same functions the same way. */
@Injectable()
export class HoldingService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly saved: SavedQuotations,
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly record: ItemRecord,
    private readonly quotas: QuotasService,
    private readonly encumbering: EncumberingService,
    private readonly gating: GatingService,
    private readonly plans: PlanUse,
  ) {}

  /** Where the quotation would go now, and whether its quotas and its budget have room. Nothing is held. */
  async fit(
    quotation: Quotation,
    requestId: string | null,
  ): Promise<{ plan: RequestPlan; quotas: QuotaFit; budget: BudgetFit }> {
    const own = requestId === null ? NOTHING_OWN : await this.own(requestId);
    const [plan, quotas] = await Promise.all([
      this.quotations.plan(quotation, { requestId, ...own }),
      this.quotas.fit(await this.quotas.levelsOf(wayOf(quotation)), askedOf(quotation), own.inQuotas),
    ]);
    const priced = plannedParts(quotation, shareParts(quotation, plan));
    return {
      plan: withQuotas(plan, quotas),
      quotas,
      budget: await this.encumbering.fit(quotation.project, priced, requestId),
    };
  }

  /** Whether it stays inside the approved yearly plan of its system, with all that is live; beyond a quota it is refused anyway. */
  async isInsidePlan(quotation: Quotation, requestId: string): Promise<boolean> {
    const { system } = quotation;
    const own = (await this.own(requestId)).inQuotas.get(system.id);
    return this.plans.isInside(system.id, askedOf(quotation), own);
  }

  /** Asked anew as the form was saved: offers, prices and payers may have changed since. */
  async prepare(request: RequestRow): Promise<PreparedHold> {
    const lines = await this.repository.lines(request.id);
    const quotation = await this.saved.of(request, lines);
    if (!quotation.ok) return { quotation, lines, levels: [], encumbrance: null, judgement: null };
    const levels = await this.quotas.readyLevelsOf(wayOf(quotation.value));
    const [encumbrance, judgement] = await Promise.all([
      this.encumbering.prepare(quotation.value.project),
      this.gating.judge(quotation.value, request.id),
    ]);
    return { quotation, lines, levels, encumbrance, judgement };
  }

  /**
   * All claims of all lines, in all pools, with what they cost of a budget, or none. Refusals: gates that are closed,
   * prices that are missing, one CAPACITY_SHORTAGE for each line that does not fit, one QUOTA_SHORTAGE for each limit that
   * is too small, a budget item that is not there; from `takeLast` a BUDGET_SHORTAGE.
   */
  async take(
    tx: Tx,
    request: RequestRow,
    prepared: PreparedHold,
    { dueAt, calendar, by }: { readonly dueAt: Date | null; readonly calendar: WorkingCalendar; readonly by: string },
  ): Promise<Result<TakenHold, readonly Refusal[]>> {
    const { quotation, lines, levels, encumbrance, judgement } = prepared;
    if (!quotation.ok) return quotation;
    if (!encumbrance || !judgement) throw new Error(`${request.code} was quoted without what it encumbers`);
    const { value } = quotation;
    const passed = await this.gating.pass(tx, request.id, 'HOLD', judgement);
    if (!passed.ok) return passed;
    if (value.missingPrices.length > 0) return refuse(value.missingPrices);
    const own = request.heldSince === null ? NOTHING_OWN : await this.own(request.id, tx);
    const quota = await this.quotas.fitWithin(tx, levels, askedOf(value), own.inQuotas);
    const plan = withQuotas(await this.quotations.plan(value, { requestId: request.id, tx, ...own }), quota);
    const noItem = encumbrance.item && !encumbrance.item.ok ? encumbrance.item.error : [];
    const short = [...quota.shortages, ...shortages(plan), ...noItem];
    if (!plan.feasible || short.length > 0) return refuse(short);
    const heldSince = request.heldSince ?? tx.now;
    const placed = value.lines.map((line, index) => ({
      line,
      row: lines[index] as RequestLineRow,
      planned: plan.lines[index] as PlannedLine,
    }));
    const givenBack = await this.items.releaseHeld(tx, request.id, by);
    const quotaIds = levels.map((level) => level.id);
    const { id: requestId, code: requestCode, departmentId } = request;
    const expiresAt = dueAt ? renewedHoldExpiry(calendar, tx.now, heldSince, dueAt) : holdExpiry(heldSince, tx.now);
    const taken = await this.items.take(
      tx,
      { requestId, requestCode, departmentId, quotaIds, expiresAt, actorName: by },
      itemLinesOf(value, placed),
    );
    if (!taken.ok) return taken;
    const parts = shareParts(value, plan);
    const monthly = plannedFen(value, parts);
    const shares = placed.map(({ planned }, index) => madeShares(planned, parts[index] ?? []));
    await this.repository.recordPlacement(
      tx,
      placed.map(({ row, planned }, index) => ({
        id: row.id,
        shares: shares[index] ?? [],
        checks: planned.checks,
        candidates: comparedFor(planned),
        monthlyFen: monthly[index] ?? null,
      })),
    );
    const encumbered = this.encumbering.amountOf(encumbrance, plannedParts(value, parts));
    const moves = await this.encumbering.take(tx, request.id, encumbrance, encumbered, by);
    if (!moves.ok) return moves;
    const hold = await this.allocation.hold(
      tx,
      { requestId, departmentId, expiresAt, quotaIds },
      placed.flatMap(({ line, row, planned }) => piecesOf(row.id, planned, line)),
      own.held,
      { taken: taken.value, givenBack },
    );
    return ok({
      monthlyFen: sumOf(monthly),
      heldSince,
      expiresAt,
      shares,
      encumberedFen: encumbered,
      takeLast: this.last(tx, moves.value, hold.takeLast),
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
    by: string,
  ): Promise<{ giveBackLast: Last; holdExpiresAt: Date | null }> {
    if (request.heldSince === null) return { giveBackLast: NOTHING_LAST, holdExpiresAt: null };
    if (to === 'AWAITING_SIGN_OFF') return { giveBackLast: NOTHING_LAST, holdExpiresAt: request.holdExpiresAt };
    if (to !== 'RETURNED') return { giveBackLast: await this.giveBack(tx, request.id, by), holdExpiresAt: null };
    const holdExpiresAt = returnedHoldExpiry(calendar, tx.now, request.heldSince);
    await this.setExpiry(tx, request.id, holdExpiresAt);
    return { giveBackLast: NOTHING_LAST, holdExpiresAt };
  }

  /** Everything that the request holds, of all kinds, and has reserved. */
  async giveBack(tx: Tx, requestId: string, by: string): Promise<Last> {
    const moves = await this.encumbering.giveBack(tx, requestId, by);
    const items = await this.items.releaseHeld(tx, requestId, by);
    const { giveBackLast } = await this.allocation.releaseHeld(tx, requestId, items);
    return this.last(tx, moves, giveBackLast);
  }

  /** Budgets before capacity: they are colder than any pool. */
  private last(tx: Tx, moves: readonly BudgetMove[], counters: () => Promise<void>): Last {
    return async () => {
      const moved = await this.encumbering.move(tx, moves);
      if (moved.ok) await counters();
      return moved;
    };
  }

  private async setExpiry(tx: Tx, requestId: string, expiresAt: Date): Promise<void> {
    await this.allocation.setExpiry(tx, requestId, expiresAt);
    await this.items.setExpiry(tx, requestId, expiresAt);
  }
}
