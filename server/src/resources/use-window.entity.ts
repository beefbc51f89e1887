import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { UseFinding } from './domain/idle.js';

const share = { type: 'smallint', unsigned: true, nullable: true } as const;

/** What a machine in use said in the window of the rules, as last reckoned: what lists and sums ask by. */
@Entity('resource_use_window')
@Index('ix_resource_use_window_finding', ['finding', 'resourceId'])
@Index('ix_resource_use_window_reckoned', ['reckonedAt'])
export class ResourceUseWindowEntity {
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @Column({ type: 'smallint', unsigned: true })
  days!: number;
  /** Hundredths of a percent, as in its days. */
  @Column(share)
  cpuP95!: number | null;
  @Column(share)
  memoryP95!: number | null;
  @Column(share)
  cpuMean!: number | null;
  @Column(share)
  memoryMean!: number | null;
  @Column({ type: 'varchar', length: 9, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  finding!: UseFinding | null;
  /** The smaller size that would do. */
  @Column({ ...uuidColumn, nullable: true })
  offerId!: string | null;
  /** A month, if it were given back or made smaller; 0 where nothing was found or a price is missing. */
  @Column({ type: 'bigint', transformer: bigintText })
  savedFen!: bigint;
  @Column(timeColumn)
  reckonedAt!: Date;
}
