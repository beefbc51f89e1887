import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  DisposeOwnedAssetInput,
  OwnedAssetDisposalNode,
  OwnedAssetDisposalPayload,
  OwnedAssetNode,
  ReverseAssetDisposalInput,
} from './assets.graphql.js';
import { AssetsService } from './assets.service.js';
import type { Answer } from './contracts.service.js';
import { DisposalsService } from './disposals.service.js';
import { writeDownOf } from './domain/owned-asset.js';
import type { SpendAction } from './domain/spend-state.js';
import { SpendActInput, SpendActionEnum } from './spend.graphql.js';
import { actionsFor, RIGHT_OF } from './spend-acts.js';

@Resolver(() => OwnedAssetDisposalNode)
export class DisposalsResolver implements OnModuleInit {
  constructor(
    private readonly disposals: DisposalsService,
    private readonly assets: AssetsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('OwnedAssetDisposal', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SPEND', 'READ')) return null;
      const [row] = await this.disposals.byIds([id]);
      return row ? new OwnedAssetDisposalNode(row) : null;
    });
  }

  @ResolveField(() => FenScalar, {
    description:
      '处置损失: what it is still worth then, its residual value with it; below zero of what takes one back.',
  })
  async writeDown(@Context() ctx: RequestContext, @Parent() { row }: OwnedAssetDisposalNode): Promise<bigint> {
    const asset = await ctx.loader(this.assets.byIds).load(row.assetId);
    const amount = asset ? (writeDownOf({ ...asset, disposedOn: row.disposedOn })?.amount ?? 0n) : 0n;
    return row.reversesId === null ? amount : -amount;
  }

  @ResolveField(() => [SpendActionEnum], { description: 'What this viewer may do with it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: OwnedAssetDisposalNode): SpendAction[] {
    return actionsFor(ctx, row);
  }

  @Mutation(() => OwnedAssetDisposalPayload)
  disposeOwnedAsset(
    @Context() ctx: RequestContext,
    @Args('input') input: DisposeOwnedAssetInput,
  ): Promise<OwnedAssetDisposalPayload> {
    ctx.require('SPEND', 'EDIT');
    const wish = { ...input, assetId: uuidOf('OwnedAsset', input.assetId) };
    return this.payload(ctx, this.disposals.enter(ctx.requireViewer(), wish));
  }

  @Mutation(() => OwnedAssetDisposalPayload, {
    description:
      '冲销报废: takes back a confirmed disposal by another entry, which another person confirms as a disposal is.',
  })
  reverseAssetDisposal(
    @Context() ctx: RequestContext,
    @Args('input') input: ReverseAssetDisposalInput,
  ): Promise<OwnedAssetDisposalPayload> {
    ctx.require('SPEND', 'EDIT');
    const wish = { ...input, id: uuidOf('OwnedAssetDisposal', input.id) };
    return this.payload(ctx, this.disposals.reverse(ctx.requireViewer(), wish));
  }

  @ResolveField(() => OwnedAssetDisposalNode, {
    nullable: true,
    description: 'What takes it back, waiting or confirmed.',
  })
  async reversal(
    @Context() ctx: RequestContext,
    @Parent() { row }: OwnedAssetDisposalNode,
  ): Promise<OwnedAssetDisposalNode | null> {
    const reversal = await ctx.loader(this.disposals.reversalsOf).load(row.id);
    return reversal && new OwnedAssetDisposalNode(reversal);
  }

  @Mutation(() => OwnedAssetDisposalPayload)
  confirmAssetDisposal(
    @Context() ctx: RequestContext,
    @Args('input') input: SpendActInput,
  ): Promise<OwnedAssetDisposalPayload> {
    return this.decide(ctx, 'CONFIRM', input);
  }

  @Mutation(() => OwnedAssetDisposalPayload)
  withdrawAssetDisposal(
    @Context() ctx: RequestContext,
    @Args('input') input: SpendActInput,
  ): Promise<OwnedAssetDisposalPayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  private decide(ctx: RequestContext, action: SpendAction, input: SpendActInput): Promise<OwnedAssetDisposalPayload> {
    ctx.require('SPEND', RIGHT_OF[action]);
    const wish = { ...input, id: uuidOf('OwnedAssetDisposal', input.id) };
    return this.payload(ctx, this.disposals.decide(ctx.requireViewer(), action, wish));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<OwnedAssetDisposalPayload> {
    const done = await answer;
    if (!done.ok) return { disposal: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.disposals.byIds([done.value.id]);
    return { disposal: row ? new OwnedAssetDisposalNode(row) : null, errors: [] };
  }
}

/** How an asset ended. */
@Resolver(() => OwnedAssetNode)
export class AssetEndResolver {
  constructor(private readonly disposals: DisposalsService) {}

  @ResolveField(() => OwnedAssetDisposalNode, {
    nullable: true,
    description: '报废, waiting or in force; null = none.',
  })
  async disposal(
    @Context() ctx: RequestContext,
    @Parent() { row }: OwnedAssetNode,
  ): Promise<OwnedAssetDisposalNode | null> {
    const disposal = await ctx.loader(this.disposals.ofAssets).load(row.id);
    return disposal && new OwnedAssetDisposalNode(disposal);
  }
}
