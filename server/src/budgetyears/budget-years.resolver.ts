import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BudgetNode } from '../budgets/budgets.types.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { forbidden } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  BudgetYearInput,
  BudgetYearNode,
  BudgetYearPayload,
  ForecastNode,
  SetBudgetCarryRuleInput,
  YearEndSumNode,
  YearPreviewNode,
} from './budget-years.graphql.js';
import { BudgetYears } from './budget-years.service.js';
import { Forecasts } from './forecasts.service.js';
import { YearEndService } from './year-end.service.js';
import { YearOpening } from './year-opening.service.js';
import { YearPreviews } from './year-previews.service.js';

const ITEMS_MAX = 100;

@Resolver(() => BudgetYearNode)
export class BudgetYearsResolver {
  constructor(
    private readonly years: BudgetYears,
    private readonly opening: YearOpening,
    private readonly previews: YearPreviews,
    private readonly ends: YearEndService,
  ) {}

  @Query(() => BudgetYearNode)
  budgetYear(@Context() ctx: RequestContext, @Args('year', { type: () => Int }) year: number): Promise<BudgetYearNode> {
    ofProvince(ctx);
    return this.years.year(year);
  }

  @Query(() => YearPreviewNode)
  async budgetYearPreview(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
  ): Promise<YearPreviewNode> {
    ofProvince(ctx);
    const preview = await this.previews.preview(year);
    return {
      ...preview,
      itemCount: preview.items.length,
      items: preview.items
        .slice(0, ITEMS_MAX)
        .map(({ budget, ...item }) => ({ ...item, budget: new BudgetNode(budget) })),
      unpaid: preview.unpaid.map((sum) => ({ month: null, ...sum })),
    };
  }

  @Query(() => [YearEndSumNode])
  budgetYearEndPreview(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
  ): Promise<YearEndSumNode[]> {
    ofProvince(ctx);
    return this.ends.preview(year);
  }

  @Mutation(() => BudgetYearPayload, {
    description: 'Encumbers what runs to the end of the year; once more, what came to run since.',
  })
  openBudgetYear(@Context() ctx: RequestContext, @Args('input') wish: BudgetYearInput): Promise<BudgetYearPayload> {
    const scope = ofProvince(ctx);
    return this.payload(ctx, wish.year, this.opening.begin(ctx.requireViewer(), scope, { ...wish }));
  }

  @Mutation(() => BudgetYearPayload, {
    description: 'What is reserved ends; what is left is carried over or collected by rule.',
  })
  endBudgetYear(@Context() ctx: RequestContext, @Args('input') wish: BudgetYearInput): Promise<BudgetYearPayload> {
    const scope = ofProvince(ctx);
    return this.payload(ctx, wish.year, this.ends.begin(ctx.requireViewer(), scope, { ...wish }));
  }

  @Mutation(() => BudgetYearPayload, { description: 'What becomes of what is left, from a year on.' })
  setBudgetCarryRule(
    @Context() ctx: RequestContext,
    @Args('input') wish: SetBudgetCarryRuleInput,
  ): Promise<BudgetYearPayload> {
    const scope = ofProvince(ctx);
    return this.payload(ctx, wish.fromYear, this.ends.setRule(ctx.requireViewer(), scope, { ...wish }));
  }

  private async payload(
    ctx: RequestContext,
    year: number,
    answer: Promise<Result<object, readonly Refusal[]>>,
  ): Promise<BudgetYearPayload> {
    const done = await answer;
    if (!done.ok) return { budgetYear: null, errors: toUserErrors(done.error, ctx.locale) };
    return { budgetYear: await this.years.year(year), errors: [] };
  }
}

@Resolver(() => BudgetNode)
export class ForecastResolver {
  constructor(private readonly forecasts: Forecasts) {}

  @ResolveField(() => ForecastNode, {
    nullable: true,
    description: 'Of an item; null = of a department as a whole, or something that runs has no price.',
  })
  async forecast(@Parent() { row }: BudgetNode): Promise<ForecastNode | null> {
    const forecast = await this.forecasts.of(row);
    return forecast && new ForecastNode(forecast);
  }
}

/** A year is opened and ended for everybody: whoever keeps one city's budgets has no part in it. */
function ofProvince(ctx: RequestContext): TenantScope {
  const scope = ctx.require('BUDGET', 'EDIT');
  if (scope.kind !== 'PROVINCE') throw forbidden(ctx.locale, 'BUDGET', 'EDIT');
  return scope;
}
