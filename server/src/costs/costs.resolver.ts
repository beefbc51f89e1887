import { Args, ArgsType, Context, Field, Query, Resolver } from '@nestjs/graphql';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { checkMonths } from './cost-months.graphql.js';
import { CostNames } from './cost-names.service.js';
import { CostPivots } from './cost-pivots.service.js';
import { type CostAxisKey, CostBasisEnum, CostDimensionEnum, CostNarrowArgs, CostPivotNode } from './costs.graphql.js';
import type { CostBasis } from './costs.types.js';
import type { CostDimension } from './domain/pivot.js';

@ArgsType()
class CostPivotArgs extends CostNarrowArgs {
  @Field(() => CostDimensionEnum)
  rows!: CostDimension;
  @Field(() => CostDimensionEnum, { nullable: true, description: 'null = only the total.' })
  columns?: CostDimension | null;
  @Field(() => String, { description: 'YYYY-MM' })
  from!: string;
  @Field(() => String, { description: 'YYYY-MM, included; five years at most.' })
  to!: string;
  @Field(() => CostBasisEnum, { defaultValue: 'CHARGED' })
  basis!: CostBasis;
}

/** 费用总览. Whoever reads budgets of a department reads what its use costs. */
@Resolver()
export class CostsResolver {
  constructor(
    private readonly pivots: CostPivots,
    private readonly names: CostNames,
  ) {}

  @Query(() => CostPivotNode)
  async costPivot(@Context() ctx: RequestContext, @Args() args: CostPivotArgs): Promise<CostPivotNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const { basis, from, rows, to } = args;
    const columns = args.columns ?? null;
    checkMonths(from, to);
    if (columns === rows) throw badInput('rows and columns are two different sides');
    const narrow = await this.names.narrowOf(args);
    const answer = await this.pivots.pivot(scope, { ...narrow, rows, columns, from, to, basis });
    const keys = answer.rows.map(({ key }) => key);
    const names = await this.names.all(ctx, keys, rows);
    return {
      ...answer,
      narrowedTo: await this.names.narrowedTo(ctx, scope, args),
      columns: await this.names.all(ctx, answer.columns, columns),
      rows: answer.rows.map(({ amounts, total }, at) => ({ ...(names[at] as CostAxisKey), amounts, total })),
    };
  }
}
