import type { CalendarDate } from '../kernel/calendar.js';
import type { DayFigures, UseValues } from './domain/day-use.js';

/** One reading of one machine. */
export interface UseSample {
  readonly resourceId: string;
  readonly at: Date;
  readonly values: UseValues;
}

export interface UseDayRow {
  readonly resourceId: string;
  readonly day: CalendarDate;
  readonly hours: number;
  readonly samples: number;
  readonly cpuP95: number | null;
  readonly memoryP95: number | null;
  readonly figures: DayFigures;
  readonly lastSampleAt: Date;
}

/** What some days of one machine say together: the highest daily p95, hundredths of a percent. */
export interface UseWindow {
  readonly resourceId: string;
  /** Days on which both were seen. */
  readonly days: number;
  readonly cpuP95: number | null;
  readonly memoryP95: number | null;
  readonly lastSampleAt: Date;
}

export interface LittleUse {
  readonly seenDays: number;
  readonly cpuBelow: number;
  readonly memoryBelow: number;
}
