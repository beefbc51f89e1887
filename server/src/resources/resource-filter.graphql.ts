import { Field, ID, InputType } from '@nestjs/graphql';
import type { UseFinding } from './domain/idle.js';
import type { Match, ResourceOrigin } from './domain/management.js';
import type { ResourceState } from './domain/resource-state.js';
import { UseFindingEnum } from './resource-use.graphql.js';
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
  @Field(() => [UseFindingEnum], { nullable: true, description: 'What its use came to, reckoned within the hour.' })
  uses!: UseFinding[] | null;
  @Field(() => ID, { nullable: true, description: 'With all departments below it.' })
  departmentId!: string | null;
}
