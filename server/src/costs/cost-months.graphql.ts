import { isCalendarDate } from '../kernel/calendar.js';
import { badInput } from '../platform/graphql/errors.js';

/** Five years; more is asked for in pieces. */
const MONTHS_MAX = 60;

/** Throws BAD_INPUT unless both are months, in their order and not too far apart. */
export function checkMonths(from: string, to: string): void {
  if (!isMonth(from) || !isMonth(to) || from > to) throw badInput('from and to are months, YYYY-MM, in this order');
  if (monthsBetween(from, to) > MONTHS_MAX) throw badInput(`at most ${MONTHS_MAX} months at once`);
}

function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
}

/** Both included. */
function monthsBetween(from: string, to: string): number {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return number(to) - number(from) + 1;
}
