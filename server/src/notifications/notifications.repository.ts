import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Audience, Notice, NoticeKind } from '../kernel/notice.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { Preference } from './domain/audience.js';
import { NotificationEntity, PreferenceEntity } from './notifications.entity.js';
import type { NotificationFilter, NotificationRow } from './notifications.types.js';

/** A notice as it waits to be told. */
export interface UntoldNotice extends Omit<Notice, 'onceKey'> {
  readonly id: string;
  readonly createdAt: Date;
}

interface NoticeRow {
  id: string;
  kind: NoticeKind;
  subject_type: string;
  subject_id: string;
  audience: string;
  text_zh: string;
  text_en: string;
  created_at: Date;
}

const NOTIFICATION_COLUMNS = [
  'id',
  'noticeId',
  'userId',
  'kind',
  'subjectType',
  'subjectId',
  'textZh',
  'textEn',
  'createdAt',
] as const;

/** Inboxes and preferences. Every read and write names the person: an inbox is nobody else's business. */
@Injectable()
export class NotificationsRepository {
  constructor(private readonly db: DataSource) {}

  /** The oldest first. */
  async untold(limit: number): Promise<UntoldNotice[]> {
    const rows: NoticeRow[] = await this.db.query('select * from notice where told_at is null order by id limit ?', [
      limit,
    ]);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      subject: { type: row.subject_type, id: row.subject_id },
      audience: JSON.parse(row.audience) as Audience,
      text: { zh: row.text_zh, en: row.text_en },
      createdAt: row.created_at,
    }));
  }

  /** false = another worker tells it. */
  async markTold(tx: Tx, noticeId: string): Promise<boolean> {
    const { affectedRows } = await tx.manager.query('update notice set told_at = ? where id = ? and told_at is null', [
      tx.now,
      noticeId,
    ]);
    return affectedRows > 0;
  }

  async insert(tx: Tx, notice: UntoldNotice, userIds: readonly string[]): Promise<void> {
    const rows = userIds.map((userId) => ({
      id: newId(tx.now.getTime()),
      noticeId: notice.id,
      userId,
      kind: notice.kind,
      subjectType: notice.subject.type,
      subjectId: notice.subject.id,
      textZh: notice.text.zh,
      textEn: notice.text.en,
      createdAt: notice.createdAt,
    }));
    await bulkInsert(tx, 'notification', NOTIFICATION_COLUMNS, rows);
  }

  /** Newest first, by (time, id). */
  async page(userId: string, filter: NotificationFilter, page: PageRequest): Promise<Page<NotificationRow>> {
    const query = this.db.createQueryBuilder(NotificationEntity, 'n').where('n.userId = :userId', { userId });
    if (filter.unreadOnly) query.andWhere('n.readAt is null');
    if (filter.kinds) query.andWhere('n.kind in (:...kinds)', { kinds: inList(filter.kinds) });
    const totalCount = await query.getCount();
    if (page.after)
      query.andWhere('(n.createdAt < :at or (n.createdAt = :at and n.id < :id))', {
        at: new Date(page.after[0] as string),
        id: page.after[1],
      });
    const rows = await query
      .orderBy('n.createdAt', 'DESC')
      .addOrderBy('n.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  own(userId: string, id: string): Promise<NotificationRow | null> {
    return this.db.manager.findOneBy(NotificationEntity, { userId, id });
  }

  countUnread(userId: string): Promise<number> {
    return this.db
      .createQueryBuilder(NotificationEntity, 'n')
      .where('n.userId = :userId and n.readAt is null', { userId })
      .getCount();
  }

  /** How many became read. `ids` null = all that came until `until`. */
  async markRead(tx: Tx, userId: string, ids: readonly string[] | null, until: Date): Promise<number> {
    const { affectedRows } = await tx.manager.query(
      `update notification set read_at = ? where user_id = ? and read_at is null and ${ids ? 'id in (?)' : 'created_at <= ?'}`,
      [tx.now, userId, ids ? inList(ids) : until],
    );
    return affectedRows;
  }

  /** What was told before that day and is read, or is too old to help anybody. */
  async prune(readBefore: Date, before: Date, limit: number): Promise<void> {
    await this.db.query('delete from notification where read_at < ? order by id limit ?', [readBefore, limit]);
    await this.db.query('delete from notification where created_at < ? order by id limit ?', [before, limit]);
    await this.db.query('delete from notice where told_at < ? order by id limit ?', [before, limit]);
  }

  async preferences(
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, Preference & { readonly version: number }>> {
    const rows = await this.db
      .createQueryBuilder(PreferenceEntity, 'p')
      .where('p.userId in (:...ids)', { ids: inList(userIds) })
      .getMany();
    return new Map(
      rows.map(({ userId, quietKinds, sms, im, mail, mailAddress, version }) => [
        userId,
        { sms, im, mail, mailAddress, version, quietKinds: quietKinds.split(',').filter(Boolean) as NoticeKind[] },
      ]),
    );
  }

  /** false = it was changed by another window since `version` (0 = there was none). */
  async savePreference(
    tx: Tx,
    userId: string,
    version: number,
    { quietKinds, ...preference }: Preference,
  ): Promise<boolean> {
    const values = [
      preference.sms,
      preference.im,
      preference.mail,
      preference.mailAddress,
      quietKinds.join(','),
      tx.now,
    ];
    const sql =
      version === 0
        ? 'insert ignore into notification_preference (sms, im, mail, mail_address, quiet_kinds, changed_at, user_id, version) values (?, ?, ?, ?, ?, ?, ?, ? + 1)'
        : 'update notification_preference set sms = ?, im = ?, mail = ?, mail_address = ?, quiet_kinds = ?, changed_at = ?, version = version + 1 where user_id = ? and version = ?';
    const { affectedRows } = await tx.manager.query(sql, [...values, userId, version]);
    return affectedRows > 0;
  }
}
