import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { CANNOT_BE_MET } from '../departments/domain/capacity-figures.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CapacityShortageError } from '../platform/graphql/user-error.js';
import { PoolMeterNode, type PoolMeterRow } from './allocation.types.js';
import { PoolMeters } from './pool-meters.service.js';

@Resolver(() => PoolNode)
export class PoolCapacityResolver {
  constructor(
    private readonly meters: PoolMeters,
    private readonly figures: CapacityFigures,
  ) {}

  @ResolveField(() => [PoolMeterNode], { description: 'Empty for a city: it is told whether, not how much.' })
  async capacity(@Parent() pool: PoolNode, @Context() context: RequestContext): Promise<readonly PoolMeterRow[]> {
    if (!(await this.figures.shownTo(context))) return [];
    return context.loader(this.meters.metersOfPools).load(pool.uuid);
  }
}

/** The refusal names ids; here they become nodes, so that a form can show and link them. */
@Resolver(() => CapacityShortageError)
export class CapacityShortageResolver {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly figures: CapacityFigures,
  ) {}

  @ResolveField(() => Number, { nullable: true })
  async free(@Parent() error: CapacityShortageError, @Context() context: RequestContext): Promise<number | null> {
    return (await this.figures.shownTo(context)) ? error.free : null;
  }

  @ResolveField(() => Number, { nullable: true })
  async short(@Parent() error: CapacityShortageError, @Context() context: RequestContext): Promise<number | null> {
    return (await this.figures.shownTo(context)) ? error.short : null;
  }

  /** The sentence carries the figures too. */
  @ResolveField(() => String)
  async message(@Parent() error: CapacityShortageError, @Context() context: RequestContext): Promise<string> {
    return (await this.figures.shownTo(context)) ? error.message : context.say(CANNOT_BE_MET);
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Parent() error: CapacityShortageError, @Context() context: RequestContext): Promise<CenterNode | null> {
    const center =
      error.centerId === null ? null : await context.loader(this.facilities.centersByIds).load(error.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => PoolNode, { nullable: true })
  async pool(@Parent() error: CapacityShortageError, @Context() context: RequestContext): Promise<PoolNode | null> {
    const pool = error.poolId === null ? null : await context.loader(this.facilities.pools).load(error.poolId);
    return pool && new PoolNode(pool);
  }
}
