import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DepartmentNode } from '../departments/departments.types.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { ClosingCheckNode, ClosingStateEnum } from './closings.graphql.js';
import type { ClosingState } from './domain/closing.js';

@ObjectType('StatementToConfirm', { description: 'A statement that waits for its department’s word.' })
export class StatementToConfirmNode {
  @Field(() => DepartmentNode)
  department!: DepartmentNode;
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => Date, {
    nullable: true,
    description: 'Silence counts as a word from then on; null = not put before it yet.',
  })
  dueAt!: Date | null;
}

@ObjectType('NextClosing')
export class NextClosingNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => ID, { nullable: true, description: 'null = nobody has asked for it yet.' })
  closingId!: string | null;
  @Field(() => ClosingStateEnum, { nullable: true })
  state!: ClosingState | null;
  @Field(() => [ClosingCheckNode])
  checks!: ClosingCheckNode[];
  @Field(() => Int)
  departments!: number;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => Int)
  unconfirmedCount!: number;
  @Field(() => [StatementToConfirmNode], { description: 'The dearest first, at most five.' })
  unconfirmed!: StatementToConfirmNode[];
}

@ObjectType('MonthToClose', { description: '待结月份: what finance closes next, and what keeps it open.' })
export class MonthToCloseNode {
  @Field(() => ID, { nullable: true, description: 'Whose accounts; null = the province’s own.' })
  cityId!: string | null;
  @Field(() => String, { nullable: true, description: 'Every month up to it is closed; null = none is.' })
  closedThrough!: string | null;
  @Field(() => NextClosingNode, { nullable: true, description: 'null = every month that is over is closed.' })
  next!: NextClosingNode | null;
}
