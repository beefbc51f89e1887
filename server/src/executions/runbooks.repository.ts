import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { RunbookFilter, RunbookRow, RunbookVersionRow, StandingOrderRow } from './executions.types.js';
import { DrRunbookEntity, DrRunbookVersionEntity, DrStandingOrderEntity } from './runbooks.entity.js';

/** Runbooks and what leaders signed in advance: the province's, read by whoever may read every group. */
@Injectable()
export class RunbooksRepository {
  constructor(private readonly db: DataSource) {}

  page(filter: RunbookFilter, page: PageRequest): Promise<Page<RunbookRow>> {
    return newestOf(() => this.filtered(filter), 'r.createdAt', 'r.id', page);
  }

  one(id: string, tx?: Tx): Promise<RunbookRow | null> {
    return (tx?.manager ?? this.db.manager).findOne(DrRunbookEntity, { where: { id } });
  }

  locked(tx: Tx, id: string): Promise<RunbookRow | null> {
    return tx.manager.findOne(DrRunbookEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  ofGroup(groupId: string): Promise<RunbookRow[]> {
    return this.db.manager.find(DrRunbookEntity, { where: { groupId }, order: { createdAt: 'ASC' } });
  }

  async nameTaken(tx: Tx, of: Pick<RunbookRow, 'groupId' | 'kind' | 'name'>): Promise<boolean> {
    const { groupId, kind, name } = of;
    return (await tx.manager.findOne(DrRunbookEntity, { where: { groupId, kind, name } })) !== null;
  }

  async insert(tx: Tx, row: RunbookRow, version: RunbookVersionRow): Promise<void> {
    await tx.manager.insert(DrRunbookEntity, row);
    await tx.manager.insert(DrRunbookVersionEntity, version);
  }

  async addVersion(tx: Tx, row: RunbookRow, version: RunbookVersionRow): Promise<void> {
    await tx.manager.insert(DrRunbookVersionEntity, version);
    const values = { latestNumber: version.number, version: row.version + 1 };
    await tx.manager.update(DrRunbookEntity, { id: row.id }, values);
  }

  versions(runbookIds: readonly string[], tx?: Tx): Promise<RunbookVersionRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrRunbookVersionEntity, {
      where: { runbookId: In(inList(runbookIds) as string[]) },
      order: { number: 'DESC' },
    });
  }

  async verify(
    tx: Tx,
    of: Pick<RunbookVersionRow, 'runbookId' | 'number'>,
    by: { readonly id: string; readonly name: string },
    how: 'REVIEW' | 'EXECUTION',
  ): Promise<void> {
    await tx.manager.update(
      DrRunbookVersionEntity,
      { runbookId: of.runbookId, number: of.number },
      { state: 'VERIFIED', verifiedHow: how, verifiedById: by.id, verifiedBy: by.name, verifiedAt: tx.now },
    );
  }

  orders(): Promise<StandingOrderRow[]> {
    return this.db.manager.find(DrStandingOrderEntity, { order: { signedAt: 'DESC', id: 'DESC' }, take: 200 });
  }

  order(tx: Tx, id: string): Promise<StandingOrderRow | null> {
    return tx.manager.findOne(DrStandingOrderEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** As it stands, without a lock. */
  orderNow(id: string): Promise<StandingOrderRow | null> {
    return this.db.manager.findOne(DrStandingOrderEntity, { where: { id } });
  }

  async signOrder(tx: Tx, row: StandingOrderRow): Promise<void> {
    await tx.manager.insert(DrStandingOrderEntity, row);
  }

  async revokeOrder(tx: Tx, row: StandingOrderRow, by: string): Promise<void> {
    const values = { revokedBy: by, revokedAt: tx.now, version: row.version + 1 };
    await tx.manager.update(DrStandingOrderEntity, { id: row.id }, values);
  }

  private filtered(filter: RunbookFilter): SelectQueryBuilder<DrRunbookEntity> {
    const query = this.db.manager.createQueryBuilder(DrRunbookEntity, 'r').where('1 = 1');
    if (filter.groupId) query.andWhere('r.groupId = :groupId', { groupId: filter.groupId });
    if (filter.kinds.length > 0) query.andWhere('r.kind in (:...kinds)', { kinds: filter.kinds });
    if (filter.states.length > 0)
      query.andWhere(
        'exists (select 1 from dr_runbook_version v where v.runbook_id = r.id and v.number = r.latest_number and v.state in (:...states))',
        { states: filter.states },
      );
    return matching(query, ['r.name'], filter.search);
  }
}
