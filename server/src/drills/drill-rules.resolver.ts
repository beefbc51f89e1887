import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { EditionDesk } from '../editions/edition-desk.graphql.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { wrongRule } from './domain/drill-rule.js';
import {
  BeginDrillRuleDraftInput,
  DrillRuleActInput,
  DrillRuleNode,
  DrillRulePayload,
  SaveDrillRuleDraftInput,
} from './drill-rules.graphql.js';
import { DrillRules } from './drill-rules.service.js';

/** Whoever runs DR drafts it, the authority puts it in force; everybody who reads of drills reads by which rule they are due. */
@Resolver(() => DrillRuleNode)
export class DrillRulesResolver implements OnModuleInit {
  private readonly desk = new EditionDesk(this.rules, {
    ...{ type: 'DrDrillRule', readBy: 'DR_GROUP', keptBy: 'DR_GROUP' },
    wrong: ({ content, effectiveFrom }, today) => wrongRule(content, effectiveFrom, today),
    node: (row, inForce, problems) => new DrillRuleNode(row, inForce, problems),
  });

  constructor(
    private readonly rules: DrillRules,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.desk.register(this.nodes);
  }

  @Query(() => [DrillRuleNode], {
    description: 'The draft first, for those who have to do with it, then those in force and before, the newest first.',
  })
  drDrillRules(@Context() ctx: RequestContext): Promise<DrillRuleNode[]> {
    return this.desk.list(ctx);
  }

  @Mutation(() => DrillRulePayload, { description: 'A copy of what is in force, to be changed.' })
  beginDrDrillRuleDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginDrillRuleDraftInput,
  ): Promise<DrillRulePayload> {
    return this.desk.begin(ctx, input);
  }

  @Mutation(() => DrillRulePayload)
  saveDrDrillRuleDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveDrillRuleDraftInput,
  ): Promise<DrillRulePayload> {
    const { effectiveFrom, lines, note, rectifyDays } = input;
    const plain = lines.map(({ everyDays, kind, onlyProtected, warnDays }) => ({
      ...{ everyDays, kind, onlyProtected, warnDays },
    }));
    return this.desk.save(ctx, input, { note, effectiveFrom, content: { lines: plain, rectifyDays } });
  }

  @Mutation(() => DrillRulePayload, { description: 'edition is null: it is gone.' })
  discardDrDrillRuleDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: DrillRuleActInput,
  ): Promise<DrillRulePayload> {
    return this.desk.discard(ctx, input);
  }

  @Mutation(() => DrillRulePayload, {
    description: 'Puts the draft in force from its day on, by another than who drafted it.',
  })
  publishDrDrillRule(
    @Context() ctx: RequestContext,
    @Args('input') input: DrillRuleActInput,
  ): Promise<DrillRulePayload> {
    return this.desk.publish(ctx, input);
  }
}
