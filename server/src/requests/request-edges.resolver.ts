import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { tellsOfThePlace } from '../allocation/domain/figures.js';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { CAN_BE_MET, CANNOT_BE_MET } from '../departments/domain/capacity-figures.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { PoolNode } from '../facilities/facilities.types.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ResourceNode } from '../resources/resources.types.js';
import { PlacementCheckNode, PlacementShareNode } from './request-lines.graphql.js';
import { RequestNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@Resolver(() => PlacementShareNode)
export class PlacementShareResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => PoolNode)
  async pool(@Context() ctx: RequestContext, @Parent() share: PlacementShareNode): Promise<PoolNode | null> {
    const pool = await ctx.loader(this.facilities.pools).load(share.poolId);
    return pool && new PoolNode(pool);
  }
}

/** A resource is an earlier feature and knows only the id of its request; the edge is added here. */
@Resolver(() => ResourceNode)
export class ResourceRequestResolver {
  constructor(private readonly requests: RequestsService) {}

  @ResolveField(() => RequestNode, {
    nullable: true,
    description: 'Null where the viewer may read the resource but not its request.',
  })
  async request(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<RequestNode | null> {
    const request = await ctx.loader(this.requests.requestsOf).load(row.requestId);
    const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
    return request && reaches(scope, request) ? new RequestNode(request) : null;
  }
}

/** A city is told whether its request can be met, not by how much. */
@Resolver(() => PlacementCheckNode)
export class PlacementCheckResolver {
  constructor(private readonly figuresFor: CapacityFigures) {}

  @ResolveField(() => String, { nullable: true })
  async figures(@Context() ctx: RequestContext, @Parent() check: PlacementCheckNode): Promise<string | null> {
    if (!tellsOfThePlace(check.criterion) || (await this.figuresFor.shownTo(ctx))) return check.figures;
    return ctx.say(check.passed ? CAN_BE_MET : CANNOT_BE_MET);
  }
}
