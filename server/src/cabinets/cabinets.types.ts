import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import {
  CABINET_STATUSES,
  type Cabinet,
  type CabinetRow,
  type CabinetStatus,
  isSingleFed,
  ROW_ORIENTATIONS,
  type Room,
  type RowOrientation,
} from './domain/cabinet.js';
import {
  FACES,
  type Face,
  HOLDER_KINDS,
  type Holder,
  type HolderKind,
  LIVE_STATES,
  type LiveState,
} from './domain/holder.js';
import { type Frame, NUMBERINGS, type Numbering, unitAt, unitsOf } from './domain/units.js';

export const CabinetStatusEnum = enumOf(CABINET_STATUSES);
registerEnumType(CabinetStatusEnum, {
  name: 'CabinetStatus',
  valuesMap: { CLOSED: { description: 'What stands stays, nothing comes in.' } },
});
export const RowOrientationEnum = enumOf(ROW_ORIENTATIONS);
registerEnumType(RowOrientationEnum, { name: 'RowOrientation' });
export const NumberingEnum = enumOf(NUMBERINGS);
registerEnumType(NumberingEnum, { name: 'UnitNumbering' });
export const FaceEnum = enumOf(FACES);
registerEnumType(FaceEnum, { name: 'CabinetFace', valuesMap: { BOTH: { description: 'Full depth.' } } });
export const HolderStateEnum = enumOf(LIVE_STATES);
registerEnumType(HolderStateEnum, { name: 'CabinetHolderState' });
export const HolderKindEnum = enumOf(HOLDER_KINDS);
registerEnumType(HolderKindEnum, { name: 'CabinetHolderKind' });

export const CABINET_ORDERS = ['CODE', 'FREE_UNITS', 'LONGEST_FREE_RUN', 'FREE_POWER', 'FREE_WEIGHT'] as const;
export type CabinetOrder = (typeof CABINET_ORDERS)[number];
export const CabinetOrderEnum = enumOf(CABINET_ORDERS);
registerEnumType(CabinetOrderEnum, { name: 'CabinetOrder' });

export interface CabinetFilter {
  readonly centerId?: string | null;
  readonly roomId?: string | null;
  readonly rowId?: string | null;
  readonly zone?: NetworkZone | null;
  readonly statuses?: readonly CabinetStatus[] | null;
  readonly departmentId?: string | null;
  /** In one piece, on both faces. */
  readonly minimumFreeHalfUnits?: number | null;
  readonly minimumFreeWatts?: number | null;
  readonly minimumFreeGrams?: number | null;
  readonly search?: string | null;
}

/** Where a thing stands, with what is printed on the way to it. */
export interface HolderPlace extends Holder {
  readonly cabinet: Frame & Pick<Cabinet, 'id' | 'code' | 'centerId' | 'roomId' | 'rowId'>;
}

/** How much of a cabinet or a row one viewer is shown. */
export interface CabinetSight {
  /** All that is in it; else sums would tell of the neighbours. */
  readonly whole: boolean;
  /** What is taken, what is free and what it carries; a city is told whether something fits, not how much. */
  readonly figures: boolean;
}

@ObjectType('Room', { implements: () => [Node], description: '机房: a room of a center.' })
export class RoomNode extends Node {
  readonly row: Room;
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => Int, { description: "The plan's grid, in floor tiles." })
  widthTiles: number;
  @Field(() => Int)
  depthTiles: number;
  @Field(() => Int)
  version: number;

  constructor(row: Room) {
    super();
    this.row = row;
    this.id = toNodeId('Room', row.id);
    this.code = row.code;
    this.name = row.name;
    this.widthTiles = row.widthTiles;
    this.depthTiles = row.depthTiles;
    this.version = row.version;
  }
}

@ObjectType('CabinetRow', { implements: () => [Node], description: '机柜列: cabinets side by side on one floor.' })
export class CabinetRowNode extends Node {
  readonly row: CabinetRow;
  @Field(() => String)
  code: string;
  @Field(() => Int)
  planX: number;
  @Field(() => Int)
  planY: number;
  @Field(() => RowOrientationEnum)
  orientation: RowOrientation;
  @Field(() => Int, {
    nullable: true,
    description: 'What the floor under it carries; null = not measured, or not for a city.',
  })
  floorLimitGrams: number | null;
  @Field(() => Int, { nullable: true, description: 'Cabinets with all they hold; null where the viewer sees a part.' })
  weightGrams: number | null;
  @Field(() => Int)
  version: number;

