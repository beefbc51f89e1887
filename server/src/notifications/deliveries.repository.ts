import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { AfterAttempt, DeliveryState } from './domain/delivery-state.js';
import { ChannelEntity, DeliveryEntity } from './notifications.entity.js';
import type { ChannelRow, DeliveryOfNotice, DeliveryRow } from './notifications.types.js';

const DELIVERY_COLUMNS = [
  'id',
  'noticeId',
  'channelId',
  'userId',
  'recipient',
  'body',
  'state',
  'attempts',
  'nextAt',
  'createdAt',
  'version',
] as const;

export type NewDelivery = Pick<DeliveryRow, 'noticeId' | 'channelId' | 'userId' | 'recipient' | 'body'>;
export type FullChannel = ChannelRow & { readonly sealedSecret: string };

/** Channels and what goes out through them; both are the system administrator's, so reads take no department. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly db: DataSource) {}

  channels(manager = this.db.manager): Promise<FullChannel[]> {
    return manager.createQueryBuilder(ChannelEntity, 'channel').orderBy('channel.name').getMany();
  }

  async channel(id: string): Promise<FullChannel | null> {
    return this.db.manager.findOneBy(ChannelEntity, { id });
  }

  ofNotices(onceKeys: readonly string[]): Promise<DeliveryOfNotice[]> {
    return this.db.query(
      `select n.once_key as onceKey, c.name as channel, c.kind as channelKind, d.state, d.attempts, d.last_error as lastError
       from notice n join delivery d on d.notice_id = n.id join notification_channel c on c.id = d.channel_id
       where n.once_key in (?) and d.user_id is not null order by c.name, d.id`,
      [inList(onceKeys)],
    );
  }

  lockedChannel(tx: Tx, id: string): Promise<FullChannel | null> {
    return tx.manager.findOne(ChannelEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async saveChannel(tx: Tx, channel: Omit<ChannelEntity, 'createdAt'>): Promise<void> {
    if (channel.version === 1) await tx.manager.insert(ChannelEntity, { ...channel, createdAt: tx.now });
    else await tx.manager.update(ChannelEntity, { id: channel.id }, channel);
  }

  async insert(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
    const rows = deliveries.map((delivery) => ({
      ...delivery,
      id: newId(tx.now.getTime()),
      state: 'WAITING' as const,
      attempts: 0,
      nextAt: tx.now,
      createdAt: tx.now,
      version: 1,
    }));
    await bulkInsert(tx, 'delivery', DELIVERY_COLUMNS, rows);
  }

  /** Takes what is due for this worker alone until the lease ends, by conditional updates. */
  async lease(now: Date, until: Date, limit: number): Promise<DeliveryRow[]> {
    const due: { id: string }[] = await this.db.query(
      `select id from delivery where state = 'WAITING' and next_at <= ? and (leased_until is null or leased_until <= ?)
       order by next_at, id limit ?`,
      [now, now, limit],
    );
    const leased: DeliveryRow[] = [];
    for (const { id } of due) {
      const { affectedRows } = await this.db.query(
        `update delivery set leased_until = ?, version = version + 1
         where id = ? and state = 'WAITING' and next_at <= ? and (leased_until is null or leased_until <= ?)`,
        [until, id, now, now],
      );
      if (affectedRows > 0) leased.push((await this.db.manager.findOneByOrFail(DeliveryEntity, { id })) as DeliveryRow);
    }
    return leased;
  }

  /** false = the lease had ended and another worker has it: nothing was written. */
  async recordAttempt(row: DeliveryRow, after: AfterAttempt, error: string | null, now: Date): Promise<boolean> {
    const { affectedRows } = await this.db.query(
      `update delivery set state = ?, attempts = attempts + 1, next_at = coalesce(?, next_at), leased_until = null,
         last_error = ?, ended_at = ?, version = version + 1 where id = ? and version = ? and state = 'WAITING'`,
      [after.state, after.nextAt, error, after.nextAt === null ? now : null, row.id, row.version],
    );
    return affectedRows > 0;
  }

  /** FAILED → WAITING, from the beginning. false = it is not failed, or has changed. */
  async retry(tx: Tx, id: string, version: number): Promise<boolean> {
    const { affectedRows } = await tx.manager.query(
      `update delivery set state = 'WAITING', attempts = 0, next_at = ?, ended_at = null, version = version + 1
       where id = ? and version = ? and state = 'FAILED'`,
      [tx.now, id, version],
    );
    return affectedRows > 0;
  }

  async byIds(ids: readonly string[]): Promise<DeliveryRow[]> {
    return this.db
      .createQueryBuilder(DeliveryEntity, 'delivery')
      .where('delivery.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Newest first. */
  async page(states: readonly DeliveryState[] | null, page: PageRequest): Promise<Page<DeliveryRow>> {
    const query = this.db.createQueryBuilder(DeliveryEntity, 'delivery').where('1 = 1');
    if (states) query.andWhere('delivery.state in (:...states)', { states: inList(states) });
    const totalCount = await query.getCount();
    if (page.after)
      query.andWhere('(delivery.createdAt < :at or (delivery.createdAt = :at and delivery.id < :id))', {
        at: new Date(page.after[0] as string),
        id: page.after[1],
      });
    const rows = await query
      .orderBy('delivery.createdAt', 'DESC')
      .addOrderBy('delivery.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async prune(before: Date, limit: number): Promise<void> {
    await this.db.query('delete from delivery where ended_at < ? order by id limit ?', [before, limit]);
  }
}
