import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BudgetsService } from '../budgets/budgets.service.js';
import { toNodeId } from '../kernel/node-id.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { EncumberingService } from './encumbering.service.js';
import { RequestEncumbranceNode } from './request-funding.graphql.js';
import { RequestNode } from './requests.graphql.js';

@Resolver(() => RequestNode)
export class RequestFundingResolver {
  constructor(private readonly encumbering: EncumberingService) {}

  @ResolveField(() => [RequestEncumbranceNode], {
    description: 'One a hold and item, the newest last; none where finance pays and has named no item.',
  })
  async encumbrances(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
  ): Promise<RequestEncumbranceNode[]> {
    const rows = await ctx.loader(this.encumbering.ofRequests).load(row.id);
    return rows.map((one) => new RequestEncumbranceNode(one));
  }
}

/** Whoever sees the request sees what it reserved and where; the ledger itself only who may read the budget. */
@Resolver(() => RequestEncumbranceNode)
export class RequestEncumbranceResolver {
  constructor(private readonly budgets: BudgetsService) {}

  @ResolveField(() => String)
  async budgetName(@Context() ctx: RequestContext, @Parent() { budgetId }: RequestEncumbranceNode): Promise<string> {
    return (await ctx.loader(this.budgets.budgets).load(budgetId))?.name ?? '';
  }

  @ResolveField(() => ID, { nullable: true, description: 'Null where its ledger is not for the viewer’s eyes.' })
  async budgetId(
    @Context() ctx: RequestContext,
    @Parent() { budgetId }: RequestEncumbranceNode,
  ): Promise<string | null> {
    const budget = await ctx.loader(this.budgets.budgets).load(budgetId);
    const scope = scopeFor(ctx.requireViewer(), 'BUDGET', 'READ');
    return budget && covers(scope, budget.departmentId) ? toNodeId('Budget', budgetId) : null;
  }
}
