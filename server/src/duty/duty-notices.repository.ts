import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DutyNoticeEntity, DutyNoticeReceiptEntity } from './duty-notices.entity.js';
import type { NoticeRow, ReceiptRow } from './tickets.types.js';

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

  receipts(noticeIds: readonly string[], tx?: Tx): Promise<ReceiptRow[]> {
    return (tx?.manager ?? this.db.manager).find(DutyNoticeReceiptEntity, {
      where: { noticeId: In(inList(noticeIds) as string[]) },
      order: { readAt: 'ASC', departmentId: 'ASC' },
    });
  }

  async insert(tx: Tx, row: NoticeRow, receipts: readonly ReceiptRow[]): Promise<void> {
    await tx.manager.insert(DutyNoticeEntity, row);
    await tx.manager.insert(DutyNoticeReceiptEntity, [...receipts]);
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

  async reminded(tx: Tx, { id, version }: NoticeRow): Promise<void> {
    await tx.manager.update(DutyNoticeEntity, { id }, { remindedAt: tx.now, version: version + 1 });
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
