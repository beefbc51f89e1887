import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Architecture } from '../facilities/domain/facility.js';
import { uuidColumn } from '../platform/database/columns.js';
import type { PriceMeter } from './domain/quote.js';

/** One flat table. A price for every architecture says ANY, because a unique key does not hold for null. */
@Entity('unit_price')
@Index('uq_unit_price_meter', ['meter', 'architecture'], { unique: true })
@Check('ck_unit_price_meter', "meter in ('VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD')")
@Check('ck_unit_price_architecture', "architecture in ('AMD64', 'ARM64', 'ANY')")
@Check('ck_unit_price_amount', 'monthly_price >= 0')
export class UnitPriceEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ type: 'varchar', length: 20 })
  meter!: PriceMeter;

  @Column({ type: 'varchar', length: 10 })
  architecture!: Architecture | 'ANY';

  /** Yuan for one unit and month. */
  @Column({ type: 'decimal', precision: 18, scale: 6 })
  monthlyPrice!: string;

  @Column({ type: 'boolean' })
  synthetic!: boolean;
}
