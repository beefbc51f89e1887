import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { Claim } from '../allocation/domain/claim.js';
import { quotaTaker } from '../allocation/domain/deltas.js';
import type { Placement } from '../allocation/domain/placement-facts.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { type QuotaFit, quotaDeltas, type SomeAmounts, sumAmounts } from '../quotas/domain/quota.js';
import { QuotasService, type QuotaWay } from '../quotas/quotas.service.js';
import type { RequestContent } from './domain/content.js';
import { decideAct, versionConflict } from './domain/decide.js';
import { actingRole } from './domain/request-state.js';
import { type Quotation, QuotationService, shortages } from './quotation.service.js';
import { RequestsRepository } from './requests.repository.js';
import { type ActWish, type Answer, done, unknownRequest } from './requests.service.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

export interface Preview {
  readonly quotation: Quotation;
  readonly placement: Placement;
  readonly quotas: QuotaFit;
}

/** From the form to the center: preview, and the submit that holds capacity. Both ask the same functions the same way. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly allocation: AllocationService,
    private readonly quotas: QuotasService,
    private readonly acts: Acts,
  ) {}

  /** What the content would cost and where it would go, were it submitted now. Nothing is held. */
  async preview(
    scope: TenantScope,
    content: RequestContent,
    requestId: string | null,
  ): Promise<Result<Preview, readonly Refusal[]>> {
    const quotation = await this.quotations.quote(scope, content);
    if (!quotation.ok) return quotation;
    const own = requestId === null ? null : await this.repository.inScope(scope, requestId);
    const held = own ? await this.allocation.heldForPreview(own.id) : [];
    const [placement, quotas] = await Promise.all([
      this.quotations.plan(quotation.value, { held }),
      this.quotas.fit(await this.quotas.levelsOf(wayOf(quotation.value)), askedOf(quotation.value), quotasOf(held)),
    ]);
    return ok({ quotation: quotation.value, placement, quotas });
  }

  /**
   * The department's head signs off: the request goes to the center and the capacity of all its lines, in all pools, is
   * held in this transaction, or none is. Refusals: what decideAct says, prices that are missing, one
   * CAPACITY_SHORTAGE for each line that does not fit, and one QUOTA_SHORTAGE for each limit that is too small.
   */
  async submit(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    if (!seen) return refuse([unknownRequest()]);
    const lines = await this.repository.lines(seen.id);
    const quotation = await this.quotations.quote(WHOLE_PROVINCE, contentOf(seen, lines));
    const levels = quotation.ok ? await this.quotas.readyLevelsOf(wayOf(quotation.value)) : [];
    return this.acts.perform(
      { name: 'request.submit', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const to = decideAct(viewer, request, 'SUBMIT', wish);
        if (!to.ok) return to;
        // The quotation was made for the lines as they were seen; an edit since then wants another look.
        if (request.version !== seen.version) return refuse([versionConflict(seen.version, request.version)]);
        if (!quotation.ok) return quotation;
        if (quotation.value.missingPrices.length > 0) return refuse(quotation.value.missingPrices);
        const held = request.heldSince === null ? [] : await this.allocation.heldBy(tx, request.id);
        const placement = await this.quotations.plan(quotation.value, { tx, held });
        const quota = await this.quotas.fitWithin(tx, levels, askedOf(quotation.value), quotasOf(held));
        if (!placement.feasible || quota.shortages.length > 0)
          return refuse([...quota.shortages, ...shortages(placement)]);
        const places = quotation.value.lines.map((line, index) => ({
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
        const heldSince = request.heldSince ?? tx.now;
        const hold = await this.allocation.hold(
          tx,
          {
            requestId: request.id,
            departmentId: request.departmentId,
            heldSince,
            quotaIds: levels.map((level) => level.id),
          },
          places.map(({ line, row, verdict }) => ({ lineId: row.id, size: line.demand, shares: verdict.shares })),
          held,
        );
        await this.repository.update(tx, request.id, {
          state: to.value,
          stateSince: tx.now,
          version: request.version + 1,
          signerId: viewer.userId,
          monthlyFen: quotation.value.monthlyFen,
          submittedAt: tx.now,
          heldSince,
          holdExpiresAt: hold.expiresAt,
        });
        await this.repository.appendStep(tx, request.id, {
          actorId: viewer.userId,
          actorName: viewer.name,
          actorRole: actingRole('SIGN_OFF', viewer.roles),
          action: 'SUBMIT',
          opinion: wish.opinion?.trim() || null,
          fromState: request.state,
          toState: to.value,
        });
        tx.changed('request', request.id);
        return ok({
          ...done(
            request.id,
            request.departmentId,
            say(
              `审签并提交 ${request.code}，预占 ${request.machineCount} 台`,
              `Sign off and submit ${request.code}, holding ${request.machineCount} machines`,
            ),
            { state: request.state, version: request.version, monthlyFen: request.monthlyFen?.toString() ?? null },
            {
              state: to.value,
              version: request.version + 1,
              monthlyFen: quotation.value.monthlyFen?.toString() ?? null,
              placements: places.map((p) => p.verdict.shares),
            },
          ),
          last: async () => {
            await hold.takeLast();
            return ok(undefined);
          },
        });
      },
    );
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

/** A saved request as content again: submit asks everything anew, because offers, prices and payers may have changed. */
function contentOf(request: RequestRow, lines: readonly RequestLineRow[]): RequestContent {
  return {
    systemId: request.systemId,
    projectId: request.projectId,
    purpose: request.purpose,
    lines: lines.map(({ machineCount, ...line }) => ({ ...line, count: machineCount })),
  };
}
