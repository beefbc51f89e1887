import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Month } from '../accounting/domain/accounting-units.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { OwnedAssetEntity, OwnedAssetUpkeepEntity, SpendDifferenceEntity } from './assets.entity.js';
import type { Decision } from './contracts.repository.js';

export type OwnedAssetRow = OwnedAssetEntity;
export type UpkeepRow = Omit<OwnedAssetUpkeepEntity, 'asset'>;
export type DifferenceRow = SpendDifferenceEntity;

export interface AssetFilter {
  readonly search?: string | null;
  readonly centerId?: string | null;
}

/** Owned assets with what keeps them, and what people say of differences. */
@Injectable()
export class AssetsRepository {
  constructor(private readonly db: DataSource) {}

  assets({ search, centerId }: AssetFilter, page: PageRequest): Promise<Page<OwnedAssetRow>> {
    const query = this.db.createQueryBuilder(OwnedAssetEntity, 'asset');
    if (centerId) query.andWhere('asset.centerId = :centerId', { centerId });
    return pageOf(matching(query, ['asset.name', 'asset.code'], search ?? null), 'asset.code', page);
  }

  byIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<OwnedAssetRow[]> {
    return manager
      .createQueryBuilder(OwnedAssetEntity, 'asset')
      .where('asset.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** All that costs anything up to that month, with the day on which it was disposed of. */
  async confirmedUntil(last: Month): Promise<(OwnedAssetRow & { disposedOn: CalendarDate | null })[]> {
    const rows = await this.db
      .createQueryBuilder(OwnedAssetEntity, 'asset')
      .where("asset.state = 'CONFIRMED'")
      .andWhere("(asset.depreciatesFrom <= :last or asset.acquiredOn <= concat(:last, '-28'))", { last })
      .orderBy('asset.code')
      .getMany();
    const disposals: { asset_id: string; disposed_on: string }[] = await this.db.query(
      "select asset_id, date_format(disposed_on, '%Y-%m-%d') as disposed_on from owned_asset_disposal where state = 'CONFIRMED' and standing = 1",
    );
    const on = new Map(disposals.map((row) => [row.asset_id, row.disposed_on]));
    return rows.map((row) => ({ ...row, disposedOn: on.get(row.id) ?? null }));
  }

  /** The day on which it was disposed of; null = it is there. */
  async disposedOn(tx: Tx, assetId: string): Promise<CalendarDate | null> {
    const [row]: { disposed_on: string }[] = await tx.manager.query(
      "select date_format(disposed_on, '%Y-%m-%d') as disposed_on from owned_asset_disposal where asset_id = ? and state = 'CONFIRMED' and standing = 1",
      [assetId],
    );
    return row?.disposed_on ?? null;
  }

  upkeepsOf(assetIds: readonly string[], manager: EntityManager = this.db.manager): Promise<UpkeepRow[]> {
    return manager
      .createQueryBuilder(OwnedAssetUpkeepEntity, 'upkeep')
      .where('upkeep.assetId in (:...ids)', { ids: inList(assetIds) })
      .orderBy('upkeep.assetId')
      .addOrderBy('upkeep.fromMonth')
      .getMany();
  }

  async insertAsset(tx: Tx, row: OwnedAssetRow): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(OwnedAssetEntity).values(row).updateEntity(false).execute();
  }

  async insertUpkeep(tx: Tx, row: UpkeepRow): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(OwnedAssetUpkeepEntity)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  async decide(tx: Tx, { id, version }: Pick<OwnedAssetRow, 'id' | 'version'>, decision: Decision): Promise<boolean> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(OwnedAssetEntity)
      .set({ ...decision, version: version + 1 })
      .where("id = :id and version = :version and state = 'ENTERED'", { id, version })
      .execute();
    return result.affected === 1;
  }

  async rename(tx: Tx, id: string, code: string): Promise<void> {
    await tx.manager.query('update owned_asset set code = ? where id = ?', [code, id]);
  }

  /** Of months from the one to the other, in the order of entering. */
  differences(first: Month, last: Month): Promise<DifferenceRow[]> {
    return this.db
      .createQueryBuilder(SpendDifferenceEntity, 'difference')
      .where('difference.month between :first and :last', { first, last })
      .orderBy('difference.id')
      .getMany();
  }

  async difference(tx: Tx, id: string): Promise<DifferenceRow | null> {
    return tx.manager.createQueryBuilder(SpendDifferenceEntity, 'd').where('d.id = :id', { id }).getOne();
  }

  async insertDifference(tx: Tx, row: DifferenceRow): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(SpendDifferenceEntity)
      .values(row)
      .updateEntity(false)
      .execute();
  }
}
