import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';
import type { DayKind } from './domain/working-days.js';

const ascii = { charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('calendar_year')
export class CalendarYearEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;
  @Column({ type: 'varchar', length: 200 })
  source!: string;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  changedBy!: string;
}

/** One day that differs from the plain week. */
@Entity('calendar_day')
@Index('ix_calendar_day_year', ['year'])
@Check('ck_calendar_day_kind', "kind in ('HOLIDAY', 'WORKING')")
export class CalendarDayEntity {
  /** YYYY-MM-DD in Shanghai. */
  @PrimaryColumn({ type: 'char', length: 10, ...ascii })
  day!: string;
  @Column({ type: 'smallint' })
  year!: number;
  @Column({ type: 'varchar', length: 10, ...ascii })
  kind!: DayKind;
  @Column({ type: 'varchar', length: 40 })
  name!: string;
}
