import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { SPEND_ACTIONS, SPEND_STATES, type SpendState } from './domain/spend-state.js';

export const SpendStateEnum = enumOf(SPEND_STATES);
registerEnumType(SpendStateEnum, {
  name: 'SpendState',
  description: 'Entered by one, confirmed by another, never edited after.',
});
export const SpendActionEnum = enumOf(SPEND_ACTIONS);
registerEnumType(SpendActionEnum, { name: 'SpendAction' });

@InputType('SpendActInput')
export class SpendActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@ObjectType('SpendFigures', { description: 'Whole fen of one contract, or of many together.' })
export class SpendFiguresNode {
  @Field(() => FenScalar, { description: '合同上限' })
  ceiling!: bigint;
  @Field(() => FenScalar, { description: '已验收' })
  accepted!: bigint;
  @Field(() => FenScalar, { description: '考核扣减' })
  deducted!: bigint;
  @Field(() => FenScalar, { description: 'Payments confirmed and those that wait to be.' })
  claimed!: bigint;
  @Field(() => FenScalar, { description: '已付款' })
  paid!: bigint;
}

/** Whose hands it went through; the same fields on everything that two people make. */
export interface TwoPeopleFacts {
  readonly state: SpendState;
  readonly version: number;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
}

@ObjectType('SpendHands', { description: 'Who entered it, and who decided.' })
export class SpendHandsNode {
  @Field(() => String)
  enteredBy!: string;
  @Field(() => Date)
  enteredAt!: Date;
  @Field(() => String, { nullable: true, description: 'Who confirmed or withdrew it.' })
  decidedBy!: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt!: Date | null;
}

export function handsOf({ enteredBy, enteredAt, confirmedBy, confirmedAt }: TwoPeopleFacts): SpendHandsNode {
  return { enteredBy, enteredAt, decidedBy: confirmedBy, decidedAt: confirmedAt };
}
