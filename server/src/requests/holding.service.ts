import { Injectable } from '@nestjs/common';
import { AddressClaims } from '../allocation/address-claims.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { holdExpiry } from '../allocation/domain/claim.js';
import { type HeldRow, heldOf, sumHeld } from '../allocation/domain/held-cap.js';
import { madeShares, type PlannedLine, type RequestPlan } from '../allocation/domain/request-plan.js';
import { HeldCaps } from '../allocation/held-caps.service.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { PlanUse } from '../plans/plan-use.service.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { QuotaFit } from '../quotas/domain/quota.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { paysBeyondQuota } from '../systems/domain/system.js';
import { paidParts } from './beyond-quota.js';
import { type BudgetFit, BudgetFits } from './budget-fits.service.js';
import { beyondCount } from './domain/beyond-quota.js';
import { amountsOf, itemMissing } from './domain/funding.js';
import { renewedHoldExpiry } from './domain/returned-hold.js';
import { unitsReserved } from './domain/service-change.js';
import { comparedFor, withHeldCap, withQuotas } from './domain/stated-plan.js';
import { EncumberingService } from './encumbering.service.js';
import { GatingService } from './gating.service.js';
import {
  addressedLines,
  type BeyondQuota,
  heldAsked,
  itemLinesOf,
  NOTHING_OWN,
  type Own,
  piecesOf,
  type TakenHold,
  wayOf,
} from './held-lines.js';
import { HeldNow } from './held-now.service.js';
import { owedOf } from './owed-shares.js';
import type { PreparedHold } from './prepared-hold.js';
import { isAnyBeyond, QuotaSplits } from './quota-splits.service.js';
import { type Quotation, QuotationService } from './quotation.service.js';
import { askedOf, plannedFen, servicesOf, shareParts, shortages, sumOf } from './quotation-plan.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';
import { ServiceUseRepository } from './service-use.repository.js';

export type { PreparedHold };

