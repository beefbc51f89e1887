import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { CapacityShortageError } from '../platform/graphql/user-error.js';
import { AllocationService } from './allocation.service.js';
import { PoolMeterNode, type PoolMeterRow } from './allocation.types.js';

@Resolver(() => PoolNode)
export class PoolCapacityResolver {
  constructor(private readonly allocation: AllocationService) {}

  @ResolveField(() => [PoolMeterNode])
  async capacity(@Parent() pool: PoolNode, @Context() context: RequestContext): Promise<readonly PoolMeterRow[]> {
    return context.loader(this.allocation.metersOfPools).load(pool.uuid);
  }
}

/** The refusal names ids; here they become nodes, so that a form can show and link them. */
@Resolver(() => CapacityShortageError)
export class CapacityShortageResolver {
  constructor(private readonly facilities: FacilitiesService) {}

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
