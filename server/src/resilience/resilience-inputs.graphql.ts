import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { CenterRole } from '../facilities/domain/facility.js';
import { CenterRoleEnum } from '../facilities/facilities.types.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import type { DrElement } from './domain/dr-level.js';
import type { DataKind, GroupGrade, TierLayer, TierParty, TierSource } from './domain/dr-words.js';
import {
  DataKindEnum,
  ElementEnum,
  GroupGradeEnum,
  TierLayerEnum,
  TierPartyEnum,
  TierSourceEnum,
} from './resilience.graphql.js';

@InputType('DrGroupFilter')
export class DrGroupFilterInput {
  @Field(() => [GroupGradeEnum], { nullable: true })
  grades?: GroupGrade[] | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The department with all below it.' })
  departmentId?: string | null;
  @Field(() => String, { nullable: true, description: 'In the name of its system.' })
  search?: string | null;
}

@InputType({ isAbstract: true })
class TierSayingInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => TierLayerEnum)
  layer!: TierLayer;
  @Field(() => DataKindEnum)
  dataKind!: DataKind;
  @Field(() => TierSourceEnum)
  source!: TierSource;
  @Field(() => TierPartyEnum)
  party!: TierParty;
  @Field(() => String, { nullable: true })
  partyName?: string | null;
}

@InputType('ComposeDrTierInput')
export class ComposeDrTierInput extends TierSayingInput {
  @Field(() => ID)
  systemId!: string;
  @Field(() => String)
  name!: string;
  @Field(() => [ID])
  resourceIds!: string[];
  @Field(() => LocalModeEnum)
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode!: RemoteMode;
}

@InputType('EditDrTierInput')
export class EditDrTierInput extends TierSayingInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('DissolveDrTierInput')
export class DissolveDrTierInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  reason!: string;
}

@InputType('DrElementLevelInput')
export class DrElementLevelInput {
  @Field(() => ElementEnum)
  element!: DrElement;
  @Field(() => Int)
  level!: number;
}

@InputType('SetDrTargetsInput')
export class SetDrTargetsInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => Int, { nullable: true })
  level?: number | null;
  @Field(() => Int, { nullable: true })
  rtoSeconds?: number | null;
  @Field(() => Int, { nullable: true })
  rpoSeconds?: number | null;
  @Field(() => Int, { nullable: true })
  dooSeconds?: number | null;
  @Field(() => Int, { nullable: true })
  nroSeconds?: number | null;
  @Field(() => [DrElementLevelInput], { description: 'Those that were assessed.' })
  elements!: DrElementLevelInput[];
  @Field(() => String)
  reason!: string;
}

@InputType('DrArbiterPathInput')
export class DrArbiterPathInput {
  @Field(() => CenterRoleEnum)
  from!: CenterRole;
  @Field(() => String)
  via!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Where the arbiter answers by it, host:port; it is asked there.',
  })
  target?: string | null;
}

@InputType('SetDrLinkPathsInput')
export class SetDrLinkPathsInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => [DrArbiterPathInput])
  arbiterPaths!: DrArbiterPathInput[];
}
