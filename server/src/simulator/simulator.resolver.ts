import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { CatalogService } from '../catalog/catalog.service.js';
import { ServerOfferNode } from '../catalog/catalog-kinds.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import type { WhatIf } from './domain/what-if.js';
import { SimulatorService } from './simulator.service.js';
import { PlacementSimulationNode, SimulatePlacementInput, type WhatIfPoolNode } from './simulator.types.js';
import { linesOf, offersNamed } from './simulator-lines.js';
import { lineNode, spaceNode } from './simulator-nodes.js';

@Resolver(() => PlacementSimulationNode)
export class SimulatorResolver {
  constructor(
    private readonly simulator: SimulatorService,
    private readonly facilities: FacilitiesService,
    private readonly catalog: CatalogService,
  ) {}

  @Query(() => PlacementSimulationNode, { description: '容量推演: what if these came. For whoever watches capacity.' })
  async simulatePlacement(
    @Context() ctx: RequestContext,
    @Args('input') input: SimulatePlacementInput,
  ): Promise<PlacementSimulationNode> {
    ctx.require('CAPACITY', 'READ');
    const named = await this.catalog.serverOffers(offersNamed(input.lines));
    const offers = new Map(named.flatMap((offer) => (offer ? [[offer.id, offer] as const] : [])));
    const lines = linesOf(input.lines, offers);
    const answer = await this.simulator.simulate(lines);
    const centers = new Map((await this.facilities.centers()).map((center) => [center.id, new CenterNode(center)]));
    return {
      feasible: answer.feasible,
      lines: answer.lines.map((line, at) => lineNode(ctx, line, lines[at]?.thing.kind ?? 'VM')),
      pools: await this.pools(answer),
      servers: answer.servers.flatMap(({ centerId, offerId, ...row }) => {
        const [center, offer] = [centers.get(centerId), offers.get(offerId)];
        return center && offer ? [{ ...row, center, offer: new ServerOfferNode(offer) }] : [];
      }),
      spaces: answer.spaces.flatMap((space) => {
        const center = centers.get(space.centerId);
        return center ? [spaceNode(space, center)] : [];
      }),
      headroom: answer.headroom.flatMap(({ centerId, zone, ...row }) => {
        const center = centers.get(centerId);
        return center ? [{ ...row, zone: zone as PoolNode['zone'], center }] : [];
      }),
    };
  }

  private async pools(answer: WhatIf): Promise<WhatIfPoolNode[]> {
    const pools = await this.facilities.pools(answer.pools.map(({ poolId }) => poolId));
    return answer.pools.flatMap(({ poolId, machines, meters }, at) => {
      const pool = pools[at];
      const first = answer.runsOutFirst?.poolId === poolId ? answer.runsOutFirst.meter : null;
      return pool ? [{ pool: new PoolNode(pool), machines, meters, runsOutFirst: first }] : [];
    });
  }
}
