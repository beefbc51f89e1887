import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ReadingSources } from './reading-sources.service.js';
import {
  ReadingSourceNode,
  ReadingSourcePayload,
  RegisterReadingSourceInput,
  RevokeReadingSourceInput,
} from './reading-sources.types.js';

@Resolver(() => ReadingSourceNode)
export class ReadingSourcesResolver implements OnModuleInit {
  constructor(
    private readonly sources: ReadingSources,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ReadingSource', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')) return null;
      const source = await ctx.loader(this.sources.sources).load(id);
      return source && new ReadingSourceNode(source);
    });
  }

  @Query(() => [ReadingSourceNode], { description: 'Those in force first, each by name.' })
  async readingSources(@Context() ctx: RequestContext): Promise<ReadingSourceNode[]> {
    ctx.require('CAPACITY', 'READ');
    return (await this.sources.list()).map((source) => new ReadingSourceNode(source));
  }

  @ResolveField(() => [CenterNode], { description: 'That it may write.' })
  async centers(@Context() ctx: RequestContext, @Parent() { row }: ReadingSourceNode): Promise<CenterNode[]> {
    const found = await ctx.loader(this.facilities.centersByIds).loadMany([...row.centerIds]);
    return found
      .flatMap((center) => (center && !(center instanceof Error) ? [new CenterNode(center)] : []))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  }

  @Mutation(() => ReadingSourcePayload, { description: 'A token for what pushes readings to POST /readings.' })
  async registerReadingSource(
    @Context() ctx: RequestContext,
    @Args('input') input: RegisterReadingSourceInput,
  ): Promise<ReadingSourcePayload> {
    ctx.require('CENTER', 'EDIT');
    const { name, idempotencyKey } = input;
    const made = await this.sources.register(ctx.requireViewer(), {
      name,
      idempotencyKey,
      centerIds: input.centerIds.map((id) => uuidOf('Center', id)),
    });
    if (!made.ok) return { source: null, token: null, errors: toUserErrors(made.error, ctx.locale) };
    return { source: await this.node(made.value.id), token: made.value.token, errors: [] };
  }

  @Mutation(() => ReadingSourcePayload, { description: 'Its token opens nothing from here on; its readings stay.' })
  async revokeReadingSource(
    @Context() ctx: RequestContext,
    @Args('input') input: RevokeReadingSourceInput,
  ): Promise<ReadingSourcePayload> {
    ctx.require('CENTER', 'EDIT');
    const { id, ...wish } = input;
    const done = await this.sources.revoke(ctx.requireViewer(), { ...wish, sourceId: uuidOf('ReadingSource', id) });
    if (!done.ok) return { source: null, token: null, errors: toUserErrors(done.error, ctx.locale) };
    return { source: await this.node(done.value.id), token: null, errors: [] };
  }

  private async node(id: string): Promise<ReadingSourceNode | null> {
    const [source] = await this.sources.sources([id]);
    return source ? new ReadingSourceNode(source) : null;
  }
}
