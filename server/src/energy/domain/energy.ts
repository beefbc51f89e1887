/** Decides what a center's energy and PUE are in a month, from hours or from a meter; what nobody measured stays unknown. */

/** What a reading is about. CENTER_TOTAL is everything that the center draws, IT_TOTAL what its racks draw of it. */
export const READING_SUBJECTS = ['CENTER_TOTAL', 'IT_TOTAL', 'FEED', 'CABINET'] as const;
export type ReadingSubject = (typeof READING_SUBJECTS)[number];

export interface MonthEnergy {
  /** "YYYY-MM" of the accounting calendar. */
  readonly month: string;
  /** null = not measured. */
  readonly totalKwh: number | null;
  readonly itKwh: number | null;
  /** What is comparable with what racks drew: of a meter all of it, of readings that of the hours in which both were measured. */
  readonly totalBesideItKwh: number | null;
  /** Over the hours in which both were measured. */
  readonly pue: number | null;
  /** Hours with a reading, of those that have passed; a month by a meter knows them all. */
  readonly knownHours: number;
  readonly hours: number;
  readonly source: 'METER' | 'READINGS' | null;
}

/** Of one center and month, as the hours add up. Watt-hours. */
export interface HourSums {
  readonly month: string;
  readonly totalWh: number;
  readonly totalHours: number;
  /** In the hours in which both are known. */
  readonly bothTotalWh: number;
  readonly bothItWh: number;
  readonly bothHours: number;
}

/** What a person read off the meter at the month's end. */
export interface MeterMonth {
  readonly month: string;
  readonly totalKwh: number;
  readonly itKwh: number | null;
}

/** null where either is unknown, or there was no IT load to compare with. Below 1 is a fault of the meters and is shown as it is. */
export function pueOf(totalEnergy: number | null, itEnergy: number | null): number | null {
  return totalEnergy === null || itEnergy === null || itEnergy <= 0 ? null : totalEnergy / itEnergy;
}

/** A meter's month wins over what hours add up to: it is what is paid by. A month of neither is a gap, never a nought. */
export function monthEnergy(
  month: string,
  hours: number,
  meter: MeterMonth | undefined,
  sums: HourSums | undefined,
): MonthEnergy {
  if (meter)
    return {
      month,
      totalKwh: meter.totalKwh,
      itKwh: meter.itKwh,
      totalBesideItKwh: meter.itKwh === null ? null : meter.totalKwh,
      pue: pueOf(meter.totalKwh, meter.itKwh),
      knownHours: hours,
      hours,
      source: 'METER',
    };
  if (!sums || sums.totalHours === 0)
    return {
      ...{ month, totalKwh: null, itKwh: null, totalBesideItKwh: null, pue: null },
      ...{ knownHours: 0, hours, source: null },
    };
  const both = sums.bothHours > 0;
  return {
    month,
    totalKwh: sums.totalWh / 1000,
    itKwh: both ? sums.bothItWh / 1000 : null,
    totalBesideItKwh: both ? sums.bothTotalWh / 1000 : null,
    pue: both ? pueOf(sums.bothTotalWh, sums.bothItWh) : null,
    knownHours: sums.totalHours,
    hours,
    source: 'READINGS',
  };
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Hours of a month of the accounting calendar that have begun by then. */
export function hoursOfMonth(month: string, now: Date): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const from = Date.UTC(year, number - 1, 1) - SHANGHAI_OFFSET_MS;
  const to = Date.UTC(year, number, 1) - SHANGHAI_OFFSET_MS;
  return Math.max(0, Math.min(Math.ceil((now.getTime() - from) / HOUR_MS), (to - from) / HOUR_MS));
}

/** A PUE target in hundredths: 130 = 1.30. */
export const PUE_TARGET_MIN = 100;
export const PUE_TARGET_MAX = 300;
/** More than any data center draws in a month. */
export const MONTH_KWH_MAX = 1_000_000_000;
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}
