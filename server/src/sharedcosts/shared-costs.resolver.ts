import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { PricingService } from '../pricing/pricing.service.js';
import {
  AddSharedPoolVersionInput,
  CreateSharedPoolInput,
  SharedPoolConnection,
  SharedPoolNode,
  SharedPoolPayload,
  SharedPoolVersionNode,
  WithdrawSharedPoolVersionInput,
} from './shared-costs.types.js';
import { SharedPoolEditor } from './shared-pool-editor.service.js';
import { SharedPools } from './shared-pools.service.js';

/** Whoever reads prices reads what is shared and by what; finance decides it. */
@Resolver(() => SharedPoolNode)
export class SharedPoolResolver implements OnModuleInit {
  constructor(
    private readonly pools: SharedPools,
    private readonly editor: SharedPoolEditor,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('SharedPool', async (ctx, id) =>
      scopeFor(ctx.requireViewer(), 'PRICE', 'READ') ? this.find(ctx, id) : null,
    );
  }

  @Query(() => SharedPoolConnection, { name: 'sharedPools', description: '公共费用, by code.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In code or name.' }) search?: string | null,
  ): Promise<Connection<SharedPoolNode>> {
    ctx.require('PRICE', 'READ');
    const page = await this.pools.page(searchText(search), pageRequest(args, 1));
    return toConnection(
      page,
      (pool) => new SharedPoolNode(pool, ctx.locale),
      (pool) => [pool.code],
    );
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() pool: SharedPoolNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(pool.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [SharedPoolVersionNode], { description: 'Past and future, the earliest first.' })
  async versions(@Context() ctx: RequestContext, @Parent() pool: SharedPoolNode): Promise<SharedPoolVersionNode[]> {
    const versions = await ctx.loader(this.pools.versionsOf).load(pool.uuid);
    return versions.map((version) => new SharedPoolVersionNode(version));
  }

  @Mutation(() => SharedPoolPayload)
  createSharedPool(
    @Context() ctx: RequestContext,
    @Args('input') { centerId, ...wish }: CreateSharedPoolInput,
  ): Promise<SharedPoolPayload> {
    ctx.require('PRICE', 'EDIT');
    const center = uuidOf('Center', centerId);
    return this.payload(ctx, this.editor.create(ctx.requireViewer(), { ...wish, centerId: center }));
  }

  @Mutation(() => SharedPoolPayload)
  addSharedPoolVersion(
    @Context() ctx: RequestContext,
    @Args('input') { poolId, ...input }: AddSharedPoolVersionInput,
  ): Promise<SharedPoolPayload> {
    ctx.require('PRICE', 'EDIT');
    const { meter = null, monthlyAmount = null, pricePerKwh = null, ...wish } = input;
    return this.payload(
      ctx,
      this.editor.addVersion(ctx.requireViewer(), {
        ...wish,
        ...{ meter, monthlyAmount, pricePerKwh, poolId: uuidOf('SharedPool', poolId) },
      }),
    );
  }

  @Mutation(() => SharedPoolPayload, { description: 'Takes back a version that no closed month was shared by.' })
  withdrawSharedPoolVersion(
    @Context() ctx: RequestContext,
    @Args('input') { id, idempotencyKey }: WithdrawSharedPoolVersionInput,
  ): Promise<SharedPoolPayload> {
    ctx.require('PRICE', 'EDIT');
    const versionId = uuidOf('SharedPoolVersion', id);
    return this.payload(ctx, this.editor.withdrawVersion(ctx.requireViewer(), { idempotencyKey, versionId }));
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ poolId: string }, readonly Refusal[]>>,
  ): Promise<SharedPoolPayload> {
    const done = await answer;
    return done.ok
      ? { sharedPool: await this.find(ctx, done.value.poolId), errors: [] }
      : { sharedPool: null, errors: toUserErrors(done.error, ctx.locale) };
  }

  private async find(ctx: RequestContext, id: string): Promise<SharedPoolNode | null> {
    const [pool] = await this.pools.byIds([id]);
    return pool ? new SharedPoolNode(pool, ctx.locale) : null;
  }
}

@Resolver(() => SharedPoolVersionNode)
export class SharedPoolVersionResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => String, { nullable: true, description: 'By which words the meter is known.' })
  async meterName(@Context() ctx: RequestContext, @Parent() { meter }: SharedPoolVersionNode): Promise<string | null> {
    return meter === null ? null : ctx.say((await ctx.loader(this.pricing.meterWords).load(meter)).name);
  }
}
