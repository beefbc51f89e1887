/** Decides which criteria of PLACEMENT.md tell of the place, and so are not for everybody's eyes. */

/** Whose figures are the request's own. */
const OWN_FIGURES = new Set(['D1', 'P1', 'P2', 'P3', 'P4', 'S1', 'S2', 'K1', 'K2']);

export function tellsOfThePlace(criterion: string): boolean {
  return !OWN_FIGURES.has(criterion);
}