/** Takes what a request holds. Preview and hold ask the same functions the same way. What becomes of it is in hold-keeping.service.ts. */
@Injectable()
export class HoldingService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly saved: SavedQuotations,
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly held: HeldNow,
    private readonly addresses: AddressClaims,
    private readonly quotas: QuotasService,
    private readonly splits: QuotaSplits,
    private readonly encumbering: EncumberingService,
    private readonly budgetFits: BudgetFits,
    private readonly gating: GatingService,
    private readonly plans: PlanUse,
    private readonly services: ServiceUseRepository,
    private readonly debts: DrDebts,
    private readonly caps: HeldCaps,
  ) {}

  /** Where the quotation would go now, and whether quotas, its department's cap and its budget have room. Nothing is held. */
  async fit(
    quotation: Quotation,
    requestId: string | null,
  ): Promise<{
    plan: RequestPlan;
    quotas: QuotaFit;
    held: readonly HeldRow[];
    budget: BudgetFit;
    beyond: BeyondQuota;
  }> {
    const own = requestId === null ? NOTHING_OWN : await this.held.of(requestId);
    const holder = { requestId, departmentId: quotation.system.departmentId };
    const [plan, answer, cap] = await Promise.all([
      this.quotations.plan(quotation, { requestId, ...own }),
      this.splits.of(quotation, await this.quotas.levelsOf(wayOf(quotation)), own.inQuotas),
      this.quotations.heldCap(quotation),
    ]);
    const held = await this.caps.fit(cap, holder, heldAsked(quotation, plan), own.capped);
    const paid = paidParts(quotation, plan, shareParts(quotation, plan), answer);
    return {
      plan: withHeldCap(withQuotas(plan, answer.fit, beyondCount(answer)), held),
      quotas: answer.fit,
      beyond: answer,
      held,
      budget: await this.budgetFits.of(quotation.project, paid, requestId),
    };
  }

  /**
   * Whether it stays inside the approved yearly plan of its system, with all that is live. What goes beyond a quota does not:
   * nobody has agreed on it before, whoever pays.
   */
  async isInsidePlan(quotation: Quotation, requestId: string): Promise<boolean> {
    const { system } = quotation;
    const { inQuotas } = await this.held.of(requestId);
    const answer = await this.splits.of(quotation, await this.quotas.levelsOf(wayOf(quotation)), inQuotas);
    if (isAnyBeyond(answer)) return false;
    const own = inQuotas.get(system.id);
    const asked = servicesOf(quotation);
    const live = await this.services.ofSystem(system.id, [...asked.keys()], requestId);
    const services = new Map([...asked].map(([id, { code, count }]) => [code, count + (live.get(id) ?? 0)]));
    return this.plans.isInside(system.id, askedOf(quotation), own, services);
  }

  /** Asked anew as the form was saved: offers, prices and payers may have changed since. */
  async prepare(request: RequestRow): Promise<PreparedHold> {
    const lines = await this.repository.lines(request.id);
    const quotation = await this.saved.of(request, lines);
    if (!quotation.ok) return { quotation, lines, levels: [], encumbrance: null, judgement: null, cap: null };
    const levels = await this.quotas.readyLevelsOf(wayOf(quotation.value));
    const [encumbrance, judgement, cap] = await Promise.all([
      this.encumbering.prepare(quotation.value.project),
      this.gating.judge(quotation.value, request.id),
      this.quotations.heldCap(quotation.value),
    ]);
    return { quotation, lines, levels, encumbrance, judgement, cap };
  }

  /**
   * All claims of all lines, in all pools, with what they cost of a budget, or none. Refusals: gates that are closed,
   * prices that are missing, one CAPACITY_SHORTAGE for each line that does not fit, one QUOTA_SHORTAGE for each limit that
   * is too small, a budget item that is not there; from `takeLast` an ADDRESS_SHORTAGE, a HOLD_CAP
   * for each amount that the department may not hold beside its other requests, or a BUDGET_SHORTAGE.
   */
  async take(
    tx: Tx,
    request: RequestRow,
    prepared: PreparedHold,
    { dueAt, calendar, by }: { readonly dueAt: Date | null; readonly calendar: WorkingCalendar; readonly by: string },
  ): Promise<Result<TakenHold, readonly Refusal[]>> {
    const { quotation, lines, levels, encumbrance, judgement, cap } = prepared;
    if (!quotation.ok) return quotation;
    if (!encumbrance || !judgement) throw new Error(`${request.code} was quoted without what it encumbers`);
    const { value } = quotation;
    const passed = await this.gating.pass(tx, request.id, 'HOLD', judgement);
    if (!passed.ok) return passed;
    if (value.missingPrices.length > 0) return refuse(value.missingPrices);
    const own = request.heldSince === null ? NOTHING_OWN : await this.held.of(request.id, tx);
    const answer = await this.splits.of(value, levels, own.inQuotas, tx);
    const planned = await this.quotations.plan(value, { requestId: request.id, tx, ...own });
    const plan = withQuotas(planned, answer.fit, beyondCount(answer));
    const short = [...answer.fit.shortages, ...shortages(plan), ...itemMissing(encumbrance, answer.beyond.size > 0)];
    if (!plan.feasible || short.length > 0) return refuse(short);
    const heldSince = request.heldSince ?? tx.now;
    const placed = value.lines.map((line, index) => ({
      line,
      row: lines[index] as RequestLineRow,
      planned: plan.lines[index] as PlannedLine,
    }));
    if (request.heldSince !== null) await this.addresses.release(tx, request.id);
    const givenBack = await this.items.releaseHeld(tx, request.id, by);
    const quotaIds = levels.map((level) => level.id);
    const { id: requestId, code: requestCode, departmentId } = request;
    const expiresAt = dueAt ? renewedHoldExpiry(calendar, tx.now, heldSince, dueAt) : holdExpiry(heldSince, tx.now);
    const taken = await this.items.take(
      tx,
      { requestId, requestCode, departmentId, quotaIds, expiresAt, actorName: by, near: value.ground.near },
      itemLinesOf(value, placed, answer),
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
        unitPrices: row.kind === 'SERVICE' ? unitsReserved(value.lines[index]?.parts ?? []) : null,
      })),
    );
    await this.debts.register(tx, request.id, owedOf(request, lines, value, plan), by);
    const encumbered = amountsOf(encumbrance, paidParts(value, plan, parts, answer));
    const moves = await this.encumbering.take(tx, request.id, encumbrance, encumbered, by);
    if (!moves.ok) return moves;
    const hold = await this.allocation.hold(
      tx,
      { requestId, departmentId, expiresAt, quotaIds },
      placed.flatMap(({ line, row, planned }, index) =>
        piecesOf(row.id, planned, line, { index, beyond: answer.beyond }),
      ),
      own.held,
      { taken: taken.value.takers, givenBack },
    );
    return ok({
      monthlyFen: sumOf(monthly),
      heldSince,
      expiresAt,
      shares,
      encumberedFen: encumbered.within + encumbered.beyond,
      takeLast: async () => {
        // Others who ask for addresses of these networks wait from here on.
        const asker = { requestId, requestCode, departmentId, actorName: by };
        // A machine that grows has its addresses.
        const fresh = hold.claims.filter(({ growsClaimId }) => !growsClaimId);
        const addressed = await this.addresses.hold(tx, asker, addressedLines(placed), fresh);
        if (!addressed.ok) return addressed;
        const held = [heldOf(hold.claims), taken.value.held, { ADDRESS: addressed.value }];
        const below = await this.caps.check(tx, cap, { requestId, departmentId }, sumHeld(held), own.capped);
        if (!below.ok) return below;
        const moved = await this.encumbering.beforeCounters(tx, moves.value, hold.takeLast, encumbrance)();
        // Whoever was quicker at finance's item took the quota with it: then more of this one goes beyond.
        if (!moved.ok && (await this.isDividedAnew(tx, prepared, own.inQuotas, answer)))
          throw new WriteConflict('the quotas cover less than when the request was divided');
        return moved;
      },
    });
  }

  private async isDividedAnew(
    tx: Tx,
    { quotation, levels }: PreparedHold,
    own: Own['inQuotas'],
    before: BeyondQuota,
  ): Promise<boolean> {
    if (!quotation.ok || !paysBeyondQuota(quotation.value.project.fundingMode)) return false;
    return beyondCount(await this.splits.of(quotation.value, levels, own, tx)) !== beyondCount(before);
  }
}
