import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import { DISPUTE_STATES, type DisputeState } from './domain/line-dispute.js';
import type { DisputeRow, EarlierAnswer } from './line-disputes.repository.js';
import { MeteredKindEnum } from './statements.graphql.js';

export const DisputeStateEnum = enumOf(DISPUTE_STATES);
registerEnumType(DisputeStateEnum, {
  name: 'LineDisputeState',
  valuesMap: {
    KEPT: { description: 'The line is right as it is, and is charged.' },
    CORRECTED: { description: 'The line is charged, and a correction line says the rest.' },
  },
});

@ObjectType('LineDispute', {
  implements: () => [Node],
  description: '明细异议: a line that its department does not accept.',
})
export class LineDisputeNode implements Node {
  constructor(readonly row: DisputeRow) {}

  @Field(() => ID)
  get id(): string {
    return toNodeId('LineDispute', this.row.id);
  }
  @Field(() => String)
  get code(): string {
    return this.row.code;
  }
  @Field(() => String, { description: 'YYYY-MM' })
  get month(): string {
    return this.row.month;
  }
  @Field(() => String)
  get meter(): string {
    return this.row.meter;
  }
  @Field(() => Date, { description: 'When the disputed line begins.' })
  get from(): Date {
    return this.row.startAt;
  }
  @Field(() => Int, { description: 'Which tier of its price the line is of, from 0.' })
  get tier(): number {
    return this.row.tier;
  }
  @Field(() => ID, { description: 'The use that it is of.' })
  get useId(): string {
    return this.row.resourceId;
  }
  @Field(() => String)
  get resourceCode(): string {
    return this.row.resourceCode;
  }
  @Field(() => String)
  get resourceName(): string {
    return this.row.resourceName;
  }
  @Field(() => MeteredKindEnum)
  get kind(): MeteredKind {
    return this.row.resourceKind;
  }
  @Field(() => DisputeStateEnum)
  get state(): DisputeState {
    return this.row.state;
  }
  @Field(() => Int)
  get version(): number {
    return this.row.version;
  }
  @Field(() => FenScalar, { description: 'What the line came to when it was disputed.' })
  get amount(): bigint {
    return this.row.amountFen;
  }
  @Field(() => FenScalar, { nullable: true, description: 'What it ought to come to, by the answer.' })
  get correctedAmount(): bigint | null {
    return this.row.correctedFen;
  }
  @Field(() => String)
  get reason(): string {
    return this.row.reason;
  }
  @Field(() => String)
  get raisedBy(): string {
    return this.row.raisedByName;
  }
  @Field(() => Date)
  get raisedAt(): Date {
    return this.row.raisedAt;
  }
  @Field(() => String, { nullable: true })
  get answer(): string | null {
    return this.row.answer;
  }
  @Field(() => String, { nullable: true })
  get answeredBy(): string | null {
    return this.row.answeredByName;
  }
  @Field(() => Date, { nullable: true })
  get answeredAt(): Date | null {
    return this.row.answeredAt;
  }
}

@ObjectType('EarlierDisputeAnswer', { description: 'An answer that was corrected again.' })
export class EarlierDisputeAnswerNode {
  constructor(private readonly row: EarlierAnswer) {}

  @Field(() => FenScalar)
  get correctedAmount(): bigint {
    return this.row.correctedFen;
  }
  @Field(() => String)
  get answer(): string {
    return this.row.answer;
  }
  @Field(() => String)
  get answeredBy(): string {
    return this.row.answeredByName;
  }
  @Field(() => Date)
  get answeredAt(): Date {
    return this.row.answeredAt;
  }
}
export const LineDisputeConnection = connectionOf(LineDisputeNode, 'LineDispute');

@ObjectType('LineDisputePayload')
export class LineDisputePayload {
  @Field(() => LineDisputeNode, { nullable: true })
  lineDispute!: LineDisputeNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ConfirmStatementPayload')
export class ConfirmStatementPayload {
  @Field(() => Boolean)
  confirmed!: boolean;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType()
export class ConfirmStatementInput {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => ID)
  departmentId!: string;
  @Field(() => Int, { description: 'As the person saw it: what moved meanwhile is not confirmed.' })
  expectedLines!: number;
  @Field(() => FenScalar)
  expectedAmount!: bigint;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class DisputeStatementLineInput {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => ID)
  useId!: string;
  @Field(() => String)
  meter!: string;
  @Field(() => Date, { description: 'When the line begins.' })
  from!: Date;
  @Field(() => Int, { defaultValue: 0, description: 'Of a price by tiers, which of them the line is of, from 0.' })
  tier!: number;
  @Field(() => String)
  reason!: string;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class AnswerLineDisputeInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  answer!: string;
  @Field(() => FenScalar, {
    nullable: true,
    description:
      'What the line ought to come to; null = it is kept. Of one that is corrected: what it ought to have been corrected to.',
  })
  correctedAmount?: bigint | null;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class WithdrawLineDisputeInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  idempotencyKey!: string;
}
