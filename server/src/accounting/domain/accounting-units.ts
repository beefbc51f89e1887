/** Decides how time is cut for proration: which units end between two moments, and what part of a price's period each is worth. */
import { addDays, calendarDate, startOfDay } from '../../kernel/calendar.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';

/** 折算规则: a unit (day, half month, month, second) belongs wholly to what stands at its end. */
export const PRORATIONS = ['BY_DAY', 'BY_HALF_MONTH', 'BY_MONTH', 'BY_SECOND'] as const;
export type Proration = (typeof PRORATIONS)[number];

/** 当日起止: what came and went within one unit stands at no unit's end; it costs one unit, or nothing. */
export const SAME_UNIT_MINIMUMS = ['ONE_UNIT', 'NONE'] as const;
export type SameUnitMinimum = (typeof SAME_UNIT_MINIMUMS)[number];

/** "YYYY-MM" of the accounting calendar. */
export type Month = string;

/** An exact part of a price's period, e.g. 12/30 of a month. */
export interface Portion {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const NO_PORTION: Portion = { numerator: 0n, denominator: 1n };

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const SECONDS_PER_DAY = 86_400n;
const SECONDS_PER_HOUR = 3_600n;
const HOURS_PER_DAY = 24n;
const MONTHS_PER_YEAR = 12n;
/** The second half of a month begins on its 16th, whatever its length. */
const SECOND_HALF_FROM = 16;

export function monthOfMoment(at: number): Month {
  return calendarDate(new Date(at)).slice(0, 7);
}

export function monthAfter(month: Month): Month {
  return calendarDate(startOfDay(addDays(`${month}-28`, 4))).slice(0, 7);
}

/** Both included. */
export function monthsOfSpan(first: Month, last: Month): number {
  const number = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return number(last) - number(first) + 1;
}

export function monthBefore(month: Month): Month {
  return addDays(`${month}-01`, -1).slice(0, 7);
}

interface MonthSpan {
  readonly from: number;
  readonly to: number;
}

/** Months are few and asked for with every line: reckoning one anew was most of what rating cost. */
const SPANS = new Map<Month, MonthSpan>();

/** First moment, and the first after it. */
export function spanOfMonth(month: Month): MonthSpan {
  const known = SPANS.get(month);
  if (known) return known;
  const made = { from: startOfDay(`${month}-01`).getTime(), to: startOfDay(`${monthAfter(month)}-01`).getTime() };
  SPANS.set(month, made);
  return made;
}

/** How many units have ended by a moment, itself included; only differences mean anything. */
export function unitsEnded(rule: Proration, at: number): number {
  switch (rule) {
    case 'BY_SECOND':
      return Math.floor(at / SECOND_MS);
    case 'BY_DAY':
      return Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS);
    case 'BY_HALF_MONTH':
    case 'BY_MONTH': {
      const local = new Date(at + SHANGHAI_OFFSET_MS);
      const months = local.getUTCFullYear() * 12 + local.getUTCMonth();
      if (rule === 'BY_MONTH') return months;
      return months * 2 + (local.getUTCDate() >= SECOND_HALF_FROM ? 1 : 0);
    }
  }
}

/** The last moment of the unit that a moment lies in: the first of the next one. */
export function endOfUnit(rule: Proration, at: number): number {
  const local = new Date(at + SHANGHAI_OFFSET_MS);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  switch (rule) {
    case 'BY_SECOND':
      return (Math.floor(at / SECOND_MS) + 1) * SECOND_MS;
    case 'BY_DAY':
      return (Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS) + 1) * DAY_MS - SHANGHAI_OFFSET_MS;
    case 'BY_HALF_MONTH':
      if (day < SECOND_HALF_FROM) return Date.UTC(year, month, SECOND_HALF_FROM) - SHANGHAI_OFFSET_MS;
      return Date.UTC(year, month + 1, 1) - SHANGHAI_OFFSET_MS;
    case 'BY_MONTH':
      return Date.UTC(year, month + 1, 1) - SHANGHAI_OFFSET_MS;
  }
}

