import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { badInput } from '../platform/graphql/errors.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourceConnection, ResourceNode } from '../resources/resources.types.js';
import { ResourcesOfRequests } from '../resources/resources-of-requests.service.js';
import { centerOf } from './center-of.js';
import { PlanGroupNode, PlanShareNode, RequestLineConnection } from './request-line-pages.graphql.js';
import { RequestLinePages } from './request-line-pages.service.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode } from './requests.graphql.js';

/** What a request of a thousand lines shows page by page. */
@Resolver(() => RequestNode)
export class RequestLinePagesResolver {
  constructor(
    private readonly pages: RequestLinePages,
    private readonly resources: ResourcesOfRequests,
  ) {}

  @ResolveField(() => RequestLineConnection, { description: 'Its lines in their order.' })
  async linePage(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
    @Args() args: PageArgs,
  ): Promise<Connection<RequestLineNode>> {
    const { first, after } = pageRequest(args, 1);
    const from = after ? Number(after[0]) + 1 : 0;
    if (!Number.isSafeInteger(from) || from < 0) throw badInput('after is not a cursor of this list');
    const page = await ctx.loader(this.pages.pages).load({ requestId: row.id, from, first });
    return toConnection(
      page,
      (line) => new RequestLineNode(line),
      ({ position }) => [String(position)],
    );
  }

  @ResolveField(() => [PlanGroupNode], { description: '落位方案 of all its lines: those that stand alike as one.' })
  async plan(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<PlanGroupNode[]> {
    return (await ctx.loader(this.pages.plans).load(row.id)).map((group) => new PlanGroupNode(group));
  }

  @ResolveField(() => ResourceConnection, { description: 'Its machines by code.' })
  async machines(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
    @Args() args: PageArgs,
  ): Promise<Connection<ResourceNode>> {
    const { first, after } = pageRequest(args, 1);
    const page = await ctx.loader(this.resources.pages).load({ requestId: row.id, first, after: after?.[0] ?? null });
    return toConnection(
      page,
      (resource) => new ResourceNode(resource),
      ({ code }) => [code],
    );
  }

  @ResolveField(() => Int, { description: 'Of its machines those in use.' })
  async readyMachineCount(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<number> {
    return (await ctx.loader(this.resources.counts).load(row.id)).inUse;
  }
}

@Resolver(() => PlanGroupNode)
export class PlanGroupResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => CenterNode, { nullable: true, description: 'As asked; null = by placement, or both.' })
  center(@Context() ctx: RequestContext, @Parent() { centerId }: PlanGroupNode): Promise<CenterNode | null> {
    return centerOf(this.facilities, ctx, centerId);
  }
}

@Resolver(() => PlanShareNode)
export class PlanShareResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => CenterNode, {
    nullable: true,
    description: 'null = it is owed, and there is no such center yet.',
  })
  center(@Context() ctx: RequestContext, @Parent() { centerId }: PlanShareNode): Promise<CenterNode | null> {
    return centerOf(this.facilities, ctx, centerId);
  }
}
