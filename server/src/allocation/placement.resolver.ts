import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { CAN_BE_MET, CANNOT_BE_MET } from '../departments/domain/capacity-figures.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { PoolNode } from '../facilities/facilities.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { PlacementCheckNode, PlacementShareNode } from './allocation.types.js';
import { tellsOfThePlace } from './domain/figures.js';

@Resolver(() => PlacementShareNode)
export class PlacementShareResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => PoolNode)
  async pool(@Context() ctx: RequestContext, @Parent() share: PlacementShareNode): Promise<PoolNode | null> {
    const pool = await ctx.loader(this.facilities.pools).load(share.poolId);
    return pool && new PoolNode(pool);
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
