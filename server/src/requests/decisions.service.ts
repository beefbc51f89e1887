import { Inject, Injectable } from '@nestjs/common';
import { type Decided, isHolding } from '../approvals/domain/round.js';
import { seatChoices } from '../approvals/domain/standing.js';
import { type Ground, RoundsService } from '../approvals/rounds.service.js';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ChangeFollowUp } from './change-follow-up.service.js';
import { ChangeGranting, type PreparedChangeGrant } from './change-granting.service.js';
import { ChangeLocks } from './change-locks.service.js';
import { ACT_NAMES, countsNote, nameOf, otherChain, signedAs, summaryOf, unknownFile } from './decision-words.js';
import { decideAct, unknownRequest, versionConflict } from './domain/decide.js';
import { after, type RequestState, type SigningWish, signingAction } from './domain/request-state.js';
import { FollowUpService } from './follow-up.service.js';
import { FrozenGrants } from './frozen-grants.service.js';
import { GrantingService, type PreparedGrant } from './granting.service.js';
import type { Last } from './held-lines.js';
import { HoldKeeping } from './hold-keeping.service.js';
import { HoldingService, type PreparedHold } from './holding.service.js';
import { type ActWish, type Answer, done } from './request-acts.js';
import { RequestChains } from './request-chains.service.js';
import { RequestNews } from './request-news.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';
import { SEALED_PAPERS, type SealedPapers } from './sealed-papers.types.js';

interface Prepared {
  readonly ground: Ground;
  readonly hold: PreparedHold | null;
  /** By today's prices; the round's own where nothing is held by this signature. */
  readonly chainKey: string | null;
  readonly grant: PreparedGrant | null;
  readonly changeGrant: PreparedChangeGrant | null;
  /** What is wrong with the sealed form, where the current step wants one. */
  readonly paper: Refusal | null;
}

/** What a signature does to the request beside the chain. */
interface Effect {
  readonly values: Partial<RequestRow>;
  readonly to: RequestState;
  readonly note?: Bilingual;
  /** The chain is at its end. */
  readonly granted?: boolean;
  readonly audited?: Record<string, unknown>;
  readonly last?: Last;
}

