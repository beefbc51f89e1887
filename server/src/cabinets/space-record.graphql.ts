import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DepartmentNode } from '../departments/departments.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FaceEnum, HolderKindEnum, HolderStateEnum, subjectNodeId } from './cabinets.types.js';
import { type Face, type Holder, type HolderKind, LIVE_STATES, type LiveState, type Place } from './domain/holder.js';
import { type Frame, unitAt, unitsOf } from './domain/units.js';
import type { SpaceEntry } from './space-record.types.js';

const ENTRY_STATES = [...LIVE_STATES, 'RELEASED'] as const;
type EntryState = (typeof ENTRY_STATES)[number];
const HolderEntryStateEnum = enumOf(ENTRY_STATES);
registerEnumType(HolderEntryStateEnum, { name: 'CabinetHolderEntryState' });

@ObjectType('HolderSpot', { description: 'A place, in a cabinet that the viewer may see or not.' })
export class HolderSpotNode {
  readonly place!: Place;
  @Field(() => FaceEnum)
  face!: Face;
  @Field(() => Float)
  heightUnits!: number;

  static of(place: Place): HolderSpotNode {
    return Object.assign(new HolderSpotNode(), {
      place,
      face: place.face,
      heightUnits: unitsOf(place.heightHalfUnits),
    });
  }
}

@ObjectType('PlannedMove', {
  description: '计划迁移: the new place is held while the thing still stands in the old one.',
})
export class PlannedMoveNode {
  @Field(() => ID, { description: 'The holder that keeps the new place: completing and giving up name it.' })
  planId!: string;
  @Field(() => Int, { description: 'Of that holder.' })
  planVersion!: number;
  @Field(() => HolderSpotNode)
  from!: HolderSpotNode;
  @Field(() => HolderSpotNode)
  to!: HolderSpotNode;
}

@ObjectType('CabinetHolderEntry', { description: '占位履历: what a holder was from `at` until its next entry.' })
export class HolderEntryNode {
  readonly row!: SpaceEntry;
  @Field(() => Int)
  version!: number;
  @Field(() => Date)
  at!: Date;
  @Field(() => Date, {
    description: 'When it was written down; later where it had stood there before the console knew.',
  })
  recordedAt!: Date;
  @Field(() => HolderEntryStateEnum)
  state!: EntryState;
  @Field(() => HolderSpotNode)
  spot!: HolderSpotNode;

  static of(row: SpaceEntry): HolderEntryNode {
    const { version, at, recordedAt, state } = row;
    return Object.assign(new HolderEntryNode(), { row, version, at, recordedAt, state, spot: HolderSpotNode.of(row) });
  }
}

@ObjectType('PastHolder', {
  description:
    "What was in a cabinet at a moment, by today's numbers on its frame. Of another department one sees no more than that a place was taken.",
})
export class PastHolderNode {
  readonly row!: SpaceEntry;
  readonly shown!: boolean;
  @Field(() => ID, { description: 'Of the holder, which may be gone.' })
  holderId!: string;
  @Field(() => HolderStateEnum)
  state!: LiveState;
  @Field(() => Float, { nullable: true })
  startUnit!: number | null;
  @Field(() => Float)
  heightUnits!: number;
  @Field(() => FaceEnum)
  face!: Face;
  @Field(() => Boolean)
  foreign!: boolean;
  @Field(() => HolderKindEnum, { nullable: true })
  kind!: HolderKind | null;
  @Field(() => ID, { nullable: true })
  subjectId!: string | null;
  @Field(() => String, { nullable: true, description: 'As it was called then.' })
  label!: string | null;
  @Field(() => Int, { nullable: true })
  powerW!: number | null;
  @Field(() => Int, { nullable: true })
  weightGrams!: number | null;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field(() => Date, { nullable: true, description: 'Since when it was so.' })
  since!: Date | null;

  static of(row: SpaceEntry, frame: Frame, shown: boolean): PastHolderNode {
    return Object.assign(new PastHolderNode(), {
      row,
      shown,
      holderId: toNodeId('CabinetHolder', row.id),
      state: shown || row.state !== 'ALLOCATED' ? row.state : 'OCCUPIED',
      startUnit: startUnitOf(frame, row),
      heightUnits: unitsOf(row.heightHalfUnits),
      face: row.face,
      foreign: !shown,
      ...(shown ? toldOf(row) : UNTOLD),
    });
  }
}

const UNTOLD = { kind: null, subjectId: null, label: null, powerW: null, weightGrams: null, reason: null, since: null };

function toldOf(row: SpaceEntry) {
  const { kind, label, powerW, weightGrams, reason } = row;
  return { kind, label, powerW, weightGrams, reason, subjectId: subjectNodeId(row), since: row.at };
}

export function startUnitOf(frame: Frame, place: Pick<Holder, 'startHalfUnit' | 'heightHalfUnits'>): number | null {
  return place.heightHalfUnits === 0 ? null : unitAt(frame, place.startHalfUnit, place.heightHalfUnits);
}

@ObjectType('CabinetDepartment', { description: 'A department with something in the cabinet.' })
export class CabinetDepartmentNode {
  @Field(() => DepartmentNode)
  department!: DepartmentNode;
  @Field(() => Float, { description: 'Of all that it has there, promised or standing.' })
  units!: number;
}

@ObjectType('SpaceUse', {
  description: 'Use by days of the accounting calendar; a day belongs to what stands at its end.',
})
export class SpaceUseNode {
  readonly departmentId!: string | null;
  @Field(() => Int)
  cabinets!: number;
  @Field(() => Float, { description: 'U位·天, given or standing.' })
  usedUnitDays!: number;
  @Field(() => Float)
  heldUnitDays!: number;
  @Field(() => Float)
  blockedUnitDays!: number;
}
