import { ArgsType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ShareNameEnum } from '../allocation/allocation.types.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { MeteredKindEnum, StatementSumNode } from './statements.graphql.js';
import type { StatementSum } from './statements.repository.js';

@ArgsType()
export class StatementNarrowArgs {
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

const SIDES = ['SYSTEM', 'PROJECT', 'CENTER'] as const;
const StatementNarrowSideEnum = enumOf(SIDES);
registerEnumType(StatementNarrowSideEnum, { name: 'StatementNarrowSide' });

@ObjectType('StatementNarrowedTo')
export class StatementNarrowedTo {
  @Field(() => StatementNarrowSideEnum)
  side!: (typeof SIDES)[number];
  @Field(() => String, { nullable: true, description: 'null = of none, or of one that the viewer may not see.' })
  name!: string | null;
}

@ObjectType('NarrowedStatement', { description: 'What of a statement a figure of the cost overview stands on.' })
export class NarrowedStatementNode extends StatementSumNode {
  constructor(
    sum: StatementSum,
    readonly to: StatementNarrowedTo[],
  ) {
    super(sum);
  }

  @Field(() => [StatementNarrowedTo])
  get narrowedTo(): StatementNarrowedTo[] {
    return this.to;
  }
}
