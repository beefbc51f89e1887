import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { OwnedAssetDisposalEntity } from './assets.entity.js';
import type { Decision } from './contracts.repository.js';

export type DisposalRow = Omit<OwnedAssetDisposalEntity, 'asset'>;

/** How owned assets ended. */
@Injectable()
export class DisposalsRepository {
  constructor(private readonly db: DataSource) {}

  byIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<DisposalRow[]> {
    return manager
      .createQueryBuilder(OwnedAssetDisposalEntity, 'disposal')
      .where('disposal.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Those that wait or hold, one of an asset at most. */
  standingOf(assetIds: readonly string[], manager: EntityManager = this.db.manager): Promise<DisposalRow[]> {
    return manager
      .createQueryBuilder(OwnedAssetDisposalEntity, 'disposal')
      .where('disposal.assetId in (:...assetIds) and disposal.standing = 1', { assetIds: inList(assetIds) })
      .getMany();
  }

  /** Those that take these back, waiting or confirmed. */
  reversalsOf(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<DisposalRow[]> {
    return manager
      .createQueryBuilder(OwnedAssetDisposalEntity, 'disposal')
      .where('disposal.reversesId in (:...ids) and disposal.reversing = 1', { ids: inList(ids) })
      .getMany();
  }

  /** It stands no more; false = it was taken back before. */
  async takeBack(tx: Tx, { id, reversesId }: Pick<DisposalRow, 'id' | 'reversesId'>): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      `update owned_asset_disposal set standing = null, reversed_by_id = ?
        where id = ? and state = 'CONFIRMED' and reversed_by_id is null`,
      [id, reversesId],
    );
    return done.affectedRows === 1;
  }

  async insert(tx: Tx, row: DisposalRow): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(OwnedAssetDisposalEntity)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  /** False = somebody else decided meanwhile. */
  async decide(
    tx: Tx,
    { id, reversesId, version }: Pick<DisposalRow, 'id' | 'reversesId' | 'version'>,
    decision: Decision,
  ): Promise<boolean> {
    const holds = decision.state === 'WITHDRAWN' ? null : 1;
    const stands = reversesId === null ? { standing: holds } : { reversing: holds };
    const result = await tx.manager
      .createQueryBuilder()
      .update(OwnedAssetDisposalEntity)
      .set({ ...decision, ...stands, version: version + 1 })
      .where("id = :id and version = :version and state = 'ENTERED'", { id, version })
      .execute();
    return result.affected === 1;
  }
}
