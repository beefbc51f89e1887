import type { OnModuleInit } from '@nestjs/common';
import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { forbidden } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { mayReadFacilities } from './domain/facility.js';
import { FacilitiesService } from './facilities.service.js';
import { CenterNode, ClusterNode, PoolNode } from './facilities.types.js';

@Resolver(() => CenterNode)
export class FacilitiesResolver implements OnModuleInit {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.register('Center', this.facilities.centersByIds, CenterNode);
    this.register('Cluster', this.facilities.clusters, ClusterNode);
    this.register('Pool', this.facilities.pools, PoolNode);
  }

  @Query(() => [CenterNode], { name: 'centers' })
  async list(@Context() ctx: RequestContext): Promise<CenterNode[]> {
    if (!mayReadFacilities(ctx.requireViewer())) throw forbidden(ctx.locale, 'CENTER', 'READ');
    const centers = await this.facilities.centers();
    return centers.map((center) => new CenterNode(center));
  }

  @ResolveField(() => [PoolNode])
  async pools(@Context() ctx: RequestContext, @Parent() center: CenterNode): Promise<PoolNode[]> {
    const pools = await ctx.loader(this.facilities.poolsOfCenters).load(center.uuid);
    return pools.map((pool) => new PoolNode(pool));
  }

  @ResolveField(() => ClusterNode, { nullable: true })
  async cluster(@Context() ctx: RequestContext, @Parent() center: CenterNode): Promise<ClusterNode | null> {
    const cluster = await ctx.loader(this.facilities.clustersOfCenters).load(center.uuid);
    return cluster && new ClusterNode(cluster);
  }

  private register<Row>(
    type: string,
    batch: (ids: readonly string[]) => Promise<(Row | null)[]>,
    NodeType: new (row: Row) => object,
  ): void {
    this.nodes.register(type, async (ctx, id) => {
      if (!mayReadFacilities(ctx.requireViewer())) return null;
      const row = await ctx.loader(batch).load(id);
      return row && new NodeType(row);
    });
  }
}

@Resolver(() => PoolNode)
export class PoolsResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() pool: PoolNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(pool.centerId);
    return center && new CenterNode(center);
  }
}
