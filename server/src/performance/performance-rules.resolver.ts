import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { EditionAnswer, EditionWish } from '../editions/editions.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { wrongRule } from './domain/check-rule.js';
import type { PerformanceEditionRow } from './performance.types.js';
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
  constructor(
    private readonly editions: PerformanceEditions,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('PerformanceEdition', async (ctx, id) => {
      const row = await this.editions.edition(id);
      return row && mayRead(ctx, row) ? this.node(ctx, row) : null;
    });
  }

  @Query(() => [PerformanceEditionNode], { description: 'The draft first, then those in force, the newest first.' })
  async performanceEditions(@Context() ctx: RequestContext): Promise<PerformanceEditionNode[]> {
    ctx.require('PERFORMANCE', 'READ');
    const rows = (await this.editions.list()).filter((row) => mayRead(ctx, row));
    return Promise.all(rows.map((row) => this.node(ctx, row)));
  }

  @Mutation(() => PerformanceEditionPayload, { description: 'A copy of what is in force, to be changed.' })
  beginPerformanceDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginPerformanceDraftInput,
  ): Promise<PerformanceEditionPayload> {
    ctx.require('PERFORMANCE', 'EDIT');
    return this.payload(ctx, this.editions.begin(ctx.requireViewer(), input.note, input.idempotencyKey));
  }

  @Mutation(() => PerformanceEditionPayload)
  savePerformanceDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SavePerformanceDraftInput,
  ): Promise<PerformanceEditionPayload> {
    ctx.require('PERFORMANCE', 'EDIT');
    const { note, effectiveFrom, rule } = input;
    const draft = { note, effectiveFrom, content: toRule(rule) };
    return this.payload(ctx, this.editions.save(ctx.requireViewer(), toWish(input), draft));
  }

  @Mutation(() => PerformanceEditionPayload, { description: 'edition is null: it is gone.' })
  discardPerformanceDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: PerformanceEditionActInput,
  ): Promise<PerformanceEditionPayload> {
    ctx.require('PERFORMANCE', 'EDIT');
    return this.payload(ctx, this.editions.discard(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => PerformanceEditionPayload, {
    description: 'Puts the draft in force, by another than who drafted it.',
  })
  publishPerformanceEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: PerformanceEditionActInput,
  ): Promise<PerformanceEditionPayload> {
    ctx.require('PERFORMANCE', 'REVIEW');
    return this.payload(ctx, this.editions.publish(ctx.requireViewer(), toWish(input)));
  }

  private async payload(ctx: RequestContext, answer: EditionAnswer): Promise<PerformanceEditionPayload> {
    const result = await answer;
    if (!result.ok) return { edition: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.editions.edition(result.value.id);
    return { edition: row && (await this.node(ctx, row)), errors: [] };
  }

  private async node(ctx: RequestContext, row: PerformanceEditionRow): Promise<PerformanceEditionNode> {
    const inForce = (await this.editions.inForce()).id === row.id;
    const problems = row.number === null ? wrongRule(row.content, row.effectiveFrom, this.editions.today()) : [];
    return new PerformanceEditionNode(row, inForce, toUserErrors(problems, ctx.locale));
  }
}

/** A draft is for those who write it and who put it in force. */
function mayRead(ctx: RequestContext, row: PerformanceEditionRow): boolean {
  const viewer = ctx.requireViewer();
  if (row.number !== null) return scopeFor(viewer, 'PERFORMANCE', 'READ') !== undefined;
  return (['EDIT', 'REVIEW'] as const).some((action) => scopeFor(viewer, 'PERFORMANCE', action) !== undefined);
}

function toWish({ id, idempotencyKey, expectedVersion }: PerformanceEditionActInput): EditionWish {
  return { id: uuidOf('PerformanceEdition', id), idempotencyKey, expectedVersion };
}
