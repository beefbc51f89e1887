import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';

const month = { type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' } as const;
const fen = { type: 'bigint', transformer: bigintText } as const;

/** What of one common cost was spread in one month; its lines stand among the rated ones. */
@Entity('shared_spread')
@Index('ix_shared_spread_month', ['month'])
@Check('ck_shared_spread_sum', 'spread_fen >= 0 and unallocated_fen >= 0')
export class SharedSpreadEntity {
  @PrimaryColumn(uuidColumn)
  poolId!: string;
  @PrimaryColumn(month)
  month!: string;
  @Column(uuidColumn)
  versionId!: string;
  /** Its own; null = nobody measured it. */
  @Column({ ...fen, nullable: true })
  amountFen!: bigint | null;
  /** Of closed months, known too late. */
  @Column(fen)
  carriedFen!: bigint;
  @Column(fen)
  spreadFen!: bigint;
  /** Nobody used anything that it could be spread by. */
  @Column(fen)
  unallocatedFen!: bigint;
  @Column({ type: 'int' })
  bearers!: number;
  /** The month was over and all its use known: late lines of it move nobody's part any more. */
  @Column({ type: 'boolean' })
  settled!: boolean;
  @Column(timeColumn)
  spreadAt!: Date;
}
