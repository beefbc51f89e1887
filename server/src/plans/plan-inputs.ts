import { Field, Float, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, NetworkZoneEnum } from '../facilities/facilities.types.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import type { PlanLineKind } from './domain/plan-line.js';
import type { PlanAction, PlanKind } from './domain/plan-state.js';
import { PLAN_STARTS, type PlanStart } from './plan-starts.service.js';
import { PlanActionEnum, PlanKindEnum, PlanLineKindEnum } from './plans.graphql.js';

const PlanStartEnum = enumOf(PLAN_STARTS);
registerEnumType(PlanStartEnum, { name: 'PlanStart' });

@InputType('SavePlanYearInput')
export class SavePlanYearInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: '0 = it is opened by this.' })
  expectedVersion!: number;
  @Field(() => Int)
  year!: number;
  @Field(() => String)
  opensOn!: string;
  @Field(() => String)
  closesOn!: string;
  @Field(() => FenScalar)
  additionFrom!: bigint;
  @Field(() => String)
  note!: string;
}

@InputType('CreatePlanInput')
export class CreatePlanInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => PlanKindEnum)
  kind!: PlanKind;
  @Field(() => Int)
  year!: number;
  @Field(() => ID)
  departmentId!: string;
  @Field(() => PlanStartEnum, { defaultValue: 'EMPTY', description: 'Additions begin empty.' })
  start!: PlanStart;
  @Field(() => String, { defaultValue: '', description: 'Of an addition.' })
  reason!: string;
}

@InputType('PlanLineInput', { description: 'What does not belong to the kind is passed over.' })
export class PlanLineInput {
  @Field(() => ID)
  systemId!: string;
  @Field(() => PlanLineKindEnum)
  kind!: PlanLineKind;
  @Field(() => Int)
  count!: number;
  @Field(() => Int, { defaultValue: 0 })
  vcpu!: number;
  @Field(() => Int, { defaultValue: 0 })
  memoryMib!: number;
  @Field(() => Int, { defaultValue: 0 })
  ssdGib!: number;
  @Field(() => Int, { defaultValue: 0 })
  hddGib!: number;
  @Field(() => ArchitectureEnum, { nullable: true })
  architecture!: Architecture | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone!: NetworkZone | null;
  @Field(() => String, { nullable: true })
  offerCode!: string | null;
  @Field(() => Float, { defaultValue: 0, description: 'In halves.' })
  units!: number;
  @Field(() => Int, { defaultValue: 0 })
  powerW!: number;
  @Field(() => LocalModeEnum)
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode!: RemoteMode;
  @Field(() => Int)
  month!: number;
  @Field(() => String)
  reason!: string;
}

@InputType('SavePlanLineInput')
export class SavePlanLineInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  planId!: string;
  @Field(() => Int, { description: 'Of the plan.' })
  expectedVersion!: number;
  @Field(() => ID, { nullable: true, description: 'null = a new line.' })
  lineId!: string | null;
  @Field(() => PlanLineInput)
  line!: PlanLineInput;
}

@InputType('RemovePlanLinesInput')
export class RemovePlanLinesInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  planId!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => [ID])
  lineIds!: string[];
}

@InputType('ReducePlanLineInput')
export class ReducePlanLineInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  planId!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  lineId!: string;
  @Field(() => Int, { nullable: true, description: 'null = all that is asked.' })
  acceptedCount!: number | null;
  @Field(() => String, { defaultValue: '' })
  reason!: string;
}

@InputType('DecidePlanInput')
export class DecidePlanInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => PlanActionEnum)
  action!: PlanAction;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
}

@InputType('SetPlanQuotasInput')
export class SetPlanQuotasInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('PlanToApproveInput')
export class PlanToApproveInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('ApprovePlansInput')
export class ApprovePlansInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => [PlanToApproveInput], { description: '1 to 100' })
  items!: PlanToApproveInput[];
  @Field(() => String, { nullable: true })
  opinion!: string | null;
}
