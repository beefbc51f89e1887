import type { Center } from '../facilities/domain/facility.js';
import type { Seeded } from './seeded.js';

/** What the meters of each center said at the end of the last months, and the PUE that it is to reach. */
export interface MadeUpEnergy {
  readonly months: readonly {
    readonly centerId: string;
    /** 0 = the month before the one in which the province is loaded. */
    readonly monthsBefore: number;
    /** Of January; the season makes the rest. */
    readonly itKwh: number;
    readonly overheadPercent: number;
    /** A meter that was out of order: the month is a gap. */
    readonly gap: boolean;
  }[];
  readonly targets: readonly { readonly centerId: string; readonly yearsBefore: number; readonly hundredths: number }[];
}

const MONTHS = 24;
/** IT load in kW two years ago, its growth a month in per mille, and what cooling and losses take beside it. */
const CENTERS: { readonly [code: string]: readonly [itKw: number, growthPermille: number, overheadPercent: number] } = {
  'center-a': [620, 9, 31],
  'center-b': [510, 11, 28],
  'center-c': [240, 6, 38],
};
const HOURS_A_MONTH = 730;
/** One month of center C is missing, so that a gap can be seen. */
const GAP = { code: 'center-c', monthsBefore: 9 };
const NOISE_PERMILLE = 15;

export function makeUpEnergy(seeded: Seeded, centers: readonly Center[]): MadeUpEnergy {
  return {
    months: centers.flatMap(({ id, code }) => {
      const [itKw, growth, overheadPercent] = CENTERS[code] ?? [200, 5, 35];
      return Array.from({ length: MONTHS }, (_, back) => {
        const monthsBefore = MONTHS - 1 - back;
        const noise = 1 + (seeded.below(2 * NOISE_PERMILLE) - NOISE_PERMILLE) / 1000;
        const itKwh = Math.round(itKw * HOURS_A_MONTH * (1 + growth / 1000) ** back * noise);
        return {
          centerId: id,
          monthsBefore,
          itKwh,
          // Coolers got better by a point in half a year.
          overheadPercent: overheadPercent - Math.floor(back / 6),
          gap: code === GAP.code && monthsBefore === GAP.monthsBefore,
        };
      });
    }),
    targets: centers.flatMap(({ id, code }) => {
      const best = code === 'center-c' ? 140 : 130;
      return [
        { centerId: id, yearsBefore: 1, hundredths: best + 5 },
        { centerId: id, yearsBefore: 0, hundredths: best },
      ];
    }),
  };
}

/** Cooling takes more in summer: percent of the overhead, January first. */
const SEASON_PERCENT = [82, 84, 90, 98, 108, 118, 126, 127, 114, 100, 90, 84];

/** A month of the meter. `month` is "YYYY-MM". */
export function meterOf(month: string, itKwh: number, overheadPercent: number): { totalKwh: number; itKwh: number } {
  const season = SEASON_PERCENT[Number(month.slice(5)) - 1] ?? 100;
  return { itKwh, totalKwh: Math.round(itKwh * (1 + (overheadPercent * season) / 10_000)) };
}
