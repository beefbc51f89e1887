import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { EditionDesk } from '../editions/edition-desk.graphql.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
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

/** The gates belong to no department: whoever asks for something may read by what it is judged. */
@Resolver(() => GateEditionNode)
export class GatesResolver implements OnModuleInit {
  private readonly desk = new EditionDesk(this.gates, {
    type: 'GateEdition',
    readBy: 'GATE',
    keptBy: 'GATE',
    wrong: ({ content, effectiveFrom }, today) => wrongRules(content, effectiveFrom, today),
    node: (row, inForce, problems) => new GateEditionNode(row, inForce, problems),
  });

  constructor(
    private readonly gates: GatesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.desk.register(this.nodes);
  }

  @Query(() => [GateEditionNode], {
    description: 'The draft first, for those who have to do with it, then the published ones, the newest first.',
  })
  gateEditions(@Context() ctx: RequestContext): Promise<GateEditionNode[]> {
    return this.desk.list(ctx);
  }

  @Query(() => [GateCheckMeaningNode], { description: 'What a rule can look at.' })
  gateChecks(@Context() ctx: RequestContext): GateCheckMeaningNode[] {
    ctx.require('GATE', 'READ');
    return GATE_CHECKS.map(meaningOf);
  }

  @Mutation(() => GateEditionPayload, { description: 'A copy of what is in force, to be changed.' })
  beginGateDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginGateDraftInput,
  ): Promise<GateEditionPayload> {
    return this.desk.begin(ctx, input);
  }

  @Mutation(() => GateEditionPayload)
  saveGateDraft(@Context() ctx: RequestContext, @Args('input') input: SaveGateDraftInput): Promise<GateEditionPayload> {
    const { note, effectiveFrom, rules, products } = input;
    return this.desk.save(ctx, input, { note, effectiveFrom, content: toGateContent(rules, products) });
  }

  @Mutation(() => GateEditionPayload, { description: 'edition is null: it is gone.' })
  discardGateDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: GateEditionActInput,
  ): Promise<GateEditionPayload> {
    return this.desk.discard(ctx, input);
  }

  @Mutation(() => GateEditionPayload, {
    description: 'Puts the draft in force from its day on, by another than who drafted it.',
  })
  publishGateEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: GateEditionActInput,
  ): Promise<GateEditionPayload> {
    return this.desk.publish(ctx, input);
  }
}
