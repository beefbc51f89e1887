import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { UserError } from '../platform/graphql/user-error.js';
import type { WorkOrderKind } from './domain/work-order.js';
import {
  HostedEquipmentNode,
  PortSetNode,
  ProviderCompanyNode,
  WorkOrderKindEnum,
  WorkOrderNode,
} from './workorders.graphql.js';

@ObjectType('WorkWindow', { description: 'A kept window of a room. Whose it is is shown to whoever sees the order.' })
export class WorkWindowNode {
  @Field(() => ID, { description: 'Of the Room.' })
  roomId!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
  @Field(() => WorkOrderKindEnum)
  kind!: WorkOrderKind;
  @Field(() => WorkOrderNode, { nullable: true })
  order!: WorkOrderNode | null;
}

@ObjectType('GivenSpace', {
  description: 'Space in a cabinet that a department may put things into, and what is left of it.',
})
export class GivenSpaceNode {
  @Field(() => ID, { description: 'Of the CabinetHolder.' })
  id!: string;
  @Field(() => ID, { description: 'Of the Cabinet.' })
  cabinetId!: string;
  @Field(() => String)
  cabinetCode!: string;
  @Field(() => String)
  label!: string;
  @Field(() => Float)
  startUnit!: number;
  @Field(() => Float)
  heightUnits!: number;
  @Field(() => Float)
  freeUnits!: number;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Int)
  freePowerW!: number;
  @Field(() => Int)
  weightGrams!: number;
  @Field(() => Int)
  freeWeightGrams!: number;
  @Field(() => [HostedEquipmentNode])
  equipment!: HostedEquipmentNode[];
}

@ObjectType('WorkOrderPayload')
export class WorkOrderPayload {
  @Field(() => WorkOrderNode, { nullable: true })
  workOrder!: WorkOrderNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ProviderCompanyPayload')
export class ProviderCompanyPayload {
  @Field(() => ProviderCompanyNode, { nullable: true })
  company!: ProviderCompanyNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('PortSetPayload')
export class PortSetPayload {
  @Field(() => PortSetNode, { nullable: true })
  portSet!: PortSetNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
