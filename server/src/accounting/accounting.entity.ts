import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Architecture } from '../facilities/domain/facility.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { UnitPeriod } from '../pricing/domain/price-item.js';
import type { Proration, SameUnitMinimum } from './domain/accounting-units.js';
import type { LineState } from './domain/rating.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const month = { type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' } as const;
const whole = { type: 'bigint', transformer: bigintText } as const;

/** 折算规则, from a month on; before the first one nothing is accounted. */
@Entity('proration_rule')
@Check('ck_proration_rule_month', 'char_length(from_month) = 7')
@Check('ck_proration_rule_rule', "rule in ('BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH', 'BY_SECOND')")
@Check('ck_proration_rule_minimum', "same_unit_minimum in ('ONE_UNIT', 'NONE')")
export class ProrationRuleEntity {
  @PrimaryColumn(month)
  fromMonth!: string;
  @Column(word(14))
  rule!: Proration;
  @Column(word(10))
  sameUnitMinimum!: SameUnitMinimum;
  @Column({ type: 'varchar', length: 200 })
  reason!: string;
}

/** One line of a draft statement: what of an interval of use lies in one tier of one price version, in one month. */
@Entity('rated_line')
@Index('ix_rated_line_department', ['month', 'departmentId', 'resourceId'])
@Index('ix_rated_line_resource', ['resourceId', 'month'])
@Check('ck_rated_line_time', 'start_at < end_at')
@Check('ck_rated_line_portion', 'portion_numerator > 0 and portion_denominator > 0 and quantity > 0')
@Check('ck_rated_line_state', "state in ('RATED', 'UNPRICED', 'DISPUTED')")
@Check(
  'ck_rated_line_amount',
  `(state = 'RATED') = (amount_fen is not null)
        and (state <> 'RATED' or price_version_id is not null)
        and (price_version_id is null) = (unit_price is null)`,
)
export class RatedLineEntity {
  @PrimaryColumn(month)
  month!: string;
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @PrimaryColumn(word(60))
  meter!: string;
  @PrimaryColumn(timeColumn)
  startAt!: Date;
  /** 档, from 0. */
  @PrimaryColumn({ type: 'smallint', unsigned: true, default: 0 })
  tier!: number;
  @Column(timeColumn)
  endAt!: Date;
  @Column(timeColumn)
  intervalStartAt!: Date;
  @Column(uuidColumn)
  subjectId!: string;
  @Column(word(8))
  kind!: MeteredKind;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column({ ...word(10), nullable: true })
  architecture!: Architecture | null;
  @Column(word(8))
  share!: ShareName;
  @Column(whole)
  quantity!: bigint;
  @Column(word(10))
  period!: UnitPeriod;
  @Column(whole)
  portionNumerator!: bigint;
  @Column(whole)
  portionDenominator!: bigint;
  @Column({ type: 'boolean' })
  minimum!: boolean;
  @Column(word(10))
  state!: LineState;
  @Column({ ...uuidColumn, nullable: true })
  priceVersionId!: string | null;
  /** Yuan for one unit and period, as the version had it: a line says by itself how it came to its amount. */
  @Column({ type: 'decimal', precision: 18, scale: 6, nullable: true })
  unitPrice!: string | null;
  @Column({ ...whole, nullable: true })
  amountFen!: bigint | null;
}