/** Signatures: whoever may decide the current step approves, returns or rejects, and the request follows its chain. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly rounds: RoundsService,
    private readonly chains: RequestChains,
    private readonly holding: HoldingService,
    private readonly keeping: HoldKeeping,
    private readonly granting: GrantingService,
    private readonly changeGranting: ChangeGranting,
    private readonly changeFollowUp: ChangeFollowUp,
    private readonly locks: ChangeLocks,
    private readonly followUp: FollowUpService,
    private readonly news: RequestNews,
    private readonly files: FilesService,
    @Inject(SEALED_PAPERS) private readonly papers: SealedPapers,
    private readonly frozen: FrozenGrants,
    private readonly acts: Acts,
  ) {}

  /**
   * Refusals: what decideAct says; when the next step takes the capacity, what HoldingService.take says, and nothing is
   * signed. A signature that others still have to join (会签) leaves the request's version as it is.
   */
  async decide(viewer: Viewer, scope: TenantScope, wanted: SigningWish, wish: ActWish): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    if (!seen) return refuse([unknownRequest()]);
    const prepared = await this.prepare(viewer, seen, wanted);
    return this.acts.perform(
      { name: ACT_NAMES[wanted], actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const action = signingAction(wanted, request.state);
        const round = await this.rounds.running(tx, request.id);
        const approval = await this.chains.factsIn(tx, round, prepared.ground);
        const allowed = decideAct(viewer, request, action, wish, approval);
        if (!allowed.ok) return allowed;
        const { standing, to } = allowed.value;
        if (!round || !standing) throw new Error(`${request.code} is ${request.state} without a step to decide`);
        // What was prepared was made for the request as it was seen; a change since then wants another look.
        if (request.version !== seen.version) return refuse([versionConflict(seen.version, request.version)]);
        if (prepared.paper) return refuse([prepared.paper]);
        const fileId = wish.fileId ?? null;
        if (fileId !== null && !(await this.files.attach(tx, [fileId], 'Request', request.id, viewer.userId)))
          return refuse([unknownFile()]);
        const opinion = wish.opinion?.trim() || null;
        const verdict = action === 'SUBMIT' ? 'APPROVE' : action;
        const { calendar } = prepared.ground;
        const signed = await this.rounds.sign(tx, round, standing, viewer, { verdict, opinion, fileId }, calendar);
        const effect = await this.effectOf(tx, request, signed, to, viewer, prepared);
        if (!effect.ok) return effect;
        const { value } = effect;
        if (signed.outcome !== 'STAYS')
          await this.repository.update(tx, request.id, {
            ...(action === 'SUBMIT' ? { submittedAt: tx.now } : {}),
            ...value.values,
            state: value.to,
            stateSince: tx.now,
            version: request.version + 1,
          });
        await this.repository.appendStep(tx, request.id, {
          actorId: viewer.userId,
          actorName: nameOf(viewer, standing.voice.delegationId === null ? null : standing.voice.name),
          actorRole: standing.role,
          action,
          opinion,
          fromState: request.state,
          toState: to,
        });
        await this.news.signed(tx, request, signed);
        if (value.granted) {
          await this.followUp.noteBySystem(tx, request.id, 'GRANT', to, value.to);
          // Without a machine to wait for it may stand ready already.
          if (request.nature === 'CHANGE') await this.changeFollowUp.settle(tx, request.id, []);
          else await this.followUp.resourceDelivered(tx, request.id);
        }
        tx.changed('request', request.id);
        const summary = summaryOf(action, request, standing.step.title, value.note);
        return ok({
          ...done(
            request.id,
            request.departmentId,
            summary,
            { state: request.state, version: request.version, step: standing.step.key },
            {
              state: value.to,
              outcome: signed.outcome,
              step: signed.entered?.key ?? null,
              opinion,
              onBehalfOf: standing.voice.delegationId === null ? null : standing.voice.userId,
              ...(action === 'SUBMIT' && request.lineSources ? { lineSources: request.lineSources } : {}),
              ...value.audited,
            },
          ),
          value: { id: request.id, signedAs: signedAs(standing, seatChoices(round, request, approval.voices)) },
          ...(value.last ? { last: value.last } : {}),
        });
      },
    );
  }

  /** Everything that must not be asked for within the unit of work, as far as this signature could need it. */
  private async prepare(viewer: Viewer, seen: RequestRow, wanted: SigningWish): Promise<Prepared> {
    const [ground, outlook] = await Promise.all([this.rounds.ground(viewer), this.rounds.outlook(seen.id)]);
    if (!outlook || wanted === 'RETURN' || wanted === 'REJECT')
      return { ground, hold: null, chainKey: null, grant: null, changeGrant: null, paper: null };
    const hold = outlook.nextHolds ? await this.holding.prepare(seen) : null;
    return {
      ground,
      hold,
      chainKey: hold?.quotation.ok
        ? await this.chains.chainKeyOf(outlook, hold.quotation.value, seen.id)
        : outlook.chainKey,
      ...(await this.grantOf(seen, outlook.isLast)),
      paper: outlook.needsSeal ? await this.papers.missing(seen) : null,
    };
  }

  private async grantOf(seen: RequestRow, isLast: boolean): Promise<Pick<Prepared, 'grant' | 'changeGrant'>> {
    if (!isLast) return { grant: null, changeGrant: null };
    return seen.nature === 'CHANGE'
      ? { grant: null, changeGrant: await this.changeGranting.prepare(seen) }
      : { grant: await this.granting.prepare(seen), changeGrant: null };
  }

  private async effectOf(
    tx: Tx,
    request: RequestRow,
    signed: Decided,
    to: RequestState,
    viewer: Viewer,
    { ground, hold, chainKey, grant, changeGrant }: Prepared,
  ): Promise<Result<Effect, readonly Refusal[]>> {
    const { outcome, entered, round } = signed;
    if (outcome === 'STAYS') return ok({ values: {}, to });
    if (outcome === 'RETURNED' || outcome === 'REJECTED') {
      const { giveBackLast, holdExpiresAt } = await this.keeping.settle(tx, request, to, ground.calendar, viewer.name);
      if (outcome === 'REJECTED') await this.locks.free(tx, request);
      return ok({ values: { holdExpiresAt, dueAt: null }, to, last: giveBackLast });
    }
    if (outcome === 'COMPLETED') {
      const made = await this.frozen.or(tx, request, () => this.grant(tx, request, { grant, changeGrant }, viewer));
      if (!made.ok) return made;
      return ok({
        values: { holdExpiresAt: null, dueAt: null },
        to: after(request.state, 'GRANT') ?? to,
        granted: true,
        note: countsNote('GRANT', request),
        audited: { resources: made.value.codes },
        ...(made.value.last ? { last: made.value.last } : {}),
      });
    }
    const dueAt = entered?.dueAt ?? null;
    if (entered?.holdsCapacity && signed.firstTime)
      return chainKey === round.chainKey
        ? this.hold(tx, request, to, { dueAt, calendar: ground.calendar, by: viewer.name }, hold)
        : refuse([otherChain()]);
    const holdExpiresAt = isHolding(round)
      ? await this.keeping.renew(tx, request, dueAt, ground.calendar)
      : request.holdExpiresAt;
    return ok({ values: { holdExpiresAt, dueAt }, to });
  }

  private async grant(
    tx: Tx,
    request: RequestRow,
    { grant, changeGrant }: Pick<Prepared, 'grant' | 'changeGrant'>,
    { name: by }: Viewer,
  ): Promise<Result<{ readonly codes: readonly string[]; readonly last?: Last }, readonly Refusal[]>> {
    if (changeGrant) return this.changeGranting.grant(tx, request, changeGrant, by);
    if (!grant) throw new Error(`${request.code} is granted without what was to be prepared`);
    const made = await this.granting.grant(tx, request, grant, by);
    return made.ok ? ok({ codes: made.value }) : made;
  }

  private async hold(
    tx: Tx,
    request: RequestRow,
    to: RequestState,
    around: Parameters<HoldingService['take']>[3],
    prepared: PreparedHold | null,
  ): Promise<Result<Effect, readonly Refusal[]>> {
    if (!prepared) throw new Error(`${request.code} holds without what was to be prepared`);
    const taken = await this.holding.take(tx, request, prepared, around);
    if (!taken.ok) return taken;
    const { monthlyFen, heldSince, expiresAt, shares, encumberedFen, takeLast } = taken.value;
    return ok({
      values: { monthlyFen, heldSince, holdExpiresAt: expiresAt, dueAt: around.dueAt },
      to,
      note: countsNote('HOLD', request),
      audited: { monthlyFen: monthlyFen?.toString() ?? null, encumberedFen: encumberedFen.toString(), shares },
      last: takeLast,
    });
  }
}
