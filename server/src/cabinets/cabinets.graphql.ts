import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  CabinetNode,
  CabinetRowNode,
  CabinetStatusEnum,
  FaceEnum,
  NumberingEnum,
  RoomNode,
  RowOrientationEnum,
} from './cabinets.types.js';
import { CABINET_DEFAULTS, type CabinetStatus, type RowOrientation } from './domain/cabinet.js';
import { type Face, OCCUPANT_KINDS, type OccupantKind } from './domain/holder.js';
import type { Numbering } from './domain/units.js';

const OccupantKindEnum = enumOf(OCCUPANT_KINDS);
registerEnumType(OccupantKindEnum, { name: 'CabinetOccupantKind' });

@InputType('CabinetFilter')
export class CabinetFilterInput {
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => ID, { nullable: true })
  roomId!: string | null;
  @Field(() => ID, { nullable: true })
  rowId!: string | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone!: NetworkZone | null;
  @Field(() => [CabinetStatusEnum], { nullable: true })
  statuses!: CabinetStatus[] | null;
  @Field(() => ID, { nullable: true, description: 'Wholly its own, or holding something of its.' })
  departmentId!: string | null;
  @Field(() => Float, { nullable: true, description: 'In one piece, full depth.' })
  minimumFreeUnits!: number | null;
  @Field(() => Int, { nullable: true, description: 'For those who see whole cabinets only, like the weight.' })
  minimumFreeWatts!: number | null;
  @Field(() => Int, { nullable: true })
  minimumFreeGrams!: number | null;
  @Field(() => String, { nullable: true, description: 'In the code.' })
  search!: string | null;
}

@InputType('CreateRoomInput')
export class CreateRoomInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  centerId!: string;
  @Field(() => String, { description: 'Unique in the center.' })
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  widthTiles!: number;
  @Field(() => Int)
  depthTiles!: number;
}

@InputType('CreateCabinetRowInput')
export class CreateCabinetRowInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  roomId!: string;
  @Field(() => String, { description: 'Unique in the room.' })
  code!: string;
  @Field(() => Int)
  planX!: number;
  @Field(() => Int)
  planY!: number;
  @Field(() => RowOrientationEnum, { defaultValue: 'ACROSS' })
  orientation!: RowOrientation;
  @Field(() => Int, { nullable: true })
  floorLimitGrams!: number | null;
}

@InputType('EditRoomInput', { description: 'What is left out stays.' })
export class EditRoomInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  code?: string | null;
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => Int, { nullable: true })
  widthTiles?: number | null;
  @Field(() => Int, { nullable: true })
  depthTiles?: number | null;
}

@InputType('EditCabinetRowInput', {
  description:
    'What is left out stays; floorLimitGrams may be set to null. A row takes its cabinets along on the plan.',
})
export class EditCabinetRowInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  code?: string | null;
  @Field(() => Int, { nullable: true })
  planX?: number | null;
  @Field(() => Int, { nullable: true })
  planY?: number | null;
  @Field(() => RowOrientationEnum, { nullable: true })
  orientation?: RowOrientation | null;
  @Field(() => Int, { nullable: true })
  floorLimitGrams?: number | null;
}

@InputType('CabinetInput')
export class CabinetInput {
  @Field(() => String, { description: 'Unique in the room.' })
  code!: string;
  @Field(() => Int)
  position!: number;
  @Field(() => Int, { nullable: true, description: "Left out: by its position from the row's beginning." })
  planX!: number | null;
  @Field(() => Int, { nullable: true })
  planY!: number | null;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.heightUnits })
  heightUnits!: number;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.startingUnit })
  startingUnit!: number;
  @Field(() => NumberingEnum, { defaultValue: CABINET_DEFAULTS.numbering })
  numbering!: Numbering;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.widthMm })
  widthMm!: number;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.depthMm })
  depthMm!: number;
  @Field(() => Int, { nullable: true })
  feedAWatts!: number | null;
  @Field(() => Int, { nullable: true })
  feedBWatts!: number | null;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.deratingPercent })
  deratingPercent!: number;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.weightLimitGrams })
  weightLimitGrams!: number;
  @Field(() => Int, { defaultValue: CABINET_DEFAULTS.ownWeightGrams })
  ownWeightGrams!: number;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => CabinetStatusEnum, { defaultValue: 'IN_SERVICE' })
  status!: CabinetStatus;
  @Field(() => ID, { nullable: true, description: "The whole cabinet is this department's." })
  departmentId!: string | null;
  @Field(() => String, { nullable: true })
  rackType!: string | null;
}

