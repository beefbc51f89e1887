import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { gapsOf, type PriceVersion, sameReach, widerThan } from './domain/price-version.js';
import { type ItemAnswer, PriceEditor } from './price-editor.service.js';
import { PricingService } from './pricing.service.js';
import {
  AddPriceVersionInput,
  CreatePriceItemInput,
  EndPriceVersionInput,
  PriceGapNode,
  PriceItemConnection,
  PriceItemNode,
  PriceItemPayload,
  PriceVersionNode,
  WithdrawPriceVersionInput,
} from './pricing.types.js';

@Resolver(() => PriceItemNode)
export class PriceItemsResolver implements OnModuleInit {
  constructor(
    private readonly pricing: PricingService,
    private readonly editor: PriceEditor,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('PriceItem', async (ctx, id) =>
      scopeFor(ctx.requireViewer(), 'PRICE', 'READ') ? this.find(ctx, id) : null,
    );
  }

  @Query(() => PriceItemConnection, { name: 'priceItems' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In meter or name.' }) search?: string | null,
  ): Promise<Connection<PriceItemNode>> {
    ctx.require('PRICE', 'READ');
    const found = await this.pricing.items(searchText(search), pageRequest(page, 1));
    return toConnection(
      found,
      (item) => new PriceItemNode(item, ctx.locale),
      (item) => [item.meter],
    );
  }

  @ResolveField(() => [PriceVersionNode], { description: 'Past and future, earliest first.' })
  async versions(@Context() ctx: RequestContext, @Parent() item: PriceItemNode): Promise<PriceVersionNode[]> {
    const versions = await ctx.loader(this.pricing.versionsOf).load(item.uuid);
    const today = this.pricing.today();
    return versions.map((version) => new PriceVersionNode(version, today));
  }

  @ResolveField(() => [PriceGapNode], { description: 'Days that no version and no wider price covers.' })
  async gaps(@Context() ctx: RequestContext, @Parent() item: PriceItemNode): Promise<PriceGapNode[]> {
    const versions = await ctx.loader(this.pricing.versionsOf).load(item.uuid);
    return seriesOf(versions).flatMap((series) => {
      const [reach] = series;
      return reach
        ? gapsOf(series, widerThan(versions, reach)).map((gap) => new PriceGapNode({ ...reach, ...gap }))
        : [];
    });
  }

  @Mutation(() => PriceItemPayload)
  createPriceItem(
    @Context() ctx: RequestContext,
    @Args('input') input: CreatePriceItemInput,
  ): Promise<PriceItemPayload> {
    ctx.require('PRICE', 'EDIT');
    const { meter, nameZh, nameEn, unitZh, unitEn } = input;
    const item = { meter, name: { zh: nameZh, en: nameEn }, unit: { zh: unitZh, en: unitEn } };
    return this.payload(ctx, this.editor.createItem(ctx.requireViewer(), item, input.idempotencyKey));
  }

  @Mutation(() => PriceItemPayload)
  addPriceVersion(
    @Context() ctx: RequestContext,
    @Args('input') input: AddPriceVersionInput,
  ): Promise<PriceItemPayload> {
    ctx.require('PRICE', 'EDIT');
    const { idempotencyKey, from, kind, reason, endsPrevious } = input;
    const wish = {
      idempotencyKey,
      from,
      kind,
      unitPrice: input.unitPrice ?? null,
      tiers: input.tiers?.map(({ to, ...row }) => ({ ...row, to: to ?? null })) ?? null,
      reason,
      endsPrevious,
      to: input.to ?? null,
      itemId: uuidOf('PriceItem', input.itemId),
      centerId: input.centerId ? (uuidOf('Center', input.centerId) ?? '-') : null,
      architecture: input.architecture ?? null,
    };
    return this.payload(ctx, this.editor.addVersion(ctx.requireViewer(), wish));
  }

  @Mutation(() => PriceItemPayload)
  endPriceVersion(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: EndPriceVersionInput,
  ): Promise<PriceItemPayload> {
    ctx.require('PRICE', 'EDIT');
    const versionId = uuidOf('PriceVersion', id);
    return this.payload(ctx, this.editor.endVersion(ctx.requireViewer(), { ...wish, versionId }));
  }

  @Mutation(() => PriceItemPayload, { description: 'Takes back a price that has not begun.' })
  withdrawPriceVersion(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: WithdrawPriceVersionInput,
  ): Promise<PriceItemPayload> {
    ctx.require('PRICE', 'EDIT');
    const versionId = uuidOf('PriceVersion', id);
    return this.payload(ctx, this.editor.withdrawVersion(ctx.requireViewer(), { ...wish, versionId }));
  }

  private async payload(ctx: RequestContext, answer: ItemAnswer): Promise<PriceItemPayload> {
    const done = await answer;
    return done.ok
      ? { priceItem: await this.find(ctx, done.value.itemId), errors: [] }
      : { priceItem: null, errors: toUserErrors(done.error, ctx.locale) };
  }

  private async find(ctx: RequestContext, id: string): Promise<PriceItemNode | null> {
    const [item] = await this.pricing.itemsByIds([id]);
    return item ? new PriceItemNode(item, ctx.locale) : null;
  }
}

/** Versions of one reach each. */
function seriesOf(versions: readonly PriceVersion[]): PriceVersion[][] {
  const series: PriceVersion[][] = [];
  for (const version of versions) {
    const own = series.find(([first]) => first && sameReach(first, version));
    if (own) own.push(version);
    else series.push([version]);
  }
  return series;
}
