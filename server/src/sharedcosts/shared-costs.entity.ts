import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { SharedBasis, SharedKind, SharedMethod } from './domain/shared-pool.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 公共费用: one of a center. Its version is bumped before its versions are touched, so that two editors meet here. */
@Entity('shared_pool')
@Index('uq_shared_pool_code', ['code'], { unique: true })
@Index('ix_shared_pool_center', ['centerId'])
@Check('ck_shared_pool_kind', "kind in ('NETWORK', 'SECURITY', 'POWER_OVERHEAD', 'OTHER')")
export class SharedPoolEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column({ type: 'varchar', length: 60 })
  nameZh!: string;
  @Column({ type: 'varchar', length: 60 })
  nameEn!: string;
  @Column(word(20))
  kind!: SharedKind;
  @Column(uuidColumn)
  centerId!: string;
  @Column({ type: 'int' })
  version!: number;
}

/** How much, and by what it is spread, from a month on until the next one. */
@Entity('shared_pool_version')
@Index('uq_shared_pool_version_month', ['poolId', 'fromMonth'], { unique: true })
@Check('ck_shared_pool_version_month', 'char_length(from_month) = 7')
@Check(
  'ck_shared_pool_version_method',
  "method in ('FIXED', 'PUE') and (method = 'FIXED') = (monthly_fen is not null) and (method = 'PUE') = (price_per_kwh is not null) and (monthly_fen is null or monthly_fen >= 0)",
)
@Check('ck_shared_pool_version_basis', "basis in ('AMOUNT', 'METER') and (basis = 'METER') = (meter is not null)")
export class SharedPoolVersionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  poolId!: string;
  @ManyToOne(() => SharedPoolEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'pool_id', foreignKeyConstraintName: 'fk_shared_pool_version_pool' })
  pool?: Relation<SharedPoolEntity>;
  @Column({ type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' })
  fromMonth!: string;
  @Column(word(10))
  method!: SharedMethod;
  @Column({ type: 'bigint', transformer: bigintText, nullable: true })
  monthlyFen!: bigint | null;
  @Column({ type: 'decimal', precision: 18, scale: 6, nullable: true })
  pricePerKwh!: string | null;
  @Column(word(10))
  basis!: SharedBasis;
  @Column({ ...word(60), nullable: true })
  meter!: string | null;
  @Column({ type: 'varchar', length: 200 })
  reason!: string;
  @Column({ type: 'varchar', length: 200 })
  enteredBy!: string;
  @Column(timeColumn)
  createdAt!: Date;
}
