import type { TFunction } from 'i18next';
import { count } from './quantity';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** A time as people say it: the largest unit that leaves it exact to a tenth. */
export function durationText(t: TFunction, seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  const [size, unit] =
    seconds < 2 * MINUTE
      ? ([1, 'seconds'] as const)
      : seconds < 2 * HOUR
        ? ([MINUTE, 'minutes'] as const)
        : seconds < 2 * DAY
          ? ([HOUR, 'hours'] as const)
          : ([DAY, 'days'] as const);
  return t(`dr.time.${unit}`, { time: count(Math.round((seconds / size) * 10) / 10) });
}
