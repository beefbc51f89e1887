/** Decides which criteria of PLACEMENT.md tell of how much a place has, and so are not for everybody's eyes. */

/** Whose figures are the request's own, its prices' and its quotas', or what a place is and not how much it has. */
const OWN_FIGURES = new Set([
  'D1',
  'D6',
  'B1',
  'B2',
  'K1',
  'K2',
  'P1',
  'P2',
  'P3',
  'P4',
  'P13',
  'P14',
  'P16',
  'P17',
  'P18',
  'P19',
]);

export function tellsOfThePlace(criterion: string): boolean {
  return !OWN_FIGURES.has(criterion);
}
