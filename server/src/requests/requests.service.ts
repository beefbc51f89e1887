import { Inject, Injectable } from '@nestjs/common';
import { DelegationsService } from '../approvals/delegations.service.js';
import { escalatedTo, needsSeal } from '../approvals/domain/awaiting.js';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { ok, refuse } from '../kernel/result.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { awaitedBy, SUBJECT } from './awaited.js';
import { LINES_MAX, type LineContent, type RequestContent } from './domain/content.js';
import { decideAct, draftsOf, maySee, NO_APPROVAL, unknownRequest } from './domain/decide.js';
import { type RequestState } from './domain/request-state.js';
import { headOf, toLines } from './draft-lines.js';
import { editSteps, madeStep } from './draft-steps.js';
import { QuotationService } from './quotation.service.js';
import { type ActWish, type Alongside, type Answer, done, otherNature } from './request-acts.js';
import { lineContentOf } from './request-rows.js';
import { type RequestListFilter, RequestsRepository } from './requests.repository.js';
import type { PastRequests, RequestLineRow, RequestOrder, RequestRow, RequestStepRow } from './requests.types.js';
import { UnfinishedForms } from './unfinished-forms.service.js';

export interface QueueFilter {
  readonly awaitingMe: boolean;
  /** Past the deadline of its current step. */
  readonly overdue: boolean;
  readonly escalatedToMe: boolean;
}

