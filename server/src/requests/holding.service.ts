import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { type Claim, holdExpiry } from '../allocation/domain/claim.js';
import { quotaTaker } from '../allocation/domain/deltas.js';
import type { Placement } from '../allocation/domain/placement-facts.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { PlanUse } from '../plans/plan-use.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type QuotaFit, quotaDeltas, type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import { QuotasService, type QuotaWay } from '../quotas/quotas.service.js';
import type { RequestState } from './domain/request-state.js';
import { renewedHoldExpiry, returnedHoldExpiry } from './domain/returned-hold.js';
import { type BudgetFit, EncumberingService, type PreparedEncumbrance } from './encumbering.service.js';
import { GatingService, type Judgement } from './gating.service.js';
import { type Quotation, QuotationService, shortages } from './quotation.service.js';
import { contentOf } from './request-rows.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

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
  readonly placements: readonly Placement['lines'][number]['shares'][];
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
    private readonly allocation: AllocationService,
    private readonly quotas: QuotasService,
    private readonly encumbering: EncumberingService,
    private readonly gating: GatingService,
    private readonly plans: PlanUse,
  ) {}

  /** Where the quotation would go now, and whether its quotas and its budget have room. Nothing is held. */
  async fit(
    quotation: Quotation,
    requestId: string | null,
  ): Promise<{ placement: Placement; quotas: QuotaFit; budget: BudgetFit }> {
    const held = requestId === null ? [] : await this.allocation.heldForPreview(requestId);
    const [placement, quotas, budget] = await Promise.all([
      this.quotations.plan(quotation, { held }),
      this.quotas.fit(await this.quotas.levelsOf(wayOf(quotation)), askedOf(quotation), quotasOf(held)),
      this.encumbering.fit(quotation, requestId),
    ]);
    return { placement, quotas, budget };
  }

  /** Whether it stays inside the approved yearly plan of its system, with all that is live; beyond a quota it is refused anyway. */
  async isInsidePlan(quotation: Quotation, requestId: string): Promise<boolean> {
    const { system } = quotation;
    const own = quotasOf(await this.allocation.heldForPreview(requestId)).get(system.id);
    return this.plans.isInside(system.id, askedOf(quotation), own);
  }

  /** Asked anew as the form was saved: offers, prices and payers may have changed since. */
  async prepare(request: RequestRow): Promise<PreparedHold> {
    const lines = await this.repository.lines(request.id);
    const quotation = await this.quotations.quote(WHOLE_PROVINCE, contentOf(request, lines));
    if (!quotation.ok) return { quotation, lines, levels: [], encumbrance: null, judgement: null };
    const levels = await this.quotas.readyLevelsOf(wayOf(quotation.value));
    const [encumbrance, judgement] = await Promise.all([
      this.encumbering.prepare(quotation.value),
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
    const held = request.heldSince === null ? [] : await this.allocation.heldBy(tx, request.id);
    const placement = await this.quotations.plan(value, { tx, held });
    const quota = await this.quotas.fitWithin(tx, levels, askedOf(value), quotasOf(held));
    const noItem = encumbrance.item && !encumbrance.item.ok ? encumbrance.item.error : [];
    const short = [...quota.shortages, ...shortages(placement), ...noItem];
    if (!placement.feasible || short.length > 0) return refuse(short);
    const places = value.lines.map((line, index) => ({
      line,
      row: lines[index] as RequestLineRow,
      verdict: placement.lines[index] as Placement['lines'][number],
    }));
    for (const { line, row, verdict } of places)
      await this.repository.recordPlacement(tx, {
        id: row.id,
        placements: verdict.shares,
        checks: verdict.checks,
        monthlyFen: (line.machineFen ?? 0n) * BigInt(row.machineCount),
      });
    const moves = await this.encumbering.take(tx, request.id, encumbrance, by);
    if (!moves.ok) return moves;
    const heldSince = request.heldSince ?? tx.now;
    const expiresAt = dueAt ? renewedHoldExpiry(calendar, tx.now, heldSince, dueAt) : holdExpiry(heldSince, tx.now);
    const hold = await this.allocation.hold(
      tx,
      {
        requestId: request.id,
        departmentId: request.departmentId,
        expiresAt,
        quotaIds: levels.map((level) => level.id),
      },
      places.map(({ line, row, verdict }) => ({ lineId: row.id, size: line.demand, shares: verdict.shares })),
      held,
    );
    return ok({
      monthlyFen: value.monthlyFen,
      heldSince,
      expiresAt,
      placements: places.map((place) => place.verdict.shares),
      encumberedFen: encumbrance.amount,
      takeLast: this.last(tx, moves.value, hold.takeLast),
    });
  }

  /** As a step of the center begins. null = nothing is held. */
  async renew(tx: Tx, request: RequestRow, dueAt: Date | null, calendar: WorkingCalendar): Promise<Date | null> {
    if (request.heldSince === null || dueAt === null) return request.holdExpiresAt;
    const expiresAt = renewedHoldExpiry(calendar, tx.now, request.heldSince, dueAt);
    await this.allocation.setExpiry(tx, request.id, expiresAt);
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
    await this.allocation.setExpiry(tx, request.id, holdExpiresAt);
    return { giveBackLast: NOTHING_LAST, holdExpiresAt };
  }

  /** Everything that the request holds and has reserved. */
  async giveBack(tx: Tx, requestId: string, by: string): Promise<Last> {
    const moves = await this.encumbering.giveBack(tx, requestId, by);
    const { giveBackLast } = await this.allocation.releaseHeld(tx, requestId);
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
}

/** Whose quotas a request takes: those of its system's department and all above it, of the system and of the project. */
function wayOf({ system, project }: Quotation): QuotaWay {
  return { departmentId: system.departmentId, system, project };
}

function askedOf({ lines }: Quotation): SomeAmounts {
  return sumAmounts(
    lines.map(({ demand: { count, vcpu, memoryMib, diskGib } }) => ({
      MACHINE: count,
      VCPU: vcpu * count,
      MEMORY_MIB: memoryMib * count,
      STORAGE_GIB: diskGib * count,
    })),
  );
}

/** What a request holds already, by quota: asking for the same again needs no more room. */
function quotasOf(held: readonly Claim[]): ReadonlyMap<string, SomeAmounts> {
  return new Map(quotaDeltas(held.map(quotaTaker), []).map(({ subjectId, amounts }) => [subjectId, amounts]));
}
