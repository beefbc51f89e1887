import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { matching } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { Entrant } from './domain/entrants.js';
import { STEPS_OF_KIND, type StepPlan } from './domain/steps.js';
import { COMMITTED_STATES, LIVE_ORDER_STATES, type WorkOrderState } from './domain/work-order.js';
import {
  WorkOrderEntity,
  WorkOrderEntrantEntity,
  WorkOrderEventEntity,
  WorkOrderRoomEntity,
  WorkOrderStepEntity,
} from './workorders.entity.js';
import type {
  EntrantRow,
  EventRow,
  KeptRoomWindow,
  OrderFilter,
  OrderSight,
  PolicyOrderKind,
  StepRow,
  WorkOrderRow,
} from './workorders.types.js';

@Injectable()
export class WorkOrdersRepository {
  constructor(private readonly db: DataSource) {}

  /** A line and a policy have one order each: a second is refused by its key. */
  async insert(tx: Tx, order: WorkOrderRow): Promise<void> {
    await tx.manager.insert(WorkOrderEntity, order);
  }

  async ofLine(tx: Tx, lineId: string): Promise<WorkOrderRow | null> {
    return tx.manager.findOneBy(WorkOrderEntity, { lineId });
  }

  /** Which takes down the service that a line was. */
  async ofEndedLine(tx: Tx, endedLineId: string): Promise<WorkOrderRow | null> {
    return tx.manager.findOneBy(WorkOrderEntity, { endedLineId });
  }

  /** Orders with their kinds' steps and their first event, by three statements. */
  async insertMade(tx: Tx, orders: readonly WorkOrderRow[], actorName: string): Promise<void> {
    await this.bulk(tx, WorkOrderEntity, orders);
    await this.bulk(
      tx,
      WorkOrderStepEntity,
      orders.flatMap(({ id, kind }) => stepsOfPlan(tx, id, STEPS_OF_KIND[kind])),
    );
    await this.bulk(
      tx,
      WorkOrderEventEntity,
      orders.map(
        ({ id: orderId, state }): WorkOrderEventEntity => ({
          ...{ id: newId(tx.now.getTime()), orderId, at: tx.now, actorId: null, actorName },
          ...{ action: 'CREATE', opinion: null, fromState: null, toState: state },
        }),
      ),
    );
  }

  /** Which of these have their order already. */
  async linesWithOrders(tx: Tx, lineIds: readonly string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await tx.manager.query('select line_id as id from work_order where line_id in (?)', [
      inList(lineIds),
    ]);
    return new Set(rows.map((row) => row.id));
  }

  async ofResource(tx: Tx, resourceId: string): Promise<WorkOrderRow | null> {
    return tx.manager.findOneBy(WorkOrderEntity, { resourceId });
  }

