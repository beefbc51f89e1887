import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import {
  HOST_ACTIONS,
  HOST_MANAGEMENTS,
  HOST_PHASES,
  type HostAction,
  type HostManagement,
  type HostPhase,
} from './domain/host.js';
import { HOST_STAGE_STATES, HOST_STAGES, type HostStageName, type HostStageState } from './domain/host-stages.js';
import { ServerNode } from './servers.graphql.js';

export const HostPhaseEnum = enumOf(HOST_PHASES);
registerEnumType(HostPhaseEnum, { name: 'HostPhase' });
export const HostManagementEnum = enumOf(HOST_MANAGEMENTS);
registerEnumType(HostManagementEnum, { name: 'HostManagement' });
export const HostActionEnum = enumOf(HOST_ACTIONS);
registerEnumType(HostActionEnum, { name: 'HostAction' });
export const HostStageNameEnum = enumOf(HOST_STAGES);
registerEnumType(HostStageNameEnum, { name: 'HostStageName' });
export const HostStageStateEnum = enumOf(HOST_STAGE_STATES);
registerEnumType(HostStageStateEnum, { name: 'HostStageState' });

@ObjectType('HostStage', { description: 'One stage of the way that the host goes now.' })
export class HostStageNode {
  @Field(() => HostStageNameEnum)
  stage!: HostStageName;
  @Field(() => HostStageStateEnum)
  state!: HostStageState;
  @Field(() => Date, { nullable: true, description: 'When it was done, where that is kept.' })
  at!: Date | null;
}

@ObjectType('HostWipe', { description: 'What proves that nothing of a use was left on its server.' })
export class HostWipeNode {
  @Field(() => String, { description: 'How it was cleaned, in words.' })
  method!: string;
  @Field(() => Date, { nullable: true, description: "By the cluster's clock." })
  startedAt!: Date | null;
  @Field(() => Date, { nullable: true })
  endedAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the console wrote it down.' })
  keptAt!: Date | null;
}

@ObjectType('ServerHost', { description: 'The BareMetalHost of a server: where it stood at the last look.' })
export class ServerHostNode {
  @Field(() => HostManagementEnum)
  management!: HostManagement;
  @Field(() => HostPhaseEnum)
  phase!: HostPhase;
  @Field(() => String)
  statusText!: string;
  @Field(() => Int, { nullable: true })
  progressPercent!: number | null;
  @Field(() => Boolean, { nullable: true, description: 'null = unknown.' })
  poweredOn!: boolean | null;
  @Field(() => Boolean, { description: 'Whether it shall be on.' })
  online!: boolean;
  @Field(() => Int, { description: 'Failed installations of the present image.' })
  tries!: number;
  @Field(() => String, { description: "Metal3's own word." })
  hostState!: string;
  @Field(() => String, { nullable: true })
  imageName!: string | null;
  @Field(() => Date, { nullable: true })
  observedAt!: Date | null;
  @Field(() => Date, { nullable: true })
  deliveredAt!: Date | null;
  @Field(() => HostWipeNode, { nullable: true, description: 'Of its last release; of no business to its users.' })
  wipe!: HostWipeNode | null;
  @Field(() => [HostStageNode], { description: 'Empty: it is where it shall be, or nobody brings it anywhere.' })
  stages!: readonly HostStageNode[];
}

@ObjectType('HostActionAvailability')
export class HostActionNode {
  @Field(() => HostActionEnum)
  action!: HostAction;
  @Field(() => String, { nullable: true, description: 'Why it cannot be taken now; null = it can.' })
  disabledReason!: string | null;
  @Field(() => Boolean)
  needsReason!: boolean;
  @Field(() => Boolean, { description: 'The asset number has to be typed.' })
  needsName!: boolean;
}

@InputType('ActOnServerHostInput')
export class ActOnServerHostInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => HostActionEnum)
  action!: HostAction;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field(() => String, { nullable: true, description: 'The asset number, where the act asks for it.' })
  confirmed!: string | null;
  @Field(() => ID, { nullable: true, description: 'Of a reinstallation: what is installed; null = the same again.' })
  imageId!: string | null;
}

@ObjectType('ServerChange')
export class ServerChange {
  @Field(() => ServerNode)
  server!: ServerNode;
}
