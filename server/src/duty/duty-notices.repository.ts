import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DutyNoticeEntity, DutyNoticeReceiptEntity } from './duty-notices.entity.js';
import type { NoticeRow, ReceiptRow } from './tickets.types.js';

const RECEIPT_COLUMNS = ['noticeId', 'departmentId', 'systemIds', 'toldVersion', 'readAt', 'readBy'] as const;

const ownOf = (scope: TenantScope) =>
  scope.kind === 'PROVINCE' ? {} : { departmentId: In(inList(scope.departmentIds) as string[]) };

/** A department sees the notices that were sent to it, and of their receipts its own. */
@Injectable()
export class DutyNoticesRepository {
  constructor(private readonly db: DataSource) {}

  page(scope: TenantScope, unreadOnly: boolean, page: PageRequest): Promise<Page<NoticeRow>> {
    const rows = () => {
      const query = this.shown(scope);
      if (!unreadOnly) return query;
      const own = scope.kind === 'PROVINCE' ? '' : ' and u.department_id in (:...scopeIds)';
      return query.andWhere(
        `exists (select 1 from duty_notice_receipt u where u.notice_id = n.id and u.read_at is null${own})`,
      );
    };
    return newestOf(rows, 'n.sentAt', 'n.id', page);
  }

  inScope(scope: TenantScope, id: string): Promise<NoticeRow | null> {
    return this.shown(scope).andWhere('n.id = :id', { id }).getOne();
  }

  locked(tx: Tx, id: string | undefined): Promise<NoticeRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return tx.manager.findOne(DutyNoticeEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  ofTickets(ticketIds: readonly string[]): Promise<NoticeRow[]> {
    return this.db.manager.find(DutyNoticeEntity, {
      where: { ticketId: In(inList(ticketIds) as string[]) },
      order: { sentAt: 'DESC', id: 'DESC' },
    });
  }

  /** Of the departments that one sees; those that have not read it first. */
  receipts(noticeId: string, scope: TenantScope, limit: number): Promise<ReceiptRow[]> {
    return this.db.manager.find(DutyNoticeReceiptEntity, {
      where: { noticeId, ...ownOf(scope) },
      ...{ order: { readAt: 'ASC', departmentId: 'ASC' }, take: limit },
    });
  }

  /** Of one's own departments, of a page of notices. */
  ownReceipts(noticeIds: readonly string[], departmentIds: readonly string[], tx?: Tx): Promise<ReceiptRow[]> {
    return (tx?.manager ?? this.db.manager).find(DutyNoticeReceiptEntity, {
      where: { noticeId: In(inList(noticeIds) as string[]), departmentId: In(inList(departmentIds) as string[]) },
      order: { readAt: 'ASC', departmentId: 'ASC' },
    });
  }

  async readings(noticeIds: readonly string[]): Promise<ReadonlyMap<string, { told: number; read: number }>> {
    const rows: { id: string; told: string; readers: string }[] = await this.db.query(
      `select notice_id as id, count(*) as told, count(read_at) as readers from duty_notice_receipt
        where notice_id in (?) group by notice_id`,
      [inList(noticeIds)],
    );
    return new Map(rows.map(({ id, readers, told }) => [id, { told: Number(told), read: Number(readers) }]));
  }

  unread(tx: Tx, noticeId: string): Promise<number> {
    return tx.manager.countBy(DutyNoticeReceiptEntity, { noticeId, readAt: IsNull() });
  }

  async insert(tx: Tx, row: NoticeRow, receipts: readonly ReceiptRow[]): Promise<void> {
    await tx.manager.insert(DutyNoticeEntity, row);
    await bulkInsert(tx, 'duty_notice_receipt', RECEIPT_COLUMNS, receipts);
  }

  /** Notices of which somebody has still to hear; the oldest first. */
  async telling(): Promise<string[]> {
    const rows = await this.db.manager.find(DutyNoticeEntity, {
      ...{ select: { id: true }, where: { telling: 1 }, order: { sentAt: 'ASC', id: 'ASC' } },
    });
    return rows.map(({ id }) => id);
  }

  /** Departments that have not heard of this version; of a reminder only those that have not read it. */
  async untold(tx: Tx, { id: noticeId, version }: NoticeRow, limit: number): Promise<string[]> {
    const rows = await tx.manager.find(DutyNoticeReceiptEntity, {
      select: { departmentId: true },
      where: { noticeId, toldVersion: LessThan(version), ...(version > 1 ? { readAt: IsNull() } : {}) },
      ...{ order: { departmentId: 'ASC' }, take: limit },
    });
    return rows.map(({ departmentId }) => departmentId);
  }

  async told(tx: Tx, { id: noticeId, version }: NoticeRow, departmentIds: readonly string[]): Promise<void> {
    await tx.manager.update(
      DutyNoticeReceiptEntity,
      { noticeId, departmentId: In(inList(departmentIds) as string[]) },
      { toldVersion: version },
    );
  }

  async allTold(tx: Tx, { id }: NoticeRow): Promise<void> {
    await tx.manager.update(DutyNoticeEntity, { id }, { telling: null });
  }

  /** The first who reads it stays; gives how many departments had not. */
  async read(tx: Tx, noticeId: string, departmentIds: readonly string[], by: string): Promise<number> {
    const done = await tx.manager.update(
      DutyNoticeReceiptEntity,
      { noticeId, departmentId: In(inList(departmentIds) as string[]), readAt: IsNull() },
      { readAt: tx.now, readBy: by },
    );
    return done.affected ?? 0;
  }

  async reminded(tx: Tx, row: NoticeRow): Promise<NoticeRow> {
    const values = { remindedAt: tx.now, version: row.version + 1, telling: 1 };
    await tx.manager.update(DutyNoticeEntity, { id: row.id }, values);
    return { ...row, ...values };
  }

  private shown(scope: TenantScope) {
    const query = this.db.manager.createQueryBuilder(DutyNoticeEntity, 'n').where('1 = 1');
    if (scope.kind === 'PROVINCE') return query;
    return query.andWhere(
      'exists (select 1 from duty_notice_receipt r where r.notice_id = n.id and r.department_id in (:...scopeIds))',
      { scopeIds: inList(scope.departmentIds) },
    );
  }
}
