/** Decides whether what was measured of a month can be: a month of the contract's, with no more minutes than it has. */
import type { CalendarDate } from '../../kernel/calendar.js';
import { isCalendarDate } from '../../kernel/calendar.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { type MeasuredMonth, minutesOfMonth } from './assessment.js';
import { checker } from './spend-checks.js';

export function checkMeasured(
  { month, downMinutes, excusedMinutes }: MeasuredMonth,
  period: { readonly fromDate: CalendarDate; readonly toDate: CalendarDate },
): InvalidInput[] {
  const { check, refusals } = checker();
  const known = /^\d{4}-\d{2}$/.test(month) && isCalendarDate(`${month}-01`);
  const within = known && month >= period.fromDate.slice(0, 7) && `${month}-01` < period.toDate;
  check(within, ['month'], 'period', '考核月份须在合同期内', 'The month is one of the contract’s');
  if (!within) return refusals;
  const most = minutesOfMonth(month);
  check(
    Number.isInteger(downMinutes) && downMinutes >= 0 && downMinutes <= most,
    ['downMinutes'],
    'range',
    `中断分钟数须为 0 至 ${most}`,
    `Minutes down are 0 to ${most}`,
  );
  check(
    Number.isInteger(excusedMinutes) && excusedMinutes >= 0 && excusedMinutes <= downMinutes,
    ['excusedMinutes'],
    'range',
    '免责分钟数不能超过中断分钟数',
    'Excused minutes are no more than those down',
  );
  return refusals;
}
