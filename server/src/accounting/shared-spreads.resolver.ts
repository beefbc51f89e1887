import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SharedPoolNode } from '../sharedcosts/shared-costs.types.js';
import { SharedPools } from '../sharedcosts/shared-pools.service.js';
import { SharedLines } from './shared-lines.service.js';
import { SharedSpreadNode } from './shared-spreads.graphql.js';
import { StatementsService } from './statements.service.js';

/** Sums of the whole province: whoever sees less has its part on its own statement. */
@Resolver(() => SharedSpreadNode)
export class SharedSpreadsResolver {
  constructor(
    private readonly shared: SharedLines,
    private readonly pools: SharedPools,
    private readonly statements: StatementsService,
  ) {}

  @Query(() => [SharedSpreadNode], {
    description: 'What of the common costs was spread in a month, by pool; nothing to whoever sees no province.',
  })
  async sharedSpreads(
    @Context() ctx: RequestContext,
    @Args('month', { type: () => String, description: 'YYYY-MM' }) month: string,
  ): Promise<SharedSpreadNode[]> {
    const scope = ctx.require('BUDGET', 'READ');
    if (!this.statements.isMonth(month)) throw badInput('month is YYYY-MM');
    if (scope.kind !== 'PROVINCE') return [];
    return (await this.shared.spreadsOf([month])).map((row) => new SharedSpreadNode(row));
  }

  @ResolveField(() => SharedPoolNode, { nullable: true })
  async pool(@Context() ctx: RequestContext, @Parent() { row }: SharedSpreadNode): Promise<SharedPoolNode | null> {
    const pool = await ctx.loader(this.pools.byIds).load(row.poolId);
    return pool && new SharedPoolNode(pool, ctx.locale);
  }
}
