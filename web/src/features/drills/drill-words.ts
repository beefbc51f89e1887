import type { TFunction } from 'i18next';
import type { DrElement } from '../../graphql/enums';
import type { Drill, Ticket } from './drills.gql';

const MINUTE = 60;
const HOUR = 3_600;

/** Exact to the second, because a clock runs: 1:02:03 is read as such in every language. */
export function clockText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  const two = (amount: number) => String(amount).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / HOUR), Math.floor((seconds % HOUR) / MINUTE), seconds % MINUTE];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function itemText(t: TFunction, { code, title }: Pick<Drill['items'][number], 'code' | 'title'>): string {
  return code === 'OWN' ? (title ?? '') : t(`drill.item.${code}`);
}

const ITEM_CODES = new Set<string>([
  ...['ACKNOWLEDGE', 'DECLARE', 'DECIDE', 'FENCE', 'SNAPSHOT', 'RESTORE', 'START', 'PROBE', 'VERIFY'],
]);

/** What a deviation is about: an entry, a machine, elements, or why the drill was broken off. */
export function deviationText(t: TFunction, { deviation, measured, subject, target }: Ticket): string {
  const isLevel = deviation === 'LEVEL_BELOW' || deviation === 'LEVEL_UNKNOWN';
  const figure = (amount: number) => (isLevel ? String(amount) : clockText(amount));
  const about =
    subject === null
      ? null
      : deviation === 'LEVEL_BELOW'
        ? subject
            .split(',')
            .map((one) => t(`dr.element.${one as DrElement}`))
            .join(' · ')
        : deviation === 'ITEM_LATE' && ITEM_CODES.has(subject)
          ? t(`drill.item.${subject as 'DECLARE'}`)
          : subject;
  return [
    about,
    target === null ? null : t('drill.targetIs', { figure: figure(target) }),
    measured === null ? null : t('drill.measuredIs', { figure: figure(measured) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
