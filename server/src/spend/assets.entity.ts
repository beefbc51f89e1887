import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DifferenceReason } from './domain/reconciliation.js';
import { fen, month, TwoPeople, word } from './spend-columns.js';

/** 自有资产: what the province owns, written off in a straight line. */
@Entity('owned_asset')
@Index('uq_owned_asset_code', ['code'], { unique: true })
@Index('ix_owned_asset_center', ['centerId', 'code'])
@Check('ck_owned_asset_state', "state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN')")
@Check('ck_owned_asset_cost', 'cost_fen > 0 and residual_fen between 0 and cost_fen and life_months between 1 and 360')
export class OwnedAssetEntity extends TwoPeople {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(60))
  code!: string;
  @Column({ type: 'varchar', length: 160 })
  name!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column({ type: 'date' })
  acquiredOn!: string;
  @Column({ ...fen, name: 'cost_fen' })
  cost!: bigint;
  @Column({ ...fen, name: 'residual_fen' })
  residual!: bigint;
  @Column(month)
  depreciatesFrom!: string;
  @Column({ type: 'smallint' })
  lifeMonths!: number;
}

/** What keeping an asset costs a month, from a month on. */
@Entity('owned_asset_upkeep')
@Check('ck_owned_asset_upkeep_amount', 'maintenance_fen >= 0 and power_fen >= 0')
export class OwnedAssetUpkeepEntity {
  @PrimaryColumn(uuidColumn)
  assetId!: string;
  @PrimaryColumn(month)
  fromMonth!: string;
  @Column({ ...fen, name: 'maintenance_fen' })
  maintenance!: bigint;
  @Column({ ...fen, name: 'power_fen' })
  power!: bigint;
  @Column({ type: 'varchar', length: 300 })
  reason!: string;
  @Column({ type: 'varchar', length: 100 })
  enteredBy!: string;
  @Column(timeColumn)
  enteredAt!: Date;

  @ManyToOne(() => OwnedAssetEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'asset_id', foreignKeyConstraintName: 'fk_owned_asset_upkeep_asset' })
  asset?: Relation<OwnedAssetEntity>;
}

/** 报废: an asset's end before or after its life, by two people; one stands at a time. What was wrong is taken back by another of these. */
@Entity('owned_asset_disposal')
@Index('uq_owned_asset_disposal_standing', ['assetId', 'standing'], { unique: true })
@Check(
  'ck_owned_asset_disposal_state',
  "state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN') and (standing is null) = (state = 'WITHDRAWN' or reverses_id is not null or reversed_by_id is not null)",
)
@Check('ck_owned_asset_disposal_reversing', "(reversing is null) = (reverses_id is null or state = 'WITHDRAWN')")
@Index('uq_owned_asset_disposal_reversing', ['reversesId', 'reversing'], { unique: true })
@Check('ck_owned_asset_disposal_proceeds', 'proceeds_fen >= 0')
export class OwnedAssetDisposalEntity extends TwoPeople {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  assetId!: string;
  @Column({ type: 'date' })
  disposedOn!: string;
  /** 处置收入: goes to the treasury and lessens no cost. */
  @Column({ ...fen, name: 'proceeds_fen' })
  proceeds!: bigint;
  /** 批准文号 */
  @Column({ type: 'varchar', length: 120 })
  document!: string;
  @Column({ type: 'varchar', length: 300 })
  reason!: string;
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  standing!: number | null;
  /** The disposal that this one takes back; null = it is one itself. */
  @Column({ ...uuidColumn, nullable: true })
  reversesId!: string | null;
  /** 1 = it waits or holds: a disposal is taken back once. */
  @Column({ type: 'tinyint', nullable: true })
  reversing!: number | null;
  /** By which it was taken back. */
  @Column({ ...uuidColumn, nullable: true })
  reversedById!: string | null;

  @ManyToOne(() => OwnedAssetEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'asset_id', foreignKeyConstraintName: 'fk_owned_asset_disposal_asset' })
  asset?: Relation<OwnedAssetEntity>;
}

/** Why spend and accounted cost of a center and month differ, as a named person says; corrected by a reversal. */
@Entity('spend_difference')
@Index('uq_spend_difference_reverses', ['reversesId'], { unique: true })
@Index('ix_spend_difference_month', ['month', 'centerId'])
@Check(
  'ck_spend_difference_reason',
  "reason in ('IDLE_CAPACITY', 'PRICE_DIFFERENCE', 'NOT_YET_METERED', 'TIMING', 'OTHER')",
)
@Check('ck_spend_difference_amount', 'amount_fen <> 0')
export class SpendDifferenceEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(month)
  month!: string;
  /** null = of no center. */
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column(word(20))
  reason!: DifferenceReason;
  @Column({ ...fen, name: 'amount_fen' })
  amount!: bigint;
  @Column({ type: 'varchar', length: 300 })
  note!: string;
  @Column({ ...uuidColumn, nullable: true })
  enteredById!: string | null;
  @Column({ type: 'varchar', length: 100 })
  enteredBy!: string;
  @Column(timeColumn)
  enteredAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  reversesId!: string | null;
}
