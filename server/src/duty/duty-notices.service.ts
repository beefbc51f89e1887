import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { counted, say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import type { Notice } from '../kernel/notice.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { Notices } from '../platform/notices/notices.js';
import { type DutyNoticeKind, whyNoReminder, wrongNotice } from './domain/duty-notice.js';
import { affectedDepartments } from './domain/ticket-links.js';
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

/** 通告: the departments that a ticket concerns are told, and each says that it has read it. */
@Injectable()
export class DutyNotices {
  constructor(
    private readonly repository: DutyNoticesRepository,
    private readonly tickets: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly departments: DepartmentsService,
    private readonly codes: CodeSequence,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  page(scope: TenantScope, unreadOnly: boolean, page: PageRequest): Promise<Page<NoticeRow>> {
    return this.repository.page(scope, unreadOnly, page);
  }

  inScope(scope: TenantScope, id: string): Promise<NoticeRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** Batches for loaders. */
  readonly receipts = async (ids: readonly string[]): Promise<ReceiptRow[][]> => {
    const of = Map.groupBy(await this.repository.receipts(ids), ({ noticeId }) => noticeId);
    return ids.map((id) => of.get(id) ?? []);
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
        ...{ id: newId(tx.now.getTime()), ticketId: ticket.id, kind: wish.kind, version: 1, remindedAt: null },
        code: await this.codes.nextWithin(tx.manager, CODE_PREFIX, accountingYear(tx.now)),
        ...{ title: wish.title.trim(), body: wish.body.trim(), sentAt: tx.now, sentBy: viewer.name },
      };
      const unread = { noticeId: row.id, readAt: null, readBy: null };
      await this.repository.insert(
        tx,
        row,
        [...told].map(([departmentId, systemIds]) => ({ ...unread, departmentId, systemIds })),
      );
      await this.notices.tell(tx, ...toldTo(row, [...told.keys()]));
      await this.tickets.happened(tx, {
        ...{ ticketId: ticket.id, state: null, byName: viewer.name, kind: 'NOTICE' },
        text: `${row.code} ${row.title}（${told.size} 个单位）`,
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
        scope.kind === 'PROVINCE' || !row
          ? []
          : (await this.repository.receipts([row.id], tx)).filter((one) =>
              scope.departmentIds.includes(one.departmentId),
            );
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
      const unread = (await this.repository.receipts([row.id], tx)).filter(({ readAt }) => readAt === null);
      const not = whyNoReminder({ remindedAt: row.remindedAt, unread: unread.length }, tx.now);
      if (not) return refuse([not]);
      await this.repository.reminded(tx, row);
      await this.notices.tell(
        tx,
        ...toldTo(
          row,
          unread.map(({ departmentId }) => departmentId),
          true,
        ),
      );
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(
            `催阅 ${row.code}，${unread.length} 个单位`,
            `Remind ${counted(unread.length, 'department', 'departments')} of ${row.code}`,
          ),
          after: { unread: unread.length },
        },
      });
    });
  }
}

const auditOf = (objectId: string) => ({ objectType: 'DutyNotice', objectId, departmentId: null });

/** One row of the outbox names so many departments, so that its audience fits its column. */
const TOLD_AT_ONCE = 100;

/** Its head and its applicants: whoever of them is there reads it. */
function toldTo(
  { body, code, id, title, version }: NoticeRow,
  departmentIds: readonly string[],
  again = false,
): Notice[] {
  const text = `${title}。${body.slice(0, 200)}`;
  return Array.from({ length: Math.ceil(departmentIds.length / TOLD_AT_ONCE) }, (_, at) => ({
    ...{ kind: 'WORK_WAITING', subject: { type: 'DutyNotice', id } },
    audience: {
      roles: departmentIds.slice(at * TOLD_AT_ONCE, (at + 1) * TOLD_AT_ONCE).flatMap((departmentId) => [
        { role: 'DEPARTMENT_HEAD' as const, departmentId },
        { role: 'APPLICANT' as const, departmentId },
      ]),
    },
    text: again
      ? say(`请回执通告 ${code}：${text}`, `Please confirm that you have read ${code}: ${text}`)
      : say(`值班台通告 ${code}：${text}`, `Notice ${code} of the duty desk: ${text}`),
    // The first reminder finds the version with which it was sent: one key for both would pass the reminder over.
    onceKey: `duty-notice/${id}/${again ? `again-${version}` : 'sent'}/${at}`,
  }));
}
