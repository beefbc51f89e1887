/** "41.25%" of 4125; null = nothing is known. */
export function percentText(value: number | null, unknown: string): string {
  return value === null ? unknown : `${Number((value / 100).toFixed(2))}%`;
}

/** "87.5" of 8750. */
export function pointsText(points: number): string {
  return (points / 100).toFixed(2);
}

/** "12.5" → 1250; null = no number of at most two decimals. */
export function hundredthsOf(text: string): number | null {
  return /^\d{1,5}(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text.trim()) * 100) : null;
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** The last month that is over, in Shanghai. */
export function lastMonth(now = Date.now()): string {
  const here = new Date(now + SHANGHAI_OFFSET_MS);
  return new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}
