import { Injectable } from '@nestjs/common';
import { AddressClaims } from '../allocation/address-claims.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { holdExpiry } from '../allocation/domain/claim.js';
import type { PlacedShare, ShareWish } from '../allocation/domain/dr-shares.js';
import { checkRefusal, type LineWish, placedShare } from '../allocation/domain/request-plan.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import { PlanningService } from '../allocation/planning.service.js';
import { Acts } from '../audit/acts.service.js';
import { debtSettling } from '../drdebts/domain/debt-notices.js';
import { mainNotThere, mayMove, notOpenYet, tooManyAtOnce, unknownDebt } from '../drdebts/domain/debt-refusals.js';
import { auditOf, DrDebts } from '../drdebts/drdebts.service.js';
import type { DebtRow } from '../drdebts/drdebts.types.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { changeOpen } from '../resources/domain/release.js';
import { ResourceChanges } from '../resources/resource-changes.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { paidParts } from './beyond-quota.js';
import { thingsOpen } from './change-refusals.js';
import { amountsOf, itemMissing } from './domain/funding.js';
import { type PricedPart, sharePrice } from './domain/line-price.js';
import { EncumberingService } from './encumbering.service.js';
import { GrantingService } from './granting.service.js';
import { addressedLines, itemLinesOf, piecesOf, wayOf } from './held-lines.js';
import { asItsMains, asItsPlaces, withModesOf } from './owed-shares.js';
import type { PreparedSettlement } from './prepared-settlement.js';
import { QuotaSplits } from './quota-splits.service.js';
import { QuotationService, type QuotedLine } from './quotation.service.js';
import { wishesOf } from './quotation-plan.js';
import { contentOf } from './request-rows.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';
import { ThingQuotations } from './thing-quotations.service.js';

/** What one press settles at most: a page of the list. */
export const SETTLE_MAX = 50;

export interface SettleItem {
  readonly debtId: string | undefined;
  readonly expectedVersion: number;
}

export interface SettleWish {
  readonly items: readonly SettleItem[];
  readonly idempotencyKey: string;
}

type Settled = Result<{ id: string }, readonly Refusal[]>;

/**
 * 补建: an owed share is placed, claimed, priced and made by the same functions as a new request's share, in the center
 * that has opened. What does not fit says by which criterion and stays owed.
 */
