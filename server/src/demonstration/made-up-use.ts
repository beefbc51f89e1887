import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { addDays, calendarDate, startOfDay } from '../kernel/calendar.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type MeasuredMachineRow, MeasuredMachines } from '../resources/measured-machines.service.js';
import { UseWindows } from '../resources/use-windows.service.js';
import { characterOf, type Load, loadAt } from '../simulation/load.js';
import { type DayFigures, figuresOf, type UseMetric, type UseValues } from '../utilisation/domain/day-use.js';
import { UtilisationService } from '../utilisation/utilisation.service.js';
import type { UseDayRow, UseSample } from '../utilisation/utilisation.types.js';

/** More than the window of the rules of idle machines, so that its pages have something to say at once. */
const DAYS = 45;
const HOURS = 24;
const HOUR_MS = 3_600_000;
/** Of today, which stays open: the clusters go on where this ends. */
const TODAY_EVERY_MS = HOUR_MS / 4;
/** Some 4,500 rows: each transaction is short, and pages are answered in between. */
const MACHINES_PER_WRITE = 100;

const METRICS: readonly (readonly [UseMetric, keyof Load, number])[] = [
  ['CPU', 'cpu', 10_000],
  ['MEMORY', 'memory', 10_000],
  ['DISK', 'disk', 10_000],
  ['DISK_READ', 'diskRead', 1],
  ['DISK_WRITE', 'diskWrite', 1],
  ['NET_IN', 'netIn', 1],
  ['NET_OUT', 'netOut', 1],
];

/** What machines of the made-up past used until now, as the simulated clusters would have told it: a sample an hour. */
@Injectable()
export class MadeUpUse {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly measured: MeasuredMachines,
    private readonly utilisation: UtilisationService,
    private readonly windows: UseWindows,
    private readonly work: UnitOfWork,
  ) {}

  async load(now: Date): Promise<void> {
    for (const center of await this.facilities.centers()) {
      const machines = await this.measured.inCenter(center.id);
      for (let at = 0; at < machines.length; at += MACHINES_PER_WRITE) {
        const some = machines.slice(at, at + MACHINES_PER_WRITE);
        const rows = some.flatMap((machine) => daysOf(machine, now));
        const samples = some.flatMap((machine) => samplesOfToday(machine, now));
        await this.work.run(async (tx) => {
          await this.utilisation.recordPast(tx, rows);
          await this.utilisation.record(tx, samples);
        });
      }
    }
    await this.windows.reckon(now);
  }
}

function daysOf(machine: MeasuredMachineRow, now: Date): UseDayRow[] {
  const key = `${machine.namespace}/${machine.name}`;
  const character = characterOf(key);
  return Array.from({ length: DAYS }, (_, back) => {
    const day = addDays(calendarDate(now), -1 - back);
    const start = startOfDay(day).getTime();
    const loads = Array.from({ length: HOURS }, (_, hour) => loadAt(key, character, start + hour * HOUR_MS));
    const figures: DayFigures = Object.fromEntries(
      METRICS.map(([metric, name, whole]) => [metric, figuresOf(loads.map((load) => Math.round(load[name] * whole)))]),
    );
    return {
      ...{ resourceId: machine.resourceId, day, figures, hours: HOURS, samples: HOURS },
      ...{ cpuP95: figures.CPU?.p95 ?? null, memoryP95: figures.MEMORY?.p95 ?? null },
      ...{ cpuMean: figures.CPU?.mean ?? null, memoryMean: figures.MEMORY?.mean ?? null },
      ...{ vcpu: machine.vcpu, memoryMib: machine.memoryMib },
      lastSampleAt: new Date(start + (HOURS - 1) * HOUR_MS),
    };
  });
}

function samplesOfToday(machine: MeasuredMachineRow, now: Date): UseSample[] {
  const key = `${machine.namespace}/${machine.name}`;
  const character = characterOf(key);
  const size = { vcpu: machine.vcpu, memoryMib: machine.memoryMib };
  const samples: UseSample[] = [];
  for (let ms = startOfDay(calendarDate(now)).getTime(); ms <= now.getTime(); ms += TODAY_EVERY_MS) {
    const load = loadAt(key, character, ms);
    const values: UseValues = Object.fromEntries(METRICS.map(([metric, name, whole]) => [metric, load[name] * whole]));
    samples.push({ resourceId: machine.resourceId, size, at: new Date(ms), values });
  }
  return samples;
}
