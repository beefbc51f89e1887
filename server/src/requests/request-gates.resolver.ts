import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../platform/graphql/request-context.js';
import { GatingService } from './gating.service.js';
import { GateJudgementNode, toJudgement } from './request-gates.graphql.js';
import { RequestNode } from './requests.graphql.js';

@Resolver(() => RequestNode)
export class RequestGatesResolver {
  constructor(private readonly gating: GatingService) {}

  @ResolveField(() => [GateJudgementNode], { description: 'The newest last; none before it was sent on.' })
  async judgements(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<GateJudgementNode[]> {
    const rows = await ctx.loader(this.gating.ofRequests).load(row.id);
    return rows.map((one) => toJudgement(ctx, one));
  }
}