@InputType('CreateCabinetsInput')
export class CreateCabinetsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  rowId!: string;
  @Field(() => [CabinetInput])
  cabinets!: CabinetInput[];
}

@InputType('EditCabinetInput', {
  description: 'What is left out stays. departmentId, feedAWatts, feedBWatts and rackType may be set to null.',
})
export class EditCabinetInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  code?: string | null;
  @Field(() => Int, { nullable: true })
  position?: number | null;
  @Field(() => Int, { nullable: true })
  planX?: number | null;
  @Field(() => Int, { nullable: true })
  planY?: number | null;
  @Field(() => Int, { nullable: true })
  heightUnits?: number | null;
  @Field(() => Int, { nullable: true })
  startingUnit?: number | null;
  @Field(() => NumberingEnum, { nullable: true })
  numbering?: Numbering | null;
  @Field(() => Int, { nullable: true })
  widthMm?: number | null;
  @Field(() => Int, { nullable: true })
  depthMm?: number | null;
  @Field(() => Int, { nullable: true })
  feedAWatts?: number | null;
  @Field(() => Int, { nullable: true })
  feedBWatts?: number | null;
  @Field(() => Int, { nullable: true })
  deratingPercent?: number | null;
  @Field(() => Int, { nullable: true })
  weightLimitGrams?: number | null;
  @Field(() => Int, { nullable: true })
  ownWeightGrams?: number | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone?: NetworkZone | null;
  @Field(() => CabinetStatusEnum, { nullable: true })
  status?: CabinetStatus | null;
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => String, { nullable: true })
  rackType?: string | null;
}

@InputType('PlaceOccupantInput', { description: 'A thing without a record of its own: a switch, a strip, a frame.' })
export class PlaceOccupantInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  cabinetId!: string;
  @Field(() => Float, { nullable: true, description: 'The lowest number that it covers; left out: wherever it fits.' })
  startUnit!: number | null;
  @Field(() => Float, { description: 'In halves; 0 = a strip beside the units.' })
  heightUnits!: number;
  @Field(() => FaceEnum, { defaultValue: 'BOTH' })
  face!: Face;
  @Field(() => OccupantKindEnum)
  kind!: OccupantKind;
  @Field(() => String)
  label!: string;
  @Field(() => ID, { nullable: true })
  departmentId!: string | null;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Int)
  weightGrams!: number;
}

@InputType('BlockUnitsInput')
export class BlockUnitsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  cabinetId!: string;
  @Field(() => Float)
  startUnit!: number;
  @Field(() => Float)
  heightUnits!: number;
  @Field(() => FaceEnum, { defaultValue: 'BOTH' })
  face!: Face;
  @Field(() => String, { description: 'Up to 200 characters.' })
  reason!: string;
}

@InputType('CabinetHolderInput')
export class CabinetHolderInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  holderId!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('HolderMoveInput')
export class HolderMoveInput {
  @Field(() => ID)
  holderId!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  cabinetId!: string;
  @Field(() => Float, {
    nullable: true,
    description: 'The lowest number that it is to cover; left out: wherever it fits.',
  })
  startUnit!: number | null;
  @Field(() => FaceEnum, { nullable: true, description: 'Left out: as it is.' })
  face!: Face | null;
}

@InputType('MoveHoldersInput', {
  description: 'All or none; all are taken out before any is put in, so that two may change places.',
})
export class MoveHoldersInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => [HolderMoveInput])
  moves!: HolderMoveInput[];
}

@InputType('PlanMoveInput')
export class PlanMoveInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => HolderMoveInput)
  move!: HolderMoveInput;
}

@InputType('ApplyMoveInput')
export class ApplyMoveInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID, { description: 'The new place that the plan holds.' })
  holderId!: string;
}

@ObjectType('RoomPayload')
export class RoomPayload {
  @Field(() => RoomNode, { nullable: true })
  room!: RoomNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('CabinetRowPayload')
export class CabinetRowPayload {
  @Field(() => CabinetRowNode, { nullable: true })
  cabinetRow!: CabinetRowNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('CabinetsPayload')
export class CabinetsPayload {
  @Field(() => [CabinetNode], { description: 'Made or changed, as they are now.' })
  cabinets!: CabinetNode[];
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('CabinetPayload')
export class CabinetPayload {
  @Field(() => CabinetNode, { nullable: true })
  cabinet!: CabinetNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
