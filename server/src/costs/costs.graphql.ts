import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { MeteredKindEnum } from '../accounting/statements.graphql.js';
import { ShareNameEnum } from '../allocation/allocation.types.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { COST_BASES, COST_SIDES, type CostSide } from './costs.types.js';
import { COST_DIMENSIONS, type CostDimension } from './domain/pivot.js';

export const CostDimensionEnum = enumOf(COST_DIMENSIONS);
registerEnumType(CostDimensionEnum, { name: 'CostDimension' });
export const CostBasisEnum = enumOf(COST_BASES);
registerEnumType(CostBasisEnum, {
  name: 'CostBasis',
  valuesMap: {
    CHARGED: { description: 'By the statement that it stands on: a closed month comes to what was closed.' },
    USED: { description: 'By the month of use: corrections count for the month that they correct.' },
  },
});
export const CostSideEnum = enumOf(COST_SIDES);
registerEnumType(CostSideEnum, { name: 'CostSide' });

@ArgsType()
export class CostNarrowArgs {
  @Field(() => CostSideEnum, { defaultValue: 'PROVINCE', description: 'To whoever sees the whole province.' })
  side!: CostSide;
  @Field(() => ID, { nullable: true, description: 'With all below it.' })
  departmentId?: string | null;
  @Field(() => ID, { nullable: true, description: 'NONE = of no system; so with projects and centers.' })
  systemId?: string | null;
  @Field(() => ID, { nullable: true })
  projectId?: string | null;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => String, { nullable: true, description: '预算项目编码: projects that name this budget item.' })
  budgetCode?: string | null;
  @Field(() => ShareNameEnum, { nullable: true })
  share?: ShareName | null;
  @Field(() => MeteredKindEnum, { nullable: true })
  kind?: MeteredKind | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: '容灾成本: only shares that there would be none of without DR.',
  })
  onlyDr!: boolean;
}

@ObjectType('CostAxisKey', { description: 'Of a row or a column.' })
export class CostAxisKey {
  @Field(() => String, {
    nullable: true,
    description: 'A node id, a kind, a share or a span of time; REST = all columns beyond the most; null = of none.',
  })
  key!: string | null;
  @Field(() => String, { nullable: true, description: 'null = words of the screen.' })
  label!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Whose a system or a project is: two departments may have one of the same name.',
  })
  of?: string | null;
}

@ObjectType('CostRow')
export class CostRowNode extends CostAxisKey {
  @Field(() => [FenScalar], { description: 'By the columns of the table.' })
  amounts!: readonly bigint[];
  @Field(() => FenScalar)
  total!: bigint;
}

@ObjectType('CostRest', { description: 'Rows beyond the most, as one.' })
export class CostRestNode {
  @Field(() => Int)
  rows!: number;
  @Field(() => [FenScalar])
  amounts!: readonly bigint[];
  @Field(() => FenScalar)
  total!: bigint;
}

@ObjectType('CostNarrowing', { description: 'What a table is narrowed to, by name.' })
export class CostNarrowing {
  @Field(() => CostDimensionEnum)
  dimension!: CostDimension;
  @Field(() => String, { nullable: true, description: 'null = unknown, or not the viewer’s.' })
  name!: string | null;
  @Field(() => Int, { description: 'Of a department: how many below it are meant, too.' })
  below!: number;
}

@ObjectType('CostPivot', {
  description: '费用总览: accounted costs by two of their sides; sums agree in every layout.',
})
export class CostPivotNode {
  @Field(() => [CostAxisKey])
  columns!: CostAxisKey[];
  @Field(() => [CostRowNode])
  rows!: CostRowNode[];
  @Field(() => CostRestNode, { nullable: true, description: 'null = all rows are there.' })
  rest!: CostRestNode | null;
  @Field(() => [FenScalar], { description: 'By column, of all rows.' })
  amounts!: readonly bigint[];
  @Field(() => FenScalar)
  total!: bigint;
  @Field(() => [CostNarrowing])
  narrowedTo!: CostNarrowing[];
  @Field(() => [String], { description: 'Months that are not closed, or not by everybody in it: YYYY-MM.' })
  draftedMonths!: readonly string[];
  @Field(() => Date, { nullable: true, description: 'When what is drafted was last looked at; null = never.' })
  draftedAt!: Date | null;
}
