import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  ChangeUpkeepInput,
  EnterOwnedAssetInput,
  OwnedAssetConnection,
  OwnedAssetMonthNode,
  OwnedAssetNode,
  OwnedAssetPayload,
  OwnedAssetUpkeepNode,
} from './assets.graphql.js';
import { AssetsService } from './assets.service.js';
import type { Answer } from './contracts.service.js';
import { DisposalsService } from './disposals.service.js';
import type { SpendAction } from './domain/spend-state.js';
import { SpendActInput, SpendActionEnum } from './spend.graphql.js';
import { actionsFor, RIGHT_OF } from './spend-acts.js';

@Resolver(() => OwnedAssetNode)
export class AssetsResolver implements OnModuleInit {
  constructor(
    private readonly assets: AssetsService,
    private readonly disposals: DisposalsService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('OwnedAsset', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SPEND', 'READ')) return null;
      const [row] = await this.assets.byIds([id]);
      return row ? new OwnedAssetNode(row) : null;
    });
  }

  @Query(() => OwnedAssetConnection, { description: 'By code.' })
  async ownedAssets(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
    @Args('centerId', { type: () => ID, nullable: true }) centerId?: string | null,
  ): Promise<Connection<OwnedAssetNode>> {
    ctx.require('SPEND', 'READ');
    const filter = { search: searchText(search), centerId: centerId ? (uuidOf('Center', centerId) ?? '-') : null };
    const found = await this.assets.assets(filter, pageRequest(page, 1));
    return toConnection(
      found,
      (row) => new OwnedAssetNode(row),
      (row) => [row.code],
    );
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: OwnedAssetNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [OwnedAssetUpkeepNode], { description: 'The earliest first.' })
  async upkeeps(@Context() ctx: RequestContext, @Parent() { row }: OwnedAssetNode): Promise<OwnedAssetUpkeepNode[]> {
    const rows = await ctx.loader(this.assets.upkeepsOf).load(row.id);
    return rows.map(({ fromMonth, maintenance, power, reason, enteredBy }) => ({
      ...{ from: fromMonth, maintenance, power, reason, enteredBy },
    }));
  }

  @ResolveField(() => OwnedAssetMonthNode)
  async thisMonth(@Context() ctx: RequestContext, @Parent() { row }: OwnedAssetNode): Promise<OwnedAssetMonthNode> {
    const [upkeeps, disposal] = await Promise.all([
      ctx.loader(this.assets.upkeepsOf).load(row.id),
      ctx.loader(this.disposals.ofAssets).load(row.id),
    ]);
    return this.assets.monthOf(row, upkeeps, disposal);
  }

  @ResolveField(() => [SpendActionEnum], { description: 'What this viewer may do with it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: OwnedAssetNode): SpendAction[] {
    return actionsFor(ctx, row);
  }

  @Mutation(() => OwnedAssetPayload)
  enterOwnedAsset(
    @Context() ctx: RequestContext,
    @Args('input') input: EnterOwnedAssetInput,
  ): Promise<OwnedAssetPayload> {
    ctx.require('SPEND', 'EDIT');
    const centerId = uuidOf('Center', input.centerId) ?? '-';
    return this.payload(ctx, this.assets.enter(ctx.requireViewer(), { ...input, centerId }));
  }

  @Mutation(() => OwnedAssetPayload)
  confirmOwnedAsset(@Context() ctx: RequestContext, @Args('input') input: SpendActInput): Promise<OwnedAssetPayload> {
    return this.decide(ctx, 'CONFIRM', input);
  }

  @Mutation(() => OwnedAssetPayload)
  withdrawOwnedAsset(@Context() ctx: RequestContext, @Args('input') input: SpendActInput): Promise<OwnedAssetPayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  @Mutation(() => OwnedAssetPayload, { description: 'From a month on; what was before stays.' })
  changeAssetUpkeep(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeUpkeepInput,
  ): Promise<OwnedAssetPayload> {
    ctx.require('SPEND', 'EDIT');
    const wish = { ...input, id: uuidOf('OwnedAsset', input.id) };
    return this.payload(ctx, this.assets.changeUpkeep(ctx.requireViewer(), wish));
  }

  private decide(ctx: RequestContext, action: SpendAction, input: SpendActInput): Promise<OwnedAssetPayload> {
    ctx.require('SPEND', RIGHT_OF[action]);
    const wish = { ...input, id: uuidOf('OwnedAsset', input.id) };
    return this.payload(ctx, this.assets.decide(ctx.requireViewer(), action, wish));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<OwnedAssetPayload> {
    const done = await answer;
    if (!done.ok) return { asset: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.assets.byIds([done.value.id]);
    return { asset: row ? new OwnedAssetNode(row) : null, errors: [] };
  }
}
