import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { LineContent, RequestContent } from './domain/content.js';
import { decideAct, NO_APPROVAL, unknownRequest } from './domain/decide.js';
import { type EditedLines, editLines, LINES_PER_EDIT_MAX, type LineEdit } from './domain/line-edits.js';
import { countsOf, toLines } from './draft-lines.js';
import { editSteps } from './draft-steps.js';
import { type Quotation, QuotationService } from './quotation.service.js';
import { type ActWish, type Alongside, type Answer, done } from './request-acts.js';
import { contentOf, lineContentOf } from './request-rows.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestRow } from './requests.types.js';

/** Lines of a draft, one by one or some at once, under the draft's version; the rest of it stays as it is. */
@Injectable()
export class DraftLines {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly quotations: QuotationService,
    private readonly acts: Acts,
  ) {}

  /** What of the lines would be refused, were they in a draft now. Paths begin with the line's number. Nothing is written. */
  async refusalsOf(content: RequestContent): Promise<{ readonly line: number; readonly refusal: Refusal }[]> {
    const quoted = await this.quotations.quote(WHOLE_PROVINCE, content);
    if (quoted.ok) return [];
    return quoted.error.flatMap((refusal) => {
      const [, part, line, ...rest] = refusal.path;
      return part === 'lines' && line !== undefined
        ? [{ line: Number(line), refusal: { ...refusal, path: rest } }]
        : [];
    });
  }

  /** @param linesMax LINES_PER_EDIT_MAX for what comes by the API's body; a table may bring a whole request. */
  async edit(
    viewer: Viewer,
    scope: TenantScope,
    edit: LineEdit,
    wish: ActWish,
    alongside: Alongside = {},
    linesMax = LINES_PER_EDIT_MAX,
  ): Answer {
    const seen = wish.requestId === undefined ? null : await this.repository.inScope(scope, wish.requestId);
    const prepared = seen ? await this.prepare(seen, edit, linesMax) : refuse([unknownRequest()]);
    const input = alongside.input ?? { ...wish, edit };
    return this.acts.perform(
      { name: 'request.lines', actor: viewer, idempotencyKey: wish.idempotencyKey, input },
      async (tx) => {
        if (alongside.refused) return refuse(alongside.refused);
        const request = await this.repository.locked(tx, scope, wish.requestId);
        if (!request || !seen) return refuse([unknownRequest()]);
        const allowed = decideAct(viewer, request, 'EDIT', wish, NO_APPROVAL);
        if (!allowed.ok) return refuse(allowed.error.map(tellWhatIsKept(request)));
        if (request.version !== seen.version) return refuse([conflict(seen.version, request)]);
        if (!prepared.ok) return prepared;
        const { quotation, edited } = prepared.value;
        const { source } = alongside;
        await this.repository.update(tx, request.id, {
          version: request.version + 1,
          monthlyFen: quotation.monthlyFen,
          ...countsOf(quotation.lines),
          ...(source ? { lineSources: [...(request.lineSources ?? []), source] } : {}),
        });
        const ids = edited.lines.map(({ id }) => id);
        await this.repository.replaceLines(tx, request.id, toLines(quotation), ids);
        for (const step of editSteps(viewer, request)) await this.repository.appendStep(tx, request.id, step);
        const beside = (await alongside.within?.(tx, request.id)) ?? ok(undefined);
        if (!beside.ok) return beside;
        tx.changed('request', request.id);
        return ok(
          done(
            request.id,
            request.departmentId,
            summaryOf(edit, request.code),
            { version: request.version },
            { version: request.version + 1, edit, ...(source ? { source } : {}) },
          ),
        );
      },
    );
  }

  /** The whole draft with the edit, asked anew: an offer of another line may have been withdrawn since. */
  private async prepare(
    request: RequestRow,
    edit: LineEdit,
    linesMax: number,
  ): Promise<Result<{ quotation: Quotation; edited: EditedLines }, readonly Refusal[]>> {
    const lines = await this.repository.lines(request.id);
    const edited = editLines(
      lines.map((line) => ({ id: line.id, content: lineContentOf(line) })),
      edit,
      linesMax,
    );
    if (!edited.ok) return edited;
    const content: RequestContent = {
      ...contentOf(request, []),
      lines: edited.value.lines.map((line): LineContent => line.content),
    };
    const quotation = await this.quotations.quote(WHOLE_PROVINCE, content);
    if (!quotation.ok) return refuse(quotation.error.map((one) => ({ ...one, path: ownPath(one.path, edited.value) })));
    return ok({ quotation: quotation.value, edited: edited.value });
  }
}

/** What is wrong with a line that the edit brings is told at the edit's own input. */
function ownPath(path: InputPath, { pathOf }: EditedLines): InputPath {
  const [, part, line, ...rest] = path;
  const own = part === 'lines' && line !== undefined ? pathOf(Number(line)) : null;
  return own ? [...own, ...rest] : path;
}

function conflict(expected: number, request: RequestRow): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current: request.version,
    message: say(
      `草稿已在别处改到第 ${request.version} 版：这一次改动没有保存，之前保存的都在。请刷新后再改`,
      `The draft was changed elsewhere and is version ${request.version} now: this change was not saved, all that was saved before is kept. Look again and repeat it`,
    ),
  };
}

const tellWhatIsKept =
  (request: RequestRow) =>
  (refusal: Refusal): Refusal =>
    refusal.code === 'VERSION_CONFLICT' ? conflict(refusal.expected, request) : refusal;

function summaryOf(edit: LineEdit, code: string): Bilingual {
  switch (edit.kind) {
    case 'ADD':
      return say(`申请单 ${code} 增加 ${edit.lines.length} 行明细`, `Add ${edit.lines.length} lines to ${code}`);
    case 'CHANGE':
      return say(`修改申请单 ${code} 的一行明细`, `Change a line of ${code}`);
    case 'CHANGE_SOME':
      return say(`修改申请单 ${code} 的 ${edit.lines.length} 行明细`, `Change ${edit.lines.length} lines of ${code}`);
    case 'REMOVE':
      return say(
        `申请单 ${code} 删除 ${edit.lineIds.length} 行明细`,
        `Take ${edit.lineIds.length} lines out of ${code}`,
      );
    case 'MOVE':
      return say(`移动申请单 ${code} 的一行明细`, `Move a line of ${code}`);
  }
}
