/** Decides how half-units of the database and numbered units on the cabinet's front become one another. */

/**
 * The database counts half-units from 0 at the physical bottom, whatever is printed on the frame. A place is named by the
 * lowest number that it covers (NetBox's rule), in steps of a half: in an ascending cabinet that is its lower edge, in a
 * descending one its upper edge. Renumbering therefore moves nothing.
 */
export const NUMBERINGS = ['ASCENDING', 'DESCENDING'] as const;
export type Numbering = (typeof NUMBERINGS)[number];

export interface Frame {
  readonly heightUnits: number;
  /** The lowest number printed on the frame. */
  readonly startingUnit: number;
  readonly numbering: Numbering;
}

export const HALVES_PER_UNIT = 2;

export function halfUnitsIn(frame: Pick<Frame, 'heightUnits'>): number {
  return frame.heightUnits * HALVES_PER_UNIT;
}

export function unitsOf(halfUnits: number): number {
  return halfUnits / HALVES_PER_UNIT;
}

/** undefined = no whole number of half-units, like 0.25 U. */
export function toHalfUnits(units: number): number | undefined {
  const halves = units * HALVES_PER_UNIT;
  return Number.isSafeInteger(halves) ? halves : undefined;
}

/** The unit by which people name the place. */
export function unitAt(frame: Frame, startHalfUnit: number, heightHalfUnits: number): number {
  const below = frame.numbering === 'ASCENDING' ? startHalfUnit : halfUnitsIn(frame) - startHalfUnit - heightHalfUnits;
  return frame.startingUnit + unitsOf(below);
}

/** The numbers on the frame that it covers: "U5", "U1–2"; a place of half units is named by where it begins. */
export function unitRange(startUnit: number, heightHalfUnits: number): string {
  const last = Math.floor(startUnit + unitsOf(heightHalfUnits) - unitsOf(1));
  return last <= startUnit ? `U${startUnit}` : `U${startUnit}–${last}`;
}

/** Where a place named by its lowest unit begins, from the bottom; undefined = no half-unit of any cabinet. May lie outside this one. */
export function halfUnitAt(frame: Frame, unit: number, heightHalfUnits: number): number | undefined {
  const from = toHalfUnits(unit - frame.startingUnit);
  if (from === undefined) return undefined;
  return frame.numbering === 'ASCENDING' ? from : halfUnitsIn(frame) - from - heightHalfUnits;
}
