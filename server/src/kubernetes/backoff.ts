/** Doubles with each failure up to the maximum; the upper half is chance, so that many never come back together. */
export function backoffMs(
  failures: number,
  bounds: { readonly firstMs: number; readonly mostMs: number },
  random: () => number = Math.random,
): number {
  const whole = Math.min(bounds.mostMs, bounds.firstMs * 2 ** Math.max(0, Math.min(failures, 30) - 1));
  return whole * (0.5 + random() / 2);
}
