import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Architecture } from '../facilities/domain/facility.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { formatUnitPrice, parseUnitPrice } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { NewPriceItem, PriceItem } from './domain/price-item.js';
import type { PriceVersion } from './domain/price-version.js';
import type { UnitPrice } from './domain/quote.js';
import { PriceItemEntity, PriceTierEntity, PriceVersionEntity } from './pricing.entity.js';

/** A price of today, with the words of its item. */
export interface NamedUnitPrice extends UnitPrice {
  readonly name: PriceItem['name'];
  readonly unit: PriceItem['unit'];
}

/** Prices belong to no department, so reads of them take no scope. */
@Injectable()
export class PricingRepository {
  constructor(private readonly db: DataSource) {}

  /** All prices by the month that hold on the day, in the order of the meters. */
  async monthlyOn(day: CalendarDate): Promise<NamedUnitPrice[]> {
    const rows = await this.db
      .createQueryBuilder(PriceVersionEntity, 'version')
      .innerJoinAndSelect('version.item', 'item')
      .leftJoinAndSelect('version.tiers', 'tier')
      .where("item.period = 'MONTH'")
      .andWhere('version.fromDate <= :day and (version.toDate is null or version.toDate > :day)', { day })
      .orderBy('item.meter')
      .addOrderBy('version.architecture')
      .addOrderBy('version.centerId')
      .getMany();
    return rows.map((row) => {
      const { meter, nameZh, nameEn, unitZh, unitEn } = row.item as PriceItemEntity;
      const { centerId, architecture, price, synthetic, tiers = [] } = toVersion(row);
      return {
        meter,
        centerId,
        architecture,
        price,
        tiers,
        synthetic,
        name: { zh: nameZh, en: nameEn },
        unit: { zh: unitZh, en: unitEn },
      };
    });
  }

  async items(search: string | null, page: PageRequest): Promise<Page<PriceItem>> {
    const query = this.db.createQueryBuilder(PriceItemEntity, 'item').where("item.period = 'MONTH'");
    const found = await pageOf(
      matching(query, ['item.meter', 'item.nameZh', 'item.nameEn'], search),
      'item.meter',
      page,
    );
    return { ...found, rows: found.rows.map(toItem) };
  }

  /** By every period, in the order of meters. */
  async allItems(): Promise<PriceItem[]> {
    const rows = await this.db.createQueryBuilder(PriceItemEntity, 'item').orderBy('item.meter').getMany();
    return rows.map(toItem);
  }

  async itemsByIds(ids: readonly string[]): Promise<PriceItem[]> {
    const rows = await this.db
      .createQueryBuilder(PriceItemEntity, 'item')
      .where('item.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return rows.map(toItem);
  }

  async versionsByIds(ids: readonly string[]): Promise<PriceVersion[]> {
    const rows = await this.db
      .createQueryBuilder(PriceVersionEntity, 'version')
      .leftJoinAndSelect('version.tiers', 'tier')
      .where('version.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return rows.map(toVersion);
  }

  /** The whole past and future of the items' prices, earliest first. */
  async versionsOf(itemIds: readonly string[], manager: EntityManager = this.db.manager): Promise<PriceVersion[]> {
    const rows = await manager
      .createQueryBuilder(PriceVersionEntity, 'version')
      .leftJoinAndSelect('version.tiers', 'tier')
      .where('version.itemId in (:...itemIds)', { itemIds: inList(itemIds) })
      .orderBy('version.fromDate')
      .addOrderBy('version.id')
      .getMany();
    return rows.map(toVersion);
  }

  /**
   * Bumps the item's version and thereby waits for whoever else changes its prices; everything read after this is what
   * the other has left. null = there is no such item.
   */
  async takeItem(tx: Tx, id: string): Promise<PriceItem | null> {
    await tx.manager.query('update price_item set version = version + 1 where id = ?', [id]);
    const row = await tx.manager.createQueryBuilder(PriceItemEntity, 'item').where('item.id = :id', { id }).getOne();
    return row && toItem(row);
  }

  async insertItems(tx: Tx, items: readonly NewPriceItem[]): Promise<void> {
    const rows = items.map(({ name, unit, ...item }) => ({
      ...item,
      nameZh: name.zh,
      nameEn: name.en,
      unitZh: unit.zh,
      unitEn: unit.en,
      version: 1,
    }));
    await tx.manager.createQueryBuilder().insert().into(PriceItemEntity).values(rows).updateEntity(false).execute();
  }

  /** Ids of the items by the month that these meters have already. */
  async itemIdsOf(tx: Tx, meters: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.manager
      .createQueryBuilder(PriceItemEntity, 'item')
      .where("item.meter in (:...meters) and item.period = 'MONTH'", { meters: inList(meters) })
      .getMany();
    return new Map(rows.map((row) => [row.meter, row.id]));
  }

  async insertVersions(tx: Tx, versions: readonly PriceVersion[]): Promise<void> {
    const rows = versions.map(({ from, to, price, listPrice, architecture, tiers: _tiers, ...version }) => ({
      ...version,
      architecture: architecture ?? ('ANY' as const),
      fromDate: from,
      toDate: to,
      unitPrice: formatUnitPrice(price),
      listPrice: listPrice === null ? null : formatUnitPrice(listPrice),
      createdAt: tx.now,
    }));
    await tx.manager.createQueryBuilder().insert().into(PriceVersionEntity).values(rows).updateEntity(false).execute();
    const tiers = versions.flatMap(({ id, tiers: some = [] }) =>
      some.map(({ from, price }) => ({ versionId: id, fromQuantity: from, unitPrice: formatUnitPrice(price) })),
    );
    if (tiers.length > 0)
      await tx.manager.createQueryBuilder().insert().into(PriceTierEntity).values(tiers).updateEntity(false).execute();
  }

  async endVersion(tx: Tx, id: string, to: CalendarDate): Promise<void> {
    await tx.manager.query('update price_version set to_date = ? where id = ?', [to, id]);
  }

  async deleteVersion(tx: Tx, id: string): Promise<void> {
    await tx.manager.query('delete from price_tier where version_id = ?', [id]);
    await tx.manager.query('delete from price_version where id = ?', [id]);
  }
}

function toItem(row: PriceItemEntity): PriceItem {
  const { id, meter, period, version } = row;
  return {
    id,
    meter,
    period,
    version,
    name: { zh: row.nameZh, en: row.nameEn },
    unit: { zh: row.unitZh, en: row.unitEn },
  };
}

function toVersion(row: PriceVersionEntity): PriceVersion {
  return {
    id: row.id,
    itemId: row.itemId,
    centerId: row.centerId,
    architecture: row.architecture === 'ANY' ? null : (row.architecture satisfies Architecture),
    from: row.fromDate,
    to: row.toDate,
    kind: row.kind,
    price: parseUnitPrice(row.unitPrice),
    tiers: (row.tiers ?? [])
      .map(({ fromQuantity, unitPrice }) => ({ from: fromQuantity, price: parseUnitPrice(unitPrice) }))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    listPrice: row.listPrice === null ? null : parseUnitPrice(row.listPrice),
    synthetic: row.synthetic,
    reason: row.reason,
  };
}