  constructor(row: CabinetRow, { whole, figures }: CabinetSight) {
    super();
    this.row = row;
    this.id = toNodeId('CabinetRow', row.id);
    this.code = row.code;
    this.planX = row.planX;
    this.planY = row.planY;
    this.orientation = row.orientation;
    this.floorLimitGrams = figures ? row.floorLimitGrams : null;
    this.weightGrams = whole ? row.weightGrams : null;
    this.version = row.version;
  }
}

@ObjectType('CabinetPower', { description: 'Nameplate watts. With either feed lost the other carries all (N+1).' })
export class CabinetPowerNode {
  @Field(() => Int, { nullable: true })
  feedAWatts!: number | null;
  @Field(() => Int, { nullable: true })
  feedBWatts!: number | null;
  @Field(() => Int, { description: 'How much of a feed may be used.' })
  deratingPercent!: number;
  @Field(() => Boolean, { description: 'One feed only: when it is lost, everything is.' })
  singleFed!: boolean;
  @Field(() => Int, { description: 'The weaker feed, derated; what may be drawn at most.' })
  limitW!: number;
  @Field(() => Int, { nullable: true, description: 'Null where the viewer sees a part of the cabinet only.' })
  usedW!: number | null;
  @Field(() => Int, { nullable: true })
  freeW!: number | null;
}

@ObjectType('CabinetWeight')
export class CabinetWeightNode {
  @Field(() => Int, { description: 'What it carries at most.' })
  limitGrams!: number;
  @Field(() => Int, { description: 'Its own; counts on the floor, not against its limit.' })
  ownGrams!: number;
  @Field(() => Int, { nullable: true, description: 'Null where the viewer sees a part of the cabinet only.' })
  usedGrams!: number | null;
  @Field(() => Int, { nullable: true })
  freeGrams!: number | null;
}

@ObjectType('Cabinet', {
  implements: () => [Node],
  description:
    '机柜. used + held + blocked + free = total, in units; of two faces the stronger word counts (used, held, blocked).',
})
export class CabinetNode extends Node {
  readonly row: Cabinet;
  @Field(() => String)
  code: string;
  @Field(() => CabinetStatusEnum)
  status: CabinetStatus;
  @Field(() => NetworkZoneEnum)
  zone: NetworkZone;
  @Field(() => Int, { description: '1 = the first of its row.' })
  position: number;
  @Field(() => Int)
  planX: number;
  @Field(() => Int)
  planY: number;
  @Field(() => Int)
  heightUnits: number;
  @Field(() => Int, { description: 'The lowest number on the frame.' })
  startingUnit: number;
  @Field(() => NumberingEnum, { description: 'ASCENDING: the lowest number is at the bottom.' })
  numbering: Numbering;
  @Field(() => Int)
  widthMm: number;
  @Field(() => Int)
  depthMm: number;
  @Field(() => String, { nullable: true })
  rackType: string | null;
  @Field(() => Int)
  version: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Allocated or occupied. This and all figures below: null for a city, unless the whole cabinet is its own.',
  })
  usedUnits: number | null;
  @Field(() => Float, { nullable: true })
  heldUnits: number | null;
  @Field(() => Float, { nullable: true })
  blockedUnits: number | null;
  @Field(() => Float, { nullable: true, description: 'Free on both faces.' })
  freeUnits: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The longest piece that is free on both faces: what a full-depth thing can have.',
  })
  longestFreeRunUnits: number | null;
  @Field(() => Float, { nullable: true })
  longestFreeFrontUnits: number | null;
  @Field(() => Float, { nullable: true })
  longestFreeRearUnits: number | null;
  @Field(() => CabinetPowerNode, { nullable: true })
  power: CabinetPowerNode | null;
  @Field(() => CabinetWeightNode, { nullable: true })
  weight: CabinetWeightNode | null;

  constructor(row: Cabinet, { whole, figures }: CabinetSight) {
    super();
    this.row = row;
    this.id = toNodeId('Cabinet', row.id);
    this.code = row.code;
    this.status = row.status;
    this.zone = row.zone;
    this.position = row.position;
    this.planX = row.planX;
    this.planY = row.planY;
    this.heightUnits = row.heightUnits;
    this.startingUnit = row.startingUnit;
    this.numbering = row.numbering;
    this.widthMm = row.widthMm;
    this.depthMm = row.depthMm;
    this.rackType = row.rackType;
    this.version = row.version;
    const units = (halfUnits: number): number | null => (figures ? unitsOf(halfUnits) : null);
    this.usedUnits = units(row.usedHalfUnits);
    this.heldUnits = units(row.heldHalfUnits);
    this.blockedUnits = units(row.blockedHalfUnits);
    this.freeUnits = units(row.freeHalfUnits);
    this.longestFreeRunUnits = units(row.longestFullHalfUnits);
    this.longestFreeFrontUnits = units(row.longestFrontHalfUnits);
    this.longestFreeRearUnits = units(row.longestRearHalfUnits);
    this.power = figures ? powerOf(row, whole) : null;
    this.weight = figures ? weightOf(row, whole) : null;
  }
}

