import { Args, ArgsType, Context, Field, Query, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../platform/graphql/request-context.js';
import { checkMonths } from './cost-months.graphql.js';
import { CostNames } from './cost-names.service.js';
import { type CostAxisKey, CostNarrowArgs } from './costs.graphql.js';
import type { IdleDimension } from './domain/idle-cost.js';
import { IdleCostMachineNode, IdleCostNode, IdleDimensionEnum } from './idle-costs.graphql.js';
import { IdleCosts } from './idle-costs.service.js';

@ArgsType()
class IdleCostArgs extends CostNarrowArgs {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => IdleDimensionEnum, { defaultValue: 'DEPARTMENT' })
  by!: IdleDimension;
}

/** 闲置成本. Whoever reads budgets of a department reads what stands idle of it. */
@Resolver()
export class IdleCostsResolver {
  constructor(
    private readonly idle: IdleCosts,
    private readonly names: CostNames,
  ) {}

  @Query(() => IdleCostNode)
  async idleCost(@Context() ctx: RequestContext, @Args() args: IdleCostArgs): Promise<IdleCostNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const { by, month } = args;
    checkMonths(month, month);
    const answer = await this.idle.of(scope, await this.names.narrowOf(args), month, by);
    const keys = await this.names.all(
      ctx,
      answer.groups.map(({ key }) => key),
      by,
    );
    const departments = await this.names.all(
      ctx,
      answer.dearest.map(({ departmentId }) => departmentId),
      'DEPARTMENT',
    );
    return {
      ...answer,
      groups: answer.groups.map(({ amount, machines }, at) => ({ ...(keys[at] as CostAxisKey), amount, machines })),
      dearest: answer.dearest.map((one, at) => new IdleCostMachineNode(one, departments[at]?.label ?? null)),
      narrowedTo: await this.names.narrowedTo(ctx, scope, args),
    };
  }
}
