/** Decides whether a year's list of holidays and worked weekends is well-formed. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { type DayKind, isWeekend } from './working-days.js';

export interface CalendarDay {
  readonly day: CalendarDate;
  readonly kind: DayKind;
  /** e.g. 春节 */
  readonly name: string;
}

export interface CalendarYearContent {
  readonly year: number;
  /** Who published it, by what notice of what day. */
  readonly source: string;
  readonly days: readonly CalendarDay[];
}

export const SOURCE_LENGTH_MAX = 200;
export const DAY_NAME_LENGTH_MAX = 40;
/** The State Council's list names some forty days; one with three times as many is a mistake. */
export const DAYS_A_YEAR_MAX = 120;
const YEAR_MIN = 2020;
const YEAR_MAX = 2099;

/** Every rule that the list breaks; empty = good. */
export function wrongYear({ year, source, days }: CalendarYearContent): Refusal[] {
  const wrong: Refusal[] = [];
  const invalid = (path: InputPath, rule: string, message: Bilingual): void => {
    wrong.push({ code: 'INVALID_INPUT', path, rule, message });
  };
  if (!Number.isInteger(year) || year < YEAR_MIN || year > YEAR_MAX)
    invalid(['year'], 'range', say(`年份为 ${YEAR_MIN} 至 ${YEAR_MAX}`, `A year is ${YEAR_MIN} to ${YEAR_MAX}`));
  if (source.trim() === '' || source.length > SOURCE_LENGTH_MAX)
    invalid(
      ['source'],
      'length',
      say(
        `请注明依据的通知，1 至 ${SOURCE_LENGTH_MAX} 字`,
        `Name the notice it follows in 1 to ${SOURCE_LENGTH_MAX} characters`,
      ),
    );
  if (days.length > DAYS_A_YEAR_MAX)
    invalid(['days'], 'range', say(`一年最多 ${DAYS_A_YEAR_MAX} 天`, `At most ${DAYS_A_YEAR_MAX} days a year`));
  const seen = new Set<CalendarDate>();
  days.slice(0, DAYS_A_YEAR_MAX).forEach(({ day, kind, name }, index) => {
    const path = (field: string): InputPath => ['days', String(index), field];
    if (!isCalendarDate(day) || !day.startsWith(`${year}-`))
      invalid(path('day'), 'year', say(`须为 ${year} 年内的日期`, `The day lies in ${year}`));
    else if (seen.has(day)) invalid(path('day'), 'twice', say('同一天只能出现一次', 'A day is named once'));
    else if (kind === 'WORKING' && !isWeekend(day))
      invalid(
        path('kind'),
        'weekend',
        say('调休上班只用于周六、周日', 'Only a Saturday or Sunday is worked for another day'),
      );
    seen.add(day);
    if (name.trim() === '' || name.length > DAY_NAME_LENGTH_MAX)
      invalid(
        path('name'),
        'length',
        say(`请写节日名称，最多 ${DAY_NAME_LENGTH_MAX} 字`, `Name it in at most ${DAY_NAME_LENGTH_MAX} characters`),
      );
  });
  return wrong;
}
