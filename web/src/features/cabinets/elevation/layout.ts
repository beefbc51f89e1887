// Where everything of one face of a cabinet is drawn. Pure: the picture, the keyboard and the drag all ask here, so that
// they cannot disagree about which unit is where.

export type Numbering = 'ASCENDING' | 'DESCENDING';
/** BOTH: a full-depth thing, seen from either face. */
export type Face = 'FRONT' | 'REAR' | 'BOTH';
export type Side = 'FRONT' | 'REAR';

export type Frame = {
  heightUnits: number;
  /** The lowest number printed on the frame. */
  startingUnit: number;
  numbering: Numbering;
};

/** A place as people name it: by the lowest number that it covers. */
export type Place = {
  startUnit: number;
  heightUnits: number;
  face: Face;
};

/** One thing in a cabinet; a strip beside the units (0U) has no place. */
export type Placed = Omit<Place, 'startUnit'> & { id: string; startUnit: number | null };

export type Measure = {
  /** Height of one unit, in px. Even, so that half a unit is whole pixels. */
  unit: number;
  /** Width of the space between the rails. */
  inner: number;
  /** Width of the left rail, on which the numbers stand. */
  rail: number;
  /** Width of the right one, which has none. */
  edge: number;
};

export const REGULAR: Measure = { unit: 22, inner: 232, rail: 30, edge: 12 };
/** In a row: narrow enough that eight of them stand beside each other on a wide screen. */
export const COMPACT: Measure = { unit: 16, inner: 102, rail: 24, edge: 8 };

/** Of the frame's own top and bottom. */
export const CAP = 10;

export type Box = { id: string; x: number; y: number; width: number; height: number };
/** The number of a unit and the middle of its height. */
export type Mark = { unit: number; y: number };
export type Layout = { width: number; height: number; marks: Mark[]; boxes: Box[] };

const HALVES = 2;

/** Half-units from the bottom to the lower edge of a place: in an ascending cabinet the lowest number is its lower edge, in a descending one its upper. */
export function halfUnitOf(frame: Frame, startUnit: number, heightUnits: number): number {
  const below = startUnit - frame.startingUnit;
  return (frame.numbering === 'ASCENDING' ? below : frame.heightUnits - below - heightUnits) * HALVES;
}

/** The other way round: the lowest number that is covered from there. */
export function unitOf(frame: Frame, halfUnit: number, heightUnits: number): number {
  const below = halfUnit / HALVES;
  return frame.startingUnit + (frame.numbering === 'ASCENDING' ? below : frame.heightUnits - below - heightUnits);
}

export const isOn = (face: Face, side: Side): boolean => face === 'BOTH' || face === side;

/** Everything that one looks at from this side, in px from the frame's upper left corner. */
export function layoutOf(frame: Frame, holders: readonly Placed[], side: Side, measure: Measure = REGULAR): Layout {
  const half = measure.unit / HALVES;
  const bottom = CAP + frame.heightUnits * measure.unit;
  const boxes = holders.flatMap((holder) => {
    if (holder.startUnit === null || holder.heightUnits <= 0 || !isOn(holder.face, side)) return [];
    const height = holder.heightUnits * measure.unit;
    const y = bottom - halfUnitOf(frame, holder.startUnit, holder.heightUnits) * half - height;
    return [{ id: holder.id, x: measure.rail, y, width: measure.inner, height }];
  });
  const marks = Array.from({ length: frame.heightUnits }, (_, index) => {
    const unit = frame.startingUnit + index;
    return { unit, y: bottom - halfUnitOf(frame, unit, 1) * half - half };
  });
  return { width: measure.rail + measure.inner + measure.edge, height: bottom + CAP, marks, boxes };
}

/** What a box says when it is read back: its lowest unit and its height. */
export function placeOfBox(
  frame: Frame,
  box: Pick<Box, 'y' | 'height'>,
  measure: Measure = REGULAR,
): Omit<Place, 'face'> {
  const half = measure.unit / HALVES;
  const bottom = CAP + frame.heightUnits * measure.unit;
  const heightUnits = box.height / measure.unit;
  return { startUnit: unitOf(frame, (bottom - box.y - box.height) / half, heightUnits), heightUnits };
}

/** The place of this height whose upper edge is nearest to a point, kept inside the frame. */
export function placeAt(frame: Frame, top: number, heightUnits: number, measure: Measure = REGULAR): number {
  const half = measure.unit / HALVES;
  const highest = (frame.heightUnits - heightUnits) * HALVES;
  const bottom = CAP + frame.heightUnits * measure.unit;
  // Whole units for whole-unit things; only a thing of half a height may stand on half.
  const step = Number.isInteger(heightUnits) ? HALVES : 1;
  const wanted = (bottom - top - heightUnits * measure.unit) / half;
  const halfUnit = Math.min(highest, Math.max(0, Math.round(wanted / step) * step));
  return unitOf(frame, halfUnit, heightUnits);
}

/** What stands where, upwards from the bottom, whatever is printed: for moving by keys. `upwards` in units, halves allowed. */
export function shifted(frame: Frame, startUnit: number, heightUnits: number, upwards: number): number {
  const halfUnit = halfUnitOf(frame, startUnit, heightUnits) + upwards * HALVES;
  const highest = (frame.heightUnits - heightUnits) * HALVES;
  return unitOf(frame, Math.min(Math.max(highest, 0), Math.max(0, halfUnit)), heightUnits);
}

/** Things that a place would share a half-unit with. */
export function inTheWay<P extends Placed>(frame: Frame, holders: readonly P[], place: Place, except: string): P[] {
  const from = halfUnitOf(frame, place.startUnit, place.heightUnits);
  const to = from + place.heightUnits * HALVES;
  return holders.filter((holder) => {
    if (holder.id === except || holder.startUnit === null || holder.heightUnits <= 0) return false;
    if (place.face !== 'BOTH' && holder.face !== 'BOTH' && holder.face !== place.face) return false;
    const low = halfUnitOf(frame, holder.startUnit, holder.heightUnits);
    return low < to && from < low + holder.heightUnits * HALVES;
  });
}

export type UnitOnSide<P extends Placed> = { unit: number; y: number; holders: P[] };

/** Unit by unit from the top, with what touches it on this side: the lines of the screen reader's grid. */
export function unitsOn<P extends Placed>(
  frame: Frame,
  holders: readonly P[],
  side: Side,
  measure: Measure = REGULAR,
): UnitOnSide<P>[] {
  return layoutOf(frame, [], side, measure)
    .marks.map(({ unit, y }) => ({
      unit,
      y: y - measure.unit / 2,
      holders: inTheWay(frame, holders, { startUnit: unit, heightUnits: 1, face: side }, '').toSorted(
        (a, b) =>
          halfUnitOf(frame, b.startUnit as number, b.heightUnits) -
          halfUnitOf(frame, a.startUnit as number, a.heightUnits),
      ),
    }))
    .toSorted((a, b) => a.y - b.y);
}
