import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import type { TenantScope } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { PlanActs } from './plan-acts.service.js';
import { type Answer, PlanDesk } from './plan-desk.service.js';
import {
  ApprovePlansInput,
  CreatePlanInput,
  DecidePlanInput,
  ReducePlanLineInput,
  RemovePlanLinesInput,
  SavePlanLineInput,
  SavePlanYearInput,
  SetPlanQuotasInput,
} from './plan-inputs.js';
import { PlanLines } from './plan-lines.service.js';
import { PlanQuotas } from './plan-quotas.service.js';
import { PlanReductions } from './plan-reductions.service.js';
import { PlanStarts } from './plan-starts.service.js';
import { PlanYears } from './plan-years.service.js';
import { PlanNode, PlanPayload, PlansPayload, PlanYearNode, PlanYearPayload } from './plans.graphql.js';

/** One press approves a page of the list. */
const APPROVED_AT_ONCE_MAX = 100;
const HALF_UNITS_PER_UNIT = 2;

@Resolver()
export class PlanActsResolver {
  constructor(
    private readonly desk: PlanDesk,
    private readonly years: PlanYears,
    private readonly starts: PlanStarts,
    private readonly lines: PlanLines,
    private readonly reductions: PlanReductions,
    private readonly acts: PlanActs,
    private readonly quotas: PlanQuotas,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Mutation(() => PlanYearPayload, { description: 'Opens a plan year, or changes its window.' })
  async savePlanYear(
    @Context() ctx: RequestContext,
    @Args('input') input: SavePlanYearInput,
  ): Promise<PlanYearPayload> {
    ctx.require('PLAN', 'EDIT');
    const { additionFrom, ...wish } = input;
    const saved = await this.years.save(ctx.requireViewer(), { ...wish, additionFromFen: additionFrom });
    if (!saved.ok) return { planYear: null, errors: toUserErrors(saved.error, ctx.locale) };
    const year = (await this.desk.years()).find((one) => one.year === saved.value.year);
    return { planYear: year ? PlanYearNode.of(year, calendarDate(this.clock.now())) : null, errors: [] };
  }

  @Mutation(() => PlanPayload)
  createPlan(@Context() ctx: RequestContext, @Args('input') input: CreatePlanInput): Promise<PlanPayload> {
    const scope = ctx.require('PLAN', 'CREATE');
    const wish = { ...input, departmentId: uuidOf('Department', input.departmentId) };
    return this.answer(ctx, scope, this.starts.create(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => PlanPayload)
  savePlanLine(@Context() ctx: RequestContext, @Args('input') input: SavePlanLineInput): Promise<PlanPayload> {
    const scope = ctx.require('PLAN', 'CREATE');
    const { line, idempotencyKey, expectedVersion } = input;
    const { units, ...content } = line;
    return this.answer(
      ctx,
      scope,
      this.lines.save(ctx.requireViewer(), scope, {
        idempotencyKey,
        expectedVersion,
        planId: uuidOf('Plan', input.planId),
        lineId: input.lineId ? uuidOf('PlanLine', input.lineId) : null,
        content: {
          ...content,
          systemId: uuidOf('System', line.systemId),
          architecture: line.architecture ?? null,
          zone: line.zone ?? null,
          offerCode: line.offerCode || null,
          halfUnits: units * HALF_UNITS_PER_UNIT,
        },
      }),
    );
  }

  @Mutation(() => PlanPayload)
  removePlanLines(@Context() ctx: RequestContext, @Args('input') input: RemovePlanLinesInput): Promise<PlanPayload> {
    const scope = ctx.require('PLAN', 'CREATE');
    const wish = {
      ...input,
      planId: uuidOf('Plan', input.planId),
      lineIds: input.lineIds.map((id) => uuidOf('PlanLine', id)),
    };
    return this.answer(ctx, scope, this.lines.remove(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => PlanPayload, { description: 'What the center accepts of one line, while it reviews.' })
  reducePlanLine(@Context() ctx: RequestContext, @Args('input') input: ReducePlanLineInput): Promise<PlanPayload> {
    const scope = ctx.require('PLAN', 'REVIEW');
    const wish = {
      ...input,
      planId: uuidOf('Plan', input.planId),
      lineId: uuidOf('PlanLine', input.lineId),
      acceptedCount: input.acceptedCount ?? null,
    };
    return this.answer(ctx, scope, this.reductions.reduce(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => PlanPayload)
  decidePlan(@Context() ctx: RequestContext, @Args('input') input: DecidePlanInput): Promise<PlanPayload> {
    const scope = ctx.require('PLAN', 'READ');
    const { action, ...wish } = input;
    const acted = this.acts.act(ctx.requireViewer(), scope, action, { ...wish, id: uuidOf('Plan', input.id) });
    return this.answer(ctx, scope, acted);
  }

  @Mutation(() => PlansPayload)
  async approvePlans(@Context() ctx: RequestContext, @Args('input') input: ApprovePlansInput): Promise<PlansPayload> {
    const scope = ctx.require('PLAN', 'SIGN_OFF');
    if (input.items.length < 1 || input.items.length > APPROVED_AT_ONCE_MAX)
      throw badInput(`items must be 1 to ${APPROVED_AT_ONCE_MAX}`);
    const items = input.items.map((item) => ({ ...item, id: uuidOf('Plan', item.id) }));
    const { idempotencyKey, opinion } = input;
    const answers = await this.acts.approveAll(ctx.requireViewer(), scope, items, idempotencyKey, opinion ?? null);
    const results = await Promise.all(answers.map(({ answer }) => this.answer(ctx, scope, Promise.resolve(answer))));
    return { results, errors: [] };
  }

  @Mutation(() => PlanPayload, {
    description: 'Puts the quotas of an approved plan in force where the year has begun.',
  })
  setPlanQuotas(@Context() ctx: RequestContext, @Args('input') input: SetPlanQuotasInput): Promise<PlanPayload> {
    const scope = ctx.require('PLAN', 'REVIEW');
    const wish = { ...input, id: uuidOf('Plan', input.id) };
    return this.answer(ctx, scope, this.quotas.setByHand(ctx.requireViewer(), scope, wish));
  }

  private async answer(ctx: RequestContext, scope: TenantScope, done: Answer): Promise<PlanPayload> {
    const answer = await done;
    if (!answer.ok) return { plan: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.desk.plan(ctx.requireViewer(), scope, answer.value.id);
    return { plan: row && new PlanNode(row), errors: [] };
  }
}
