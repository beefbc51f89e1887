import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { changesOf } from './change-locks.service.js';
import { ChangeQuotations } from './change-quotations.service.js';
import { type ChangeableGroup, ChangeableGroups } from './changeable-groups.service.js';
import { type ChangeContent, type ResizeWays, restartNotAgreed } from './domain/change.js';
import { decideAct, NO_APPROVAL, unknownRequest } from './domain/decide.js';
import { headOf, toLines } from './draft-lines.js';
import { editSteps, madeStep } from './draft-steps.js';
import type { Quotation } from './quotation.service.js';
import { type ActWish, type Answer, done, otherNature } from './request-acts.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';
import { type ServiceNow, ServiceQuotations } from './service-quotations.service.js';
import { type Preview, SubmissionService } from './submission.service.js';
import { itemChangesOf } from './thing-locks.service.js';
import { ThingQuotations, type ThingsOfLine } from './thing-quotations.service.js';

export interface ChangePreview {
  readonly preview: Preview;
  readonly ways: ResizeWays;
  /** What stands in the way beside places, quotas, budget and gates. */
  readonly refusals: readonly Refusal[];
}

/** 变更申请: drafts of changes, and what they would come to. From sending on a change goes the way of every request. */
@Injectable()
export class ChangesService {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly itemChanges: RequestItemChangesRepository,
    private readonly quotations: ChangeQuotations,
    private readonly changeable: ChangeableGroups,
    private readonly running: ServiceQuotations,
    private readonly runningThings: ThingQuotations,
    private readonly submission: SubmissionService,
    private readonly acts: Acts,
    private readonly codes: CodeSequence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Nothing is held or kept. @param requestId the draft itself, whose own holds are free for it. */
  async preview(
    scope: TenantScope,
    content: ChangeContent,
    requestId: string | null,
  ): Promise<Result<ChangePreview, readonly Refusal[]>> {
    const own = requestId === null ? null : await this.repository.inScope(scope, requestId);
    const quotation = await this.quotations.quote(scope, content, own?.id ?? null);
    if (!quotation.ok) return quotation;
    const ways = waysOf(quotation.value);
    return ok({
      preview: await this.submission.previewOf(quotation.value, own?.id ?? null),
      ways,
      refusals: ways.restarting > 0 && !content.restartAgreed ? [restartNotAgreed()] : [],
    });
  }

  async createDraft(viewer: Viewer, scope: TenantScope, content: ChangeContent, idempotencyKey: string): Answer {
    const quotation = await this.quotations.quote(scope, content, null);
    const code = await this.codes.next('SQ', accountingYear(this.clock.now()));
    return this.acts.perform(
      { name: 'request.createChange', actor: viewer, idempotencyKey, input: content },
      async (tx) => {
        if (!quotation.ok) return quotation;
        const id = await this.draft(tx, viewer, quotation.value, content.restartAgreed, code);
        const { departmentId } = quotation.value.system;
        return ok(done(id, departmentId, say(`新建变更申请 ${code}`, `Create change request ${code}`), null, content));
      },
    );
  }

  async updateDraft(viewer: Viewer, scope: TenantScope, content: ChangeContent, wish: ActWish): Answer {
    const quotation = await this.quotations.quote(scope, content, wish.requestId ?? null);
    return this.acts.perform(
      { name: 'request.editChange', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { ...wish, content } },
      async (tx) => {
        if (!quotation.ok) return quotation;
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request) return refuse([unknownRequest()]);
        const allowed = decideAct(viewer, request, 'EDIT', wish, NO_APPROVAL);
        if (!allowed.ok) return allowed;
        if (request.nature !== 'CHANGE') return refuse([otherNature(request)]);
        await this.repository.update(tx, request.id, {
          ...summaryOf(quotation.value, content.restartAgreed),
          version: request.version + 1,
        });
        await this.writeLines(tx, request.id, quotation.value);
        for (const step of editSteps(viewer, request)) await this.repository.appendStep(tx, request.id, step);
        tx.changed('request', request.id);
        const summary = say(`修改变更申请 ${request.code}`, `Edit change request ${request.code}`);
        return ok(done(request.id, request.departmentId, summary, { version: request.version }, content));
      },
    );
  }

  /** A draft within another act, as a review that finds a machine too big makes one. Asked for before: `prepare`. */
  async draft(tx: Tx, viewer: Viewer, quotation: Quotation, restartAgreed: boolean, code: string): Promise<string> {
    const id = newId(tx.now.getTime());
    await this.repository.insert(tx, {
      id,
      code,
      nature: 'CHANGE',
      state: 'DRAFT',
      stateSince: tx.now,
      version: 1,
      ...summaryOf(quotation, restartAgreed),
      temporaryUntil: null,
      applicantId: viewer.userId,
      applicantName: viewer.name,
      formerApplicantIds: null,
      createdAt: tx.now,
      ...{ submittedAt: null, heldSince: null, holdExpiresAt: null, dueAt: null },
    });
    await this.writeLines(tx, id, quotation);
    await this.repository.appendStep(tx, id, madeStep(viewer));
    tx.changed('request', id);
    return id;
  }

  groups(scope: TenantScope, resourceIds: readonly string[]): Promise<readonly ChangeableGroup[]> {
    return this.changeable.groups(scope, resourceIds);
  }

  /** Services that run for a system, and these. */
  async services(
    scope: TenantScope,
    systemId: string | null,
    lineIds: readonly string[],
  ): Promise<readonly ServiceNow[]> {
    const ofSystem = systemId === null ? [] : await this.running.running(scope, systemId);
    return [...ofSystem, ...(await this.running.nowOfLines(scope, lineIds))];
  }

  /** Servers and places that a system has, and those of these lines. */
  async things(
    scope: TenantScope,
    systemId: string | null,
    lineIds: readonly string[],
  ): Promise<readonly ThingsOfLine[]> {
    const ofSystem = systemId === null ? [] : await this.runningThings.running(scope, systemId);
    return [...ofSystem, ...(await this.runningThings.nowOfLines(scope, lineIds))];
  }

  thingsObjections(now: ThingsOfLine): readonly Refusal[] {
    return this.runningThings.objectionsTo(now, 0, null);
  }

  private async writeLines(tx: Tx, requestId: string, quotation: Quotation): Promise<void> {
    await this.repository.replaceLines(tx, requestId, toLines(quotation));
    const lines = await this.repository.lines(requestId, tx);
    await this.changes.replace(tx, requestId, changesOf(quotation, lines));
    await this.itemChanges.replace(tx, requestId, itemChangesOf(quotation, lines));
  }
}

/** Of all lines together. */
function waysOf({ lines }: Quotation): ResizeWays {
  const sum = (way: keyof ResizeWays) => lines.reduce((total, { change }) => total + (change?.ways[way] ?? 0), 0);
  return { live: sum('live'), restarting: sum('restarting') };
}

function summaryOf(quotation: Quotation, restartAgreed: boolean) {
  const machineCount = quotation.lines.reduce((sum, { change }) => sum + (change?.rows.length ?? 0), 0);
  const things = (kind: 'SERVER' | 'CABINET') =>
    quotation.lines.reduce(
      (sum, { thing, thingsChange }) => sum + (thing.kind === kind ? (thingsChange?.rows.length ?? 0) : 0),
      0,
    );
  const counts = { machineCount, serverCount: things('SERVER'), cabinetCount: things('CABINET') };
  return { ...headOf(quotation), restartAgreed, ...counts };
}
