/** Decides what rooms, rows and cabinets are, what a cabinet may carry, and which numbers describe a possible one. */
import type { ComingIn } from '../../facilities/domain/center-life.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput } from '../../kernel/refusal.js';
import { checkedTable } from '../../kernel/state-machine.js';
import type { SlotCounts } from './slots.js';
import { type Frame, halfUnitsIn } from './units.js';

/** PLANNED: not there yet; CLOSED: what stands stays, nothing comes in; RETIRED: gone, kept for history. */
export const CABINET_STATUSES = ['PLANNED', 'IN_SERVICE', 'CLOSED', 'RETIRED'] as const;
export type CabinetStatus = (typeof CABINET_STATUSES)[number];
export const CABINET_ACTIONS = ['OPEN', 'CLOSE', 'RETIRE'] as const;
export type CabinetAction = (typeof CABINET_ACTIONS)[number];

export const cabinetTable = checkedTable<CabinetStatus, CabinetAction>({
  name: 'cabinet',
  states: CABINET_STATUSES,
  initial: 'PLANNED',
  actions: CABINET_ACTIONS,
  transitions: {
    PLANNED: { OPEN: 'IN_SERVICE', RETIRE: 'RETIRED' },
    IN_SERVICE: { CLOSE: 'CLOSED' },
    CLOSED: { OPEN: 'IN_SERVICE', RETIRE: 'RETIRED' },
    RETIRED: {},
  },
});

/** Which way on the plan the cabinets of a row follow one another. */
export const ROW_ORIENTATIONS = ['ACROSS', 'DOWN'] as const;
export type RowOrientation = (typeof ROW_ORIENTATIONS)[number];

export interface Room {
  readonly id: string;
  readonly centerId: string;
  readonly code: string;
  readonly name: string;
  /** The plan's grid. */
  readonly widthTiles: number;
  readonly depthTiles: number;
  readonly version: number;
}

export interface CabinetRow {
  readonly id: string;
  readonly roomId: string;
  readonly code: string;
  readonly planX: number;
  readonly planY: number;
  readonly orientation: RowOrientation;
  /** What the floor under the row carries; null = not measured. */
  readonly floorLimitGrams: number | null;
  /** Cabinets and what they hold. */
  readonly weightGrams: number;
  readonly version: number;
}

/** The supply: watts of each feed, null = there is none, and how much of it may be used. */
export interface Feeds {
  readonly feedAWatts: number | null;
  readonly feedBWatts: number | null;
  readonly deratingPercent: number;
}

/** What people say of a cabinet. */
export interface CabinetDescription extends Frame, Feeds {
  readonly code: string;
  /** 1 = the first of its row. */
  readonly position: number;
  readonly planX: number;
  readonly planY: number;
  readonly widthMm: number;
  readonly depthMm: number;
  readonly weightLimitGrams: number;
  readonly ownWeightGrams: number;
  readonly zone: NetworkZone;
  readonly status: CabinetStatus;
  /** The whole cabinet is this department's. */
  readonly departmentId: string | null;
  /** Manufacturer and model as an imported rack type names them; kept aside. */
  readonly rackType: string | null;
}

export interface Cabinet extends CabinetDescription, SlotCounts {
  readonly id: string;
  readonly centerId: string;
  readonly roomId: string;
  readonly rowId: string;
  /** From the feeds; see powerLimitOf. */
  readonly powerLimitW: number;
  /** Nameplate draw and weight of all that is held, allocated or stands in it. */
  readonly powerW: number;
  readonly weightGrams: number;
  readonly version: number;
  /** The place that takes all of it and made it its department's, until it ends; null = somebody said so, or nobody. */
  readonly ownerHolderId: string | null;
}

type Given = Pick<CabinetDescription, 'departmentId' | 'status'>;

/**
 * What a cabinet brings into its center by being made (before null) or described anew, and the field that says so; null =
 * nothing. Given wholly to a department it is promised, whatever stands in it; opened again it is equipment.
 */
export function bringsIn(
  before: Given | null,
  next: Given,
): { readonly what: ComingIn; readonly field: 'departmentId' | 'status' } | null {
  const stays = before !== null && before.departmentId === next.departmentId && before.status !== 'RETIRED';
  if (next.departmentId !== null && next.status !== 'RETIRED' && !stays)
    return { what: 'PROMISE', field: 'departmentId' };
  if (before === null || (next.status === 'IN_SERVICE' && before.status !== 'IN_SERVICE'))
    return { what: 'EQUIPMENT', field: 'status' };
  return null;
}

/** The usual ones; a form and an import begin with them. */
export const CABINET_DEFAULTS = {
  heightUnits: 42,
  startingUnit: 1,
  numbering: 'ASCENDING',
  widthMm: 600,
  depthMm: 1200,
  /** Of a breaker's rating; the rest is its margin. */
  deratingPercent: 80,
  weightLimitGrams: 1_000_000,
  ownWeightGrams: 130_000,
} as const;

/** N+1: with either feed lost, the other carries all. With one feed only there is nothing to fall back on, and that feed is the limit. */
export function powerLimitOf({ feedAWatts, feedBWatts, deratingPercent }: Feeds): number {
  const feeds = [feedAWatts, feedBWatts].filter((feed) => feed !== null);
  return feeds.length === 0 ? 0 : Math.floor((Math.min(...feeds) * deratingPercent) / 100);
}

