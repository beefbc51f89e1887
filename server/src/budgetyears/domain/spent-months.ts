/** Decides which months of a year budgets have not taken in yet. A month that was opened again is not, whatever came after it. */

export interface PostedMonth {
  readonly month: string;
  /** Entered as a whole, and not taken back since. */
  readonly standing: boolean;
}

/** All that are not spent, in order. */
export function unspentMonths(year: number, posted: readonly PostedMonth[]): string[] {
  const spent = new Set(posted.filter(({ standing }) => standing).map(({ month }) => month));
  return Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`).filter(
    (month) => !spent.has(month),
  );
}

/** Accounts may have begun within the year: months before the first that ever was entered are none. null = all are spent. */
export function firstUnspentOf(year: number, posted: readonly PostedMonth[]): string | null {
  const [begin = ''] = posted.map(({ month }) => month).toSorted();
  return unspentMonths(year, posted).find((month) => month >= begin) ?? null;
}