@Injectable()
export class DebtSettlement {
  constructor(
    private readonly debts: DrDebts,
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly planning: PlanningService,
    private readonly allocation: AllocationService,
    private readonly items: ItemClaims,
    private readonly addresses: AddressClaims,
    private readonly quotas: QuotasService,
    private readonly splits: QuotaSplits,
    private readonly encumbering: EncumberingService,
    private readonly granting: GrantingService,
    private readonly systems: SystemsService,
    private readonly resources: ResourcesService,
    private readonly changes: ResourceChanges,
    private readonly things: ThingQuotations,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  /** Each stands alone: its own act, audit row and answer, in the order given. */
  async settleMany(
    viewer: Viewer,
    scope: TenantScope,
    { items, idempotencyKey }: SettleWish,
  ): Promise<Result<readonly Settled[], readonly Refusal[]>> {
    if (items.length === 0 || items.length > SETTLE_MAX) return refuse([tooManyAtOnce(SETTLE_MAX)]);
    const answers: Settled[] = [];
    for (const [index, item] of items.entries())
      answers.push(await this.settle(viewer, scope, item, `${idempotencyKey}/${index}`));
    return ok(answers);
  }

  async settle(viewer: Viewer, scope: TenantScope, item: SettleItem, idempotencyKey: string): Promise<Settled> {
    const seen = item.debtId === undefined ? null : await this.debts.inScope(scope, item.debtId);
    if (!seen) return refuse([unknownDebt()]);
    const prepared = await this.prepare(seen);
    return this.acts.perform(
      { name: 'drDebt.settle', actor: viewer, idempotencyKey, input: { ...item } },
      async (tx) => {
        // The request first, as whatever releases one of its machines does.
        const request = await this.repository.locked(tx, WHOLE_PROVINCE, seen.requestId);
        const debt = request && (await this.debts.locked(tx, scope, seen.id));
        if (!request || !debt) return refuse([unknownDebt()]);
        const stopped = mayMove(debt, 'SETTLE', item.expectedVersion);
        if (stopped) return refuse([stopped]);
        if (!prepared.ok) return prepared;
        const { line, share, mains } = prepared.value;
        // What it was prepared by, the size of its mains, may have changed since, or be about to.
        const changed = await this.changes.objectionTo(tx, mains);
        if (changed) return refuse([changed]);
        if (line.kind !== 'VM' && line.fulfilledAt === null) return refuse([mainNotThere()]);
        const [now] = line.kind === 'VM' ? [] : await this.repository.linesByIds([line.id], tx);
        if (now?.openChangeId) return refuse([{ ...thingsOpen(now, 0), path: [] }]);
        return this.place(tx, request, debt, { ...prepared.value, share: { ...share, count: debt.itemCount } }, viewer);
      },
    );
  }

  private async prepare(debt: DebtRow): Promise<Result<PreparedSettlement, readonly Refusal[]>> {
    const [request, lines] = [
      await this.repository.inScope(WHOLE_PROVINCE, debt.requestId),
      await this.repository.lines(debt.requestId),
    ];
    const found = lines.find((one) => one.id === debt.lineId);
    if (!request || !found) return refuse([unknownDebt()]);
    const mains = found.kind === 'VM' ? await this.resources.ofLines([found.id]) : [];
    const open = mains.map((main) => changeOpen(main, [])).find((refusal) => refusal !== null);
    if (open) return refuse([open]);
    const things = found.kind === 'VM' ? undefined : (await this.things.nowOfLines(WHOLE_PROVINCE, [found.id]))[0];
    if (things?.line.openChangeId) return refuse([{ ...thingsOpen(things.line, 0), path: [] }]);
    const line = withModesOf(asItsPlaces(asItsMains(found, mains), things?.items ?? []), debt);
    // By itself: how its line stands to others was settled where they run.
    const projectId = await this.payer(request);
    const content = { ...contentOf(request, [{ ...line, relations: null }]), projectId };
    const quoted = await this.quotations.quote(WHOLE_PROVINCE, content);
    if (!quoted.ok) return refuse(quoted.error.map((refusal) => ({ ...refusal, path: [] })));
    const quotation = quoted.value;
    const [only] = quotation.lines as [QuotedLine];
    if (!Array.isArray(only.shares)) return refuse([checkRefusal(only.shares as never, [])]);
    const share = (only.shares as readonly ShareWish[]).find((one) => one.share === debt.share);
    if (!share || share.owed) return refuse([notOpenYet()]);
    const [levels, encumbrance, grant] = await Promise.all([
      this.quotas.readyLevelsOf(wayOf(quotation)),
      this.encumbering.prepare(quotation.project),
      this.granting.prepareShare(request, line, { count: debt.itemCount, subjectId: debt.id }),
    ]);
    return ok({ projectId, line, mains, quotation, quoted: only, share, levels, encumbrance, grant });
  }

  /** Projects end, and what was granted under them is owed all the same. */
  private async payer({ systemId, projectId }: RequestRow): Promise<string> {
    const [paying = []] = await this.systems.payingProjectsToday([systemId]);
    return paying.some(({ id }) => id === projectId) ? projectId : (paying[0]?.id ?? projectId);
  }

  private async place(tx: Tx, request: RequestRow, debt: DebtRow, prepared: PreparedSettlement, viewer: Viewer) {
    const { line, quotation, quoted, share, levels, encumbrance, grant } = prepared;
    const { near } = quotation.ground;
    const { id: requestId, code: requestCode, departmentId } = request;
    const wish = { ...(wishesOf(quotation)[0] as LineWish), shares: [share] };
    const around = { ...quotation.standing, ...quotation.ground };
    const plan = await this.planning.plan([wish], around, { requestId, departmentId, tx });
    const [planned] = plan.lines;
    const [plannedShare] = planned?.shares ?? [];
    const alone = { ...quotation, lines: [{ ...quoted, shares: [share] }] };
    const answer = await this.splits.of(alone, levels, new Map(), tx);
    const priced = plannedShare
      ? sharePrice(quotation.prices, quoted.thing, share, plannedShare.centerId, [])
      : ok<readonly PricedPart[]>([]);
    const short = [
      ...(planned?.refusals ?? []),
      ...answer.fit.shortages,
      ...(priced.ok ? [] : [priced.error]),
      ...itemMissing(encumbrance, answer.beyond.size > 0),
    ].map((refusal): Refusal => ({ ...refusal, path: [] }));
    if (short.length > 0) return refuse(short);
    if (!planned?.feasible || !plannedShare || plannedShare.centerId === null || !priced.ok)
      throw new Error(`${requestCode}: an owed share has neither a place nor a refusal`);
    if (!(await this.debts.settle(tx, debt, plannedShare.centerId))) return refuse([unknownDebt()]);
    const quotaIds = levels.map((level) => level.id);
    const expiresAt = holdExpiry(tx.now, tx.now);
    const taken = await this.items.take(
      tx,
      { requestId, requestCode, departmentId, quotaIds, expiresAt, actorName: viewer.name, near },
      itemLinesOf(alone, [{ line: quoted, row: line, planned }], answer),
    );
    if (!taken.ok) return refuse(taken.error.map((refusal) => ({ ...refusal, path: [] })));
    const hold = await this.allocation.hold(
      tx,
      { requestId, departmentId, expiresAt, quotaIds },
      piecesOf(line.id, planned, quoted, { index: 0, beyond: answer.beyond }),
      [],
      { taken: taken.value.takers, givenBack: [] },
    );
    const addressed = await this.addresses.hold(
      tx,
      { requestId, requestCode, departmentId, actorName: viewer.name },
      addressedLines([{ line: quoted, row: line, planned }]),
      hold.claims,
    );
    if (!addressed.ok) return refuse(addressed.error.map((refusal) => ({ ...refusal, path: [] })));
    const placed = placedShare(plannedShare, priced.value);
    // As they are by now: another share of the line may have been settled since this one was looked at.
    const [now] = await this.repository.linesByIds([line.id], tx);
    await this.repository.recordShares(
      tx,
      line.id,
      (now?.shares ?? []).map((one) => (one.share === debt.share ? placed : one)),
    );
    const waiting = await this.granting.grantShare(
      tx,
      { ...request, projectId: prepared.projectId },
      { line, share: placed, subjectId: debt.id },
      grant,
      viewer.name,
    );
    if (!waiting.ok) return waiting;
    // Storage alone stands as soon as it is claimed.
    if (!waiting.value) await this.debts.fulfilNow(tx, debt.id, viewer.name);
    const amounts = amountsOf(encumbrance, paidParts(alone, plan, [[priced.value]], answer));
    const reserved = await this.encumbering.add(tx, requestId, encumbrance, amounts, {
      by: viewer.name,
      reason: '容灾欠账补建',
    });
    if (!reserved.ok) return reserved;
    const center = quotation.standing.centers.find(({ centerId }) => centerId === placed.centerId)?.name ?? '';
    await this.notices.tell(tx, debtSettling(debt, center));
    tx.changed('request', requestId);
    return ok({
      value: { id: debt.id },
      audit: {
        ...auditOf(debt),
        summary: say(
          `补建 ${debt.requestCode} ${debt.lineName} 的容灾欠账（${center}）`,
          `Settle the DR debt of ${debt.requestCode} ${debt.lineName} in ${center}`,
        ),
        before: { state: debt.state },
        after: { share: placed as unknown as PlacedShare, encumberedFen: (amounts.within + amounts.beyond).toString() },
      },
      last: async () => {
        const moved = await this.encumbering.move(tx, reserved.value, encumbrance);
        if (moved.ok) await hold.takeLast();
        return moved;
      },
    });
  }
}
