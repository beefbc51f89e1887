/** Decides whether one cabinet has the place, the power and the strength for something, and where in it. */
import type { Refusal, SpaceMeter, SpaceShortage } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { Cabinet } from './cabinet.js';
import type { Place } from './holder.js';
import { type Distance, distanceTo, type Near } from './nearness.js';
import { invalid, shortage, unitsTaken } from './refusals.js';
import { pick, type Slots } from './slots.js';
import { halfUnitAt, unitRange, unitsOf } from './units.js';
import type { Wish } from './wish.js';

/** What the floor under a row carries now. */
export interface RowLoad {
  readonly id: string;
  readonly floorLimitGrams: number | null;
  readonly weightGrams: number;
}

/** A cabinet with all that is in it. */
export interface OpenCabinet {
  cabinet: Cabinet;
  slots: Slots;
  powerW: number;
  weightGrams: number;
}

/** Where from the bottom: at the number asked for, or wherever it fits. */
export function startIn(
  { cabinet, slots }: OpenCabinet,
  { heightHalfUnits, face, path }: Pick<Wish, 'heightHalfUnits' | 'face' | 'path'>,
  unit: number | null,
): Result<number, Refusal> {
  if (heightHalfUnits === 0) return ok(0);
  const height = unitsOf(heightHalfUnits);
  if (unit === null) {
    const start = pick(slots, heightHalfUnits, face, cabinet.numbering);
    return start === undefined
      ? refuse(shortage('UNITS', height, unitsOf(slots.longest(face)), cabinet, path))
      : ok(start);
  }
  const start = halfUnitAt(cabinet, unit, heightHalfUnits);
  const at = [...path, 'startUnit'];
  if (start === undefined)
    return refuse(invalid(at, 'halfUnits', '起始U位须为半U的整数倍', 'A position is a multiple of half a unit'));
  const extent = { startHalfUnit: start, heightHalfUnits, face };
  if (!slots.contains(extent)) {
    const last = cabinet.startingUnit + cabinet.heightUnits - 1;
    return refuse(
      invalid(
        at,
        'containment',
        `超出机柜 ${cabinet.code} 的范围（${cabinet.startingUnit} 至 ${last} U）`,
        `Reaches beyond cabinet ${cabinet.code}, which has units ${cabinet.startingUnit} to ${last}`,
      ),
    );
  }
  return slots.isFree(extent)
    ? ok(start)
    : refuse(unitsTaken(unitRange(unit, heightHalfUnits), height, unitsOf(freeWithin(slots, extent)), cabinet, at));
}

type Load = Pick<Wish, 'heightHalfUnits' | 'face' | 'powerW' | 'weightGrams'>;

/** The first thing that this cabinet lacks for the wish, wherever in it; null = nothing. Cheap: asked of every cabinet for every wish. */
export function lackOf(open: OpenCabinet, wish: Load, floorLeftGrams: number): SpaceMeter | null {
  const { cabinet, slots } = open;
  if (slots.longest(wish.face) < wish.heightHalfUnits) return 'UNITS';
  if (cabinet.powerLimitW - open.powerW < wish.powerW) return 'POWER_W';
  if (cabinet.weightLimitGrams - open.weightGrams < wish.weightGrams) return 'WEIGHT_GRAMS';
  return floorLeftGrams < wish.weightGrams ? 'ROW_WEIGHT_GRAMS' : null;
}

/** The same said with its figures. */
export function shortOf(
  open: OpenCabinet,
  wish: Load & Pick<Wish, 'path'>,
  floorLeftGrams: number,
): SpaceShortage | null {
  const { cabinet, slots } = open;
  const { heightHalfUnits, face, powerW, weightGrams, path } = wish;
  const lack = lackOf(open, wish, floorLeftGrams);
  switch (lack) {
    case null:
      return null;
    case 'UNITS':
      return shortage(lack, unitsOf(heightHalfUnits), unitsOf(slots.longest(face)), cabinet, path);
    case 'POWER_W':
      return shortage(lack, powerW, cabinet.powerLimitW - open.powerW, cabinet, path);
    case 'WEIGHT_GRAMS':
      return shortage(lack, weightGrams, cabinet.weightLimitGrams - open.weightGrams, cabinet, path);
    case 'ROW_WEIGHT_GRAMS':
      return shortage(lack, weightGrams, floorLeftGrams, cabinet, path);
  }
}

