import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import type { Fen } from '../kernel/money.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemsService } from '../systems/systems.service.js';
import { ProjectNode } from '../systems/systems.types.js';
import type { BudgetListFilter } from './budgets.repository.js';
import { BudgetsService } from './budgets.service.js';
import {
  BudgetConnection,
  BudgetEntryConnection,
  BudgetEntryNode,
  BudgetFiguresNode,
  BudgetFilterInput,
  BudgetNode,
  BudgetPayload,
  BudgetTotalsNode,
  CreateBudgetInput,
} from './budgets.types.js';
import { CentralPayers } from './central-payers.service.js';
import { NameCentralBudgetInput } from './control.graphql.js';
import { availableOf } from './domain/budget.js';

@Resolver(() => BudgetNode)
export class BudgetsResolver implements OnModuleInit {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly central: CentralPayers,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Budget', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'BUDGET', 'READ');
      const budget = scope ? await this.budgets.budget(scope, id) : null;
      return budget && new BudgetNode(budget);
    });
  }

  @Query(() => BudgetConnection, { name: 'budgets' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => BudgetFilterInput, nullable: true }) filter?: BudgetFilterInput | null,
  ): Promise<Connection<BudgetNode>> {
    const scope = ctx.require('BUDGET', 'READ');
    const found = await this.budgets.list(scope, toFilter(filter), pageRequest(page, 1));
    return toConnection(
      found,
      (budget) => new BudgetNode(budget),
      (budget) => [budget.key],
    );
  }

  @Query(() => BudgetTotalsNode)
  async budgetTotals(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => BudgetFilterInput, nullable: true }) filter?: BudgetFilterInput | null,
  ): Promise<BudgetTotalsNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const totals = await this.budgets.totals(scope, toFilter(filter));
    return {
      figures: new BudgetFiguresNode(totals),
      cities: totals.cities && new BudgetFiguresNode(totals.cities),
      overrunCount: totals.overrunCount,
      years: await this.budgets.years(scope),
    };
  }

  @Query(() => BudgetNode)
  budget(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<BudgetNode> {
    return this.find(ctx, id);
  }

  @Query(() => BudgetEntryConnection, { description: 'Of the budget and of all below it, newest first.' })
  async budgetEntries(
    @Context() ctx: RequestContext,
    @Args('budgetId', { type: () => ID }) budgetId: string,
    @Args() page: PageArgs,
  ): Promise<Connection<BudgetEntryNode>> {
    const { row } = await this.find(ctx, budgetId);
    const found = await this.budgets.entries(row, pageRequest(page, 1));
    return toConnection(
      found,
      (entry) => new BudgetEntryNode(entry),
      (entry) => [entry.id],
    );
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: BudgetNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => ProjectNode, { nullable: true })
  async project(@Context() ctx: RequestContext, @Parent() { row }: BudgetNode): Promise<ProjectNode | null> {
    const project = row.projectId === null ? null : await ctx.loader(this.systems.projects).load(row.projectId);
    return project && new ProjectNode(project);
  }

  @ResolveField(() => FenScalar, {
    nullable: true,
    description:
      'Why it is overrun: what was used of it without having been reserved, such as machines that grew; null = it is not overrun.',
  })
  async spentUnreserved(@Context() ctx: RequestContext, @Parent() { row }: BudgetNode): Promise<Fen | null> {
    return availableOf(row) < 0n ? ctx.loader(this.budgets.unreservedOf).load(row) : null;
  }

  @ResolveField(() => Boolean, { description: '财政统付预算项目: it pays for what no department pays itself.' })
  async paysCentrally(@Context() ctx: RequestContext, @Parent() { row }: BudgetNode): Promise<boolean> {
    return row.grain === 'ITEM' && (await ctx.loader(this.central.paying).load(row));
  }

  @ResolveField(() => BudgetNode, { nullable: true, description: "The department's whole budget." })
  async parent(@Context() ctx: RequestContext, @Parent() { row }: BudgetNode): Promise<BudgetNode | null> {
    const parent = row.parentId === null ? null : await ctx.loader(this.budgets.budgets).load(row.parentId);
    return parent && new BudgetNode(parent);
  }

  @Mutation(() => BudgetPayload)
  createBudget(@Context() ctx: RequestContext, @Args('input') input: CreateBudgetInput): Promise<BudgetPayload> {
    const scope = ctx.require('BUDGET', 'CREATE');
    const parentId = input.parentId ? idOr(input.parentId, 'Budget') : null;
    const departmentId = idOr(input.departmentId, 'Department');
    const projectId = input.projectId ? idOr(input.projectId, 'Project') : null;
    return this.payload(
      ctx,
      scope,
      this.budgets.create(ctx.requireViewer(), scope, { ...input, parentId, departmentId, projectId }),
    );
  }

  @Mutation(() => BudgetPayload, {
    description: '财政统付: names the item of its year that pays for what finance pays.',
  })
  nameCentralBudget(
    @Context() ctx: RequestContext,
    @Args('input') { id, idempotencyKey }: NameCentralBudgetInput,
  ): Promise<BudgetPayload> {
    const scope = ctx.require('BUDGET', 'EDIT');
    const wish = { idempotencyKey, budgetId: idOr(id, 'Budget') };
    return this.payload(ctx, scope, this.central.name(ctx.requireViewer(), scope, wish));
  }

  private async payload(
    ctx: RequestContext,
    scope: TenantScope,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>>,
  ): Promise<BudgetPayload> {
    const done = await answer;
    if (!done.ok) return { budget: null, errors: toUserErrors(done.error, ctx.locale) };
    const budget = await this.budgets.budget(scope, done.value.id);
    return { budget: budget && new BudgetNode(budget), errors: [] };
  }

  private async find(ctx: RequestContext, id: string): Promise<BudgetNode> {
    const scope = ctx.require('BUDGET', 'READ');
    const uuid = uuidOf('Budget', id);
    const budget = uuid === undefined ? null : await this.budgets.budget(scope, uuid);
    if (!budget) throw notFound(ctx.locale);
    return new BudgetNode(budget);
  }
}

@Resolver(() => BudgetEntryNode)
export class BudgetEntriesResolver {
  constructor(private readonly budgets: BudgetsService) {}

  @ResolveField(() => BudgetNode, { description: 'Which budget the entry stands in.' })
  async budget(@Context() ctx: RequestContext, @Parent() entry: BudgetEntryNode): Promise<BudgetNode | null> {
    const budget = await ctx.loader(this.budgets.budgets).load(entry.budgetId);
    return budget && new BudgetNode(budget);
  }
}

/** A malformed id is an unknown one. */
function idOr(nodeId: string, type: string): string {
  return uuidOf(type, nodeId) ?? '-';
}

function toFilter(filter: BudgetFilterInput | null | undefined): BudgetListFilter {
  return {
    year: filter?.year ?? null,
    departmentId: filter?.departmentId ? idOr(filter.departmentId, 'Department') : null,
    parentId: filter?.parentId ? idOr(filter.parentId, 'Budget') : null,
    departmentsOnly: filter?.departmentsOnly ?? false,
    overrunOnly: filter?.overrunOnly ?? false,
    reachedPercent: filter?.reachedPercent ?? null,
    search: searchText(filter?.search),
  };
}
