import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { costOfDays } from '../../pricing/domain/cost-of-days.js';

/** What something costs a month, from a day on. */
export interface MonthlyRate {
  readonly from: CalendarDate;
  readonly monthlyFen: Fen;
}

/** What the days of something whose rate changed cost: a day belongs to the rate at its end. Rates stand in the order of time. */
export function costOfRates(rates: readonly MonthlyRate[], from: CalendarDate, to: CalendarDate): Fen {
  return rates.reduce((sum, rate, index) => {
    const ends = rates[index + 1]?.from ?? to;
    const [first, last] = [rate.from > from ? rate.from : from, ends < to ? ends : to];
    return first < last ? sum + costOfDays(rate.monthlyFen, first, last) : sum;
  }, 0n);
}