function powerOf(row: Cabinet, whole: boolean): CabinetPowerNode {
  return {
    feedAWatts: row.feedAWatts,
    feedBWatts: row.feedBWatts,
    deratingPercent: row.deratingPercent,
    singleFed: isSingleFed(row),
    limitW: row.powerLimitW,
    usedW: whole ? row.powerW : null,
    freeW: whole ? row.powerLimitW - row.powerW : null,
  };
}

function weightOf(row: Cabinet, whole: boolean): CabinetWeightNode {
  return {
    limitGrams: row.weightLimitGrams,
    ownGrams: row.ownWeightGrams,
    usedGrams: whole ? row.weightGrams : null,
    freeGrams: whole ? row.weightLimitGrams - row.weightGrams : null,
  };
}

export const CabinetConnection = connectionOf(CabinetNode, 'Cabinet');

/** Node types of the things behind a holder, where they have a page. */
const SUBJECT_NODES: { readonly [K in HolderKind]?: string } = { SERVER: 'Server', REQUEST: 'Request' };

export function subjectNodeId({ kind, subjectId }: Pick<Holder, 'kind' | 'subjectId'>): string | null {
  const type = SUBJECT_NODES[kind];
  return type && subjectId !== null ? toNodeId(type, subjectId) : null;
}

@ObjectType('CabinetHolder', {
  implements: () => [Node],
  description:
    'What stands or is promised in a cabinet. Of another department one sees that a place is taken, no more.',
})
export class CabinetHolderNode extends Node {
  readonly row: Holder;
  /** Whether the viewer may see what it is. */
  readonly shown: boolean;
  @Field(() => HolderStateEnum)
  state: LiveState;
  @Field(() => Float, {
    nullable: true,
    description: 'The lowest number that it covers; null = a strip beside the units.',
  })
  startUnit: number | null;
  @Field(() => Float)
  heightUnits: number;
  @Field(() => Float, {
    description: "From the frame's bottom to its own, in units, however they are numbered: for drawing.",
  })
  bottomUnits: number;
  @Field(() => FaceEnum)
  face: Face;
  @Field(() => Int)
  version: number;
  @Field(() => Boolean, { description: "Another's: only that the place is taken is told." })
  foreign: boolean;
  @Field(() => HolderKindEnum, { nullable: true })
  kind: HolderKind | null;
  @Field(() => ID, { nullable: true, description: 'Node id of the server or request behind it.' })
  subjectId: string | null;
  @Field(() => String, { nullable: true })
  label: string | null;
  @Field(() => Int, { nullable: true })
  powerW: number | null;
  @Field(() => Int, { nullable: true })
  weightGrams: number | null;
  @Field(() => String, { nullable: true, description: 'Why it is blocked.' })
  reason: string | null;
  @Field(() => Date, { nullable: true })
  heldUntil: Date | null;
  @Field(() => ID, { nullable: true, description: 'The new place of a planned move: the holder that will come here.' })
  plannedForId: string | null;
  @Field(() => Date, {
    nullable: true,
    description: '期初: since when it has been used, where that was before the console knew of it.',
  })
  usedSince: Date | null;
  @Field(() => String, { nullable: true, description: 'Where it came from when it was taken in.' })
  sourcePlatform: string | null;

  constructor(row: Holder, frame: Frame, shown: boolean) {
    super();
    this.row = row;
    this.shown = shown;
    this.id = toNodeId('CabinetHolder', row.id);
    this.state = shown || row.state !== 'ALLOCATED' ? (row.state as LiveState) : 'OCCUPIED';
    this.startUnit = row.heightHalfUnits === 0 ? null : unitAt(frame, row.startHalfUnit, row.heightHalfUnits);
    this.heightUnits = unitsOf(row.heightHalfUnits);
    this.bottomUnits = unitsOf(row.startHalfUnit);
    this.face = row.face;
    this.version = row.version;
    this.foreign = !shown;
    this.kind = shown ? row.kind : null;
    this.subjectId = shown ? subjectNodeId(row) : null;
    this.label = shown ? row.label : null;
    this.powerW = shown ? row.powerW : null;
    this.weightGrams = shown ? row.weightGrams : null;
    this.reason = shown ? row.reason : null;
    this.heldUntil = shown ? row.heldUntil : null;
    this.usedSince = shown ? row.usedSince : null;
    this.sourcePlatform = shown ? row.sourcePlatform : null;
    this.plannedForId = shown && row.plannedForId !== null ? toNodeId('CabinetHolder', row.plannedForId) : null;
  }
}
