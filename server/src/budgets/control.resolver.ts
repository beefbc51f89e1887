import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { BudgetAdjustments } from './adjustments.service.js';
import { BudgetPolicies } from './budget-policies.service.js';
import { BudgetsService } from './budgets.service.js';
import { BudgetNode } from './budgets.types.js';
import {
  BudgetAdjustmentConnection,
  BudgetAdjustmentFilterInput,
  BudgetAdjustmentNode,
  BudgetAdjustmentPayload,
  BudgetThresholdRuleNode,
  BudgetThresholdsNode,
  BudgetThresholdsPayload,
  DecideBudgetAdjustmentInput,
  RequestBudgetAdjustmentInput,
  SetBudgetThresholdsInput,
} from './control.graphql.js';

@Resolver(() => BudgetAdjustmentNode)
export class BudgetAdjustmentsResolver {
  constructor(
    private readonly adjustments: BudgetAdjustments,
    private readonly budgets: BudgetsService,
  ) {}

  @Query(() => BudgetAdjustmentConnection, { description: 'The newest first.' })
  async budgetAdjustments(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => BudgetAdjustmentFilterInput, nullable: true })
    filter?: BudgetAdjustmentFilterInput | null,
  ): Promise<Connection<BudgetAdjustmentNode>> {
    const scope = ctx.require('BUDGET', 'READ');
    const { userId } = ctx.requireViewer();
    const budgetId = filter?.budgetId ? idOr(filter.budgetId, 'Budget') : null;
    const found = await this.adjustments.list(scope, { budgetId, state: filter?.state ?? null }, pageRequest(page, 1));
    return toConnection(
      found,
      (adjustment) => new BudgetAdjustmentNode(adjustment, userId),
      (adjustment) => [adjustment.id],
    );
  }

  @ResolveField(() => BudgetNode)
  async budget(
    @Context() ctx: RequestContext,
    @Parent() { budgetId }: BudgetAdjustmentNode,
  ): Promise<BudgetNode | null> {
    const budget = await ctx.loader(this.budgets.budgets).load(budgetId);
    return budget && new BudgetNode(budget);
  }

  @Mutation(() => BudgetAdjustmentPayload, {
    description: 'Asks for more, or less; nothing changes until another person approves.',
  })
  requestBudgetAdjustment(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: RequestBudgetAdjustmentInput,
  ): Promise<BudgetAdjustmentPayload> {
    const scope = ctx.require('BUDGET', 'EDIT');
    const answer = this.adjustments.request(ctx.requireViewer(), scope, { ...wish, budgetId: idOr(id, 'Budget') });
    return this.payload(ctx, answer);
  }

  @Mutation(() => BudgetAdjustmentPayload, {
    description: 'Approved or declined by another, or withdrawn by who asked.',
  })
  decideBudgetAdjustment(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: DecideBudgetAdjustmentInput,
  ): Promise<BudgetAdjustmentPayload> {
    const scope = ctx.require('BUDGET', 'EDIT');
    const answer = this.adjustments.decide(ctx.requireViewer(), scope, { ...wish, id: idOr(id, 'BudgetAdjustment') });
    return this.payload(ctx, answer);
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string; budgetId: string }, readonly Refusal[]>>,
  ): Promise<BudgetAdjustmentPayload> {
    const done = await answer;
    if (!done.ok) return { adjustment: null, budget: null, errors: toUserErrors(done.error, ctx.locale) };
    const scope = readable(ctx);
    const [adjustment, budget] = await Promise.all([
      this.adjustments.adjustment(scope, done.value.id),
      this.budgets.budget(scope, done.value.budgetId),
    ]);
    const { userId } = ctx.requireViewer();
    return {
      adjustment: adjustment && new BudgetAdjustmentNode(adjustment, userId),
      budget: budget && new BudgetNode(budget),
      errors: [],
    };
  }
}

@Resolver()
export class BudgetThresholdsResolver {
  constructor(private readonly policies: BudgetPolicies) {}

  @Query(() => BudgetThresholdsNode)
  async budgetThresholds(@Context() ctx: RequestContext): Promise<BudgetThresholdsNode> {
    ctx.require('BUDGET', 'READ');
    return this.now();
  }

  @Mutation(() => BudgetThresholdsPayload, {
    description: 'Another rule from a day on; those before stay as they were.',
  })
  async setBudgetThresholds(
    @Context() ctx: RequestContext,
    @Args('input') { blockPercent, ...wish }: SetBudgetThresholdsInput,
  ): Promise<BudgetThresholdsPayload> {
    const scope = ctx.require('BUDGET', 'EDIT');
    const done = await this.policies.set(ctx.requireViewer(), scope, { ...wish, blockPercent: blockPercent ?? null });
    if (!done.ok) return { thresholds: null, errors: toUserErrors(done.error, ctx.locale) };
    return { thresholds: await this.now(), errors: [] };
  }

  private async now(): Promise<BudgetThresholdsNode> {
    const [inForce, rules] = await Promise.all([this.policies.inForce(), this.policies.all()]);
    return {
      inForce: new BudgetThresholdRuleNode(inForce),
      rules: rules.map((rule) => new BudgetThresholdRuleNode(rule)),
    };
  }
}

function readable(ctx: RequestContext): TenantScope {
  return scopeFor(ctx.requireViewer(), 'BUDGET', 'READ') ?? { kind: 'DEPARTMENTS', departmentIds: [] };
}

/** A malformed id is an unknown one. */
function idOr(nodeId: string, type: string): string {
  return uuidOf(type, nodeId) ?? '-';
}
