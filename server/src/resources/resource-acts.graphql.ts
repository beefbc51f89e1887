import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { UserError } from '../platform/graphql/user-error.js';
import { ResourceNode } from './resources.types.js';

@InputType('ReleaseResourceInput')
export class ReleaseResourceInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  reason!: string;
  @Field(() => String, { description: "The machine's name, typed again." })
  confirmName!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Days that its disk outlives it, once it is gone; 0 or left out = it goes with it.',
  })
  keepDiskDays?: number | null;
}

@ObjectType('ResourcePayload')
export class ResourcePayload {
  @Field(() => ResourceNode, { nullable: true })
  resource!: ResourceNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ResourceChange')
export class ResourceChange {
  @Field(() => ResourceNode)
  resource!: ResourceNode;
}
