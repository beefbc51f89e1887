import { Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, calendarDate } from '../kernel/calendar.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DaySlots, dayOfSample, firstOpenDay } from './domain/day-use.js';
import { type KeptDay, type StandingDay, UtilisationRepository } from './utilisation.repository.js';
import type { UseDayRow, UseSample, UseSum, UseWindow } from './utilisation.types.js';

/** 24 months: two years of a service are compared with each other, and no more is ever asked. */
const KEPT_DAYS = 730;

interface SampledDay {
  readonly resourceId: string;
  readonly day: CalendarDate;
  readonly samples: readonly UseSample[];
}

const keyOf = ({ resourceId, day }: { readonly resourceId: string; readonly day: CalendarDate }) =>
  `${resourceId} ${day}`;

/** What each day comes to with these samples, where they say anything new; the same however often they come. */
function reckoned(days: readonly SampledDay[], standing: ReadonlyMap<string, StandingDay>): KeptDay[] {
  return days.flatMap((one) => {
    const { resourceId, day, samples } = one;
    const before = standing.get(keyOf(one));
    // Its hours went when it was closed: begun anew, it would lose what it had.
    if (before && !before.isOpen) return [];
    const slots = DaySlots.of(before?.hours ?? new Map());
    for (const { at, values } of samples) slots.add(day, at, values);
    const size = {
      vcpu: Math.max(...samples.map((sample) => sample.size.vcpu)),
      memoryMib: Math.max(...samples.map((sample) => sample.size.memoryMib)),
    };
    const last = Math.max(...samples.map(({ at }) => at.getTime()), before?.lastSampleAt.getTime() ?? 0);
    const hoursChanged = slots.changes();
    const isNews =
      hoursChanged.size > 0 ||
      (before &&
        (last > before.lastSampleAt.getTime() || size.vcpu > before.vcpu || size.memoryMib > before.memoryMib));
    if (slots.samples === 0 || !isNews) return [];
    const figures = slots.figures();
    return [
      {
        ...{ resourceId, day, figures, hours: slots.hours, samples: slots.samples, ...size },
        ...{ cpuP95: figures.CPU?.p95 ?? null, memoryP95: figures.MEMORY?.p95 ?? null },
        ...{ cpuMean: figures.CPU?.mean ?? null, memoryMean: figures.MEMORY?.mean ?? null },
        ...{ lastSampleAt: new Date(last), isOpen: true, hoursChanged },
        source: samples.at(-1)?.source ?? 'PROMETHEUS',
      },
    ];
  });
}

/** What machines use: samples become days, and days say how much was needed. */
@Injectable()
export class UtilisationService {
  constructor(private readonly repository: UtilisationRepository) {}

  /** Samples that came before, or belong to no open day, change nothing. Returns how many days were touched. */
  async record(tx: Tx, samples: readonly UseSample[]): Promise<number> {
    const byDay = new Map<string, SampledDay & { samples: UseSample[] }>();
    for (const sample of samples) {
      const day = dayOfSample(sample.at, tx.now);
      if (day === undefined) continue;
      const key = keyOf({ resourceId: sample.resourceId, day });
      const found = byDay.get(key) ?? { resourceId: sample.resourceId, day, samples: [] };
      found.samples.push(sample);
      byDay.set(key, found);
    }
    const wanted = [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    const standing = await this.standing(tx, wanted);
    const missing = wanted.filter((one) => !standing.has(keyOf(one)));
    if (missing.length > 0) {
      // Nothing can be locked that is not there: whoever comes second meets the row of the first, and both are in it.
      await this.repository.begin(tx, reckoned(missing, new Map()));
      for (const [key, row] of await this.standing(tx, missing)) standing.set(key, row);
    }
    const rows = reckoned(wanted, standing);
    await this.repository.write(tx, rows);
    return rows.length;
  }

  private async standing(tx: Tx, days: readonly SampledDay[]): Promise<Map<string, StandingDay>> {
    const rows = await this.repository.locked(
      tx,
      days.map(({ resourceId, day }) => [resourceId, day]),
    );
    return new Map(rows.map((row) => [keyOf(row), row]));
  }

  /** Of days that are over, as they were once reckoned: no samples come to them. */
  async recordPast(tx: Tx, days: readonly UseDayRow[]): Promise<void> {
    await this.repository.write(
      tx,
      days.map((day) => ({ ...day, isOpen: false, hoursChanged: new Map() })),
    );
  }

  /** What machines used over days that are over. Callers have already been let see the machines. */
  sums(resourceIds: readonly string[], from: CalendarDate, before: CalendarDate): Promise<UseSum[]> {
    return this.repository.sums(resourceIds, from, before);
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
