import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';

@ObjectType('ContractShare')
export class ContractShareNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => Int)
  weight!: number;
}
