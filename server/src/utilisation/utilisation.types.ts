import type { CalendarDate } from '../kernel/calendar.js';
import type { DayFigures, UseSource, UseValues } from './domain/day-use.js';

export interface MachineSize {
  readonly vcpu: number;
  readonly memoryMib: number;
}

/** One reading of one machine. */
export interface UseSample {
  readonly resourceId: string;
  /** What it has, of which the shares are shares. */
  readonly size: MachineSize;
  readonly at: Date;
  /** Left out = Prometheus. */
  readonly source?: UseSource;
  readonly values: UseValues;
}

export interface UseDayRow extends MachineSize {
  readonly resourceId: string;
  readonly day: CalendarDate;
  readonly hours: number;
  readonly samples: number;
  readonly cpuP95: number | null;
  readonly memoryP95: number | null;
  readonly cpuMean: number | null;
  readonly memoryMean: number | null;
  readonly figures: DayFigures;
  readonly lastSampleAt: Date;
  /** Of its newest sample; left out = Prometheus. */
  readonly source?: UseSource;
}

/** What one machine used over days on which both were seen: shares in hundredths of a percent, each times the size of its day. */
export interface UseSum {
  readonly resourceId: string;
  readonly days: number;
  readonly cpu: bigint;
  readonly vcpuDays: bigint;
  readonly memory: bigint;
  readonly mibDays: bigint;
}

/** What some days of one machine say together: the highest daily p95 and the mean of the days, hundredths of a percent. */
export interface UseWindow {
  readonly resourceId: string;
  /** Days on which both were seen. */
  readonly days: number;
  readonly cpuP95: number | null;
  readonly memoryP95: number | null;
  readonly cpuMean: number | null;
  readonly memoryMean: number | null;
  /** The most that was needed, whatever size it then had: hundredths of a percent of a vCPU, and of a MiB. */
  readonly cpuNeed: number | null;
  readonly memoryNeed: number | null;
  readonly lastSampleAt: Date;
}
