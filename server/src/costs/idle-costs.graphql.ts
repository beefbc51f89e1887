import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { CostAxisKey, CostNarrowing } from './costs.graphql.js';
import { IDLE_DIMENSIONS } from './domain/idle-cost.js';
import type { IdleAnswer } from './idle-costs.service.js';

export const IdleDimensionEnum = enumOf(IDLE_DIMENSIONS);
registerEnumType(IdleDimensionEnum, { name: 'IdleCostDimension' });

@ObjectType('IdleCostGroup')
export class IdleCostGroupNode extends CostAxisKey {
  @Field(() => Int)
  machines!: number;
  @Field(() => FenScalar)
  amount!: bigint;
}

@ObjectType('IdleCostMachine')
export class IdleCostMachineNode {
  constructor(
    private readonly row: IdleAnswer['dearest'][number],
    departmentName: string | null,
  ) {
    this.departmentName = departmentName;
  }

  @Field(() => ID, { description: 'Of the resource.' })
  get resourceId(): string {
    return toNodeId('Resource', this.row.resourceId);
  }
  @Field(() => ID)
  get departmentId(): string {
    return toNodeId('Department', this.row.departmentId);
  }
  @Field(() => String, { nullable: true })
  departmentName: string | null;
  @Field(() => String)
  get code(): string {
    return this.row.code;
  }
  @Field(() => String)
  get name(): string {
    return this.row.name;
  }
  @Field(() => FenScalar)
  get amount(): bigint {
    return this.row.amount;
  }
}

@ObjectType('IdleCost', { description: '闲置成本: what machines that are idle by the rules today cost in one month.' })
export class IdleCostNode {
  @Field(() => Int)
  machines!: number;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => FenScalar, { description: 'All that was charged in the month.' })
  total!: bigint;
  @Field(() => [IdleCostGroupNode], { description: 'The dearest first.' })
  groups!: IdleCostGroupNode[];
  @Field(() => [IdleCostMachineNode], { description: 'The dearest, 100 at most.' })
  dearest!: IdleCostMachineNode[];
  @Field(() => [CostNarrowing])
  narrowedTo!: CostNarrowing[];
  @Field(() => Date, { nullable: true, description: 'When machines were judged last.' })
  reckonedAt!: Date | null;
}
