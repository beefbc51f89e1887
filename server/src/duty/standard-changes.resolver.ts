import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { EditionDesk } from '../editions/edition-desk.graphql.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { wrongCatalog } from './domain/standard-changes.js';
import {
  BeginStandardDraftInput,
  SaveStandardDraftInput,
  StandardActInput,
  StandardCatalogNode,
  StandardPayload,
  StandardUseNode,
} from './standard-changes.graphql.js';
import { StandardChanges } from './standard-changes.service.js';
import { TicketViews } from './ticket-views.service.js';

/** Whoever runs the desk drafts it, a leader puts it in force; everybody who sees the desk reads what is approved. */
@Resolver(() => StandardCatalogNode)
export class StandardChangesResolver implements OnModuleInit {
  private readonly desk = new EditionDesk(this.standards, {
    ...{ type: 'DutyStandardCatalog', readBy: 'DUTY', keptBy: 'DUTY' },
    wrong: ({ content }) => wrongCatalog(content),
    node: (row, inForce, problems) => new StandardCatalogNode(row, inForce, problems),
  });

  constructor(
    private readonly standards: StandardChanges,
    private readonly tickets: TicketViews,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.desk.register(this.nodes);
  }

  @Query(() => [StandardCatalogNode], {
    description: 'The draft first, for those who have to do with it, then those in force and before, the newest first.',
  })
  dutyStandardCatalogs(@Context() ctx: RequestContext): Promise<StandardCatalogNode[]> {
    return this.desk.list(ctx);
  }

  @Query(() => [StandardUseNode], { description: 'Of every entry by which a change was opened.' })
  dutyStandardUses(@Context() ctx: RequestContext): Promise<StandardUseNode[]> {
    ctx.require('DUTY', 'READ');
    return this.tickets.standardUses();
  }

  @Mutation(() => StandardPayload, { description: 'A copy of what is in force, to be changed.' })
  beginDutyStandardDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginStandardDraftInput,
  ): Promise<StandardPayload> {
    return this.desk.begin(ctx, input);
  }

  @Mutation(() => StandardPayload)
  saveDutyStandardDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveStandardDraftInput,
  ): Promise<StandardPayload> {
    const { entries, note } = input;
    return this.desk.save(ctx, input, { note, content: { entries: entries.map((entry) => ({ ...entry })) } });
  }

  @Mutation(() => StandardPayload, { description: 'edition is null: it is gone.' })
  discardDutyStandardDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: StandardActInput,
  ): Promise<StandardPayload> {
    return this.desk.discard(ctx, input);
  }

  @Mutation(() => StandardPayload, {
    description: 'Puts the draft in force, by another than who drafted it: from then on its changes ask nobody.',
  })
  publishDutyStandardCatalog(
    @Context() ctx: RequestContext,
    @Args('input') input: StandardActInput,
  ): Promise<StandardPayload> {
    return this.desk.publish(ctx, input);
  }
}
