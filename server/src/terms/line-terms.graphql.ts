import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { leavesOn } from '../requests/domain/line-leave.js';
import { LINE_TERM_LISTS, type NamedLineTerm } from '../requests/line-terms.types.js';
import type { LifePolicy } from '../resources/domain/life-policy.js';
import { type ReviewStage, reviewDueAt } from '../resources/domain/review.js';
import { ReviewStageEnum } from '../resources/resource-life.graphql.js';
import { TermExtensionNode } from './terms.graphql.js';

export const LineTermListEnum = enumOf(LINE_TERM_LISTS);
registerEnumType(LineTermListEnum, {
  name: 'LineTermList',
  valuesMap: {
    TO_REVIEW: { description: 'Long-term, its yearly review is due or soon.' },
    ENDING: { description: 'Temporary, the nearest end first.' },
  },
});

@ObjectType('LineTerm', { description: 'How long a line of servers, places in cabinets or services may be used.' })
export class LineTermNode {
  row: NamedLineTerm;
  @Field(() => ID, { description: 'Its own in lists; no node.' })
  id: string;
  @Field(() => ID, { description: 'Of the line.' })
  lineId: string;
  @Field(() => String)
  name: string;
  @Field(() => LineKindEnum)
  kind: LineKind;
  @Field(() => Int)
  count: number;
  @Field(() => String, { nullable: true, description: 'Its last day, YYYY-MM-DD; null = long-term.' })
  temporaryUntil: string | null;
  @Field(() => String, { nullable: true, description: 'Temporary: the day from which it is taken back.' })
  leavesOn: string | null;
  @Field(() => Date, { nullable: true, description: 'Since when its term is known to be over.' })
  termOverAt: Date | null;
  @Field(() => Int, { description: 'By rule, without the center.' })
  extensionsUsed: number;
  @Field(() => Date, { nullable: true })
  reviewDueAt: Date | null;
  @Field(() => ReviewStageEnum)
  reviewStage: ReviewStage;
  @Field(() => Date, { nullable: true, description: 'Since when all of it is back.' })
  endedAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: '期初: the intake by which it came in; null = it was asked for.',
  })
  takenInBy: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: NamedLineTerm, policy: LifePolicy) {
    this.row = row;
    this.id = toNodeId('LineTerm', row.lineId);
    this.lineId = toNodeId('RequestLine', row.lineId);
    this.name = row.name;
    this.kind = row.kind;
    this.count = row.count;
    this.temporaryUntil = row.temporaryUntil;
    this.leavesOn = row.temporaryUntil && leavesOn(row.temporaryUntil, row.termOverAt, policy);
    this.termOverAt = row.termOverAt;
    this.extensionsUsed = row.extensionsUsed;
    this.reviewDueAt = row.reviewFrom && reviewDueAt(row.reviewFrom, policy);
    this.reviewStage = row.reviewStage;
    this.endedAt = row.endedAt;
    this.takenInBy = row.takenInCode;
    this.version = row.version;
  }
}

export const LineTermConnection = connectionOf(LineTermNode, 'LineTerm');

@InputType('ExtendLineTermInput')
export class ExtendLineTermInput {
  @Field(() => ID)
  lineId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Of its term.' })
  expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'The new last day, YYYY-MM-DD; null = long-term from now on.' })
  until!: string | null;
  @Field(() => String)
  reason!: string;
}

@InputType('ReviewLineInput')
export class ReviewLineInput {
  @Field(() => ID)
  lineId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Of its term.' })
  expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Up to 500 characters.' })
  note!: string | null;
}

@ObjectType('LineTermPayload')
export class LineTermPayload {
  @Field(() => LineTermNode, { nullable: true })
  term!: LineTermNode | null;
  @Field(() => TermExtensionNode, { nullable: true })
  extension!: TermExtensionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