  /** In the order of their making, locked until commit. */
  ofPolicy(tx: Tx, policyId: string, kind: PolicyOrderKind): Promise<WorkOrderRow[]> {
    return tx.manager.find(WorkOrderEntity, {
      where: { policyId, kind },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Of a backup, in these states, in sight. */
  ofBackup(sight: OrderSight, backupId: string, states: readonly WorkOrderState[]): Promise<WorkOrderRow[]> {
    return this.seen(sight)
      .andWhere('o.backupId = :backupId and o.state in (:...states)', { backupId, states: inList(states) })
      .getMany();
  }

  /** Those of a backup that are not over. */
  ofBackupIn(tx: Tx, backupId: string): Promise<WorkOrderRow[]> {
    return tx.manager
      .createQueryBuilder(WorkOrderEntity, 'o')
      .where('o.backupId = :backupId and o.state in (:...live)', { backupId, live: LIVE_ORDER_STATES })
      .orderBy('o.id')
      .getMany();
  }

  /** The newest of each first. */
  ofBackups(sight: OrderSight, backupIds: readonly string[]): Promise<WorkOrderRow[]> {
    return this.seen(sight)
      .andWhere('o.backupId in (:...ids)', { ids: inList(backupIds) })
      .orderBy('o.createdAt', 'DESC')
      .addOrderBy('o.id', 'DESC')
      .getMany();
  }

  async update(tx: Tx, id: string, values: Partial<WorkOrderRow>): Promise<void> {
    await tx.manager.update(WorkOrderEntity, { id }, values);
  }

  /** The row, locked until commit; null = not there or not in sight. */
  locked(tx: Tx, sight: OrderSight, id: string | undefined): Promise<WorkOrderRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return this.seen(sight, tx.manager).andWhere('o.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  inSight(sight: OrderSight, id: string): Promise<WorkOrderRow | null> {
    return this.seen(sight).andWhere('o.id = :id', { id }).getOne();
  }

  byIds(sight: OrderSight, ids: readonly string[]): Promise<WorkOrderRow[]> {
    return this.seen(sight)
      .andWhere('o.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** The newest first. */
  async page(sight: OrderSight, filter: OrderFilter, page: PageRequest): Promise<Page<WorkOrderRow>> {
    const totalCount = await this.filtered(sight, filter).getCount();
    const query = this.filtered(sight, filter).orderBy('o.createdAt', 'DESC').addOrderBy('o.id', 'DESC');
    if (page.after)
      query.andWhere('(o.createdAt < :at or (o.createdAt = :at and o.id < :id))', {
        at: new Date(page.after[0] as string),
        id: page.after[1],
      });
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  count(sight: OrderSight, filter: OrderFilter): Promise<number> {
    return this.filtered(sight, filter).getCount();
  }

  /** Open orders that will be due by `soon` and of which nothing was told, and late ones whose lateness was not told. */
  dueUntold(soon: Date, now: Date, limit: number): Promise<WorkOrderRow[]> {
    return this.db
      .createQueryBuilder(WorkOrderEntity, 'o')
      .where('o.state in (:...states) and o.dueAt <= :soon', { states: COMMITTED_STATES, soon })
      .andWhere("(o.toldStage is null or (o.dueAt <= :now and o.toldStage = 'SOON'))", { now })
      .orderBy('o.dueAt')
      .addOrderBy('o.id')
      .limit(limit)
      .getMany();
  }

  async setRooms(tx: Tx, orderId: string, roomIds: readonly string[]): Promise<void> {
    await tx.manager.delete(WorkOrderRoomEntity, { orderId });
    const rooms = [...new Set(roomIds)].toSorted();
    if (rooms.length > 0)
      await tx.manager.insert(
        WorkOrderRoomEntity,
        rooms.map((roomId) => ({ orderId, roomId })),
      );
  }

  /** Of each order; read by the transaction when one is given. */
  roomsOf(orderIds: readonly string[], tx?: Tx): Promise<{ orderId: string; roomId: string }[]> {
    return (tx?.manager ?? this.db.manager).query(
      'select order_id as orderId, room_id as roomId from work_order_room where order_id in (?) order by order_id, room_id',
      [inList(orderIds)],
    );
  }

  /** Rooms that live orders of this person, or of his company, take somebody into. */
  async roomIdsOfWorker({ userId, companyId }: NonNullable<OrderSight['worker']>): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select distinct r.room_id as id from work_order o join work_order_room r on r.order_id = o.id
       where o.state in (?) and (o.assignee_id = ? or o.company_id = ?)`,
      [COMMITTED_STATES, userId, companyId ?? ''],
    );
    return rows.map((row) => row.id);
  }

  /** Keeps the windows of these rooms from others until commit; in one order, so that two never wait in a circle. */
  async lockRooms(tx: Tx, roomIds: readonly string[]): Promise<void> {
    for (const roomId of roomIds.toSorted())
      await tx.manager.query(
        'insert into room_calendar (room_id, version) values (?, 1) on duplicate key update version = version + 1',
        [roomId],
      );
  }

  /** Windows that are kept in these rooms and touch the time. */
  windows(roomIds: readonly string[], from: Date, to: Date, manager = this.db.manager): Promise<KeptRoomWindow[]> {
    return manager.query(
      `select o.id as orderId, o.code, o.kind, r.room_id as roomId, o.window_from as \`from\`, o.window_to as \`to\`
       from work_order_room r join work_order o on o.id = r.order_id
       where r.room_id in (?) and o.state in (?) and o.window_from < ? and o.window_to > ?
       order by o.window_from, o.id`,
      [inList(roomIds), COMMITTED_STATES, to, from],
    );
  }

  async setEntrants(tx: Tx, orderId: string, entrants: readonly Entrant[]): Promise<void> {
    await tx.manager.delete(WorkOrderEntrantEntity, { orderId });
    if (entrants.length > 0)
      await tx.manager.insert(
        WorkOrderEntrantEntity,
        entrants.map((entrant, position) => ({ ...entrant, id: newId(tx.now.getTime()), orderId, position })),
      );
  }

  entrantsOf(orderIds: readonly string[], manager: EntityManager = this.db.manager): Promise<EntrantRow[]> {
    return manager
      .createQueryBuilder(WorkOrderEntrantEntity, 'e')
      .where('e.orderId in (:...ids)', { ids: inList(orderIds) })
      .orderBy('e.orderId')
      .addOrderBy('e.position')
      .getMany();
  }

  async setSteps(tx: Tx, orderId: string, steps: readonly StepPlan[]): Promise<void> {
    await tx.manager.delete(WorkOrderStepEntity, { orderId });
    await tx.manager.insert(WorkOrderStepEntity, stepsOfPlan(tx, orderId, steps));
  }

  stepsOf(orderIds: readonly string[], manager: EntityManager = this.db.manager): Promise<StepRow[]> {
    return manager
      .createQueryBuilder(WorkOrderStepEntity, 's')
      .where('s.orderId in (:...ids)', { ids: inList(orderIds) })
      .orderBy('s.orderId')
      .addOrderBy('s.position')
      .getMany();
  }

  stepById(id: string): Promise<StepRow | null> {
    return this.db.manager.findOneBy(WorkOrderStepEntity, { id });
  }

  async updateStep(tx: Tx, id: string, values: Partial<StepRow>): Promise<void> {
    await tx.manager.update(WorkOrderStepEntity, { id }, values);
  }

  async appendEvent(tx: Tx, event: Omit<EventRow, 'id' | 'at'>, at = tx.now): Promise<void> {
    await tx.manager.insert(WorkOrderEventEntity, { ...event, id: newId(at.getTime()), at });
  }

  eventsOf(orderIds: readonly string[]): Promise<EventRow[]> {
    return this.db
      .createQueryBuilder(WorkOrderEventEntity, 'e')
      .where('e.orderId in (:...ids)', { ids: inList(orderIds) })
      .orderBy('e.at')
      .addOrderBy('e.id')
      .getMany();
  }

  /** Every column of the entity. */
  private bulk<Row extends object>(tx: Tx, entity: new () => Row, rows: readonly Row[]): Promise<void> {
    const { tableName, columns } = tx.manager.connection.getMetadata(entity);
    const names = [...new Set(columns.map((column) => column.propertyName as keyof Row & string))];
    return bulkInsert(tx, tableName, names, rows);
  }

  private filtered(sight: OrderSight, filter: OrderFilter): SelectQueryBuilder<WorkOrderEntity> {
    const query = this.seen(sight);
    const equal = (column: keyof WorkOrderRow, value: string | null | undefined) => {
      if (value) query.andWhere(`o.${column} = :${column}`, { [column]: value });
    };
    if (filter.states?.length) query.andWhere('o.state in (:...states)', { states: filter.states });
    if (filter.kinds?.length) query.andWhere('o.kind in (:...kinds)', { kinds: filter.kinds });
    equal('departmentId', filter.departmentId);
    equal('systemId', filter.systemId);
    equal('requestId', filter.requestId);
    equal('applicantId', filter.applicantId);
    if (filter.roomId)
      query.andWhere('exists (select 1 from work_order_room r where r.order_id = o.id and r.room_id = :roomId)', {
        roomId: filter.roomId,
      });
    if (filter.assigned) query.andWhere(assignedTo(filter.assigned));
    if (filter.overdueAt)
      query.andWhere('o.dueAt <= :overdueAt and o.state in (:...live)', {
        overdueAt: filter.overdueAt,
        live: LIVE_ORDER_STATES,
      });
    if (filter.windowFrom) query.andWhere('o.windowTo > :windowFrom', { windowFrom: filter.windowFrom });
    if (filter.windowTo) query.andWhere('o.windowFrom < :windowTo', { windowTo: filter.windowTo });
    return matching(query, ['o.code', 'o.title', 'o.requestCode', 'o.applicantName'], filter.search ?? null);
  }

  private seen({ scope, worker }: OrderSight, manager = this.db.manager): SelectQueryBuilder<WorkOrderEntity> {
    const every = manager.createQueryBuilder(WorkOrderEntity, 'o');
    if (scope?.kind === 'PROVINCE') return every.where('1 = 1');
    return every.where(
      new Brackets((any) => {
        any.where('1 = 0');
        if (scope)
          any.orWhere('o.departmentId in (:...scopeIds) or o.systemId in (:...scopeSystemIds)', {
            scopeIds: inList(scope.departmentIds),
            scopeSystemIds: inList(scope.systemIds ?? []),
          });
        if (worker)
          any.orWhere(
            new Brackets((all) => {
              all
                .where("o.state not in ('DRAFT', 'SUBMITTED')")
                .andWhere('(o.assigneeId = :sightUser or o.companyId = :sightCompany)', {
                  sightUser: worker.userId,
                  sightCompany: worker.companyId ?? '',
                });
            }),
          );
      }),
    );
  }
}

function assignedTo({ userId, companyId }: { readonly userId: string; readonly companyId: string | null }): Brackets {
  return new Brackets((any) => {
    any
      .where('o.assigneeId = :assignedUser', { assignedUser: userId })
      .orWhere('(o.assigneeId is null and o.companyId = :assignedCompany)', { assignedCompany: companyId ?? '' });
  });
}

function stepsOfPlan(tx: Tx, orderId: string, steps: readonly StepPlan[]): StepRow[] {
  return steps.map((step, position) => ({
    ...{ id: newId(tx.now.getTime()), orderId, position, stepKey: step.key },
    ...{ titleZh: step.title.zh, titleEn: step.title.en, needsEvidence: step.evidence },
    ...{ note: null, doneAt: null, doneBy: null },
  }));
}
