import { Check, Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import type { Architecture } from '../facilities/domain/facility.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { UnitPeriod } from './domain/price-item.js';
import type { PriceKind } from './domain/price-version.js';

const meterColumn = { type: 'varchar', length: 60, charset: 'ascii', collation: 'ascii_bin' } as const;
const wordColumn = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

/** What has a price. Its version is bumped before its prices are touched, so that two editors meet here. */
@Entity('price_item')
@Index('uq_price_item_meter', ['meter', 'period'], { unique: true })
@Check('ck_price_item_period', "period in ('HOUR', 'DAY', 'MONTH', 'YEAR')")
export class PriceItemEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(meterColumn)
  meter!: string;

  @Column({ ...wordColumn, length: 10 })
  period!: UnitPeriod;

  @Column({ type: 'varchar', length: 60 })
  nameZh!: string;

  @Column({ type: 'varchar', length: 60 })
  nameEn!: string;

  @Column({ type: 'varchar', length: 20 })
  unitZh!: string;

  @Column({ type: 'varchar', length: 20 })
  unitEn!: string;

  @Column({ type: 'int' })
  version!: number;
}

/** What it costs from a day until another. That versions of one reach do not overlap is held by the item's row. */
@Entity('price_version')
@Index('ix_price_version_item', ['itemId', 'fromDate'])
@Check('ck_price_version_architecture', "architecture in ('AMD64', 'ARM64', 'ANY')")
@Check('ck_price_version_period', 'to_date is null or from_date < to_date')
@Check('ck_price_version_price', 'unit_price >= 0')
@Check(
  'ck_price_version_kind',
  "kind in ('STANDARD', 'FREE', 'INTERNAL') and (kind = 'STANDARD') = (list_price is null) and (kind = 'STANDARD' or unit_price = 0) and (list_price is null or list_price >= 0)",
)
export class PriceVersionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  itemId!: string;

  /** null = whichever center. */
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;

  @Column({ ...wordColumn, length: 10 })
  architecture!: Architecture | 'ANY';

  @Column({ type: 'date' })
  fromDate!: string;

  @Column({ type: 'date', nullable: true })
  toDate!: string | null;

  /** Yuan for one unit and one of the item's periods. */
  @Column({ type: 'decimal', precision: 18, scale: 6 })
  unitPrice!: string;

  @Column({ ...wordColumn, length: 10, default: 'STANDARD' })
  kind!: PriceKind;

  /** What it would cost were it not free. */
  @Column({ type: 'decimal', precision: 18, scale: 6, nullable: true })
  listPrice!: string | null;

  @Column({ type: 'boolean' })
  synthetic!: boolean;

  @Column({ type: 'varchar', length: 200 })
  reason!: string;

  @Column(timeColumn)
  createdAt!: Date;

  @ManyToOne(() => PriceItemEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'item_id', foreignKeyConstraintName: 'fk_price_version_item' })
  item?: Relation<PriceItemEntity>;

  @OneToMany(
    () => PriceTierEntity,
    (tier) => tier.version,
  )
  tiers?: Relation<PriceTierEntity>[];
}

/** A tier after the first, which is the version's own price: a table has no gap and no overlap as it is kept. */
@Entity('price_tier')
@Check('ck_price_tier_from', 'from_quantity > 0')
@Check('ck_price_tier_price', 'unit_price >= 0')
export class PriceTierEntity {
  @PrimaryColumn(uuidColumn)
  versionId!: string;

  /** Whole units of the price; what lies above them costs this. */
  @PrimaryColumn({ type: 'bigint', transformer: bigintText })
  fromQuantity!: bigint;

  @Column({ type: 'decimal', precision: 18, scale: 6 })
  unitPrice!: string;

  @ManyToOne(
    () => PriceVersionEntity,
    (version) => version.tiers,
    { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' },
  )
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'fk_price_tier_version' })
  version?: Relation<PriceVersionEntity>;
}
