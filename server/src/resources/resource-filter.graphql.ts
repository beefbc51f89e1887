import { Field, ID, InputType } from '@nestjs/graphql';
import type { Match, ResourceOrigin } from './domain/management.js';
import type { ResourceState } from './domain/resource-state.js';
import { MatchEnum, ResourceOriginEnum, ResourceStateEnum } from './resources.types.js';

@InputType('ResourceFilter')
export class ResourceFilterInput {
  @Field(() => [ResourceStateEnum], { nullable: true })
  states!: ResourceState[] | null;
  @Field(() => String, { nullable: true })
  search!: string | null;
  @Field(() => ID, { nullable: true })
  systemId!: string | null;
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => ID, { nullable: true })
  requestId!: string | null;
  @Field(() => [MatchEnum], { nullable: true })
  matches!: Match[] | null;
  @Field(() => ResourceOriginEnum, { nullable: true })
  origin!: ResourceOrigin | null;
  @Field(() => Boolean, { nullable: true, description: 'true = those that use little by the rules of idle machines.' })
  idle!: boolean | null;
}
