import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PlacementCandidateNode, PlacementShareNode, ShareNameEnum } from '../allocation/allocation.types.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import { RequestLineNode } from './request-lines.graphql.js';

@InputType('ChosenPlaceInput')
export class ChosenPlaceInput {
  @Field(() => ID)
  poolId!: string;
  @Field(() => Int)
  count!: number;
}

@InputType('ChoosePlacesInput', { description: 'reason: up to 500 characters, shown with the request.' })
export class ChoosePlacesInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  lineId!: string;
  @Field(() => ShareNameEnum)
  share!: ShareName;
  @Field(() => [ChosenPlaceInput], { description: 'All machines of the share, in pools of one center.' })
  places!: ChosenPlaceInput[];
  @Field(() => String)
  reason!: string;
}

@ObjectType('PlacementChoice', {
  description: 'One share of a line: where its machines are held, and where else they could be.',
})
export class PlacementChoiceNode {
  @Field(() => RequestLineNode)
  line!: RequestLineNode;
  @Field(() => ShareNameEnum)
  share!: ShareName;
  @Field(() => Int)
  count!: number;
  @Field(() => [PlacementShareNode])
  places!: PlacementShareNode[];
  /** Weighed when asked for. */
  weigh!: () => Promise<PlacementCandidateNode[]>;
}
