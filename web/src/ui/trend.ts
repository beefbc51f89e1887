/** Where the points of a small line lie. A gap is null: the line breaks there and never falls to nought. */
export type Spot = { x: number; y: number };

export type TrendBox = { width: number; height: number; edge: number };

/** Pieces of the line, each without a gap; `low` and `high` are the ends of its scale. */
export function trendPieces(values: readonly (number | null)[], box: TrendBox, low: number, high: number): Spot[][] {
  const step = values.length > 1 ? (box.width - 2 * box.edge) / (values.length - 1) : 0;
  const pieces: Spot[][] = [];
  let open: Spot[] | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      pieces.push(open);
    }
    open.push({ x: box.edge + index * step, y: heightOf(value, box, low, high) });
  }
  return pieces;
}

/** Of one value on the scale; what lies beyond its ends is drawn at them. */
export function heightOf(value: number, box: TrendBox, low: number, high: number): number {
  const part = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  return box.height - box.edge - part * (box.height - 2 * box.edge);
}

/** The ends of a scale that shows all of the values with a little air; null = there is none. */
export function scaleOf(
  values: readonly (number | null)[],
  also: readonly number[] = [],
): { low: number; high: number } | null {
  const known = [...values.filter((value) => value !== null), ...also];
  if (values.every((value) => value === null)) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const air = (high - low) * 0.08 || Math.max(1e-6, Math.abs(high) * 0.05);
  return { low: low - air, high: high + air };
}
