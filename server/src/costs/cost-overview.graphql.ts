import { Field, Int, ObjectType } from '@nestjs/graphql';
import { FenScalar } from '../platform/graphql/scalars.js';
import { CostAxisKey } from './costs.graphql.js';

@ObjectType('CostMonth')
export class CostMonthNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => Boolean, { description: 'Not closed, or not by everybody in it.' })
  drafted!: boolean;
}

@ObjectType('CostYearOnYear', { description: 'Whole months of this year beside the same of the last.' })
export class CostYearOnYearNode {
  @Field(() => Int)
  months!: number;
  @Field(() => FenScalar)
  thisYear!: bigint;
  @Field(() => FenScalar)
  lastYear!: bigint;
}

@ObjectType('CostMover')
export class CostMoverNode extends CostAxisKey {
  @Field(() => FenScalar)
  before!: bigint;
  @Field(() => FenScalar)
  after!: bigint;
  @Field(() => FenScalar, { description: 'after − before.' })
  change!: bigint;
}

@ObjectType('CostMovers', {
  description: 'Who moved most between the last two whole months; changes come to that of the total.',
})
export class CostMoversNode {
  @Field(() => FenScalar)
  change!: bigint;
  @Field(() => [CostMoverNode])
  movers!: CostMoverNode[];
  @Field(() => Int, { description: 'Others who moved.' })
  restCount!: number;
  @Field(() => FenScalar, { description: 'By what all of them.' })
  restChange!: bigint;
}

@ObjectType('CostOverview', { description: '费用概览: what use costs this month and this year, and who moved most.' })
export class CostOverviewNode {
  @Field(() => String, { description: 'The running month, YYYY-MM.' })
  month!: string;
  @Field(() => String)
  lastMonth!: string;
  @Field(() => String)
  beforeMonth!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Of the department that was asked for; null = of all that the viewer sees, or unknown.',
  })
  departmentName!: string | null;
  @Field(() => FenScalar, { description: 'The running month as far as it has come.' })
  monthToDate!: bigint;
  @Field(() => FenScalar)
  lastMonthAmount!: bigint;
  @Field(() => FenScalar)
  beforeMonthAmount!: bigint;
  @Field(() => FenScalar)
  yearToDate!: bigint;
  @Field(() => CostYearOnYearNode, { nullable: true, description: 'null = there is nothing to set beside it.' })
  yearOnYear!: CostYearOnYearNode | null;
  @Field(() => [CostMonthNode], { description: 'The last twelve, in order.' })
  months!: CostMonthNode[];
  @Field(() => CostMoversNode)
  departments!: CostMoversNode;
  @Field(() => CostMoversNode)
  systems!: CostMoversNode;
  @Field(() => Date, { nullable: true, description: 'When what is drafted was last looked at; null = never.' })
  draftedAt!: Date | null;
}