export function isSingleFed({ feedAWatts, feedBWatts }: Feeds): boolean {
  return (feedAWatts === null) !== (feedBWatts === null);
}

/** A code is printed on the frame and typed in imports. */
const CODE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?$/;
const NAME_LENGTH_MAX = 60;
/** NetBox's bounds: no taller frame is made, and numbers on it stay below 1000. */
const HEIGHT_UNITS_MAX = 100;
const STARTING_UNIT_MAX = 900;
/** A cabinet behind one 3-phase 125 A breaker has 86 kW; twice that is nobody's. */
const FEED_WATTS_MAX = 200_000;
const SIZE_MM = { min: 100, max: 3_000 };
/** Ten tonnes on one frame; a thousand on one row. */
const CABINET_GRAMS_MAX = 10_000_000;
const ROW_GRAMS_MAX = 1_000_000_000;
const TILES_MAX = 200;
const POSITION_MAX = 200;
const RACK_TYPE_LENGTH_MAX = 120;

/** Collects what is wrong with an input, field by field, so that a person sees all of it at once. */
export class Findings {
  readonly all: InvalidInput[] = [];

  constructor(private readonly at: InputPath = []) {}

  number(field: string, value: number, min: number, max: number): this {
    if (!Number.isInteger(value) || value < min || value > max)
      this.add(field, 'range', `须为 ${min} 至 ${max} 的整数`, `A whole number from ${min} to ${max}`);
    return this;
  }

  code(field: string, value: string): this {
    if (!CODE.test(value))
      this.add(
        field,
        'code',
        '编号为 1 至 40 个字母、数字、点、横线或下划线',
        'A code is 1 to 40 letters, digits, . _ or -',
      );
    return this;
  }

  text(field: string, value: string, max: number): this {
    if (value.trim() === '' || value.length > max)
      this.add(field, 'length', `须填写，最多 ${max} 个字`, `Required, at most ${max} characters`);
    return this;
  }

  add(field: string, rule: string, zh: string, en: string): void {
    this.all.push({ code: 'INVALID_INPUT', path: [...this.at, field], rule, message: say(zh, en) });
  }
}

export function checkRoom(
  room: Pick<Room, 'code' | 'name' | 'widthTiles' | 'depthTiles'>,
  at: InputPath = [],
): InvalidInput[] {
  return new Findings(at)
    .code('code', room.code)
    .text('name', room.name, NAME_LENGTH_MAX)
    .number('widthTiles', room.widthTiles, 1, TILES_MAX)
    .number('depthTiles', room.depthTiles, 1, TILES_MAX).all;
}

export function checkRow(
  row: Pick<CabinetRow, 'code' | 'planX' | 'planY' | 'floorLimitGrams'>,
  at: InputPath = [],
): InvalidInput[] {
  const found = new Findings(at)
    .code('code', row.code)
    .number('planX', row.planX, 0, TILES_MAX - 1)
    .number('planY', row.planY, 0, TILES_MAX - 1);
  if (row.floorLimitGrams !== null) found.number('floorLimitGrams', row.floorLimitGrams, 1, ROW_GRAMS_MAX);
  return found.all;
}

export function checkCabinet(cabinet: CabinetDescription, at: InputPath = []): InvalidInput[] {
  const found = new Findings(at)
    .code('code', cabinet.code)
    .number('position', cabinet.position, 1, POSITION_MAX)
    .number('planX', cabinet.planX, 0, TILES_MAX - 1)
    .number('planY', cabinet.planY, 0, TILES_MAX - 1)
    .number('heightUnits', cabinet.heightUnits, 1, HEIGHT_UNITS_MAX)
    .number('startingUnit', cabinet.startingUnit, 1, STARTING_UNIT_MAX)
    .number('widthMm', cabinet.widthMm, SIZE_MM.min, SIZE_MM.max)
    .number('depthMm', cabinet.depthMm, SIZE_MM.min, SIZE_MM.max)
    .number('deratingPercent', cabinet.deratingPercent, 1, 100)
    .number('weightLimitGrams', cabinet.weightLimitGrams, 1, CABINET_GRAMS_MAX)
    .number('ownWeightGrams', cabinet.ownWeightGrams, 0, CABINET_GRAMS_MAX);
  for (const feed of ['feedAWatts', 'feedBWatts'] as const)
    if (cabinet[feed] !== null) found.number(feed, cabinet[feed], 1, FEED_WATTS_MAX);
  if (cabinet.rackType !== null) found.text('rackType', cabinet.rackType, RACK_TYPE_LENGTH_MAX);
  return found.all;
}

/** A cabinet with nothing in it. */
export function emptyCabinet(
  description: CabinetDescription,
  at: Pick<Cabinet, 'id' | 'centerId' | 'roomId' | 'rowId'>,
): Cabinet {
  const halfUnits = halfUnitsIn(description);
  return {
    ...description,
    ...at,
    powerLimitW: powerLimitOf(description),
    ownerHolderId: null,
    version: 1,
    usedHalfUnits: 0,
    heldHalfUnits: 0,
    blockedHalfUnits: 0,
    freeHalfUnits: halfUnits,
    longestFullHalfUnits: halfUnits,
    longestFrontHalfUnits: halfUnits,
    longestRearHalfUnits: halfUnits,
    powerW: 0,
    weightGrams: 0,
  };
}
