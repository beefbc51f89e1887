import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { inAsciiList, inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import type { MaintenanceState, MaintenanceWindow } from './domain/maintenance.js';
import { MaintenanceWindowEntity } from './facilities.entity.js';

/** Windows belong to the place and to no department, so reads of them take no scope. */
@Injectable()
export class MaintenanceRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, windows: readonly MaintenanceWindow[]): Promise<void> {
    if (windows.length > 0) await tx.manager.insert(MaintenanceWindowEntity, [...windows]);
  }

  locked(tx: Tx, id: string): Promise<MaintenanceWindow | null> {
    return tx.manager.findOne(MaintenanceWindowEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, id: string, values: Partial<MaintenanceWindow>): Promise<void> {
    await tx.manager.update(MaintenanceWindowEntity, { id }, values as object);
  }

  runningOf(tx: Tx, poolId: string): Promise<MaintenanceWindow[]> {
    return tx.manager.findBy(MaintenanceWindowEntity, { poolId, state: 'RUNNING' });
  }

  async countRunning(tx: Tx, centerId: string): Promise<number> {
    return tx.manager.countBy(MaintenanceWindowEntity, { centerId, state: 'RUNNING' });
  }

  byIds(ids: readonly string[]): Promise<MaintenanceWindow[]> {
    return this.query()
      .where('w.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  runningPlaces(reading: Reading, centerIds: readonly string[]): Promise<MaintenanceWindow[]> {
    return reading.manager
      .createQueryBuilder(MaintenanceWindowEntity, 'w')
      .where("w.centerId in (:...centerIds) and w.state = 'RUNNING' and w.placeId is not null", {
        centerIds: inList(centerIds),
      })
      .getMany();
  }

  openOfPlaces(placeIds: readonly string[]): Promise<MaintenanceWindow[]> {
    return this.query()
      .where("w.placeId in (:...placeIds) and w.state in ('PLANNED', 'RUNNING')", { placeIds: inList(placeIds) })
      .orderBy('w.fromAt')
      .getMany();
  }

  /** Those of these codes, as a person wrote them. */
  byCodes(codes: readonly string[]): Promise<MaintenanceWindow[]> {
    return this.query()
      .where('w.code in (:...codes)', { codes: inAsciiList(codes) })
      .getMany();
  }

  /** What was begun and not called off: these windows, and those that took a whole one of these pools away in the time. */
  tookPlace(
    windowIds: readonly string[],
    poolIds: readonly string[],
    [from, to]: readonly [Date, Date],
    manager: EntityManager = this.db.manager,
  ): Promise<MaintenanceWindow[]> {
    const ofPools = "w.extent = 'WHOLE_POOL' and w.poolId in (:...poolIds) and w.fromAt < :to and w.toAt > :from";
    return manager
      .createQueryBuilder(MaintenanceWindowEntity, 'w')
      .where("w.state in ('RUNNING', 'ENDED')")
      .andWhere(`(w.id in (:...windowIds) or (${ofPools}))`, {
        ...{ windowIds: inList(windowIds), poolIds: inList(poolIds), from, to },
      })
      .getMany();
  }

  /** Planned or running, of these pools, the next first. */
  openOfPools(poolIds: readonly string[]): Promise<MaintenanceWindow[]> {
    return this.query()
      .where("w.poolId in (:...poolIds) and w.state in ('PLANNED', 'RUNNING')", { poolIds: inList(poolIds) })
      .orderBy('w.fromAt')
      .getMany();
  }

  /** The latest first. */
  async page(
    filter: { readonly states: readonly MaintenanceState[] | null; readonly centerId: string | null },
    page: PageRequest,
  ): Promise<Page<MaintenanceWindow>> {
    const filtered = (): SelectQueryBuilder<MaintenanceWindowEntity> => {
      const query = this.query().where('1 = 1');
      if (filter.states?.length) query.andWhere('w.state in (:...states)', { states: filter.states });
      if (filter.centerId) query.andWhere('w.centerId = :centerId', { centerId: filter.centerId });
      return query;
    };
    const totalCount = await filtered().getCount();
    const query = filtered().orderBy('w.fromAt', 'DESC').addOrderBy('w.id', 'DESC');
    if (page.after) {
      const [key, id] = page.after;
      query.andWhere('(w.fromAt < :key or (w.fromAt = :key and w.id < :id))', { key: new Date(key as string), id });
    }
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  private query(): SelectQueryBuilder<MaintenanceWindowEntity> {
    return this.db.createQueryBuilder(MaintenanceWindowEntity, 'w');
  }
}
