import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, reaches, scopeFor, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import type { HandOvers } from '../requests/hand-overs.types.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import { deliveryNotice } from './delivery-notices.js';
import type { SheetRow } from './documents.types.js';
import { movedSheet, sheetCodeOf, wrongObjections, wrongReason } from './domain/delivery-sheet.js';
import { HandOverRepository } from './hand-over.repository.js';
import { SheetContents } from './sheet-contents.service.js';
import { done, SheetMoves, terms } from './sheet-moves.service.js';
import { answeredAlready, notTheirs, sheetChanged, unknownSheet } from './sheet-refusals.js';

export interface SheetWish {
  readonly requestId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

export interface ObjectionWish {
  readonly resourceId: string | undefined;
  readonly reason: string;
}

type Answer = Promise<Result<{ id: string; requestId: string }, readonly Refusal[]>>;

/** 资源开通确认单: opened when all of a request runs, and confirmed by its department, or objected to, or by rule. */
@Injectable()
export class DeliveriesService implements HandOvers {
  constructor(
    private readonly repository: HandOverRepository,
    private readonly contents: SheetContents,
    private readonly requests: RequestsService,
    private readonly calendars: CalendarsService,
    private readonly moves: SheetMoves,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  /** Within the transaction that delivers the request. */
  async delivered(tx: Tx, request: RequestRow): Promise<void> {
    const [calendar, policy] = [await this.calendars.calendarIn(tx), await this.repository.policy(tx.manager)];
    const sheet: SheetRow = {
      id: newId(tx.now.getTime()),
      code: sheetCodeOf(request.code),
      requestId: request.id,
      requestCode: request.code,
      departmentId: request.departmentId,
      applicantId: request.applicantId,
      state: 'AWAITING',
      version: 1,
      openedAt: tx.now,
      ...terms(calendar, policy, tx.now),
      confirmedAt: null,
      confirmedBy: null,
      byRule: false,
      content: null,
      contentHash: null,
    };
    if (await this.repository.open(tx, sheet)) await this.notices.tell(tx, deliveryNotice('OPENED', sheet));
  }

  mayConfirm(viewer: Viewer, request: RequestRow): boolean {
    return reaches(scopeFor(viewer, 'REQUEST', 'WITHDRAW'), request);
  }

  /** Whoever of the center decides on everyone's requests answers for what was delivered. */
  mayAnswer(viewer: Viewer, request: RequestRow): boolean {
    const scope = scopeFor(viewer, 'REQUEST', 'REVIEW');
    return scope?.kind === 'PROVINCE' && covers(scope, request.departmentId);
  }

  async confirm(viewer: Viewer, wish: SheetWish): Answer {
    const found = await this.found(viewer, wish.requestId);
    if (!found) return refuse([unknownSheet()]);
    const content = await this.contents.of(found.request);
    return this.acts.perform(
      { name: 'document.confirmDelivery', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const sheet = await this.repository.locked(tx, found.sheet.id);
        const refused = this.refusal(sheet, wish, this.mayConfirm(viewer, found.request));
        if (!sheet || refused) return refuse([refused ?? unknownSheet()]);
        return this.moves.close(tx, sheet, content, 'CONFIRM', viewer.name);
      },
    );
  }

  /** With a reason for each resource; it goes back to the center as work that stands on the request. */
  async object(viewer: Viewer, wish: SheetWish & { readonly objections: readonly ObjectionWish[] }): Answer {
    const found = await this.found(viewer, wish.requestId);
    if (!found) return refuse([unknownSheet()]);
    const { content } = await this.contents.of(found.request);
    return this.acts.perform(
      { name: 'document.objectToDelivery', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const sheet = await this.repository.locked(tx, found.sheet.id);
        const refused = this.refusal(sheet, wish, this.mayConfirm(viewer, found.request));
        if (!sheet || refused) return refuse([refused ?? unknownSheet()]);
        const wrong = wrongObjections(
          wish.objections,
          content.items.map((item) => item.resourceId),
        );
        if (wrong.length > 0) return refuse(wrong);
        const to = movedSheet(sheet.state, 'OBJECT');
        if (typeof to !== 'string') return refuse([to]);
        await this.repository.insertObjections(
          tx,
          wish.objections.map(({ resourceId, reason }) => ({
            id: newId(tx.now.getTime()),
            sheetId: sheet.id,
            resourceId: resourceId ?? '',
            reason: reason.trim(),
            raisedAt: tx.now,
            raisedBy: viewer.name,
            answer: null,
            answeredAt: null,
            answeredBy: null,
          })),
        );
        await this.moves.to(tx, sheet, to, { dueAt: null, remindAt: null });
        await this.notices.tell(tx, deliveryNotice('OBJECTED', sheet));
        const count = wish.objections.length;
        return ok(
          done(sheet, say(`对 ${sheet.code} 提出 ${count} 项异议`, `Objected to ${count} of ${sheet.code}`), { to }),
        );
      },
    );
  }

  /** The last answer brings the sheet back to the department, with its full term. */
  async answer(
    viewer: Viewer,
    wish: { objectionId: string | undefined; answer: string; idempotencyKey: string },
  ): Answer {
    const objection = wish.objectionId ? await this.repository.objection(wish.objectionId) : null;
    const seen = objection && (await this.repository.byId(objection.sheetId));
    const found = seen && (await this.found(viewer, seen.requestId));
    if (!objection || !found) return refuse([unknownSheet('objectionId')]);
    const calendar = await this.calendars.calendar();
    return this.acts.perform(
      { name: 'document.answerObjection', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        if (!this.mayAnswer(viewer, found.request)) return refuse([notTheirs()]);
        const wrong = wrongReason(wish.answer, ['answer']);
        if (wrong.length > 0) return refuse(wrong);
        const sheet = await this.repository.locked(tx, found.sheet.id);
        if (!sheet || !(await this.repository.answer(tx, objection.id, wish.answer.trim(), viewer.name)))
          return refuse([answeredAlready()]);
        const open = (await this.repository.objections([sheet.id], tx.manager)).filter((one) => one.answer === null);
        if (open.length === 0) {
          const to = movedSheet(sheet.state, 'ANSWER');
          if (typeof to !== 'string') return refuse([to]);
          const policy = await this.repository.policy(tx.manager);
          await this.moves.to(tx, sheet, to, terms(calendar, policy, tx.now));
          await this.notices.tell(tx, deliveryNotice('ANSWERED', sheet));
        } else tx.changed('request', sheet.requestId);
        return ok(
          done(sheet, say(`答复 ${sheet.code} 的异议`, `Answered an objection to ${sheet.code}`), {
            open: open.length,
          }),
        );
      },
    );
  }

  private async found(viewer: Viewer, requestId: string | undefined) {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    const request = scope && requestId ? await this.requests.inScope(scope, requestId) : null;
    const [sheet] = request ? await this.repository.sheets([request.id]) : [];
    return request && sheet ? { request, sheet } : null;
  }

  private refusal(sheet: SheetRow | null, wish: SheetWish, theirs: boolean): Refusal | null {
    if (!sheet) return unknownSheet();
    if (!theirs) return notTheirs();
    if (sheet.version === wish.expectedVersion) return null;
    return sheetChanged(wish.expectedVersion, sheet.version);
  }
}
