import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DayFigures } from './domain/day-use.js';

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
  /** While samples may still come; null = the day is closed. */
  @Column({ type: 'blob', nullable: true })
  slots!: Buffer | null;
}
