import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { formatUnitPrice, parseUnitPrice } from '../kernel/money.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { NewUnitPrice, UnitPrice } from './domain/quote.js';
import { UnitPriceEntity } from './pricing.entity.js';

/** Prices belong to no department, so reads of them take no scope. */
@Injectable()
export class PricingRepository {
  constructor(private readonly db: DataSource) {}

  async unitPrices(): Promise<UnitPrice[]> {
    const rows = await this.db
      .createQueryBuilder(UnitPriceEntity, 'price')
      .orderBy('price.meter')
      .addOrderBy('price.architecture')
      .getMany();
    return rows.map((row) => ({
      meter: row.meter,
      architecture: row.architecture === 'ANY' ? null : row.architecture,
      price: parseUnitPrice(row.monthlyPrice),
      synthetic: row.synthetic,
    }));
  }

  async insert(tx: Tx, prices: readonly NewUnitPrice[]): Promise<void> {
    const rows = prices.map((price) => ({
      id: price.id ?? newId(tx.now.getTime()),
      meter: price.meter,
      architecture: price.architecture ?? ('ANY' as const),
      monthlyPrice: formatUnitPrice(price.price),
      synthetic: price.synthetic,
    }));
    await tx.manager.createQueryBuilder().insert().into(UnitPriceEntity).values(rows).updateEntity(false).execute();
  }
}
