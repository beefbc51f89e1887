import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { UserError } from '../platform/graphql/user-error.js';
import { LIFE_POLICY_NAMES, type LifePolicyName } from './domain/life-policy.js';
import { BIN_CAUSES, type BinCause } from './domain/release.js';
import { REVIEW_STAGES, type ReviewStage } from './domain/review.js';
import { OFF_REASONS, type OffReason } from './domain/term.js';
import { LIFE_LISTS } from './resource-lists.service.js';
import { ResourceNode } from './resources.types.js';

export const LifePolicyNameEnum = enumOf(LIFE_POLICY_NAMES);
registerEnumType(LifePolicyNameEnum, { name: 'LifePolicyName' });
const BinCauseEnum = enumOf(BIN_CAUSES);
registerEnumType(BinCauseEnum, {
  name: 'BinCause',
  valuesMap: {
    RELEASE: { description: 'Given back by its department.' },
    TERM: { description: 'Its term was over.' },
    RECLAIM: { description: 'Reclaimed by the center; only the center takes that back.' },
  },
});
const OffReasonEnum = enumOf(OFF_REASONS);
registerEnumType(OffReasonEnum, { name: 'OffReason', description: 'Why the console keeps it off.' });
export const ReviewStageEnum = enumOf(REVIEW_STAGES);
registerEnumType(ReviewStageEnum, { name: 'ReviewStage', description: 'Whom a due review has reached.' });
export const LifeListEnum = enumOf(LIFE_LISTS);
registerEnumType(LifeListEnum, {
  name: 'LifeList',
  valuesMap: {
    TO_REVIEW: { description: 'Long-term ones whose yearly review is due or soon, the longest waiting first.' },
    ENDING: { description: 'Temporary ones, the nearest end first.' },
    IN_BIN: { description: 'In the recycle bin, the nearest end first.' },
  },
});

@ObjectType('ResourceLife', { description: 'Term, review and bin of a resource.' })
export class ResourceLifeNode {
  @Field(() => String, { nullable: true, description: 'Its last day, YYYY-MM-DD in Shanghai; null = long-term.' })
  temporaryUntil!: string | null;
  @Field(() => Date, { nullable: true, description: 'When it is stopped: the moment its last day is over.' })
  stopsAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it goes into the bin unless it is extended.' })
  binsAt!: Date | null;
  @Field(() => Int)
  extensionsUsed!: number;
  @Field(() => Date, { nullable: true, description: 'null = temporary, or not delivered.' })
  reviewDueAt!: Date | null;
  @Field(() => ReviewStageEnum)
  reviewStage!: ReviewStage;
  @Field(() => OffReasonEnum, { nullable: true })
  off!: OffReason | null;
  @Field(() => Date, { nullable: true, description: 'Until when it can be taken out of the bin.' })
  binUntil!: Date | null;
  @Field(() => BinCauseEnum, { nullable: true })
  binCause!: BinCause | null;
  @Field(() => Boolean)
  deletionProtected!: boolean;
  @Field(() => Int, { nullable: true, description: 'Days that its disk outlives it; null = it goes with it.' })
  keepDiskDays!: number | null;
  @Field(() => Int, { nullable: true, description: 'Days that it may be kept at most; null = it cannot be kept.' })
  keepDiskDaysMost!: number | null;
}

@ObjectType('LifePolicy', { description: 'One rule of terms, reviews, bin and reclaim.' })
export class LifePolicyNode {
  @Field(() => LifePolicyNameEnum)
  name!: LifePolicyName;
  @Field(() => Int)
  value!: number;
  @Field(() => Int)
  least!: number;
  @Field(() => Int)
  most!: number;
  @Field(() => Int)
  version!: number;
  @Field(() => Date)
  changedAt!: Date;
  @Field(() => String)
  changedBy!: string;
}

@InputType('LifePolicyChange')
export class LifePolicyChange {
  @Field(() => LifePolicyNameEnum)
  name!: LifePolicyName;
  @Field(() => Int)
  value!: number;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('ChangeLifePoliciesInput', { description: 'Judged as one set: all of it or nothing.' })
export class ChangeLifePoliciesInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => [LifePolicyChange])
  changes!: LifePolicyChange[];
}

@ObjectType('LifePoliciesPayload')
export class LifePoliciesPayload {
  @Field(() => [LifePolicyNode])
  policies!: LifePolicyNode[];
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('ResourceActInput')
export class ResourceActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('PurgeResourceInput')
export class PurgeResourceInput extends ResourceActInput {
  @Field(() => String, { description: "The machine's name, typed again." })
  confirmName!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Days that its disk outlives it; left out = as it was chosen at its release, 0 = it goes with it.',
  })
  keepDiskDays?: number | null;
}

@InputType('ProtectResourceInput')
export class ProtectResourceInput extends ResourceActInput {
  @Field(() => Boolean)
  on!: boolean;
}

@InputType('ResourceBatchItem')
export class ResourceBatchItem {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('ReleaseResourcesInput', { description: 'Each stands alone; up to 50. All of them go into the bin.' })
export class ReleaseResourcesInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => [ResourceBatchItem])
  items!: ResourceBatchItem[];
}

@ObjectType('ResourceBatchResult', { description: 'Of one resource: as it is now, or why nothing was done to it.' })
export class ResourceBatchResult {
  @Field(() => ID)
  resourceId!: string;
  @Field(() => ResourceNode, { nullable: true })
  resource!: ResourceNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ResourceBatchPayload')
export class ResourceBatchPayload {
  @Field(() => [ResourceBatchResult], { description: 'In the order given.' })
  results!: ResourceBatchResult[];
  @Field(() => [UserError], { description: 'Why nothing was looked at.' })
  errors!: UserError[];
}
