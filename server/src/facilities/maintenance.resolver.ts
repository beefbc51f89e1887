import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { isPlaceExtent } from './domain/maintenance.js';
import {
  MaintenanceActInput,
  MaintenanceConnection,
  MaintenanceFilterInput,
  MaintenancePayload,
  MaintenanceWindowNode,
  PLACE_NODES,
  PlanMaintenanceInput,
  StartMaintenanceInput,
} from './facilities.graphql.js';
import { FacilitiesService } from './facilities.service.js';
import { CenterNode, PoolNode } from './facilities.types.js';
import { MaintenanceService } from './maintenance.service.js';
import { PlaceMaintenance } from './place-maintenance.service.js';

/** Time and id. */
const CURSOR_PARTS = 2;

@Resolver(() => MaintenanceWindowNode)
export class MaintenanceResolver implements OnModuleInit {
  constructor(
    private readonly maintenance: MaintenanceService,
    private readonly places: PlaceMaintenance,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('MaintenanceWindow', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')) return null;
      const window = await ctx.loader(this.maintenance.windows).load(id);
      return window && new MaintenanceWindowNode(window);
    });
  }

  @Query(() => MaintenanceConnection, { description: 'The latest first.' })
  async maintenanceWindows(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => MaintenanceFilterInput, nullable: true }) filter: MaintenanceFilterInput | null,
  ) {
    ctx.require('CAPACITY', 'READ');
    const page = await this.maintenance.page(
      {
        states: filter?.states ?? null,
        centerId: filter?.centerId ? (uuidOf('Center', filter.centerId) ?? '-') : null,
      },
      pageRequest(args, CURSOR_PARTS),
    );
    return toConnection(
      page,
      (row) => new MaintenanceWindowNode(row),
      (row) => [row.fromAt.toISOString(), row.id],
    );
  }

  @Mutation(() => MaintenancePayload)
  async planMaintenance(
    @Context() ctx: RequestContext,
    @Args('input') input: PlanMaintenanceInput,
  ): Promise<MaintenancePayload> {
    ctx.require('CENTER', 'EDIT');
    const { extent, poolId, placeId, ...wish } = input;
    const viewer = ctx.requireViewer();
    if (isPlaceExtent(extent)) {
      const id = placeId ? uuidOf(PLACE_NODES[extent], placeId) : undefined;
      return this.payload(ctx, this.places.plan(viewer, { ...wish, extent, placeId: id, feed: input.feed ?? null }));
    }
    const pool = poolId ? uuidOf('Pool', poolId) : undefined;
    return this.payload(
      ctx,
      this.maintenance.plan(viewer, { ...wish, extent, nodes: input.nodes ?? null, poolId: pool }),
    );
  }

  @Mutation(() => MaintenancePayload, {
    description: 'From here on the pool promises less, as far as nothing live is lost.',
  })
  async startMaintenance(
    @Context() ctx: RequestContext,
    @Args('input') input: StartMaintenanceInput,
  ): Promise<MaintenancePayload> {
    ctx.require('CENTER', 'EDIT');
    return this.payload(ctx, this.maintenance.start(ctx.requireViewer(), { ...toWish(input), early: input.early }));
  }

  @Mutation(() => MaintenancePayload)
  async endMaintenance(
    @Context() ctx: RequestContext,
    @Args('input') input: MaintenanceActInput,
  ): Promise<MaintenancePayload> {
    ctx.require('CENTER', 'EDIT');
    return this.payload(ctx, this.maintenance.end(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => MaintenancePayload, { description: 'Before it starts.' })
  async cancelMaintenance(
    @Context() ctx: RequestContext,
    @Args('input') input: MaintenanceActInput,
  ): Promise<MaintenancePayload> {
    ctx.require('CENTER', 'EDIT');
    return this.payload(ctx, this.maintenance.cancel(ctx.requireViewer(), toWish(input)));
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: MaintenanceWindowNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => PoolNode, { nullable: true, description: 'Null where a room, row or cabinet is taken away.' })
  async pool(@Context() ctx: RequestContext, @Parent() { row }: MaintenanceWindowNode): Promise<PoolNode | null> {
    if (row.poolId === null) return null;
    const pool = await ctx.loader(this.facilities.pools).load(row.poolId);
    return pool && new PoolNode(pool);
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<MaintenancePayload> {
    const result = await answer;
    if (!result.ok) return { window: null, errors: toUserErrors(result.error, ctx.locale) };
    const [window] = await this.maintenance.windows([result.value.id]);
    return { window: window ? new MaintenanceWindowNode(window) : null, errors: [] };
  }
}

/** Planned and running windows of a pool. */
@Resolver(() => PoolNode)
export class PoolMaintenanceResolver {
  constructor(private readonly maintenance: MaintenanceService) {}

  @ResolveField(() => [MaintenanceWindowNode], {
    description: 'Planned and running; empty for whoever does not read capacity.',
  })
  async maintenanceWindows(@Context() ctx: RequestContext, @Parent() pool: PoolNode): Promise<MaintenanceWindowNode[]> {
    if (!scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')) return [];
    const windows = await ctx.loader(this.maintenance.openOfPools).load(pool.uuid);
    return windows.map((window) => new MaintenanceWindowNode(window));
  }
}

function toWish({ id, expectedVersion, idempotencyKey }: MaintenanceActInput) {
  return { windowId: uuidOf('MaintenanceWindow', id), expectedVersion, idempotencyKey };
}
