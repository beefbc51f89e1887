import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, calendarDate } from '../kernel/calendar.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DaySlots, dayOfSample, firstOpenDay } from './domain/day-use.js';
import { UtilisationRepository } from './utilisation.repository.js';
import type { UseDayRow, UseSample, UseWindow } from './utilisation.types.js';

/** 24 months: two years of a service are compared with each other, and no more is ever asked. */
const KEPT_DAYS = 730;

/** What machines use: samples become days, and days say how much was needed. */
@Injectable()
export class UtilisationService {
  constructor(private readonly repository: UtilisationRepository) {}

  /** Samples that came before, or belong to no open day, change nothing. Returns how many days were touched. */
  async record(tx: Tx, samples: readonly UseSample[]): Promise<number> {
    const byDay = new Map<string, { resourceId: string; day: CalendarDate; samples: UseSample[] }>();
    for (const sample of samples) {
      const day = dayOfSample(sample.at, tx.now);
      if (day === undefined) continue;
      const key = `${sample.resourceId} ${day}`;
      const found = byDay.get(key) ?? { resourceId: sample.resourceId, day, samples: [] };
      found.samples.push(sample);
      byDay.set(key, found);
    }
    const wanted = [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    const kept = new Map(
      (
        await this.repository.locked(
          tx,
          wanted.map(({ resourceId, day }) => [resourceId, day]),
        )
      ).map((row) => [`${row.resourceId} ${row.day}`, row]),
    );
    const rows = wanted.flatMap(({ resourceId, day, samples: some }) => {
      const before = kept.get(`${resourceId} ${day}`);
      // Its slots went when it was closed: begun anew, it would lose what it had.
      if (before && before.slots === null) return [];
      const slots = DaySlots.of(before?.slots ?? null);
      for (const { at, values } of some) slots.add(day, at, values);
      if (slots.samples === 0) return [];
      const figures = slots.figures();
      const last = Math.max(...some.map(({ at }) => at.getTime()), before?.lastSampleAt.getTime() ?? 0);
      return [
        {
          ...{ resourceId, day, figures, hours: slots.hours, samples: slots.samples },
          ...{ cpuP95: figures.CPU?.p95 ?? null, memoryP95: figures.MEMORY?.p95 ?? null },
          ...{ cpuMean: figures.CPU?.mean ?? null, memoryMean: figures.MEMORY?.mean ?? null },
          vcpu: Math.max(...some.map(({ size }) => size.vcpu)),
          memoryMib: Math.max(...some.map(({ size }) => size.memoryMib)),
          ...{ lastSampleAt: new Date(last), slots: slots.kept() },
        },
      ];
    });
    await this.repository.write(tx, rows);
    return rows.length;
  }

  /** Of days that are over, as they were once reckoned: no samples come to them. */
  async recordPast(tx: Tx, days: readonly UseDayRow[]): Promise<void> {
    await this.repository.write(
      tx,
      days.map((day) => ({ ...day, slots: null })),
    );
  }

  /** Callers have already been let see the machines. */
  days(resourceIds: readonly string[], from: CalendarDate): Promise<UseDayRow[]> {
    return this.repository.days(resourceIds, from);
  }

  /** Callers have already been let see the machines; one that was never seen since then is null. */
  async windows(resourceIds: readonly string[], from: CalendarDate): Promise<(UseWindow | null)[]> {
    const rows = new Map((await this.repository.windows(resourceIds, from)).map((row) => [row.resourceId, row]));
    return resourceIds.map((id) => rows.get(id) ?? null);
  }

  /** Called by the worker's housekeeping. */
  async sweep(now: Date): Promise<void> {
    await this.repository.close(firstOpenDay(now));
    await this.repository.prune(addDays(calendarDate(now), -KEPT_DAYS));
  }
}
