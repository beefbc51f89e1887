import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { EditionDesk } from '../editions/edition-desk.graphql.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
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
  private readonly desk = new EditionDesk(this.editions, {
    type: 'ChainEdition',
    readBy: 'CHAIN',
    keptBy: 'CHAIN',
    draftForAll: true,
    wrong: ({ content }) => wrongEdition(content),
    node: (row, inForce, problems) => new ChainEditionNode(row, inForce, problems),
  });

  constructor(
    private readonly editions: EditionsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.desk.register(this.nodes);
  }

  @Query(() => [ChainEditionNode], { description: 'The draft first, then the published ones, the newest first.' })
  chainEditions(@Context() ctx: RequestContext): Promise<ChainEditionNode[]> {
    return this.desk.list(ctx);
  }

  @Mutation(() => ChainEditionPayload, { description: 'A copy of what is in force, to be changed.' })
  beginChainDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginChainDraftInput,
  ): Promise<ChainEditionPayload> {
    return this.desk.begin(ctx, input);
  }

  @Mutation(() => ChainEditionPayload)
  saveChainDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveChainDraftInput,
  ): Promise<ChainEditionPayload> {
    return this.desk.save(ctx, input, { note: input.note, content: toContent(input) });
  }

  @Mutation(() => ChainEditionPayload, { description: 'edition is null: it is gone.' })
  discardChainDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: ChainEditionActInput,
  ): Promise<ChainEditionPayload> {
    return this.desk.discard(ctx, input);
  }

  @Mutation(() => ChainEditionPayload, { description: 'Puts the draft in force, by another than who drafted it.' })
  publishChainEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: ChainEditionActInput,
  ): Promise<ChainEditionPayload> {
    return this.desk.publish(ctx, input);
  }
}
