import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ChangeFreezeCenterEntity, ChangeFreezeEntity, ChangeFreezeReleaseEntity } from './freezes.entity.js';
import type { FreezeRow, ReleaseRow } from './freezes.types.js';

/** Freezes are announced to everybody: reads take no scope. */
@Injectable()
export class FreezesRepository {
  constructor(private readonly db: DataSource) {}

  /** The latest to end first. */
  async newest(limit: number): Promise<FreezeRow[]> {
    const { manager } = this.db;
    const rows = await manager.find(ChangeFreezeEntity, { order: { toAt: 'DESC', id: 'DESC' }, take: limit });
    return this.withCenters(manager, rows);
  }

  async byIds(ids: readonly string[]): Promise<FreezeRow[]> {
    const { manager } = this.db;
    return this.withCenters(
      manager,
      await manager.find(ChangeFreezeEntity, { where: { id: In(inList(ids) as string[]) } }),
    );
  }

  async between(fromAt: Date, toAt: Date, limit: number): Promise<FreezeRow[]> {
    const { manager } = this.db;
    const rows = await manager
      .createQueryBuilder(ChangeFreezeEntity, 'f')
      .where('f.fromAt < :toAt and f.toAt > :fromAt', { fromAt, toAt })
      .andWhere('(f.endedAt is null or (f.endedAt > f.fromAt and f.endedAt > :fromAt))', { fromAt })
      .orderBy('f.fromAt', 'ASC')
      .addOrderBy('f.id', 'ASC')
      .take(limit)
      .getMany();
    return this.withCenters(manager, rows);
  }

  /** Those that have not reached their end. */
  async standing(now: Date, tx?: Tx): Promise<FreezeRow[]> {
    const manager = tx?.manager ?? this.db.manager;
    return this.withCenters(manager, await manager.find(ChangeFreezeEntity, { where: { toAt: MoreThan(now) } }));
  }

  async locked(tx: Tx, id: string | undefined): Promise<FreezeRow | null> {
    if (id === undefined) return null;
    const row = await tx.manager.findOne(ChangeFreezeEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row && ((await this.withCenters(tx.manager, [row]))[0] ?? null);
  }

  async insert(tx: Tx, { centerIds, ...row }: FreezeRow): Promise<void> {
    await tx.manager.insert(ChangeFreezeEntity, row);
    if (centerIds.length > 0)
      await tx.manager.insert(
        ChangeFreezeCenterEntity,
        centerIds.map((centerId) => ({ freezeId: row.id, centerId })),
      );
  }

  async end(tx: Tx, { id, version }: FreezeRow, by: string): Promise<void> {
    await tx.manager.update(
      ChangeFreezeEntity,
      { id, version },
      { endedAt: tx.now, endedBy: by, version: version + 1 },
    );
  }

  releases(freezeIds: readonly string[], tx?: Tx): Promise<ReleaseRow[]> {
    return (tx?.manager ?? this.db.manager).find(ChangeFreezeReleaseEntity, {
      where: { freezeId: In(inList(freezeIds) as string[]) },
      order: { givenAt: 'DESC', id: 'DESC' },
    });
  }

  async addRelease(tx: Tx, row: ReleaseRow): Promise<void> {
    await tx.manager.insert(ChangeFreezeReleaseEntity, row);
  }

  private async withCenters(manager: EntityManager, rows: readonly ChangeFreezeEntity[]): Promise<FreezeRow[]> {
    const centers = await manager.find(ChangeFreezeCenterEntity, {
      where: { freezeId: In(inList(rows.map(({ id }) => id)) as string[]) },
    });
    const of = Map.groupBy(centers, ({ freezeId }) => freezeId);
    return rows.map((row) => ({ ...row, centerIds: (of.get(row.id) ?? []).map(({ centerId }) => centerId) }));
  }
}
