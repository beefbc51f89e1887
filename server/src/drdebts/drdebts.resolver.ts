import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { takesPromises } from '../facilities/domain/center-life.js';
import { say } from '../kernel/bilingual.js';
import { uuidOf } from '../kernel/node-id.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { DebtPolicies } from './debt-policies.service.js';
import { DEBT_ACTIONS, debtAfter } from './domain/debt-state.js';
import {
  ChangeDrDebtPolicyInput,
  DebtActionAvailability,
  DrDebtConnection,
  DrDebtFilterInput,
  DrDebtNode,
  DrDebtPayload,
  DrDebtPolicyNode,
  DrDebtPolicyPayload,
  DrDebtTotalNode,
  WaiveDrDebtInput,
} from './drdebts.graphql.js';
import { DrDebts } from './drdebts.service.js';
import type { DebtFilter, PolicyRow } from './drdebts.types.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;

@Resolver(() => DrDebtNode)
export class DrDebtsResolver implements OnModuleInit {
  constructor(
    private readonly debts: DrDebts,
    private readonly policies: DebtPolicies,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrDebt', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DR_DEBT', 'READ');
      const row = scope && (await this.debts.inScope(scope, id));
      return row ? new DrDebtNode(row, await this.debts.centers()) : null;
    });
  }

  @Query(() => DrDebtConnection, { description: '容灾欠账, the newest first.' })
  async drDebts(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DrDebtFilterInput, nullable: true }) filter: DrDebtFilterInput | null,
  ) {
    const scope = ctx.require('DR_DEBT', 'READ');
    const centers = await this.debts.centers();
    const page = await this.debts.page(scope, await this.wanted(filter), pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new DrDebtNode(row, centers),
      (row) => [row.since.toISOString(), row.id],
    );
  }

  @Query(() => [DrDebtTotalNode], { description: 'What the list asks of the centers in all, role by role.' })
  async drDebtTotals(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => DrDebtFilterInput, nullable: true }) filter: DrDebtFilterInput | null,
  ): Promise<DrDebtTotalNode[]> {
    const scope = ctx.require('DR_DEBT', 'READ');
    const centers = await this.debts.centers();
    const totals = await this.debts.totals(scope, await this.wanted(filter));
    return totals.map((total) => DrDebtTotalNode.of(total, centers));
  }

  @Query(() => [DrDebtPolicyNode], { description: 'The newest first; the first of them holds.' })
  async drDebtPolicies(@Context() ctx: RequestContext): Promise<DrDebtPolicyNode[]> {
    ctx.require('DR_DEBT', 'READ');
    return this.policyNodes(ctx, await this.policies.versions());
  }

  @Mutation(() => DrDebtPolicyPayload, { description: 'Another version of the rules; what is owed stays owed.' })
  async changeDrDebtPolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeDrDebtPolicyInput,
  ): Promise<DrDebtPolicyPayload> {
    ctx.require('DR_DEBT', 'EDIT');
    const { idempotencyKey, expectedVersion, reason } = input;
    const rules = input.rules.map(({ departmentIds, protectionLevels, modes, accepted }) => ({
      departmentIds: departmentIds.map((id) => uuidOf('Department', id)),
      ...{ protectionLevels, modes, accepted },
    }));
    const changed = await this.policies.change(ctx.requireViewer(), { idempotencyKey, expectedVersion, reason, rules });
    const [policy = null] = await this.policyNodes(ctx, await this.policies.versions(1));
    return { policy, errors: changed.ok ? [] : toUserErrors(changed.error, ctx.locale) };
  }

  @Mutation(() => DrDebtPayload, { description: '免予补建, with the reason.' })
  async waiveDrDebt(@Context() ctx: RequestContext, @Args('input') input: WaiveDrDebtInput): Promise<DrDebtPayload> {
    const scope = ctx.require('DR_DEBT', 'EDIT');
    const { id, ...wish } = input;
    const answer = await this.debts.waive(ctx.requireViewer(), scope, { ...wish, debtId: uuidOf('DrDebt', id) });
    if (!answer.ok) return { debt: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.debts.inScope(scope, answer.value.id);
    return { debt: row && new DrDebtNode(row, await this.debts.centers()), errors: [] };
  }

  private async wanted(filter: DrDebtFilterInput | null): Promise<DebtFilter> {
    const departmentId = filter?.departmentId ? uuidOf('Department', filter.departmentId) : null;
    const centers = filter?.due ? await this.debts.centers() : [];
    // An id that is none finds nothing.
    const idOf = (type: 'System' | 'Request', id: string | null | undefined) => (id ? (uuidOf(type, id) ?? '-') : null);
    return {
      states: filter?.states ?? [],
      roles: filter?.roles ?? [],
      kinds: filter?.kinds ?? [],
      departmentIds: departmentId === null ? null : await this.departments.wholeTreeIds(departmentId ?? '-'),
      systemId: idOf('System', filter?.systemId),
      requestId: idOf('Request', filter?.requestId),
      dueIn: filter?.due ? centers.filter(({ life }) => takesPromises(life)).map(({ role }) => role) : null,
      search: searchText(filter?.search),
    };
  }

  /** Of the departments that rules name, a viewer is told those that are his to see; that there are others, he is told too. */
  private async policyNodes(ctx: RequestContext, rows: readonly PolicyRow[]): Promise<DrDebtPolicyNode[]> {
    const load = ctx.loader(this.departments.departments);
    const ids = [...new Set(rows.flatMap(({ rules }) => rules.flatMap((rule) => rule.departmentIds)))];
    const scope = scopeFor(ctx.requireViewer(), 'DEPARTMENT', 'READ');
    const found = await Promise.all(ids.filter((id) => covers(scope, id)).map((id) => load.load(id)));
    const known = new Map(found.flatMap((department) => (department ? [[department.id, department] as const] : [])));
    return rows.map(({ number, rules, reason, changedAt, changedBy }) => ({
      ...{ number, reason, changedAt, changedBy },
      rules: rules.map(({ departmentIds, protectionLevels, modes, accepted }) => ({
        departments: departmentIds.flatMap((id) => {
          const department = known.get(id);
          return department ? [new DepartmentNode(department)] : [];
        }),
        departmentCount: departmentIds.length,
        protectionLevels: [...protectionLevels],
        modes: [...modes],
        accepted,
      })),
    }));
  }
}

@Resolver(() => DrDebtNode)
export class DrDebtEdgesResolver {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
  ) {}

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: DrDebtNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: DrDebtNode): Promise<SystemNode | null> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    return system && new SystemNode(system);
  }

  @ResolveField(() => [DebtActionAvailability], {
    description: 'Acts of whoever settles; for everybody else the list is empty.',
  })
  availableActions(@Context() ctx: RequestContext, @Parent() debt: DrDebtNode): DebtActionAvailability[] {
    if (!covers(scopeFor(ctx.requireViewer(), 'DR_DEBT', 'EDIT'), debt.row.departmentId)) return [];
    return DEBT_ACTIONS.filter((action) => debtAfter(debt.state, action) !== undefined).map((action) => ({
      action,
      disabledReason:
        action === 'SETTLE' && !debt.due
          ? ctx.say(say('所欠的中心尚未投用', 'The center that it waits for is not open yet'))
          : null,
    }));
  }
}
