import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, newestOf } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { Stretch } from './domain/down-time.js';
import { OutageEntity, OutageSystemEntity } from './outages.entity.js';
import type { OutageFilter, OutageRow } from './outages.types.js';

/** Outages are of the house and of no department: reads take no scope, and are asked for by those who see all of it. */
@Injectable()
export class OutagesRepository {
  constructor(private readonly db: DataSource) {}

  page(filter: OutageFilter, page: PageRequest): Promise<Page<OutageRow>> {
    return newestOf(() => this.filtered(filter), 'outage.fromAt', 'outage.id', page);
  }

  byIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<OutageRow[]> {
    return manager
      .createQueryBuilder(OutageEntity, 'outage')
      .where('outage.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  locked(tx: Tx, id: string): Promise<OutageRow | null> {
    return tx.manager.findOne(OutageEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async idOfCode(tx: Tx, code: string): Promise<string | null> {
    const row = await tx.manager.findOne(OutageEntity, {
      ...{ where: { code: In(inAsciiList([code]) as string[]) }, select: { id: true } },
    });
    return row?.id ?? null;
  }

  async insert(tx: Tx, row: OutageRow, systemIds: readonly string[]): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(OutageEntity).values(row).updateEntity(false).execute();
    await this.putSystems(tx, row.id, systemIds);
  }

  async update(tx: Tx, id: string, values: Partial<OutageRow>): Promise<void> {
    await tx.manager.update(OutageEntity, { id }, values);
  }

  async putSystems(tx: Tx, outageId: string, systemIds: readonly string[]): Promise<void> {
    await tx.manager.delete(OutageSystemEntity, { outageId });
    if (systemIds.length > 0)
      await tx.manager.insert(
        OutageSystemEntity,
        systemIds.map((systemId) => ({ outageId, systemId })),
      );
  }

  systemsOf(outageIds: readonly string[], manager: EntityManager = this.db.manager): Promise<OutageSystemEntity[]> {
    return manager
      .createQueryBuilder(OutageSystemEntity, 's')
      .where('s.outageId in (:...ids)', { ids: inList(outageIds) })
      .orderBy('s.systemId')
      .getMany();
  }

  /** Those that stand and reach into the time, in the order in which they began. */
  standingIn({ from, to }: Stretch, manager: EntityManager = this.db.manager): Promise<OutageRow[]> {
    return this.standing(from, to, manager).getMany();
  }

  /** Of these systems, each outage with the system that it names. */
  async ofSystems(
    systemIds: readonly string[],
    { from, to }: Stretch,
  ): Promise<{ readonly systemId: string; readonly row: OutageRow }[]> {
    const links = await this.db
      .createQueryBuilder(OutageSystemEntity, 's')
      .where('s.systemId in (:...ids)', { ids: inList(systemIds) })
      .getMany();
    const rows = await this.standing(from, to, this.db.manager)
      .andWhere('outage.id in (:...outageIds)', { outageIds: inList(links.map(({ outageId }) => outageId)) })
      .getMany();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return links.flatMap(({ outageId, systemId }) => {
      const row = byId.get(outageId);
      return row ? [{ systemId, row }] : [];
    });
  }

  private standing(from: number, to: number, manager: EntityManager): SelectQueryBuilder<OutageEntity> {
    return manager
      .createQueryBuilder(OutageEntity, 'outage')
      .where('outage.withdrawnAt is null and outage.fromAt < :to', { to: new Date(to) })
      .andWhere('(outage.toAt is null or outage.toAt > :from)', { from: new Date(from) })
      .orderBy('outage.fromAt')
      .addOrderBy('outage.id');
  }

  private filtered(filter: OutageFilter): SelectQueryBuilder<OutageEntity> {
    const query = this.db.createQueryBuilder(OutageEntity, 'outage');
    query.where(filter.withdrawn ? 'outage.withdrawnAt is not null' : 'outage.withdrawnAt is null');
    if (filter.layers.length > 0) query.andWhere('outage.layer in (:...layers)', { layers: filter.layers });
    if (filter.centerId) query.andWhere('outage.centerId = :centerId', { centerId: filter.centerId });
    if (filter.lastingOnly) query.andWhere('outage.toAt is null');
    if (filter.systemId)
      query.andWhere('outage.id in (select os.outage_id from outage_system os where os.system_id = :systemId)', {
        systemId: filter.systemId,
      });
    return matching(query, ['outage.code', 'outage.title', 'outage.orderCode'], filter.search);
  }
}
