import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { QUOTA_METERS } from '../kernel/refusal.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { actionsInReach, decidePlan } from './domain/decide-plan.js';
import { yearlyOf } from './domain/plan-price.js';
import { plannedAmounts } from './domain/plan-use.js';
import { PlanDesk } from './plan-desk.service.js';
import { PlanQuotas } from './plan-quotas.service.js';
import {
  PlanActionAvailability,
  PlanAmountNode,
  PlanConnection,
  PlanFilterInput,
  PlanLineConnection,
  PlanLineNode,
  PlanNode,
  PlanOverviewNode,
  PlanQuotaOutlookNode,
  PlanStepNode,
  PlanYearNode,
} from './plans.graphql.js';

@Resolver(() => PlanNode)
export class PlansResolver implements OnModuleInit {
  constructor(
    private readonly desk: PlanDesk,
    private readonly quotas: PlanQuotas,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Plan', async (ctx, id) => {
      const viewer = ctx.requireViewer();
      const scope = scopeFor(viewer, 'PLAN', 'READ');
      const row = scope ? await this.desk.plan(viewer, scope, id) : null;
      return row && new PlanNode(row);
    });
  }

  @Query(() => [PlanYearNode], { description: 'Newest first.' })
  async planYears(@Context() ctx: RequestContext): Promise<PlanYearNode[]> {
    ctx.require('PLAN', 'READ');
    const today = calendarDate(this.clock.now());
    return (await this.desk.years()).map((year) => PlanYearNode.of(year, today));
  }

  @Query(() => PlanConnection, { description: 'Newest first; without those given up unless asked for.' })
  async plans(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => PlanFilterInput, nullable: true }) filter?: PlanFilterInput | null,
  ): Promise<Connection<PlanNode>> {
    const scope = ctx.require('PLAN', 'READ');
    const found = await this.desk.page(
      ctx.requireViewer(),
      scope,
      {
        year: filter?.year ?? null,
        states: filter?.states ?? null,
        kind: filter?.kind ?? null,
        departmentId: filter?.departmentId ? (uuidOf('Department', filter.departmentId) ?? '-') : null,
        search: searchText(filter?.search),
      },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      (row) => new PlanNode(row),
      (row) => [row.id],
    );
  }

  @Query(() => PlanNode)
  async plan(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<PlanNode> {
    const scope = ctx.require('PLAN', 'READ');
    const uuid = uuidOf('Plan', id);
    const row = uuid === undefined ? null : await this.desk.plan(ctx.requireViewer(), scope, uuid);
    if (!row) throw notFound(ctx.locale);
    return new PlanNode(row);
  }

  @Query(() => PlanOverviewNode)
  async planOverview(
    @Context() ctx: RequestContext,
    @Args('year', { type: () => Int }) year: number,
  ): Promise<PlanOverviewNode> {
    const scope = ctx.require('PLAN', 'READ');
    const [sums, departments] = await Promise.all([
      this.desk.sums(ctx.requireViewer(), scope, year),
      this.desk.departmentCount(scope),
    ]);
    return { departments, sums: sums.map(({ monthlyFen, ...sum }) => ({ ...sum, monthly: monthlyFen })) };
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: PlanNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => PlanYearNode)
  async planYear(@Context() ctx: RequestContext, @Parent() { row }: PlanNode): Promise<PlanYearNode | null> {
    const year = await ctx.loader(this.desk.yearsOf).load(row.year);
    return year && PlanYearNode.of(year, calendarDate(this.clock.now()));
  }

  @ResolveField(() => PlanLineConnection)
  async lines(@Parent() { row }: PlanNode, @Args() page: PageArgs): Promise<Connection<PlanLineNode>> {
    const found = await this.desk.lines(row.id, pageRequest(page, 1));
    return toConnection(
      found,
      (line) => new PlanLineNode(line),
      (line) => [String(line.position)],
    );
  }

  @ResolveField(() => [PlanStepNode], { description: 'In their order.' })
  async steps(@Context() ctx: RequestContext, @Parent() { row }: PlanNode): Promise<PlanStepNode[]> {
    return (await ctx.loader(this.desk.stepsOf).load(row.id)).map(PlanStepNode.of);
  }

  @ResolveField(() => [PlanAmountNode], { description: 'Meters that it names, in all centers together.' })
  async amounts(@Context() ctx: RequestContext, @Parent() { row }: PlanNode): Promise<PlanAmountNode[]> {
    const lines = await ctx.loader(this.desk.linesOf).load(row.id);
    const [accepted, asked] = [
      plannedAmounts(lines),
      plannedAmounts(lines.map((l) => ({ ...l, acceptedCount: null }))),
    ];
    return QUOTA_METERS.filter((meter) => asked[meter] > 0).map((meter) => ({
      meter,
      asked: asked[meter],
      accepted: accepted[meter],
    }));
  }

  @ResolveField(() => FenScalar, {
    nullable: true,
    description: 'Until the end of the year; null = a price is missing.',
  })
  async yearly(@Context() ctx: RequestContext, @Parent() { row }: PlanNode): Promise<bigint | null> {
    return yearlyOf(await ctx.loader(this.desk.linesOf).load(row.id));
  }

  @ResolveField(() => PlanQuotaOutlookNode, {
    nullable: true,
    description: 'Which limits follow from it; null = they are in force, or it will have none.',
  })
  async quotaOutlook(
    @Context() ctx: RequestContext,
    @Parent() { row }: PlanNode,
  ): Promise<PlanQuotaOutlookNode | null> {
    if (row.quotasSetAt !== null || row.state === 'REJECTED' || row.state === 'DISCARDED') return null;
    const { changes, objections } = await this.quotas.outlook(row);
    return {
      withApproval: this.quotas.followNow(row),
      changes: changes.map(({ subject, ...change }) => ({ ...change, subjectName: subject.name })),
      objections: toUserErrors(objections, ctx.locale),
    };
  }

  @ResolveField(() => Boolean, { description: 'The viewer may change its lines now.' })
  editable(@Context() ctx: RequestContext, @Parent() plan: PlanNode): boolean {
    return plan.writable && covers(scopeFor(ctx.requireViewer(), 'PLAN', 'CREATE'), plan.row.departmentId);
  }

  @ResolveField(() => Boolean, { description: 'The viewer may reduce its lines now.' })
  reducible(@Context() ctx: RequestContext, @Parent() { row }: PlanNode): boolean {
    return row.state === 'CENTER_REVIEW' && scopeFor(ctx.requireViewer(), 'PLAN', 'REVIEW')?.kind === 'PROVINCE';
  }

  @ResolveField(() => [PlanActionAvailability])
  async availableActions(
    @Context() ctx: RequestContext,
    @Parent() { row }: PlanNode,
  ): Promise<PlanActionAvailability[]> {
    const viewer = ctx.requireViewer();
    const [steps, inCity, year] = await Promise.all([
      ctx.loader(this.desk.stepsOf).load(row.id),
      ctx.loader(this.desk.inCities).load(row.departmentId),
      ctx.loader(this.desk.yearsOf).load(row.year),
    ]);
    if (!year) return [];
    const facts = this.desk.factsOf(row, steps, inCity);
    const wish = { expectedVersion: row.version, opinion: '-' };
    return actionsInReach(viewer, facts).map((action) => {
      const decided = decidePlan(viewer, facts, year, action, wish, calendarDate(this.clock.now()));
      const reason = decided.ok ? undefined : decided.error[0]?.message;
      return { action, disabledReason: reason ? ctx.say(reason) : null };
    });
  }
}

/** The system that a line speaks of. */
@Resolver(() => PlanLineNode)
export class PlanLineEdgesResolver {
  constructor(private readonly systems: SystemsService) {}

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: PlanLineNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }
}
