import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { DrillMark } from './domain/drill-items.js';
import type { DrillKind } from './domain/drill-state.js';
import { DrDrillEntity, DrDrillItemEntity, DrDrillMachineEntity, DrDrillMarkEntity } from './drills.entity.js';
import type { CopyRow, DrillFilter, DrillRow, ItemRow, MarkRow } from './drills.types.js';

@Injectable()
export class DrillsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: DrillRow, items: readonly ItemRow[]): Promise<void> {
    await tx.manager.insert(DrDrillEntity, row as never);
    await tx.manager.insert(DrDrillItemEntity, [...items]);
  }

  /** The row, locked until commit: whatever is done to a drill is done by one at a time. */
  locked(tx: Tx, id: string): Promise<DrillRow | null> {
    return tx.manager.findOne(DrDrillEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, row: DrillRow, values: Partial<DrillRow>): Promise<DrillRow> {
    const changed = { ...values, version: row.version + 1 };
    await tx.manager.update(DrDrillEntity, { id: row.id }, changed as never);
    return { ...row, ...changed };
  }

  async updateItem(tx: Tx, { drillId, number }: ItemRow, values: Partial<ItemRow>): Promise<void> {
    await tx.manager.update(DrDrillItemEntity, { drillId, number }, values);
  }

  /** Taken once: the key refuses a second. */
  async mark(tx: Tx, row: MarkRow): Promise<void> {
    await tx.manager.insert(DrDrillMarkEntity, row);
  }

  async insertCopies(tx: Tx, rows: readonly CopyRow[]): Promise<void> {
    await tx.manager.insert(DrDrillMachineEntity, [...rows]);
  }

  async updateCopy(tx: Tx, { drillId, resourceId }: CopyRow, values: Partial<CopyRow>): Promise<void> {
    await tx.manager.update(DrDrillMachineEntity, { drillId, resourceId }, values);
  }

  /** From when they are planned until they are closed, or have to be cleaned up. */
  between(fromAt: Date, toAt: Date, limit: number): Promise<DrillRow[]> {
    return this.db.manager
      .createQueryBuilder(DrDrillEntity, 'd')
      .where("d.state <> 'CANCELLED' and d.plannedAt < :toAt", { toAt })
      .andWhere('coalesce(d.closedAt, date_add(d.plannedAt, interval d.cleanupHours hour)) > :fromAt', { fromAt })
      .orderBy('d.plannedAt', 'ASC')
      .addOrderBy('d.id', 'ASC')
      .take(limit)
      .getMany();
  }

  byCode(code: string): Promise<DrillRow | null> {
    return this.db.manager.findOne(DrDrillEntity, { where: { code: In(inAsciiList([code]) as string[]) } });
  }

  items(drillId: string, tx?: Tx): Promise<ItemRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrDrillItemEntity, { where: { drillId }, order: { number: 'ASC' } });
  }

  marks(drillId: string, tx?: Tx): Promise<MarkRow[]> {
    return (tx?.manager ?? this.db.manager).find(DrDrillMarkEntity, { where: { drillId }, order: { mark: 'ASC' } });
  }

  copies(drillId: string, tx?: Tx): Promise<CopyRow[]> {
    const order = { wave: 'ASC', name: 'ASC', resourceId: 'ASC' } as const;
    return (tx?.manager ?? this.db.manager).find(DrDrillMachineEntity, { where: { drillId }, order });
  }

  /** Batches for loaders; reached from drills that the viewer may see. */
  readonly itemsOf = this.batch(DrDrillItemEntity, { number: 'ASC' }) as (
    ids: readonly string[],
  ) => Promise<ItemRow[][]>;
  readonly marksOf = this.batch(DrDrillMarkEntity, { mark: 'ASC' }) as (ids: readonly string[]) => Promise<MarkRow[][]>;
  readonly copiesOf = this.batch(DrDrillMachineEntity, { wave: 'ASC', name: 'ASC', resourceId: 'ASC' }) as (
    ids: readonly string[],
  ) => Promise<CopyRow[][]>;

  byId(scope: TenantScope, id: string): Promise<DrillRow | null> {
    return this.within(scope).andWhere('d.id = :id', { id }).getOne();
  }

  page(
    scope: TenantScope,
    { groupId, kinds, search, states }: DrillFilter,
    page: PageRequest,
  ): Promise<Page<DrillRow>> {
    const filtered = (): SelectQueryBuilder<DrDrillEntity> => {
      const query = this.within(scope);
      if (states.length > 0) query.andWhere('d.state in (:...states)', { states });
      if (kinds.length > 0) query.andWhere('d.kind in (:...kinds)', { kinds });
      if (groupId !== null) query.andWhere('d.groupId = :groupId', { groupId });
      return matching(query, ['d.code', 'd.groupName', 'd.scenario'], search);
    };
    return newestOf(filtered, 'd.createdAt', 'd.id', page);
  }

  /** Those that something is to be done for in this center's cluster. */
  inCluster(centerId: string): Promise<DrillRow[]> {
    return this.db.manager.find(DrDrillEntity, {
      where: { centerId, state: In(['PRECHECKED', 'RUNNING', 'CLEANING_UP']) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  /** Begun, and past the moment at which it is cleaned up whoever is in the midst of it. */
  overdue(now: Date): Promise<DrillRow[]> {
    return this.db.manager
      .createQueryBuilder(DrDrillEntity, 'd')
      .where("d.state in ('PRECHECKED', 'ISOLATED', 'RUNNING', 'VALIDATING') and d.cleanupDueAt <= :now", { now })
      .orderBy('d.id', 'ASC')
      .getMany();
  }

  /** Every drill that passed, by group. */
  async passed(groupIds: readonly string[]): Promise<ReadonlyMap<string, { kind: DrillKind; closedAt: Date }[]>> {
    const rows = await this.db.manager.find(DrDrillEntity, {
      select: { groupId: true, kind: true, closedAt: true },
      where: { groupId: In(inList(groupIds) as string[]), outcome: 'PASSED', state: 'CLOSED' },
    });
    return Map.groupBy(
      rows.flatMap(({ closedAt, groupId, kind }) => (closedAt === null ? [] : { groupId, kind, closedAt })),
      ({ groupId }) => groupId,
    );
  }

  /** Not over yet, by group; the earliest first. */
  async planned(groupIds: readonly string[]): Promise<ReadonlyMap<string, DrillRow[]>> {
    const rows = await this.db.manager
      .createQueryBuilder(DrDrillEntity, 'd')
      .where("d.groupId in (:...ids) and d.state not in ('CLOSED', 'CANCELLED')", { ids: inList(groupIds) })
      .orderBy('d.plannedAt', 'ASC')
      .getMany();
    return Map.groupBy(rows, ({ groupId }) => groupId);
  }

  async markTimes(drillId: string, tx: Tx): Promise<{ [M in DrillMark]?: Date }> {
    return Object.fromEntries((await this.marks(drillId, tx)).map(({ at, mark }) => [mark, at]));
  }

  private within(scope: TenantScope): SelectQueryBuilder<DrDrillEntity> {
    const every = this.db.manager.createQueryBuilder(DrDrillEntity, 'd').where('1 = 1');
    return withinScope(every, 'd.departmentId', scope, 'd.systemId in (:...scopeSystemIds)');
  }

  private batch<E extends { drillId: string }>(entity: new () => E, order: object) {
    return async (ids: readonly string[]): Promise<E[][]> => {
      const where = { drillId: In(inList(ids) as string[]) };
      const rows = await this.db.manager.find(entity, { where: where as never, order: order as never });
      const byDrill = Map.groupBy(rows, ({ drillId }) => drillId);
      return ids.map((id) => byDrill.get(id) ?? []);
    };
  }
}
