/** Decides which lines of a ticket's story are shown once somebody has asked for all of it: those, and what came since. */

/** Both in their order; the newest are followed live, the whole was fetched once. */
export function withNewest<Line extends { readonly at: string }>(
  whole: readonly Line[] | undefined,
  newest: readonly Line[],
): readonly Line[] {
  const last = whole?.at(-1);
  if (whole === undefined || last === undefined) return newest;
  return [...whole, ...newest.filter(({ at }) => Date.parse(at) > Date.parse(last.at))];
}
