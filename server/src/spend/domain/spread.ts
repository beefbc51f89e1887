/** Decides which months and centers a payment is spend of: by the days that it pays for, then by the centers' weights. */
import type { Month } from '../../accounting/domain/accounting-units.js';
import { apportion } from '../../kernel/apportion.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { daysByMonth } from './months.js';

/** What a contract's services are for; a weight of 0 takes nothing. */
export interface CenterShare {
  readonly centerId: string;
  readonly weight: number;
}

/** Money that went out for services of a half-open span of days. */
export interface Outlay {
  readonly amount: Fen;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly centers: readonly CenterShare[];
}

export interface SpreadCell {
  readonly month: Month;
  /** null = no center has a weight: seen as unallocated, never lost. */
  readonly centerId: string | null;
  readonly amount: Fen;
}

/**
 * Two steps, each exact: the months' parts do not depend on who shares them, and each month's part is the sum of its
 * centers'. Centers go by their ids, so that no order of input moves a fen.
 */
export function spreadOutlay({ amount, from, to, centers }: Outlay): SpreadCell[] {
  const days = daysByMonth(from, to);
  const byMonth = apportion(
    amount,
    days.map((one) => one.days),
  );
  if (byMonth === null) throw new RangeError('an outlay pays for one day at least');
  const shares = centers.toSorted((a, b) => (a.centerId < b.centerId ? -1 : 1));
  return days.flatMap(({ month }, at) => {
    const part = byMonth[at] ?? 0n;
    const parts = apportion(
      part,
      shares.map(({ weight }) => BigInt(weight)),
    );
    if (parts === null) return [{ month, centerId: null, amount: part }];
    return shares
      .map(({ centerId }, share): SpreadCell => ({ month, centerId, amount: parts[share] ?? 0n }))
      .filter((cell) => cell.amount !== 0n);
  });
}
