import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { counted, say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { type DutyNoticeKind, whyNoReminder, wrongNotice } from './domain/duty-notice.js';
import { affectedDepartments } from './domain/ticket-links.js';
import { entryText } from './domain/ticket-words.js';
import { DutyNoticeTelling } from './duty-notice-telling.service.js';
import { DutyNoticesRepository } from './duty-notices.repository.js';
import { TicketLinks } from './ticket-links.service.js';
import { notPermitted, unknown } from './ticket-refusals.js';
import { TicketsRepository } from './tickets.repository.js';
import type { NoticeRow, ReceiptRow } from './tickets.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** TG: 通告. */
const CODE_PREFIX = 'TG';
/** An act's column of names has room for so many. */
const NAMES_SAID = 20;
/** Those that have not read it come first; how many have is counted over all. */
const RECEIPTS_SHOWN = 500;

/** 通告: the departments that a ticket concerns are told, and each says that it has read it. */
@Injectable()
export class DutyNotices {
  constructor(
    private readonly repository: DutyNoticesRepository,
    private readonly tickets: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly departments: DepartmentsService,
    private readonly codes: CodeSequence,
    private readonly telling: DutyNoticeTelling,
    private readonly acts: Acts,
  ) {}

  page(scope: TenantScope, unreadOnly: boolean, page: PageRequest): Promise<Page<NoticeRow>> {
    return this.repository.page(scope, unreadOnly, page);
  }

  inScope(scope: TenantScope, id: string): Promise<NoticeRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** Of one notice: of all departments for the desk, of one's own for a department. */
  receipts(noticeId: string, scope: TenantScope): Promise<ReceiptRow[]> {
    return this.repository.receipts(noticeId, scope, RECEIPTS_SHOWN);
  }

  /** Batches for loaders. Of the first: each key is a notice and, behind it, one's own departments. */
  readonly ownReceipts = async (keys: readonly string[]): Promise<ReceiptRow[][]> => {
    const asked = keys.map((key) => key.split(' '));
    const departmentIds = [...new Set(asked.flatMap(([, ...ids]) => ids))];
    const rows = await this.repository.ownReceipts([...new Set(asked.flatMap(([id]) => id ?? []))], departmentIds);
    const of = Map.groupBy(rows, ({ noticeId }) => noticeId);
    return asked.map(([id = '', ...ids]) => (of.get(id) ?? []).filter((row) => ids.includes(row.departmentId)));
  };
  readonly readings = async (ids: readonly string[]): Promise<{ told: number; read: number }[]> => {
    const of = await this.repository.readings(ids);
    return ids.map((id) => of.get(id) ?? { told: 0, read: 0 });
  };
  readonly ofTickets = async (ticketIds: readonly string[]): Promise<NoticeRow[][]> => {
    const of = Map.groupBy(await this.repository.ofTickets(ticketIds), ({ ticketId }) => ticketId);
    return ticketIds.map((id) => of.get(id) ?? []);
  };

  /** By what the ticket names now: its systems, machines and servers, or everybody in its center. */
  async affected(ticketId: string) {
    const [row] = await this.tickets.byIds([ticketId]);
    if (!row) return [];
    return affectedDepartments(await this.links.concerns(await this.tickets.links([row.id]), row.centerId));
  }

  async send(
    viewer: Viewer,
    wish: {
      readonly ticketId: string | undefined;
      readonly kind: DutyNoticeKind;
      readonly title: string;
      readonly body: string;
      /** Besides those that it concerns. */
      readonly alsoDepartmentIds: readonly (string | undefined)[];
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...asked } = wish;
    const also = wish.alsoDepartmentIds.map((id) => id ?? '-');
    const [concerned, named] = await Promise.all([
      wish.ticketId === undefined ? [] : this.affected(wish.ticketId),
      this.departments.departments(also),
    ]);
    const input = { ...asked, alsoDepartmentIds: also };
    return this.acts.perform({ name: 'dutyNotice.send', actor: viewer, idempotencyKey, input }, async (tx) => {
      const ticket = await this.tickets.locked(tx, wish.ticketId);
      if (!ticket) return refuse([unknown('ticketId')]);
      const told = new Map(concerned.map(({ departmentId, systemIds }) => [departmentId, systemIds]));
      for (const department of named) if (department && !told.has(department.id)) told.set(department.id, []);
      const wrong = wrongNotice({ title: wish.title, body: wish.body, departments: told.size });
      if (named.some((department) => department === null)) wrong.push(unknown('alsoDepartmentIds'));
      if (wrong.length > 0) return refuse(wrong);
      const row: NoticeRow = {
        ...{
          id: newId(tx.now.getTime()),
          ticketId: ticket.id,
          kind: wish.kind,
          version: 1,
          remindedAt: null,
          telling: 1,
        },
        code: await this.codes.nextWithin(tx.manager, CODE_PREFIX, accountingYear(tx.now)),
        ...{ title: wish.title.trim(), body: wish.body.trim(), sentAt: tx.now, sentBy: viewer.name },
      };
      const unread = { noticeId: row.id, toldVersion: 0, readAt: null, readBy: null };
      await this.repository.insert(
        tx,
        row,
        [...told].map(([departmentId, systemIds]) => ({ ...unread, departmentId, systemIds })),
      );
      // The first are told with it; the rest batch by batch, however many a province has.
      await this.telling.next(tx, row);
      const words = { kind: 'NOTICE' as const, code: row.code, title: row.title, departments: told.size };
      await this.tickets.happened(tx, {
        ...{ ticketId: ticket.id, state: null, byName: viewer.name, kind: 'NOTICE' },
        text: entryText({ text: null, words })?.zh ?? null,
        words,
      });
      tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(
            `发出通告 ${row.code} ${row.title}，告知 ${told.size} 个单位`,
            `Send the notice ${row.code} ${row.title} to ${counted(told.size, 'department', 'departments')}`,
          ),
          after: { ...input, departments: [...told.keys()].slice(0, NAMES_SAID) },
        },
      });
    });
  }

  /** 回执: by somebody who may bind his department; the first of each stays. */
  read(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly noticeId: string | undefined; readonly idempotencyKey: string },
  ): Answer {
    const { idempotencyKey, noticeId } = wish;
    const input = { noticeId: noticeId ?? null };
    return this.acts.perform({ name: 'dutyNotice.read', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, noticeId);
      const own =
        scope.kind === 'PROVINCE' || !row ? [] : await this.repository.ownReceipts([row.id], scope.departmentIds, tx);
      if (!row || own.length === 0) return refuse([unknown('id')]);
      const ids = own.map(({ departmentId }) => departmentId);
      if ((await this.repository.read(tx, row.id, ids, viewer.name)) === 0)
        return refuse([notPermitted('READ', '贵单位已回执', 'Your department has read it already')]);
      if (row.ticketId !== null) tx.changed('dr', 'ALERTS');
      return ok({
        value: { id: row.id },
        audit: {
          ...{ objectType: 'DutyNotice', objectId: row.id, departmentId: viewer.departmentId },
          summary: say(`已阅通告 ${row.code}`, `Read the notice ${row.code}`),
          after: { departments: ids },
        },
      });
    });
  }

  /** 催阅: those who have not read it, once an hour at most. */
  remind(viewer: Viewer, wish: { readonly noticeId: string | undefined; readonly idempotencyKey: string }): Answer {
    const { idempotencyKey, noticeId } = wish;
    const input = { noticeId: noticeId ?? null };
    return this.acts.perform({ name: 'dutyNotice.remind', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, noticeId);
      if (!row) return refuse([unknown('id')]);
      const unread = await this.repository.unread(tx, row.id);
      const not = whyNoReminder({ remindedAt: row.remindedAt, unread, isTelling: row.telling === 1 }, tx.now);
      if (not) return refuse([not]);
      await this.telling.next(tx, await this.repository.reminded(tx, row));
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(
            `催阅 ${row.code}，${unread} 个单位`,
            `Remind ${counted(unread, 'department', 'departments')} of ${row.code}`,
          ),
          after: { unread },
        },
      });
    });
  }
}

const auditOf = (objectId: string) => ({ objectType: 'DutyNotice', objectId, departmentId: null });
