import type { TFunction } from 'i18next';
import { exactTime } from '../../lib/time';

const DAY_MS = 86_400_000;

/** Whole days from today (in Shanghai) to a day; negative when it is over. */
export function daysUntil(day: string, now: number): number {
  const today = exactTime(new Date(now).toISOString()).slice(0, 10);
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
}

/** How far a last day is away, in words. */
export function leftWords(t: TFunction, day: string, now: number): string {
  const days = daysUntil(day, now);
  if (days === 0) return t('life.lastDay');
  return days > 0 ? t('life.left', { days, count: days }) : t('life.over', { days: -days, count: -days });
}
