import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const fen = { type: 'bigint', transformer: bigintText } as const;

/** Which pass over its lines says why a month costs other than the one before. */
@Entity('cost_change_month')
export class CostChangeMonthEntity {
  @PrimaryColumn({ type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' })
  month!: string;
  @Column(uuidColumn)
  passId!: string;
  /** Of what both months' lines were: as long as it is the same, nothing is made anew. */
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' })
  textHash!: string;
  @Column(timeColumn)
  madeAt!: Date;
}

/** One use to which something changed since the month before, by whose it is. */
@Entity('cost_change')
@Index('ix_cost_change_department', ['passId', 'departmentId'])
@Check(
  'ck_cost_change_sum',
  `after_fen - before_fen
        = new_fen + released_fen + resized_fen + price_fen + moved_fen + days_fen + correction_fen`,
)
export class CostChangeEntity {
  @PrimaryColumn(uuidColumn)
  passId!: string;
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @PrimaryColumn({ type: 'smallint', unsigned: true })
  part!: number;
  @Column({ ...uuidColumn, nullable: true })
  cityId!: string | null;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column(word(8))
  kind!: MeteredKind;
  @Column(word(8))
  share!: ShareName;
  @Column(fen)
  beforeFen!: bigint;
  @Column(fen)
  afterFen!: bigint;
  @Column(fen)
  newFen!: bigint;
  @Column(fen)
  releasedFen!: bigint;
  @Column(fen)
  resizedFen!: bigint;
  @Column(fen)
  priceFen!: bigint;
  @Column(fen)
  movedFen!: bigint;
  @Column(fen)
  daysFen!: bigint;
  @Column(fen)
  correctionFen!: bigint;
}
