import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { LINES_MAX, type LineContent, type RequestContent } from './domain/content.js';
import { decideAct, NO_APPROVAL, unknownRequest } from './domain/decide.js';
import { type DraftHead, linesUnder } from './domain/draft-head.js';
import { headOf, toLines } from './draft-lines.js';
import { editSteps } from './draft-steps.js';
import { QuotationService } from './quotation.service.js';
import { type ActWish, type Answer, done, otherNature } from './request-acts.js';
import { lineContentOf } from './request-rows.js';
import { RequestsRepository } from './requests.repository.js';
import { RequestsService } from './requests.service.js';
import { UnfinishedForms } from './unfinished-forms.service.js';

export interface RepeatWish extends DraftHead {
  /** The request that is asked for again. */
  readonly likeId: string | undefined;
  /** Lines that would be refused now are left out; else one of them refuses the whole. */
  readonly withoutRefused: boolean;
  readonly idempotencyKey: string;
}

/** What a draft says beside its lines, however many these are: changed by itself, and taken for another request of the same lines. */
@Injectable()
export class DraftHeads {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly requests: RequestsService,
    private readonly quotations: QuotationService,
    private readonly forms: UnfinishedForms,
    private readonly acts: Acts,
  ) {}

  async change(viewer: Viewer, scope: TenantScope, head: DraftHead, wish: ActWish): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    const before = seen ? await this.repository.lines(seen.id) : [];
    const content = contentOf(head, before.map(lineContentOf));
    // The lines are priced and judged anew with it: another system has other modes, another payer another price.
    const quotation = seen ? await this.quotations.quote(scope, content) : refuse([unknownRequest()]);
    const input = { ...wish, head };
    return this.acts.perform(
      { name: 'request.head', actor: viewer, idempotencyKey: wish.idempotencyKey, input },
      async (tx) => {
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request || !seen) return refuse([unknownRequest()]);
        const allowed = decideAct(viewer, request, 'EDIT', wish, NO_APPROVAL);
        if (!allowed.ok) return allowed;
        if (request.nature !== 'NEW') return refuse([otherNature(request)]);
        // The lines were read before: an edit of them since then wants another look.
        if (request.version !== seen.version) return refuse([linesChanged(seen.version, request.version)]);
        if (!quotation.ok) return quotation;
        const { system } = quotation.value;
        await this.repository.update(tx, request.id, {
          version: request.version + 1,
          ...headOf(quotation.value),
          temporaryUntil: head.temporaryUntil,
        });
        const ids = before.map(({ id }) => id);
        await this.repository.replaceLines(tx, request.id, toLines(quotation.value), ids);
        await this.forms.leave(tx, request.id);
        for (const step of editSteps(viewer, request)) await this.repository.appendStep(tx, request.id, step);
        tx.changed('request', request.id);
        return ok(
          done(
            request.id,
            system.departmentId,
            say(`修改申请单 ${request.code} 的用途与项目`, `Change what ${request.code} is for`),
            { version: request.version },
            { version: request.version + 1, head },
          ),
        );
      },
    );
  }

  /** 再次申请, of any number of lines: a draft of its own with what the old request asked for, as far as it is still offered. */
  async repeat(viewer: Viewer, scope: TenantScope, { idempotencyKey, ...wish }: RepeatWish): Answer {
    const read = await this.again(viewer, wish);
    const content = read.ok ? read.value : contentOf(wish, []);
    const lines = wish.withoutRefused ? await this.stillOffered(scope, content) : content.lines;
    return this.requests.createDraft(viewer, scope, { ...content, lines }, idempotencyKey, LINES_MAX, {
      input: wish,
      ...(read.ok ? {} : { refused: read.error }),
    });
  }

  /** What another request of the same lines would ask for. */
  async again(
    viewer: Viewer,
    wish: DraftHead & { readonly likeId: string | undefined },
  ): Promise<Result<RequestContent, readonly Refusal[]>> {
    const like = wish.likeId === undefined ? null : await this.requests.seenBy(viewer, wish.likeId);
    if (!like) return refuse([{ ...unknownRequest(), path: ['likeId'] }]);
    if (like.nature !== 'NEW') return refuse([{ ...otherNature(like), path: ['likeId'] }]);
    return ok(contentOf(wish, (await this.repository.lines(like.id)).map(lineContentOf)));
  }

  private async stillOffered(scope: TenantScope, content: RequestContent): Promise<readonly LineContent[]> {
    const quoted = await this.quotations.quote(scope, content);
    if (quoted.ok) return content.lines;
    const refused = new Set(quoted.error.flatMap(({ path }) => (path[1] === 'lines' ? [path[2]] : [])));
    return content.lines.filter((_, at) => !refused.has(String(at)));
  }
}

function contentOf(head: DraftHead, lines: readonly LineContent[]): RequestContent {
  const { systemId, projectId, purpose, temporaryUntil } = head;
  return { systemId, projectId, purpose, temporaryUntil, lines: linesUnder(head, lines) };
}

function linesChanged(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      `草稿刚在别处改到第 ${current} 版：这一次改动没有保存，之前保存的都在。请刷新后再改`,
      `The draft was changed elsewhere and is version ${current} now: this change was not saved, all that was saved before is kept. Look again and repeat it`,
    ),
  };
}
