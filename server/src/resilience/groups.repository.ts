import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { DataPlace, GroupGrade } from './domain/dr-words.js';
import type { Reason } from './domain/judge-group.js';
import {
  DrDataPlaceEntity,
  DrDataSetEntity,
  DrGroupEntity,
  DrLevelEditionEntity,
  DrTierEntity,
  DrTierMemberEntity,
} from './resilience.entity.js';
import type { DataSet, GroupFilter, GroupRow, TierRow } from './resilience.types.js';

@Injectable()
export class GroupsRepository {
  constructor(private readonly db: DataSource) {}

  /** Every group, or those of the ids; callers have been let see them. */
  groups(ids: readonly string[] | null, tx?: Tx): Promise<GroupRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrGroupEntity, {
      ...(ids === null ? {} : { where: { id: In(inList(ids) as string[]) } }),
      order: { id: 'ASC' },
    });
  }

  ofSystem(tx: Tx, systemId: string): Promise<GroupRow | null> {
    return tx.manager.findOne(DrGroupEntity, { where: { systemId }, lock: { mode: 'pessimistic_write' } });
  }

  inScope(scope: TenantScope, id: string): Promise<GroupRow | null> {
    return this.scoped(scope).andWhere('g.id = :id', { id }).getOne();
  }

  async idsInScope(scope: TenantScope): Promise<string[]> {
    const rows = await this.scoped(scope).select('g.id', 'id').orderBy('g.id').getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<GroupRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return this.scoped(scope, tx).andWhere('g.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  page(scope: TenantScope, filter: GroupFilter, page: PageRequest): Promise<Page<GroupRow>> {
    return newestOf(() => this.filtered(scope, filter), 'g.createdAt', 'g.id', page);
  }

  async idsOf(scope: TenantScope, filter: GroupFilter): Promise<string[]> {
    const rows = await this.filtered(scope, filter).select('g.id', 'id').getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  async insert(tx: Tx, row: GroupRow): Promise<void> {
    await tx.manager.insert(DrGroupEntity, row);
  }

  async update(tx: Tx, row: Pick<GroupRow, 'id' | 'version'>, values: Partial<GroupRow>): Promise<boolean> {
    const done = await tx.manager.update(
      DrGroupEntity,
      { id: row.id, version: row.version },
      { ...values, version: row.version + 1 },
    );
    return done.affected === 1;
  }

  /** What follows from facts is no act of a person: the version that somebody edits stays. */
  async form(tx: Tx, id: string, values: Pick<GroupRow, 'name' | 'departmentId' | 'localMode' | 'remoteMode'>) {
    await tx.manager.update(DrGroupEntity, { id }, values);
  }

  async judged(
    tx: Tx,
    rows: readonly { id: string; grade: GroupGrade; since: Date; reasons: readonly Reason[] }[],
    all: readonly string[],
  ): Promise<void> {
    for (const { id, grade, reasons, since } of rows)
      await tx.manager.update(DrGroupEntity, { id }, { grade, gradeSince: since, reasons: [...reasons] });
    await tx.manager.query('update dr_group set judged_at = ? where id in (?)', [tx.now, inList(all)]);
  }

  async drilled(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(DrGroupEntity, { id }, { drilledAt: tx.now });
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(DrGroupEntity, { id });
  }

  tiers(groupIds: readonly string[] | null, tx?: Tx): Promise<TierRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrTierEntity, {
      ...(groupIds === null ? {} : { where: { groupId: In(inList(groupIds) as string[]) } }),
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  async tier(tx: Tx, id: string): Promise<TierRow | null> {
    return tx.manager.findOne(DrTierEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async groupOfTier(id: string | undefined): Promise<string | undefined> {
    if (id === undefined) return undefined;
    return (await this.db.manager.findOne(DrTierEntity, { where: { id }, select: { groupId: true } }))?.groupId;
  }

  async insertTier(tx: Tx, row: TierRow): Promise<void> {
    await tx.manager.insert(DrTierEntity, row);
  }

  async updateTier(tx: Tx, row: Pick<TierRow, 'id' | 'version'>, values: Partial<TierRow>): Promise<boolean> {
    const done = await tx.manager.update(
      DrTierEntity,
      { id: row.id, version: row.version },
      { ...values, version: row.version + 1 },
    );
    return done.affected === 1;
  }

  async formTier(tx: Tx, id: string, values: Pick<TierRow, 'groupId' | 'localMode' | 'remoteMode'>): Promise<void> {
    await tx.manager.update(DrTierEntity, { id }, values);
  }

  /** With its data sets, members and signals: whatever was said of it is said of nothing any more. */
  async removeTier(tx: Tx, id: string): Promise<void> {
    await this.removeDataSets(tx, id);
    await tx.manager.delete(DrTierMemberEntity, { tierId: id });
    await this.removeSignals(tx, id);
    await tx.manager.query(
      "delete from dr_signal where subject_kind = 'PROBE' and subject_id in (select id from dr_probe where tier_id = ?)",
      [id],
    );
    await tx.manager.query('delete from dr_probe where tier_id = ?', [id]);
    await tx.manager.delete(DrTierEntity, { id });
  }

  async removeSignals(tx: Tx, tierId: string): Promise<void> {
    await tx.manager.query("delete from dr_signal where subject_kind = 'TIER' and subject_id = ?", [tierId]);
  }

  async removeDataSets(tx: Tx, tierId: string): Promise<void> {
    const sets = await tx.manager.find(DrDataSetEntity, { where: { tierId } });
    await tx.manager.delete(DrDataPlaceEntity, { dataSetId: In(inList(sets.map(({ id }) => id)) as string[]) });
    await tx.manager.delete(DrDataSetEntity, { tierId });
  }

  /** Machines that were put into tiers by hand, by machine. */
  async members(tx?: Tx): Promise<ReadonlyMap<string, string>> {
    const rows = await (tx?.manager ?? this.db.manager).find(DrTierMemberEntity);
    return new Map(rows.map(({ resourceId, tierId }) => [resourceId, tierId]));
  }

  async addMembers(tx: Tx, tierId: string, resourceIds: readonly string[]): Promise<void> {
    await tx.manager.insert(
      DrTierMemberEntity,
      resourceIds.map((resourceId) => ({ resourceId, tierId })),
    );
  }

  async dataSets(tierIds: readonly string[], tx?: Tx): Promise<DataSet[]> {
    const manager = tx?.manager ?? this.db.manager;
    const sets: Omit<DataSet, 'places'>[] = await manager.query(
      'select id, tier_id as tierId, name from dr_data_set where tier_id in (?) order by name',
      [inList(tierIds)],
    );
    const places: (DataPlace & { dataSetId: string })[] = await manager.query(
      'select data_set_id as dataSetId, center_id as centerId, role from dr_data_place where data_set_id in (?)',
      [inList(sets.map(({ id }) => id))],
    );
    const ofSets = Map.groupBy(places, ({ dataSetId }) => dataSetId);
    return sets.map(({ id, name, tierId }) => ({
      ...{ id, name, tierId },
      places: (ofSets.get(id) ?? []).map(({ centerId, role }) => ({ centerId, role })),
    }));
  }

  /** A second writer of the set is refused by the database, whoever asks. */
  async insertDataSet(tx: Tx, tierId: string, name: string, places: readonly DataPlace[]): Promise<void> {
    const id = newId(tx.now.getTime());
    await tx.manager.insert(DrDataSetEntity, { id, tierId, name });
    await this.addPlaces(tx, id, places);
  }

  async addPlaces(tx: Tx, dataSetId: string, places: readonly DataPlace[]): Promise<void> {
    if (places.length === 0) return;
    await tx.manager.insert(
      DrDataPlaceEntity,
      places.map(({ centerId, role }) => ({ dataSetId, centerId, role, writer: role === 'WRITER' ? 1 : null })),
    );
  }

  /** The old writer gives it up first: between the two statements nobody writes, and never both. */
  async moveWriter(tx: Tx, dataSetId: string, fromCenterId: string, toCenterId: string): Promise<boolean> {
    const { manager } = tx;
    const given = await manager.query(
      "update dr_data_place set role = 'COPY', writer = null where data_set_id = ? and center_id = ? and role = 'WRITER'",
      [dataSetId, fromCenterId],
    );
    if (given.affectedRows !== 1) return false;
    const taken = await manager.query(
      "update dr_data_place set role = 'WRITER', writer = 1 where data_set_id = ? and center_id = ? and role = 'COPY'",
      [dataSetId, toCenterId],
    );
    return taken.affectedRows === 1;
  }

  /** Who writes stays, whatever is asked. */
  async removeCopies(tx: Tx, dataSetId: string, centerIds: readonly string[]): Promise<void> {
    if (centerIds.length === 0) return;
    const { manager } = tx;
    await manager.query("delete from dr_data_place where data_set_id = ? and role <> 'WRITER' and center_id in (?)", [
      dataSetId,
      inList(centerIds),
    ]);
  }

  editions(): Promise<DrLevelEditionEntity[]> {
    return this.db.manager.find(DrLevelEditionEntity, { order: { number: 'DESC' } });
  }

  private filtered(scope: TenantScope, filter: GroupFilter): SelectQueryBuilder<DrGroupEntity> {
    const query = this.scoped(scope);
    if (filter.ids) query.andWhere('g.id in (:...wanted)', { wanted: inList(filter.ids) });
    if (filter.systemId) query.andWhere('g.systemId = :systemId', { systemId: filter.systemId });
    if (filter.departmentIds) query.andWhere('g.departmentId in (:...ids)', { ids: inList(filter.departmentIds) });
    return matching(query, ['g.name'], filter.search);
  }

  private scoped(scope: TenantScope, tx?: Tx): SelectQueryBuilder<DrGroupEntity> {
    const every = (tx?.manager ?? this.db.manager).createQueryBuilder(DrGroupEntity, 'g').where('1 = 1');
    return withinScope(every, 'g.departmentId', scope, 'g.systemId in (:...scopeSystemIds)');
  }
}
