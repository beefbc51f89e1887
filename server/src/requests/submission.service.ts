import { Injectable } from '@nestjs/common';
import type { HeldRow } from '../allocation/domain/held-cap.js';
import type { RequestPlan } from '../allocation/domain/request-plan.js';
import { RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { QuotaFit } from '../quotas/domain/quota.js';
import { AddressQuotes, type QuotedAddresses } from './address-quotes.service.js';
import type { BudgetFit } from './budget-fits.service.js';
import { ChangeLocks } from './change-locks.service.js';
import { DecisionsService } from './decisions.service.js';
import { FORM_LINES_MAX, type RequestContent } from './domain/content.js';
import { decideAct, unknownRequest, versionConflict } from './domain/decide.js';
import { actingRole } from './domain/request-state.js';
import { GatingService, type Judgement } from './gating.service.js';
import type { BeyondQuota } from './held-lines.js';
import { HoldingService } from './holding.service.js';
import { type Quotation, QuotationService } from './quotation.service.js';
import { type ActWish, type Answer, done } from './request-acts.js';
import { RequestChains } from './request-chains.service.js';
import { RequestNews } from './request-news.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';
import { type RequestSuggestion, SuggestionsService } from './suggestions.service.js';

export interface Preview {
  readonly quotation: Quotation;
  readonly plan: RequestPlan;
  readonly quotas: QuotaFit;
  /** Against what its department may hold at once. */
  readonly held: readonly HeldRow[];
  readonly budget: BudgetFit;
  /** What draws no quota, because its department pays for it. */
  readonly beyond: BeyondQuota;
  /** Beside what is agreed and reserved; null = none. */
  readonly addresses: QuotedAddresses | null;
  /** What would make it fit; none where it does. */
  readonly suggestions: readonly RequestSuggestion[];
  readonly gates: Judgement;
}

/** From the form to the center: preview, sending it on its way, and the department's own sign-off. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly saved: SavedQuotations,
    private readonly locks: ChangeLocks,
    private readonly holding: HoldingService,
    private readonly suggestions: SuggestionsService,
    private readonly addressQuotes: AddressQuotes,
    private readonly gating: GatingService,
    private readonly rounds: RoundsService,
    private readonly chains: RequestChains,
    private readonly decisions: DecisionsService,
    private readonly news: RequestNews,
    private readonly acts: Acts,
  ) {}

  /** What the content would cost and where it would go, were it submitted now; without one, the draft's own. Nothing is held. */
  async preview(
    scope: TenantScope,
    content: RequestContent | null,
    requestId: string | null,
    linesMax = FORM_LINES_MAX,
  ): Promise<Result<Preview, readonly Refusal[]>> {
    const own = requestId === null ? null : await this.repository.inScope(scope, requestId);
    if (content === null && !own) return refuse([unknownRequest()]);
    const quotation = content
      ? await this.quotations.quote(scope, content, linesMax)
      : await this.saved.of(own as RequestRow, undefined, scope);
    return quotation.ok ? ok(await this.previewOf(quotation.value, own?.id ?? null)) : quotation;
  }

  async previewOf(quotation: Quotation, ownId: string | null): Promise<Preview> {
    const [fit, gates] = await Promise.all([this.holding.fit(quotation, ownId), this.gating.judge(quotation, ownId)]);
    const suggestions = await this.suggestions.of(quotation, fit.plan, fit.quotas, ownId);
    const addresses = await this.addressQuotes.of(quotation, fit.plan);
    return { quotation, ...fit, suggestions, gates, addresses };
  }

  /** The applicant sends it to the head: a round of the chain begins that the rules in force choose for it. */
  async send(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    if (!seen) return refuse([unknownRequest()]);
    const [ground, chosen, judgement, change] = await Promise.all([
      this.chains.ground(viewer),
      this.chains.choose(seen),
      this.gating.judgeSaved(seen),
      this.locks.prepare(seen),
    ]);
    return this.acts.perform(
      { name: 'request.send', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const approval = await this.chains.factsIn(tx, null, ground);
        const allowed = decideAct(viewer, request, 'SEND_FOR_SIGN_OFF', wish, approval);
        if (!allowed.ok) return allowed;
        // The chain was chosen for the lines as they were seen; an edit since then wants another look.
        if (request.version !== seen.version) return refuse([versionConflict(seen.version, request.version)]);
        const { to } = allowed.value;
        if (!judgement.ok) return judgement;
        const passed = await this.gating.pass(tx, request.id, 'SEND', judgement.value);
        if (!passed.ok) return passed;
        const kept = await this.locks.keep(tx, request, change);
        if (!kept.ok) return kept;
        // Sending is the applicant's step: whoever takes it, or wrote what is sent, takes no other of the chain.
        const hands = [...(await this.repository.editors(tx, request.id)), viewer.userId];
        const round = await this.rounds.begin(tx, chosen, { ...request, hands }, ground.calendar);
        await this.repository.update(tx, request.id, {
          state: to,
          stateSince: tx.now,
          version: request.version + 1,
          dueAt: round.steps[0]?.dueAt ?? null,
        });
        await this.repository.appendStep(tx, request.id, {
          actorId: viewer.userId,
          actorName: viewer.name,
          actorRole: actingRole(viewer.roles),
          action: 'SEND_FOR_SIGN_OFF',
          opinion: wish.opinion?.trim() || null,
          fromState: request.state,
          toState: to,
        });
        await this.news.stepWaits(tx, request, round);
        tx.changed('request', request.id);
        return ok(
          done(
            request.id,
            request.departmentId,
            say(`送审签 ${request.code}`, `Send ${request.code} for sign-off`),
            { state: request.state, version: request.version },
            {
              state: to,
              version: request.version + 1,
              chain: chosen.chainKey,
              round: round.number,
              gates: judgement.value.editionNumber,
              ...(request.lineSources ? { lineSources: request.lineSources } : {}),
            },
          ),
        );
      },
    );
  }

  /** The department's head signs off. Where the center's acceptance follows, all lines are held with it, or none. */
  submit(viewer: Viewer, scope: TenantScope, wish: ActWish): Answer {
    return this.decisions.decide(viewer, scope, 'SUBMIT', wish);
  }
}
