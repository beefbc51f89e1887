import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CalendarDayEntity, CalendarYearEntity } from './calendars.entity.js';
import type { CalendarDay, CalendarYearContent } from './domain/calendar-year.js';

@Injectable()
export class CalendarsRepository {
  constructor(private readonly db: DataSource) {}

  days(manager: EntityManager = this.db.manager): Promise<CalendarDayEntity[]> {
    return manager.find(CalendarDayEntity, { order: { day: 'ASC' } });
  }

  years(): Promise<CalendarYearEntity[]> {
    return this.db.manager.find(CalendarYearEntity, { order: { year: 'ASC' } });
  }

  /** With its days, locked until commit; null = not entered yet. */
  async locked(tx: Tx, year: number): Promise<{ row: CalendarYearEntity; days: CalendarDay[] } | null> {
    const row = await tx.manager.findOne(CalendarYearEntity, { where: { year }, lock: { mode: 'pessimistic_write' } });
    if (!row) return null;
    const days = await tx.manager.find(CalendarDayEntity, { where: { year }, order: { day: 'ASC' } });
    return { row, days: days.map(({ day, kind, name }) => ({ day, kind, name })) };
  }

  async replace(
    tx: Tx,
    { year, source, days }: CalendarYearContent,
    version: number,
    changedBy: string,
  ): Promise<void> {
    const values = { year, source, version, changedAt: tx.now, changedBy };
    if (version === 1) await tx.manager.insert(CalendarYearEntity, values);
    else await tx.manager.update(CalendarYearEntity, { year }, values);
    await tx.manager.delete(CalendarDayEntity, { year });
    if (days.length > 0)
      await tx.manager.insert(
        CalendarDayEntity,
        days.map((day) => ({ ...day, year })),
      );
  }
}
