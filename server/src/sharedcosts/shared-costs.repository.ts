import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { formatUnitPrice, parseUnitPrice } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { SharedPool, SharedPoolVersion } from './domain/shared-pool.js';
import { SharedPoolEntity, SharedPoolVersionEntity } from './shared-costs.entity.js';

/** Common costs belong to no department, so reads of them take no scope. */
@Injectable()
export class SharedCostsRepository {
  constructor(private readonly db: DataSource) {}

  async page(search: string | null, page: PageRequest): Promise<Page<SharedPool>> {
    const query = this.db.createQueryBuilder(SharedPoolEntity, 'pool');
    const found = await pageOf(matching(query, ['pool.code', 'pool.nameZh', 'pool.nameEn'], search), 'pool.code', page);
    return { ...found, rows: found.rows.map(toPool) };
  }

  /** In the order of their codes; there are some a center. */
  async all(manager: EntityManager = this.db.manager): Promise<SharedPool[]> {
    return (await manager.find(SharedPoolEntity, { order: { code: 'ASC' } })).map(toPool);
  }

  async byIds(ids: readonly string[]): Promise<SharedPool[]> {
    const rows = await this.db
      .createQueryBuilder(SharedPoolEntity, 'pool')
      .where('pool.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return rows.map(toPool);
  }

  /** Past and future, the earliest first. */
  async versionsOf(poolIds: readonly string[], manager: EntityManager = this.db.manager): Promise<SharedPoolVersion[]> {
    const rows = await manager
      .createQueryBuilder(SharedPoolVersionEntity, 'version')
      .where('version.poolId in (:...poolIds)', { poolIds: inList(poolIds) })
      .orderBy('version.fromMonth')
      .getMany();
    return rows.map(toVersion);
  }

  async versionsByIds(ids: readonly string[]): Promise<SharedPoolVersion[]> {
    const rows = await this.db
      .createQueryBuilder(SharedPoolVersionEntity, 'version')
      .where('version.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return rows.map(toVersion);
  }

  /** Bumps its version and thereby waits for whoever else changes it; null = there is none. */
  async take(tx: Tx, id: string): Promise<SharedPool | null> {
    await tx.manager.query('update shared_pool set version = version + 1 where id = ?', [id]);
    const row = await tx.manager.findOneBy(SharedPoolEntity, { id });
    return row && toPool(row);
  }

  async insertPools(tx: Tx, pools: readonly SharedPool[]): Promise<void> {
    const rows = pools.map(({ name, ...pool }) => ({ ...pool, nameZh: name.zh, nameEn: name.en }));
    if (rows.length > 0)
      await tx.manager.createQueryBuilder().insert().into(SharedPoolEntity).values(rows).updateEntity(false).execute();
  }

  async insertVersions(tx: Tx, versions: readonly SharedPoolVersion[]): Promise<void> {
    const rows = versions.map(({ monthly, pricePerKwh, ...version }) => ({
      ...version,
      monthlyFen: monthly,
      pricePerKwh: pricePerKwh === null ? null : formatUnitPrice(pricePerKwh),
      createdAt: tx.now,
    }));
    if (rows.length > 0)
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(SharedPoolVersionEntity)
        .values(rows)
        .updateEntity(false)
        .execute();
  }

  async deleteVersion(tx: Tx, id: string): Promise<void> {
    await tx.manager.query('delete from shared_pool_version where id = ?', [id]);
  }
}

function toPool({ centerId, code, id, kind, nameEn, nameZh, version }: SharedPoolEntity): SharedPool {
  return { id, code, kind, centerId, version, name: { zh: nameZh, en: nameEn } };
}

function toVersion(row: SharedPoolVersionEntity): SharedPoolVersion {
  const { basis, enteredBy, fromMonth, id, meter, method, monthlyFen, poolId, pricePerKwh, reason } = row;
  return {
    ...{ id, poolId, fromMonth, method, basis, meter, reason, enteredBy, monthly: monthlyFen },
    pricePerKwh: pricePerKwh === null ? null : parseUnitPrice(pricePerKwh),
  };
}
