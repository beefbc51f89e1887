import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { EditionDesk } from '../editions/edition-desk.graphql.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { wrongRule } from './domain/check-rule.js';
import { PerformanceEditions } from './performance-editions.service.js';
import {
  BeginPerformanceDraftInput,
  PerformanceEditionActInput,
  PerformanceEditionNode,
  PerformanceEditionPayload,
  SavePerformanceDraftInput,
  toRule,
} from './performance-rules.graphql.js';

/** Editions belong to no department: whoever is graded reads by what. */
@Resolver(() => PerformanceEditionNode)
export class PerformanceRulesResolver implements OnModuleInit {
  private readonly desk = new EditionDesk(this.editions, {
    type: 'PerformanceEdition',
    readBy: 'PERFORMANCE',
    keptBy: 'PERFORMANCE',
    wrong: ({ content, effectiveFrom }, today) => wrongRule(content, effectiveFrom, today),
    node: (row, inForce, problems) => new PerformanceEditionNode(row, inForce, problems),
  });

  constructor(
    private readonly editions: PerformanceEditions,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.desk.register(this.nodes);
  }

  @Query(() => [PerformanceEditionNode], { description: 'The draft first, then those in force, the newest first.' })
  performanceEditions(@Context() ctx: RequestContext): Promise<PerformanceEditionNode[]> {
    return this.desk.list(ctx);
  }

  @Mutation(() => PerformanceEditionPayload, { description: 'A copy of what is in force, to be changed.' })
  beginPerformanceDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginPerformanceDraftInput,
  ): Promise<PerformanceEditionPayload> {
    return this.desk.begin(ctx, input);
  }

  @Mutation(() => PerformanceEditionPayload)
  savePerformanceDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SavePerformanceDraftInput,
  ): Promise<PerformanceEditionPayload> {
    const { note, effectiveFrom, rule } = input;
    return this.desk.save(ctx, input, { note, effectiveFrom, content: toRule(rule) });
  }

  @Mutation(() => PerformanceEditionPayload, { description: 'edition is null: it is gone.' })
  discardPerformanceDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: PerformanceEditionActInput,
  ): Promise<PerformanceEditionPayload> {
    return this.desk.discard(ctx, input);
  }

  @Mutation(() => PerformanceEditionPayload, {
    description: 'Puts the draft in force, by another than who drafted it.',
  })
  publishPerformanceEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: PerformanceEditionActInput,
  ): Promise<PerformanceEditionPayload> {
    return this.desk.publish(ctx, input);
  }
}