/**
 * K8 to K11 of PLACEMENT.md: the department's own cabinet first, then the shorter longest piece, so that long ones are kept;
 * of equals the one nearer to what the system has (K11), then that in which less is stranded afterwards, units without watts
 * or watts without units (K10); then the code. `candidates` of the repository orders by the same.
 */
export function isTighter(
  a: OpenCabinet,
  b: OpenCabinet,
  wish: Pick<Wish, 'heightHalfUnits' | 'face' | 'powerW' | 'near'>,
): boolean {
  if ((a.cabinet.departmentId === null) !== (b.cabinet.departmentId === null)) return a.cabinet.departmentId !== null;
  const [longestOfA, longestOfB] = [a.slots.longest(wish.face), b.slots.longest(wish.face)];
  if (longestOfA !== longestOfB) return longestOfA < longestOfB;
  if (wish.near) {
    const [toA, toB] = [distanceOf(a, wish.near), distanceOf(b, wish.near)];
    if (toA !== toB) return toA < toB;
  }
  const [strandedInA, strandedInB] = [strandedAfter(a, wish), strandedAfter(b, wish)];
  if (strandedInA !== strandedInB) return strandedInA < strandedInB;
  return a.cabinet.code !== b.cabinet.code ? a.cabinet.code < b.cabinet.code : a.cabinet.id < b.cabinet.id;
}

function distanceOf({ cabinet: { id, rowId, roomId } }: OpenCabinet, near: Near): Distance {
  return distanceTo({ cabinetId: id, rowId, roomId }, near);
}

/** Of a cabinet's units and watts the shares that stay free, and how far they lie apart: whole thousandths, so that equals are equal. */
function strandedAfter(
  { cabinet, slots, powerW }: OpenCabinet,
  wish: Pick<Wish, 'heightHalfUnits' | 'powerW'>,
): number {
  const units = (slots.counts().freeHalfUnits - wish.heightHalfUnits) / slots.halfUnits;
  const watts = cabinet.powerLimitW > 0 ? (cabinet.powerLimitW - powerW - wish.powerW) / cabinet.powerLimitW : 0;
  return Math.round(Math.abs(units - watts) * 1_000);
}

/** Of a place that is asked for by its number, the longest piece that is free. */
function freeWithin(slots: Slots, { startHalfUnit, heightHalfUnits, face }: Omit<Place, 'cabinetId'>): number {
  let most = 0;
  for (let at = startHalfUnit; at < startHalfUnit + heightHalfUnits; at += 1)
    most = Math.max(most, Math.min(slots.freeFrom(at, face), startHalfUnit + heightHalfUnits - at));
  return most;
}

/** Of what the cabinets are short, said once: units first, then power, then weight, with the most that any of them has. */
export function shortestOf(
  asked: readonly OpenCabinet[],
  wish: Wish,
  floorLeft: (open: OpenCabinet) => number,
): Refusal {
  const most = (of: (open: OpenCabinet) => number, from: readonly OpenCabinet[]): number =>
    Math.max(0, ...from.map(of));
  const height = unitsOf(wish.heightHalfUnits);
  const tall = asked.filter((open) => open.slots.longest(wish.face) >= wish.heightHalfUnits);
  if (tall.length === 0)
    return shortage('UNITS', height, unitsOf(most((open) => open.slots.longest(wish.face), asked)), null, wish.path);
  const watts = (open: OpenCabinet): number => open.cabinet.powerLimitW - open.powerW;
  const fed = tall.filter((open) => watts(open) >= wish.powerW);
  if (fed.length === 0) return shortage('POWER_W', wish.powerW, most(watts, tall), null, wish.path);
  const grams = (open: OpenCabinet): number => open.cabinet.weightLimitGrams - open.weightGrams;
  const strong = fed.filter((open) => grams(open) >= wish.weightGrams);
  if (strong.length === 0) return shortage('WEIGHT_GRAMS', wish.weightGrams, most(grams, fed), null, wish.path);
  return shortage('ROW_WEIGHT_GRAMS', wish.weightGrams, most(floorLeft, strong), null, wish.path);
}
