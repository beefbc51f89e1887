import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { EditionAnswer, EditionWish } from '../editions/editions.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { wrongRules } from './domain/check-rules.js';
import { GATE_CHECKS } from './domain/rules.js';
import {
  BeginGateDraftInput,
  GateCheckMeaningNode,
  GateEditionActInput,
  GateEditionNode,
  GateEditionPayload,
  meaningOf,
  SaveGateDraftInput,
  toGateContent,
} from './gates.graphql.js';
import { GatesService } from './gates.service.js';
import type { GateEditionRow } from './gates.types.js';

/** The gates belong to no department: whoever asks for something may read by what it is judged. */
@Resolver(() => GateEditionNode)
export class GatesResolver implements OnModuleInit {
  constructor(
    private readonly gates: GatesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('GateEdition', async (ctx, id) => {
      const row = await this.gates.edition(id);
      return row && mayRead(ctx, row) ? this.node(ctx, row) : null;
    });
  }

  @Query(() => [GateEditionNode], {
    description: 'The draft first, for those who have to do with it, then the published ones, the newest first.',
  })
  async gateEditions(@Context() ctx: RequestContext): Promise<GateEditionNode[]> {
    ctx.require('GATE', 'READ');
    const rows = (await this.gates.list()).filter((row) => mayRead(ctx, row));
    return Promise.all(rows.map((row) => this.node(ctx, row)));
  }

  @Query(() => [GateCheckMeaningNode], { description: 'What a rule can look at.' })
  gateChecks(@Context() ctx: RequestContext): GateCheckMeaningNode[] {
    ctx.require('GATE', 'READ');
    return GATE_CHECKS.map(meaningOf);
  }

  @Mutation(() => GateEditionPayload, { description: 'A copy of what is in force, to be changed.' })
  async beginGateDraft(
    @Context() ctx: RequestContext,
    @Args('input') { note, idempotencyKey }: BeginGateDraftInput,
  ): Promise<GateEditionPayload> {
    ctx.require('GATE', 'EDIT');
    return this.payload(ctx, this.gates.begin(ctx.requireViewer(), note, idempotencyKey));
  }

  @Mutation(() => GateEditionPayload)
  async saveGateDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveGateDraftInput,
  ): Promise<GateEditionPayload> {
    ctx.require('GATE', 'EDIT');
    const { note, effectiveFrom, rules, products } = input;
    const draft = { note, effectiveFrom, content: toGateContent(rules, products) };
    return this.payload(ctx, this.gates.save(ctx.requireViewer(), toWish(input), draft));
  }

  @Mutation(() => GateEditionPayload, { description: 'edition is null: it is gone.' })
  async discardGateDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: GateEditionActInput,
  ): Promise<GateEditionPayload> {
    ctx.require('GATE', 'EDIT');
    return this.payload(ctx, this.gates.discard(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => GateEditionPayload, {
    description: 'Puts the draft in force from its day on, by another than who drafted it.',
  })
  async publishGateEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: GateEditionActInput,
  ): Promise<GateEditionPayload> {
    ctx.require('GATE', 'REVIEW');
    return this.payload(ctx, this.gates.publish(ctx.requireViewer(), toWish(input)));
  }

  private async payload(ctx: RequestContext, answer: EditionAnswer): Promise<GateEditionPayload> {
    const result = await answer;
    if (!result.ok) return { edition: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.gates.edition(result.value.id);
    return { edition: row && (await this.node(ctx, row)), errors: [] };
  }

  private async node(ctx: RequestContext, row: GateEditionRow): Promise<GateEditionNode> {
    const inForce = (await this.gates.inForce()).id === row.id;
    const problems = row.number === null ? wrongRules(row.content, row.effectiveFrom, this.gates.today()) : [];
    return new GateEditionNode(row, inForce, toUserErrors(problems, ctx.locale));
  }
}

/** A draft is for those who write it and who publish it. */
function mayRead(ctx: RequestContext, row: GateEditionRow): boolean {
  const viewer = ctx.requireViewer();
  if (row.number !== null) return scopeFor(viewer, 'GATE', 'READ') !== undefined;
  return scopeFor(viewer, 'GATE', 'EDIT') !== undefined || scopeFor(viewer, 'GATE', 'REVIEW') !== undefined;
}

function toWish({ id, idempotencyKey, expectedVersion }: GateEditionActInput): EditionWish {
  return { id: uuidOf('GateEdition', id), idempotencyKey, expectedVersion };
}