/** Drafts and lists. What happens from submit on is in submission.service.ts and review.service.ts. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly forms: UnfinishedForms,
    private readonly delegations: DelegationsService,
    private readonly acts: Acts,
    private readonly codes: CodeSequence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes over requests of the time before; nothing is announced, because it is long past. */
  takeOver(tx: Tx, past: PastRequests): Promise<void> {
    return this.repository.insertPast(tx, past);
  }

  /**
   * @param linesMax what comes by one form is bounded (FORM_LINES_MAX); what a program makes up is not.
   * @param alongside what else is written with it.
   */
  async createDraft(
    viewer: Viewer,
    scope: TenantScope,
    content: RequestContent,
    idempotencyKey: string,
    linesMax = LINES_MAX,
    alongside: Alongside = {},
  ): Answer {
    const quotation = await this.quotations.quote(scope, content, linesMax);
    const code = await this.codes.next('SQ', accountingYear(this.clock.now()));
    const input = alongside.input ?? content;
    return this.acts.perform({ name: 'request.create', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (alongside.refused) return refuse(alongside.refused);
      // Under the key: a press that was answered once is answered the same again, whatever was withdrawn since.
      if (!quotation.ok) return quotation;
      const { system } = quotation.value;
      const id = newId(tx.now.getTime());
      await this.repository.insert(tx, {
        id,
        code,
        nature: 'NEW',
        state: 'DRAFT',
        stateSince: tx.now,
        version: 1,
        ...headOf(quotation.value),
        temporaryUntil: content.temporaryUntil ?? null,
        restartAgreed: false,
        applicantId: viewer.userId,
        applicantName: viewer.name,
        formerApplicantIds: null,
        createdAt: tx.now,
        submittedAt: null,
        heldSince: null,
        holdExpiresAt: null,
        dueAt: null,
        lineSources: alongside.source ? [alongside.source] : null,
      });
      await this.repository.replaceLines(tx, id, toLines(quotation.value));
      await this.repository.appendStep(tx, id, madeStep(viewer));
      const beside = (await alongside.within?.(tx, id)) ?? ok(undefined);
      if (!beside.ok) return beside;
      tx.changed('request', id);
      const after = alongside.source ? { ...content, source: alongside.source } : content;
      return ok(done(id, system.departmentId, say(`新建申请单 ${code}`, `Create request ${code}`), null, after));
    });
  }

  async updateDraft(
    viewer: Viewer,
    scope: TenantScope,
    content: RequestContent,
    wish: ActWish,
    linesMax = LINES_MAX,
  ): Answer {
    const quotation = await this.quotations.quote(scope, content, linesMax);
    return this.acts.perform(
      { name: 'request.edit', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { ...wish, content } },
      async (tx) => {
        if (!quotation.ok) return quotation;
        const { system } = quotation.value;
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const allowed = decideAct(viewer, request, 'EDIT', wish, NO_APPROVAL);
        if (!allowed.ok) return allowed;
        if (request.nature !== 'NEW') return refuse([otherNature(request)]);
        await this.repository.update(tx, request.id, {
          version: request.version + 1,
          ...headOf(quotation.value),
          temporaryUntil: content.temporaryUntil ?? null,
        });
        await this.repository.replaceLines(tx, request.id, toLines(quotation.value));
        await this.forms.leave(tx, request.id);
        for (const step of editSteps(viewer, request)) await this.repository.appendStep(tx, request.id, step);
        tx.changed('request', request.id);
        return ok(
          done(
            request.id,
            system.departmentId,
            say(`修改申请单 ${request.code}`, `Edit request ${request.code}`),
            { version: request.version },
            content,
          ),
        );
      },
    );
  }

  async inScope(scope: TenantScope, id: string): Promise<RequestRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** null = not there, not for these eyes, or a draft of people whose drafts these are not: it is their own until it is sent. */
  async seenBy(viewer: Viewer, id: string): Promise<RequestRow | null> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    const row = scope ? await this.repository.inScope(scope, id) : null;
    return row && maySee(viewer, row) ? row : null;
  }

  async page(
    viewer: Viewer,
    scope: TenantScope,
    filter: Omit<RequestListFilter, 'awaited' | 'overdueAt' | 'escalated' | 'needsSeal' | 'drafts'> & QueueFilter,
    order: RequestOrder,
    page: PageRequest,
  ): Promise<Page<RequestRow>> {
    const { awaitingMe, overdue, escalatedToMe, ...rest } = filter;
    const voices = awaitingMe || escalatedToMe ? await this.delegations.voicesOf(viewer) : [];
    return this.repository.page(
      scope,
      {
        ...rest,
        drafts: draftsOf(viewer),
        awaited: awaitingMe ? awaitedBy(viewer, voices) : null,
        escalated: escalatedToMe ? escalatedTo(voices, SUBJECT) : null,
        overdueAt: overdue ? this.clock.now() : null,
      },
      order,
      page,
    );
  }

  /** In whose chain a step asks for the sealed form, the oldest first. */
  needingSeal(viewer: Viewer, scope: TenantScope, page: PageRequest): Promise<Page<RequestRow>> {
    const filter = { drafts: draftsOf(viewer), needsSeal: needsSeal(SUBJECT) };
    return this.repository.page(scope, filter, 'OLDEST', page);
  }

  async countAwaiting(viewer: Viewer, scope: TenantScope): Promise<number> {
    const awaited = awaitedBy(viewer, await this.delegations.voicesOf(viewer));
    return this.repository.count(scope, { drafts: draftsOf(viewer), awaited });
  }

  async countsByState(viewer: Viewer, scope: TenantScope): Promise<{ state: RequestState; count: number }[]> {
    return this.repository.countsByState(scope, draftsOf(viewer));
  }

  /** What a request that the caller was let see asks for, to be asked anew. */
  async lineContents(requestId: string): Promise<LineContent[]> {
    return (await this.repository.lines(requestId)).map(lineContentOf);
  }

  /** Batch for loaders; callers have already been let see the requests. */
  readonly linesOf = async (requestIds: readonly string[]): Promise<RequestLineRow[][]> => {
    const rows = Map.groupBy(await this.repository.linesOf(requestIds), (line) => line.requestId);
    return requestIds.map((id) => rows.get(id) ?? []);
  };

  /** Batch for loaders. */
  readonly stepsOf = async (requestIds: readonly string[]): Promise<RequestStepRow[][]> => {
    const rows = Map.groupBy(await this.repository.stepsOf(requestIds), (step) => step.requestId);
    return requestIds.map((id) => rows.get(id) ?? []);
  };

  /** Requests that rows the viewer may see belong to. */
  readonly requestsOf = async (ids: readonly string[]): Promise<(RequestRow | null)[]> => {
    const rows = new Map((await this.repository.byIds({ kind: 'PROVINCE' }, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  };

  /** The same, of rows that keep a request's code. */
  readonly byCodes = async (codes: readonly string[]): Promise<(RequestRow | null)[]> => {
    const rows = new Map((await this.repository.byCodes(codes)).map((row) => [row.code, row]));
    return codes.map((code) => rows.get(code) ?? null);
  };
}
