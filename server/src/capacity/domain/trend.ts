/** Decides how use grows, by a straight line through the last months, and in how many days a limit is reached at that pace. */

/** One point of use: `month` counts months from any beginning, with its fraction. */
export interface UsePoint {
  readonly month: number;
  readonly amount: number;
}

/** Through fewer points a line says nothing. */
export const TREND_POINTS_MIN = 3;
/** Mean length of a month of the Gregorian calendar. */
const DAYS_A_MONTH = 365.2425 / 12;
/** Beyond that the line is no forecast any more. */
export const DAYS_TO_FULL_MAX = 3_650;

/** Growth a month by least squares; null = too few points, or all at one moment. */
export function growthPerMonth(points: readonly UsePoint[]): number | null {
  if (points.length < TREND_POINTS_MIN) return null;
  const mean = (of: (point: UsePoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [month, amount] = [mean((p) => p.month), mean((p) => p.amount)];
  const spread = points.reduce((sum, p) => sum + (p.month - month) ** 2, 0);
  if (spread === 0) return null;
  return points.reduce((sum, p) => sum + (p.month - month) * (p.amount - amount), 0) / spread;
}

/** Whole days, rounded down; 0 = full already; null = not at this pace, or not within ten years. */
export function daysToFull(free: number, perMonth: number | null): number | null {
  if (free <= 0) return 0;
  if (perMonth === null || perMonth <= 0) return null;
  const days = Math.floor((free / perMonth) * DAYS_A_MONTH);
  return days <= DAYS_TO_FULL_MAX ? days : null;
}

export interface MonthChange {
  /** "YYYY-MM" of the accounting calendar. */
  readonly month: string;
  readonly change: number;
}

/** What was in use at the end of each of the last `months` months up to `until`, from all changes ever. */
export function monthEnds(
  changes: readonly MonthChange[],
  until: string,
  months: number,
): { month: string; amount: number }[] {
  const wanted = lastMonths(until, months);
  const first = wanted[0] as string;
  let amount = changes.filter((c) => c.month < first).reduce((sum, c) => sum + c.change, 0);
  const within = Map.groupBy(changes, (c) => c.month);
  return wanted.map((month) => {
    amount += (within.get(month) ?? []).reduce((sum, c) => sum + c.change, 0);
    return { month, amount };
  });
}

/** In their order, the last is `until`. */
export function lastMonths(until: string, months: number): string[] {
  const [year = 0, month = 0] = until.split('-').map(Number);
  return Array.from({ length: months }, (_, back) => {
    const count = year * 12 + (month - 1) - (months - 1 - back);
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
  });
}

/** The points of the line: ends of whole months, and the running one where it stands today (`elapsed` of it, 0 to 1). */
export function trendPoints(
  ends: readonly { readonly amount: number }[],
  elapsed: number,
  basedOn: number,
): UsePoint[] {
  return ends
    .map(({ amount }, index) => ({ amount, month: index === ends.length - 1 ? index - 1 + elapsed : index }))
    .slice(-basedOn - 1);
}

/** How use went, how fast it grows, and until when there is room. */
export interface Trend {
  readonly history: readonly { readonly month: string; readonly amount: number }[];
  readonly perMonth: number | null;
  readonly daysToFull: number | null;
}

export interface TrendSpan {
  /** "YYYY-MM-DD" of the accounting calendar. */
  readonly today: string;
  /** Months of history that are shown. */
  readonly months: number;
  /** The line goes through so many of the last. */
  readonly basedOn: number;
}

/** From all changes ever, and what is free now. */
export function trendOf(changes: readonly MonthChange[], free: number, { today, months, basedOn }: TrendSpan): Trend {
  const history = monthEnds(changes, today.slice(0, 7), Math.max(months, basedOn + 1));
  const perMonth = growthPerMonth(trendPoints(history, elapsedOf(today), basedOn));
  return { history: history.slice(-months), perMonth, daysToFull: daysToFull(free, perMonth) };
}

/** The part of the running month that is over, 0 to 1. */
function elapsedOf(today: string): number {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  return day / new Date(Date.UTC(year, month, 0)).getUTCDate();
}
