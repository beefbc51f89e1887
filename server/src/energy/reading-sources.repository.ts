import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ReadingSourceCenterEntity, ReadingSourceEntity } from './energy.entity.js';

export type ReadingSourceRow = Omit<ReadingSourceEntity, 'tokenHash'> & { readonly centerIds: readonly string[] };

/** Sources belong to the place and to no department, so reads of them take no scope. Tokens' hashes never leave. */
@Injectable()
export class ReadingSourcesRepository {
  constructor(private readonly db: DataSource) {}

  /** null = no such token, or it was revoked. */
  async byToken(tokenHash: string): Promise<ReadingSourceRow | null> {
    const row = await this.db.manager.findOneBy(ReadingSourceEntity, { tokenHash, revokedAt: IsNull() });
    const [source] = row ? await this.withCenters([row]) : [];
    return source ?? null;
  }

  async byIds(ids: readonly string[]): Promise<ReadingSourceRow[]> {
    return this.withCenters(
      await this.db
        .createQueryBuilder(ReadingSourceEntity, 's')
        .where('s.id in (:...ids)', { ids: inList(ids) })
        .getMany(),
    );
  }

  /** Those in force first, each by name. */
  async all(limit: number): Promise<ReadingSourceRow[]> {
    return this.withCenters(
      await this.db
        .createQueryBuilder(ReadingSourceEntity, 's')
        .orderBy('s.revokedAt is not null')
        .addOrderBy('s.name')
        .limit(limit)
        .getMany(),
    );
  }

  countInForce(tx: Tx): Promise<number> {
    return tx.manager.countBy(ReadingSourceEntity, { revokedAt: IsNull() });
  }

  async add(tx: Tx, source: ReadingSourceEntity, centerIds: readonly string[]): Promise<void> {
    await tx.manager.insert(ReadingSourceEntity, source);
    await tx.manager.insert(
      ReadingSourceCenterEntity,
      centerIds.map((centerId) => ({ sourceId: source.id, centerId })),
    );
  }

  locked(tx: Tx, id: string): Promise<ReadingSourceEntity | null> {
    return tx.manager.findOne(ReadingSourceEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async revoke(tx: Tx, id: string, by: string, reason: string): Promise<void> {
    await tx.manager.update(ReadingSourceEntity, { id }, { revokedAt: tx.now, revokedBy: by, revokeReason: reason });
  }

  /** What was heard. False = the token was revoked meanwhile, and nothing of the push may be kept. */
  async heard(tx: Tx, id: string, newestAt: Date): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      `update reading_source set last_pushed_at = ?, last_reading_at = greatest(coalesce(last_reading_at, ?), ?)
       where id = ? and revoked_at is null`,
      [tx.now, newestAt, newestAt, id],
    );
    return done.affectedRows > 0;
  }

  private async withCenters(rows: readonly ReadingSourceEntity[]): Promise<ReadingSourceRow[]> {
    const links = await this.db
      .createQueryBuilder(ReadingSourceCenterEntity, 'l')
      .where('l.sourceId in (:...ids)', { ids: inList(rows.map((row) => row.id)) })
      .getMany();
    const bySource = Map.groupBy(links, (link) => link.sourceId);
    return rows.map(({ tokenHash: _, ...row }) => ({
      ...row,
      centerIds: (bySource.get(row.id) ?? []).map((link) => link.centerId),
    }));
  }
}