/**
 * What the units that end after `from` and not after `to`, both within one month, are worth of a price's period. Portions
 * of neighbouring stretches add up: the denominator is the same throughout a month.
 */
export function portionBetween(
  rule: Proration,
  period: UnitPeriod,
  month: Month,
  from: number,
  to: number,
  /** A draft looks at a unit that still runs as if it ended now. */
  runningUnit = false,
): Portion {
  const units = BigInt(unitsEnded(rule, to) - unitsEnded(rule, from) + (runningUnit ? 1 : 0));
  if (units <= 0n) return NO_PORTION;
  const { days, daysOfYear } = daysOf(month);
  if (rule === 'BY_HALF_MONTH' && (period === 'DAY' || period === 'HOUR')) {
    const halfDays = halvesBetween(month, from, to, runningUnit, days);
    return { numerator: period === 'DAY' ? halfDays : halfDays * HOURS_PER_DAY, denominator: 1n };
  }
  const [worth, of] = worthOf(rule, period, days, daysOfYear);
  return { numerator: units * worth, denominator: of };
}

/** What a month is worth of a price's period to whoever is there all of it, as far as it is known. */
export function wholePortion(rule: Proration, period: UnitPeriod, month: Month, until: number): Portion {
  const span = spanOfMonth(month);
  const end = Math.min(span.to, until);
  const running = end < span.to && unitsEnded(rule, end) === unitsEnded(rule, end - 1);
  return portionBetween(rule, period, month, span.from, end, running);
}

function worthOf(rule: Proration, period: UnitPeriod, days: bigint, daysOfYear: bigint): readonly [bigint, bigint] {
  const units: { readonly [P in UnitPeriod]: { readonly [R in Proration]: readonly [bigint, bigint] } } = {
    MONTH: {
      BY_DAY: [1n, days],
      BY_HALF_MONTH: [1n, 2n],
      BY_MONTH: [1n, 1n],
      BY_SECOND: [1n, days * SECONDS_PER_DAY],
    },
    YEAR: {
      BY_DAY: [1n, daysOfYear],
      BY_HALF_MONTH: [1n, 2n * MONTHS_PER_YEAR],
      BY_MONTH: [1n, MONTHS_PER_YEAR],
      BY_SECOND: [1n, daysOfYear * SECONDS_PER_DAY],
    },
    DAY: {
      BY_DAY: [1n, 1n],
      BY_HALF_MONTH: [1n, 1n],
      BY_MONTH: [days, 1n],
      BY_SECOND: [1n, SECONDS_PER_DAY],
    },
    HOUR: {
      BY_DAY: [HOURS_PER_DAY, 1n],
      BY_HALF_MONTH: [1n, 1n],
      BY_MONTH: [days * HOURS_PER_DAY, 1n],
      BY_SECOND: [1n, SECONDS_PER_HOUR],
    },
  };
  return units[period][rule];
}

/** Halves of a month are of different length, which matters to a price by the day. */
function halvesBetween(month: Month, from: number, to: number, runningUnit: boolean, days: bigint): bigint {
  const first = BigInt(SECOND_HALF_FROM - 1);
  const middle = startOfDay(`${month}-${SECOND_HALF_FROM}`).getTime();
  const end = spanOfMonth(month).to;
  const reached = runningUnit ? endOfUnit('BY_HALF_MONTH', to) : to;
  const firstEnds = from < middle && middle <= reached;
  const secondEnds = from < end && end <= reached;
  return (firstEnds ? first : 0n) + (secondEnds ? days - first : 0n);
}

function daysOf(month: Month): { readonly days: bigint; readonly daysOfYear: bigint } {
  const { from, to } = spanOfMonth(month);
  const year = Number(month.slice(0, 4));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return { days: BigInt(Math.round((to - from) / DAY_MS)), daysOfYear: leap ? 366n : 365n };
}
