import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { forbidden, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { mayReadFacilities, type Pool } from './domain/facility.js';
import { FacilitiesService } from './facilities.service.js';
import { CenterNode, CloudNode, ClusterNode, PoolNode, PoolSizingNode } from './facilities.types.js';

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

  @Query(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<CenterNode> {
    if (!mayReadFacilities(ctx.requireViewer())) throw forbidden(ctx.locale, 'CENTER', 'READ');
    const uuid = uuidOf('Center', id);
    const center = uuid === undefined ? null : await ctx.loader(this.facilities.centersByIds).load(uuid);
    if (!center) throw notFound(ctx.locale);
    return new CenterNode(center);
  }

  @Query(() => [PoolNode], { description: 'Clouds that are not yet 集约, recorded as pools: few in a province.' })
  async clouds(@Context() ctx: RequestContext): Promise<PoolNode[]> {
    ctx.require('CAPACITY', 'READ');
    const pools = await this.facilities.allPools();
    return pools.filter((pool) => pool.cloud !== null).map((pool) => new PoolNode(pool));
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

  @ResolveField(() => PoolSizingNode, { nullable: true, description: 'Null for whoever does not read capacity.' })
  sizing(@Context() ctx: RequestContext, @Parent() { row }: PoolNode): PoolSizingNode | null {
    return scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ') ? sizingOf(row) : null;
  }

  @ResolveField(() => CloudNode, { nullable: true, description: 'Null for whoever does not read capacity.' })
  cloud(@Context() ctx: RequestContext, @Parent() { row }: PoolNode): CloudNode | null {
    return row.cloud && scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')
      ? Object.assign(new CloudNode(), row.cloud)
      : null;
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Null = it stands in none of our centers.' })
  async center(@Context() ctx: RequestContext, @Parent() pool: PoolNode): Promise<CenterNode | null> {
    if (pool.centerId === null) return null;
    const center = await ctx.loader(this.facilities.centersByIds).load(pool.centerId);
    return center && new CenterNode(center);
  }
}

@Resolver(() => CloudNode)
export class CloudsResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async owner(@Context() ctx: RequestContext, @Parent() cloud: CloudNode): Promise<DepartmentNode | null> {
    const owner = await ctx.loader(this.departments.departments).load(cloud.ownerDepartmentId);
    return owner && new DepartmentNode(owner);
  }
}

function sizingOf({ vcpuOvercommitPercent, reserve, size, present }: Pool): PoolSizingNode {
  const hardware = (row: NonNullable<Pool['present'] | Pool['size']>) => ({
    nodes: row.nodes,
    vcpu: row.vcpu,
    memoryMib: row.memoryMib,
    ssdGib: row.storageGib.SSD,
    hddGib: row.storageGib.HDD,
  });
  return {
    vcpuOvercommitPercent,
    reservePercent: reserve.percent,
    reserveNodes: reserve.nodes,
    size: size && hardware(size),
    counted: present && hardware(present),
    accelerators: Object.entries(size?.accelerators ?? {}).map(([name, count]) => ({ name, count })),
  };
}
