import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import {
  type Connection,
  NEWEST_CURSOR_PARTS,
  newestConnection,
  PageArgs,
  pageRequest,
  toConnection,
} from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ContractShareNode } from './contract-share.graphql.js';
import {
  AssessmentRuleNode,
  ContractConnection,
  ContractFilterInput,
  ContractInstalmentNode,
  ContractNode,
  ContractPayload,
  ContractServiceNode,
  ContractTotalsNode,
  CreateSupplierInput,
  EnterContractInput,
  SupplierConnection,
  SupplierNode,
  SupplierPayload,
  SupplierSumsNode,
} from './contracts.graphql.js';
import type { ContractFilter } from './contracts.repository.js';
import { type Answer, ContractsService } from './contracts.service.js';
import type { SpendAction } from './domain/spend-state.js';
import { EntriesService } from './entries.service.js';
import { SpendActInput, SpendActionEnum } from './spend.graphql.js';
import { actionsFor, RIGHT_OF } from './spend-acts.js';

@Resolver(() => SupplierNode)
export class SuppliersResolver implements OnModuleInit {
  constructor(
    private readonly contracts: ContractsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Supplier', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SPEND', 'READ')) return null;
      const [row] = await this.contracts.suppliersByIds([id]);
      return row ? new SupplierNode(row) : null;
    });
  }

  @Query(() => SupplierConnection, { description: 'By credit code.' })
  async suppliers(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'In name or credit code.' }) search?:
      | string
      | null,
  ): Promise<Connection<SupplierNode>> {
    ctx.require('SPEND', 'READ');
    const found = await this.contracts.suppliers(searchText(search), pageRequest(page, 1));
    return toConnection(
      found,
      (row) => new SupplierNode(row),
      (row) => [row.creditCode],
    );
  }

  @ResolveField(() => SupplierSumsNode, { description: 'Of its contracts in force.' })
  sums(@Context() ctx: RequestContext, @Parent() { row }: SupplierNode): Promise<SupplierSumsNode> {
    return ctx.loader(this.contracts.sumsOfSuppliers).load(row.id);
  }

  @Mutation(() => SupplierPayload)
  async createSupplier(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateSupplierInput,
  ): Promise<SupplierPayload> {
    ctx.require('SPEND', 'EDIT');
    const creditCode = input.creditCode.trim().toUpperCase();
    const done = await this.contracts.createSupplier(ctx.requireViewer(), { ...input, creditCode });
    if (!done.ok) return { supplier: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.contracts.suppliersByIds([done.value.id]);
    return { supplier: row ? new SupplierNode(row) : null, errors: [] };
  }
}

