import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { EditionAnswer, EditionWish } from '../editions/editions.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { ChainEditionRow } from './approvals.types.js';
import {
  BeginChainDraftInput,
  ChainEditionActInput,
  ChainEditionNode,
  ChainEditionPayload,
  SaveChainDraftInput,
  toContent,
} from './chain-editions.graphql.js';
import { wrongEdition } from './domain/check-edition.js';
import { EditionsService } from './editions.service.js';

/** Editions belong to no department: whoever reads the chains reads all of them. */
@Resolver(() => ChainEditionNode)
export class ChainEditionsResolver implements OnModuleInit {
  constructor(
    private readonly editions: EditionsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ChainEdition', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'CHAIN', 'READ')) return null;
      const row = await this.editions.edition(id);
      return row && this.node(ctx, row);
    });
  }

  @Query(() => [ChainEditionNode], { description: 'The draft first, then the published ones, the newest first.' })
  async chainEditions(@Context() ctx: RequestContext): Promise<ChainEditionNode[]> {
    ctx.require('CHAIN', 'READ');
    const rows = await this.editions.list();
    return Promise.all(rows.map((row) => this.node(ctx, row)));
  }

  @Mutation(() => ChainEditionPayload, { description: 'A copy of what is in force, to be changed.' })
  async beginChainDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginChainDraftInput,
  ): Promise<ChainEditionPayload> {
    ctx.require('CHAIN', 'EDIT');
    return this.payload(ctx, this.editions.begin(ctx.requireViewer(), input.note, input.idempotencyKey));
  }

  @Mutation(() => ChainEditionPayload)
  async saveChainDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveChainDraftInput,
  ): Promise<ChainEditionPayload> {
    ctx.require('CHAIN', 'EDIT');
    return this.payload(
      ctx,
      this.editions.save(ctx.requireViewer(), toWish(input), { note: input.note, content: toContent(input) }),
    );
  }

  @Mutation(() => ChainEditionPayload, { description: 'edition is null: it is gone.' })
  async discardChainDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: ChainEditionActInput,
  ): Promise<ChainEditionPayload> {
    ctx.require('CHAIN', 'EDIT');
    return this.payload(ctx, this.editions.discard(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => ChainEditionPayload, { description: 'Puts the draft in force, by another than who drafted it.' })
  async publishChainEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: ChainEditionActInput,
  ): Promise<ChainEditionPayload> {
    ctx.require('CHAIN', 'REVIEW');
    return this.payload(ctx, this.editions.publish(ctx.requireViewer(), toWish(input)));
  }

  private async payload(ctx: RequestContext, answer: EditionAnswer): Promise<ChainEditionPayload> {
    const result = await answer;
    if (!result.ok) return { edition: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.editions.edition(result.value.id);
    return { edition: row && (await this.node(ctx, row)), errors: [] };
  }

  private async node(ctx: RequestContext, row: ChainEditionRow): Promise<ChainEditionNode> {
    const inForce = (await this.editions.inForce()).id === row.id;
    const problems = row.number === null ? wrongEdition(row.content) : [];
    return new ChainEditionNode(row, inForce, toUserErrors(problems, ctx.locale));
  }
}

function toWish({ id, idempotencyKey, expectedVersion }: ChainEditionActInput): EditionWish {
  return { id: uuidOf('ChainEdition', id), idempotencyKey, expectedVersion };
}
