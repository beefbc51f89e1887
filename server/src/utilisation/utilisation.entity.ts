import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DayFigures, UseSource } from './domain/day-use.js';

const share = { type: 'smallint', unsigned: true, nullable: true } as const;

/** What one machine used on one day in Shanghai. A day without a row was not seen. No foreign key: resources are another feature's. */
@Entity('resource_use_day')
@Index('ix_resource_use_day', ['day', 'resourceId', 'cpuP95', 'memoryP95'])
@Check('ck_resource_use_day_hours', 'hours between 1 and 24 and samples between 1 and 288')
export class ResourceUseDayEntity {
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @PrimaryColumn({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  day!: string;
  @Column({ type: 'tinyint', unsigned: true })
  hours!: number;
  @Column({ type: 'smallint', unsigned: true })
  samples!: number;
  /** Hundredths of a percent, as in the figures: what lists sort and rules ask by. */
  @Column(share)
  cpuP95!: number | null;
  @Column(share)
  memoryP95!: number | null;
  @Column(share)
  cpuMean!: number | null;
  @Column(share)
  memoryMean!: number | null;
  /** What it had, of which the shares are shares: the most of that day. */
  @Column({ type: 'smallint', unsigned: true })
  vcpu!: number;
  @Column({ type: 'int', unsigned: true })
  memoryMib!: number;
  @Column(jsonColumn)
  figures!: DayFigures;
  @Column(timeColumn)
  lastSampleAt!: Date;
  @Column({ type: 'varchar', length: 12, charset: 'ascii', collation: 'ascii_bin', default: 'PROMETHEUS' })
  source!: UseSource;
  /** Samples may still come. */
  @Column({ type: 'boolean', default: false })
  isOpen!: boolean;
}

/**
 * One hour of an open day: a value a metric and five minutes. Rows so small because each of them is written twelve times, and a
 * day's whole would be written 288 times. By day first: what is closed goes from one end.
 */
@Entity('resource_use_hour')
export class ResourceUseHourEntity {
  @PrimaryColumn({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  day!: string;
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @PrimaryColumn({ type: 'tinyint', unsigned: true })
  hour!: number;
  @Column({ type: 'varbinary', length: 400 })
  slots!: Buffer;
}
