import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CatalogService } from '../catalog/catalog.service.js';
import { ImageNode, OfferNode } from '../catalog/catalog.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { isStale } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { AddressesService } from '../networks/addresses.service.js';
import { ClaimedAddressNode } from '../networks/networks.graphql.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { ProjectNode, SystemNode } from '../systems/systems.types.js';
import { ResourceNode } from './resources.types.js';

/** From a resource to the things of earlier features that it belongs to; each edge is one batch a page. */
@Resolver(() => ResourceNode)
export class ResourceEdgesResolver {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly catalog: CatalogService,
    private readonly addresses: AddressesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => ProjectNode)
  async project(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ProjectNode | null> {
    const project = await ctx.loader(this.systems.projects).load(row.projectId);
    return project && new ProjectNode(project);
  }

  @ResolveField(() => OfferNode, {
    nullable: true,
    description: 'null = taken in, never asked for out of the catalog.',
  })
  async offer(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<OfferNode | null> {
    if (row.offerId === null) return null;
    const offer = await ctx.loader(this.catalog.offers).load(row.offerId);
    return offer && new OfferNode(offer);
  }

  @ResolveField(() => ImageNode, { nullable: true })
  async image(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ImageNode | null> {
    if (row.imageId === null) return null;
    const image = await ctx.loader(this.catalog.images).load(row.imageId);
    return image && new ImageNode(image);
  }

  @ResolveField(() => CenterNode, {
    nullable: true,
    description: 'null = it runs in a cloud that stands in no center of ours; its pool says in which.',
  })
  async center(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<CenterNode | null> {
    if (row.centerId === null) return null;
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => PoolNode)
  async pool(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<PoolNode | null> {
    const pool = await ctx.loader(this.facilities.pools).load(row.poolId);
    return pool && new PoolNode(pool);
  }

  @ResolveField(() => [ClaimedAddressNode], {
    description:
      'What was claimed for it, IPv4 first; none where its zone keeps no network and the cluster gives its own.',
  })
  claimedAddresses(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ClaimedAddressNode[]> {
    return ctx.loader(this.addresses.ofSubjects).load(row.id);
  }

  @ResolveField(() => Boolean, {
    description: 'The cluster has not been heard of for too long, so what is shown may be old.',
  })
  async stale(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<boolean> {
    // What was never seen is not old, only not there yet.
    if (row.state === 'RELEASED' || row.observedAt === null || row.centerId === null) return false;
    const cluster = await ctx.loader(this.facilities.clustersOfCenters).load(row.centerId);
    return cluster === null || isStale(cluster, this.clock.now());
  }
}