@Resolver(() => ContractNode)
export class ContractsResolver implements OnModuleInit {
  constructor(
    private readonly contracts: ContractsService,
    private readonly entries: EntriesService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Contract', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SPEND', 'READ')) return null;
      const [row] = await this.contracts.contractsByIds([id]);
      return row ? new ContractNode(row) : null;
    });
  }

  @Query(() => ContractConnection, { name: 'contracts', description: 'Newest first.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => ContractFilterInput, nullable: true }) filter?: ContractFilterInput | null,
  ): Promise<Connection<ContractNode>> {
    ctx.require('SPEND', 'READ');
    const found = await this.contracts.contracts(toFilter(filter), pageRequest(page, NEWEST_CURSOR_PARTS));
    return newestConnection(
      found,
      (row) => new ContractNode(row),
      (row) => row.enteredAt,
    );
  }

  @Query(() => ContractTotalsNode)
  async contractTotals(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => ContractFilterInput, nullable: true }) filter?: ContractFilterInput | null,
  ): Promise<ContractTotalsNode> {
    ctx.require('SPEND', 'READ');
    return new ContractTotalsNode(await this.contracts.totals(toFilter(filter)));
  }

  @Query(() => ContractNode)
  async contract(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<ContractNode> {
    ctx.require('SPEND', 'READ');
    const [row] = await this.contracts.contractsByIds([uuidOf('Contract', id) ?? '-']);
    if (!row) throw notFound(ctx.locale);
    return new ContractNode(row);
  }

  @ResolveField(() => SupplierNode)
  async supplier(@Context() ctx: RequestContext, @Parent() { row }: ContractNode): Promise<SupplierNode | null> {
    const supplier = await ctx.loader(this.contracts.suppliersByIds).load(row.supplierId);
    return supplier && new SupplierNode(supplier);
  }

  @ResolveField(() => [ContractServiceNode])
  async services(@Context() ctx: RequestContext, @Parent() { row }: ContractNode): Promise<ContractServiceNode[]> {
    const rows = await ctx.loader(this.contracts.servicesOf).load(row.id);
    return rows.map((service) => new ContractServiceNode(service));
  }

  @ResolveField(() => [ContractShareNode], { description: 'Which centers it pays for.' })
  async shares(@Context() ctx: RequestContext, @Parent() { row }: ContractNode): Promise<ContractShareNode[]> {
    const rows = await ctx.loader(this.contracts.sharesOf).load(row.id);
    const centers = await ctx.loader(this.facilities.centersByIds).loadMany(rows.map(({ centerId }) => centerId));
    return rows.flatMap(({ weight }, at) => {
      const center = centers[at];
      return center && !(center instanceof Error) ? [{ weight, center: new CenterNode(center) }] : [];
    });
  }

  @ResolveField(() => [ContractInstalmentNode], { description: '付款计划' })
  async instalments(
    @Context() ctx: RequestContext,
    @Parent() { row }: ContractNode,
  ): Promise<ContractInstalmentNode[]> {
    const [rows, paid] = await Promise.all([
      ctx.loader(this.contracts.instalmentsOf).load(row.id),
      ctx.loader(this.entries.paidOfInstalments).load(row.id),
    ]);
    return rows.map((instalment) => new ContractInstalmentNode(instalment, paid.get(instalment.position) ?? 0n));
  }

  @ResolveField(() => [AssessmentRuleNode])
  async assessmentRules(
    @Context() ctx: RequestContext,
    @Parent() { row }: ContractNode,
  ): Promise<AssessmentRuleNode[]> {
    const rows = await ctx.loader(this.contracts.rulesOf).load(row.id);
    return rows.map(({ fromMonth, rule }) => ({ from: fromMonth, ...rule, contractCap: rule.contractCap ?? null }));
  }

  @ResolveField(() => [SpendActionEnum], { description: 'What this viewer may do with it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: ContractNode): SpendAction[] {
    return actionsFor(ctx, row);
  }

  @Mutation(() => ContractPayload)
  enterContract(@Context() ctx: RequestContext, @Args('input') input: EnterContractInput): Promise<ContractPayload> {
    ctx.require('SPEND', 'EDIT');
    const supplierId = uuidOf('Supplier', input.supplierId) ?? '-';
    const shares = input.shares.map(({ centerId, weight }) => ({
      weight,
      centerId: uuidOf('Center', centerId) ?? '-',
    }));
    const { assessment = null } = input;
    return this.payload(
      ctx,
      this.contracts.enter(ctx.requireViewer(), { ...input, supplierId, shares, assessment: plainRule(assessment) }),
    );
  }

  @Mutation(() => ContractPayload)
  confirmContract(@Context() ctx: RequestContext, @Args('input') input: SpendActInput): Promise<ContractPayload> {
    return this.decide(ctx, 'CONFIRM', input);
  }

  @Mutation(() => ContractPayload)
  withdrawContract(@Context() ctx: RequestContext, @Args('input') input: SpendActInput): Promise<ContractPayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  private decide(ctx: RequestContext, action: SpendAction, input: SpendActInput): Promise<ContractPayload> {
    ctx.require('SPEND', RIGHT_OF[action]);
    const wish = { ...input, id: uuidOf('Contract', input.id) };
    return this.payload(ctx, this.contracts.decide(ctx.requireViewer(), action, wish));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<ContractPayload> {
    const done = await answer;
    if (!done.ok) return { contract: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.contracts.contractsByIds([done.value.id]);
    return { contract: row ? new ContractNode(row) : null, errors: [] };
  }
}

/** Inputs of GraphQL have no prototype; what is kept and hashed is a plain object. */
export function plainRule(rule: EnterContractInput['assessment']) {
  if (!rule) return null;
  const { bands, cap, contractCap = null } = rule;
  return { bands: bands.map(({ below, deduct }) => ({ below, deduct })), cap, contractCap };
}

function toFilter(filter: ContractFilterInput | null | undefined): ContractFilter {
  return {
    search: searchText(filter?.search),
    states: filter?.states ?? null,
    supplierId: filter?.supplierId ? (uuidOf('Supplier', filter.supplierId) ?? '-') : null,
    toPayOnly: filter?.toPayOnly ?? false,
  };
}
