import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PlacementCandidateNode } from '../allocation/allocation.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import {
  RePlaceMachineInput,
  ReplaceTaskConnection,
  ReplaceTaskFilterInput,
  ReplaceTaskNode,
  ReplaceTaskPayload,
} from './replacements.graphql.js';
import { Replacements } from './replacements.service.js';
import { Replacing } from './replacing.service.js';

@Resolver(() => ReplaceTaskNode)
export class ReplacementsResolver implements OnModuleInit {
  constructor(
    private readonly replacements: Replacements,
    private readonly replacing: Replacing,
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ReplaceTask', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope ? await this.replacements.byId(scope, id) : null;
      return row && new ReplaceTaskNode(row);
    });
  }

  @Query(() => ReplaceTaskConnection, {
    description: '改放任务 of the machines that the viewer may see, the newest first.',
  })
  async replaceTasks(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ReplaceTaskFilterInput, nullable: true }) filter: ReplaceTaskFilterInput | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      // An id that is none finds nothing.
      centerId: filter?.centerId ? (uuidOf('Center', filter.centerId) ?? '-') : null,
      search: searchText(filter?.search),
    };
    const page = await this.replacements.page(scope, wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new ReplaceTaskNode(row),
      ({ openedAt }) => openedAt,
    );
  }

  @Mutation(() => ReplaceTaskPayload, {
    description: '改放: the claim moves, allocated as it is; the workers take the machine away there and make it here.',
  })
  async rePlaceMachine(
    @Context() ctx: RequestContext,
    @Args('input') { id, poolId, ...wish }: RePlaceMachineInput,
  ): Promise<ReplaceTaskPayload> {
    ctx.require('CAPACITY', 'EDIT');
    const scope = ctx.require('RESOURCE', 'READ');
    const ids = { taskId: uuidOf('ReplaceTask', id), poolId: uuidOf('Pool', poolId) };
    const placed = await this.replacing.place(ctx.requireViewer(), scope, { ...wish, ...ids });
    if (!placed.ok) return { task: null, errors: toUserErrors(placed.error, ctx.locale) };
    const row = await this.replacements.byId(scope, placed.value.id);
    return { task: row && new ReplaceTaskNode(row), errors: [] };
  }

  @ResolveField(() => ResourceNode)
  async resource(@Context() ctx: RequestContext, @Parent() { row }: ReplaceTaskNode): Promise<ResourceNode> {
    const resource = await ctx.loader(this.resources.rows).load(row.resourceId);
    if (!resource) throw new Error(`resource ${row.resourceId} of a re-place task has gone`);
    return new ResourceNode(resource);
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Where no node takes it.' })
  center(@Context() ctx: RequestContext, @Parent() { row }: ReplaceTaskNode): Promise<CenterNode | null> {
    return this.centerNode(ctx, row.centerId);
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Where it was placed instead.' })
  toCenter(@Context() ctx: RequestContext, @Parent() { row }: ReplaceTaskNode): Promise<CenterNode | null> {
    return this.centerNode(ctx, row.toCenterId);
  }

  @ResolveField(() => PoolNode, { nullable: true, description: 'Which promised it; for whoever watches capacity.' })
  pool(@Context() ctx: RequestContext, @Parent() { row }: ReplaceTaskNode): Promise<PoolNode | null> {
    return this.poolNode(ctx, row.poolId);
  }

  @ResolveField(() => PoolNode, { nullable: true, description: 'Which promises it now; for whoever watches capacity.' })
  toPool(@Context() ctx: RequestContext, @Parent() { row }: ReplaceTaskNode): Promise<PoolNode | null> {
    return this.poolNode(ctx, row.toPoolId);
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer may place it now.' })
  mayPlace(@Context() ctx: RequestContext, @Parent() { row }: ReplaceTaskNode): boolean {
    return row.state === 'OPEN' && scopeFor(ctx.requireViewer(), 'CAPACITY', 'EDIT') !== null;
  }

  @ResolveField(() => [PlacementCandidateNode], {
    description:
      'Every pool that it could be in, the best first; those that something leaves out come last. Ask for it of one task.',
  })
  async candidates(
    @Context() ctx: RequestContext,
    @Parent() { row }: ReplaceTaskNode,
  ): Promise<PlacementCandidateNode[]> {
    ctx.require('CAPACITY', 'READ');
    return (await this.replacements.candidates(row)).map((candidate) => PlacementCandidateNode.of(candidate));
  }

  private async centerNode(ctx: RequestContext, id: string | null): Promise<CenterNode | null> {
    const center = id === null ? null : await ctx.loader(this.facilities.centersByIds).load(id);
    return center && new CenterNode(center);
  }

  private async poolNode(ctx: RequestContext, id: string | null): Promise<PoolNode | null> {
    if (id === null || !scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')) return null;
    const pool = await ctx.loader(this.facilities.pools).load(id);
    return pool && new PoolNode(pool);
  }
}

/** A resource is an earlier feature; the edge is added here. */
@Resolver(() => ResourceNode)
export class ResourceReplaceTaskResolver {
  constructor(private readonly replacements: Replacements) {}

  @ResolveField(() => ReplaceTaskNode, { nullable: true, description: 'While no node of its cluster takes it.' })
  async replaceTask(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ReplaceTaskNode | null> {
    const task = await ctx.loader(this.replacements.openOf).load(row.id);
    return task && new ReplaceTaskNode(task);
  }
}
