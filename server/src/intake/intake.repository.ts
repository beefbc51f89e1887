import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { pageOf } from '../platform/database/listing.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { IntakeState } from './domain/intake-state.js';
import { IntakeBatchEntity, IntakeItemEntity } from './intake.entity.js';
import type { IntakeBatchRow, IntakeItemRow } from './intake.types.js';

const ITEM_COLUMNS = [
  'id',
  'batchId',
  'position',
  'kind',
  'name',
  'systemId',
  'departmentId',
  'sourcePlatform',
  'startedOn',
  'content',
  'liveKey',
  'becameId',
] as const satisfies readonly (keyof IntakeItemRow)[];

/** Keys of one `in` list; more than that is asked in several statements. */
const KEYS_PER_STATEMENT = 1_000;

/** Intake is the big-data center's business: its reads take no scope, its guard lets nobody else in. */
@Injectable()
export class IntakeRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, batch: IntakeBatchRow, items: readonly IntakeItemRow[]): Promise<void> {
    await tx.manager.insert(IntakeBatchEntity, { ...batch });
    try {
      await bulkInsert(tx, 'intake_item', ITEM_COLUMNS, items);
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('another intake spoke of it meanwhile');
      throw error;
    }
  }

  locked(tx: Tx, id: string): Promise<IntakeBatchRow | null> {
    return tx.manager.findOne(IntakeBatchEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, id: string, values: Partial<IntakeBatchRow>): Promise<void> {
    await tx.manager.update(IntakeBatchEntity, { id }, values);
  }

  /** The things they speak of may be taken in by others. */
  async giveUpKeys(tx: Tx, batchId: string): Promise<void> {
    await tx.manager.update(IntakeItemEntity, { batchId }, { liveKey: null });
  }

  /** What these spoke of has left the books; they stay as its history. */
  async freeKeys(tx: Tx, itemIds: readonly string[]): Promise<void> {
    if (itemIds.length > 0) await tx.manager.query('update intake_item set live_key = null where id in (?)', [itemIds]);
  }

  async became(tx: Tx, pairs: readonly { readonly itemId: string; readonly becameId: string }[]): Promise<void> {
    for (let at = 0; at < pairs.length; at += KEYS_PER_STATEMENT) {
      const some = pairs.slice(at, at + KEYS_PER_STATEMENT);
      await tx.manager.query(
        `update intake_item set became_id = case id ${some.map(() => 'when ? then ?').join(' ')} end where id in (?)`,
        [...some.flatMap((pair) => [pair.itemId, pair.becameId]), some.map((pair) => pair.itemId)],
      );
    }
  }

  async batch(id: string): Promise<IntakeBatchRow | null> {
    const [batch] = await this.batches([id]);
    return batch ?? null;
  }

  batches(ids: readonly string[]): Promise<IntakeBatchRow[]> {
    return this.db.manager.findBy(IntakeBatchEntity, { id: In(inList(ids) as string[]) });
  }

  /** Newest first. */
  async page(states: readonly IntakeState[] | null, page: PageRequest): Promise<Page<IntakeBatchRow>> {
    const query = this.db.manager.createQueryBuilder(IntakeBatchEntity, 'b').where('1 = 1');
    if (states?.length) query.andWhere('b.state in (:...states)', { states });
    const totalCount = await query.getCount();
    if (page.after) query.andWhere('b.id < :after', { after: page.after[0] });
    const rows = await query
      .orderBy('b.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  itemsPage(batchId: string, page: PageRequest): Promise<Page<IntakeItemRow>> {
    const query = this.db.manager.createQueryBuilder(IntakeItemEntity, 'i').where('i.batchId = :batchId', { batchId });
    return pageOf(query, 'i.position', page);
  }

  itemsOf(batchId: string, manager = this.db.manager): Promise<IntakeItemRow[]> {
    return manager.find(IntakeItemEntity, { where: { batchId }, order: { position: 'ASC' } });
  }

  /** Live entries by what they speak of. */
  async byKeys(keys: readonly string[], manager = this.db.manager): Promise<Map<string, IntakeItemRow>> {
    const found = new Map<string, IntakeItemRow>();
    for (let at = 0; at < keys.length; at += KEYS_PER_STATEMENT) {
      const liveKey = In(keys.slice(at, at + KEYS_PER_STATEMENT));
      for (const item of await manager.findBy(IntakeItemEntity, { liveKey })) found.set(item.liveKey as string, item);
    }
    return found;
  }

  /** The batch that waits with each of them, by what they speak of. */
  async waitingByKeys(keys: readonly string[]): Promise<Map<string, IntakeBatchRow>> {
    const items = [...(await this.byKeys(keys)).values()];
    const batches = await this.batches([...new Set(items.map((item) => item.batchId))]);
    const waiting = new Map(batches.filter(({ state }) => state === 'SUBMITTED').map((batch) => [batch.id, batch]));
    return new Map(
      items.flatMap(({ liveKey, batchId }) => {
        const batch = waiting.get(batchId);
        return liveKey !== null && batch ? [[liveKey, batch] as const] : [];
      }),
    );
  }
}
