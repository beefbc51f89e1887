import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { REVIEW_OUTCOMES, type ReviewOutcome } from '../resources/domain/review.js';
import { ResourceBatchItem } from '../resources/resource-life.graphql.js';
import { EXTENSION_STATES, type ExtensionState } from './domain/extension.js';
import type { ExtensionRow, ReviewRow } from './terms.types.js';

export const ExtensionStateEnum = enumOf(EXTENSION_STATES);
registerEnumType(ExtensionStateEnum, { name: 'ExtensionState' });
export const ReviewOutcomeEnum = enumOf(REVIEW_OUTCOMES);
registerEnumType(ReviewOutcomeEnum, {
  name: 'ReviewOutcome',
  valuesMap: {
    IN_USE: { description: 'Needed as it is.' },
    SHRINK: { description: 'Less would do; a change request follows.' },
    GIVE_BACK: { description: 'Into the bin with it.' },
  },
});

@ObjectType('TermExtension', { implements: () => [Node], description: 'One wish to lengthen a term.' })
export class TermExtensionNode extends Node {
  row: ExtensionRow;
  @Field(() => ExtensionStateEnum)
  state: ExtensionState;
  @Field(() => String)
  fromUntil: string;
  @Field(() => String, { nullable: true, description: 'null = long-term.' })
  toUntil: string | null;
  @Field(() => Boolean, { description: 'Granted by rule, without the center.' })
  byRule: boolean;
  @Field(() => String)
  reason: string;
  @Field(() => Date)
  askedAt: Date;
  @Field(() => String)
  askedByName: string;
  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true })
  decidedByName: string | null;
  @Field(() => String, { nullable: true })
  opinion: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: ExtensionRow) {
    super();
    this.row = row;
    this.id = toNodeId('TermExtension', row.id);
    this.state = row.state;
    this.fromUntil = row.fromUntil;
    this.toUntil = row.toUntil;
    this.byRule = row.byRule;
    this.reason = row.reason;
    this.askedAt = row.askedAt;
    this.askedByName = row.askedByName;
    this.decidedAt = row.decidedAt;
    this.decidedByName = row.decidedByName;
    this.opinion = row.opinion;
    this.version = row.version;
  }
}

export const TermExtensionConnection = connectionOf(TermExtensionNode, 'TermExtension');

@ObjectType('ResourceReview', { description: 'One yearly review.' })
export class ResourceReviewNode {
  readonly row: ReviewRow;
  @Field(() => ID)
  id: string;
  @Field(() => Date)
  at: Date;
  @Field(() => String)
  byName: string;
  @Field(() => ReviewOutcomeEnum)
  outcome: ReviewOutcome;
  @Field(() => String)
  note: string;

  constructor(row: ReviewRow) {
    this.row = row;
    this.id = toNodeId('ResourceReview', row.id);
    this.at = row.at;
    this.byName = row.byName;
    this.outcome = row.outcome;
    this.note = row.note;
  }
}

@InputType('ExtendTermInput')
export class ExtendTermInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'The new last day, YYYY-MM-DD; null = long-term from now on.' })
  until!: string | null;
  @Field(() => String)
  reason!: string;
}

@InputType('AnswerExtensionInput')
export class AnswerExtensionInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Required to refuse.' })
  opinion!: string | null;
}

@ObjectType('ExtensionPayload')
export class ExtensionPayload {
  @Field(() => TermExtensionNode, { nullable: true })
  extension!: TermExtensionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('ReviewResourcesInput', { description: 'Each stands alone; up to 50.' })
export class ReviewResourcesInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ReviewOutcomeEnum)
  outcome!: ReviewOutcome;
  @Field(() => String, { description: 'Required but for IN_USE, up to 500 characters.' })
  note!: string;
  @Field(() => [ResourceBatchItem])
  items!: ResourceBatchItem[];
}
