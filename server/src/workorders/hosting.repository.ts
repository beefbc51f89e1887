import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { PLACED_STATES } from './domain/equipment.js';
import { HostedEquipmentEntity, WorkOrderEquipmentEntity } from './hosting.entity.js';
import type { EquipmentFilter, EquipmentRow, OrderThing } from './workorders.types.js';

/** Departments' own equipment, and which orders are about it. */
@Injectable()
export class HostingRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, rows: readonly EquipmentRow[]): Promise<void> {
    if (rows.length > 0) await tx.manager.insert(HostedEquipmentEntity, [...rows]);
  }

  async setThings(
    tx: Tx,
    orderId: string,
    things: readonly {
      readonly equipmentId: string;
      readonly targetHolderId: string | null;
      readonly targetUnitHalves: number | null;
    }[],
  ): Promise<void> {
    await tx.manager.delete(WorkOrderEquipmentEntity, { orderId });
    if (things.length > 0)
      await tx.manager.insert(
        WorkOrderEquipmentEntity,
        things.map((thing, position) => ({ ...thing, orderId, position })),
      );
  }

  /** What these orders are about, with where each is to go. */
  async thingsOf(
    orderIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<(OrderThing & { orderId: string })[]> {
    const links = await manager
      .createQueryBuilder(WorkOrderEquipmentEntity, 'l')
      .where('l.orderId in (:...ids)', { ids: inList(orderIds) })
      .orderBy('l.orderId')
      .addOrderBy('l.position')
      .getMany();
    const rows = await this.byIds(
      { kind: 'PROVINCE' },
      links.map((link) => link.equipmentId),
      manager,
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    return links.flatMap(({ orderId, position, equipmentId, targetHolderId, targetUnitHalves }) => {
      const equipment = known.get(equipmentId);
      return equipment ? [{ orderId, position, equipment, targetHolderId, targetUnitHalves }] : [];
    });
  }

  byIds(scope: TenantScope, ids: readonly string[], manager: EntityManager = this.db.manager): Promise<EquipmentRow[]> {
    return this.scoped(scope, manager)
      .andWhere('e.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  async page(scope: TenantScope, filter: EquipmentFilter, page: PageRequest): Promise<Page<EquipmentRow>> {
    const filtered = () => {
      const query = this.scoped(scope);
      if (filter.departmentId) query.andWhere('e.departmentId = :departmentId', { departmentId: filter.departmentId });
      if (filter.states?.length) query.andWhere('e.state in (:...states)', { states: filter.states });
      return matching(query, ['e.label', 'e.serial', 'e.owner'], filter.search ?? null);
    };
    const totalCount = await filtered().getCount();
    const query = filtered().orderBy('e.createdAt', 'DESC').addOrderBy('e.id', 'DESC');
    if (page.after)
      query.andWhere('(e.createdAt < :at or (e.createdAt = :at and e.id < :id))', {
        at: new Date(page.after[0] as string),
        id: page.after[1],
      });
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Makes them this order's business; false = one of them is another's, or in a state that the order is not about. */
  async takeUp(tx: Tx, orderId: string, ids: readonly string[], states: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const done: { affectedRows: number } = await tx.manager.query(
      `update hosted_equipment set busy_order_id = ?, version = version + 1
       where id in (?) and state in (?) and (busy_order_id is null or busy_order_id = ?)`,
      [orderId, inList(ids), inList(states), orderId],
    );
    return done.affectedRows === new Set(ids).size;
  }

  /** The order is over with them. */
  async letGo(tx: Tx, orderId: string): Promise<void> {
    await tx.manager.query(
      'update hosted_equipment set busy_order_id = null, version = version + 1 where busy_order_id = ?',
      [orderId],
    );
  }

  /** false = it is not in that state any more, and nothing was written: whatever it brings with it happens once. */
  async move(
    tx: Tx,
    equipment: Pick<EquipmentRow, 'id' | 'state'>,
    values: Partial<Omit<EquipmentRow, 'id' | 'version' | 'since'>>,
  ): Promise<boolean> {
    const done = await tx.manager
      .createQueryBuilder()
      .update(HostedEquipmentEntity)
      .set({ ...values, since: tx.now, version: () => 'version + 1' })
      .where('id = :id and state = :state', { id: equipment.id, state: equipment.state })
      .execute();
    return done.affected === 1;
  }

  /** Keeps what stands in the space from others until commit. */
  async lockSpace(tx: Tx, holderId: string): Promise<void> {
    await tx.manager.query(
      'insert into given_space (holder_id, version) values (?, 1) on duplicate key update version = version + 1',
      [holderId],
    );
  }

  /** What has its place in these spaces. */
  standingIn(holderIds: readonly string[], manager: EntityManager = this.db.manager): Promise<EquipmentRow[]> {
    return manager
      .createQueryBuilder(HostedEquipmentEntity, 'e')
      .where('e.holderId in (:...ids) and e.state in (:...placed)', { ids: inList(holderIds), placed: PLACED_STATES })
      .orderBy('e.holderId')
      .addOrderBy('e.startHalfUnit', 'DESC')
      .getMany();
  }

  /** Their space begins that much higher now; they stand where they stood. */
  async bottomMoved(tx: Tx, holderId: string, upHalfUnits: number): Promise<void> {
    await tx.manager.query(
      `update hosted_equipment set start_half_unit = start_half_unit - ?, version = version + 1
       where holder_id = ? and state in (?)`,
      [upHalfUnits, holderId, PLACED_STATES],
    );
  }

  /** Orders that are about one of these and have nothing else standing or planned. */
  async ordersWithNothingLeft(tx: Tx, equipmentIds: readonly string[]): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query(
      `select distinct l.order_id as id from work_order_equipment l
       where l.equipment_id in (?) and not exists (
         select 1 from work_order_equipment m join hosted_equipment e on e.id = m.equipment_id
         where m.order_id = l.order_id and e.state in (?))`,
      [inList(equipmentIds), PLACED_STATES],
    );
    return rows.map((row) => row.id);
  }

  private scoped(
    scope: TenantScope,
    manager: EntityManager = this.db.manager,
  ): SelectQueryBuilder<HostedEquipmentEntity> {
    return withinScope(
      manager.createQueryBuilder(HostedEquipmentEntity, 'e').where('1 = 1'),
      'e.departmentId',
      scope,
      'e.systemId in (:...scopeSystemIds)',
    );
  }
}
