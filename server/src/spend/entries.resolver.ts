import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import {
  type Connection,
  NEWEST_CURSOR_PARTS,
  newestConnection,
  PageArgs,
  pageRequest,
} from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ContractNode } from './contracts.graphql.js';
import { type Answer, ContractsService } from './contracts.service.js';
import type { SpendAction } from './domain/spend-state.js';
import {
  ContractEntryConnection,
  ContractEntryFilterInput,
  ContractEntryNode,
  ContractEntryPayload,
  ContractEntrySumsNode,
  EnterPaymentInput,
  RecordAcceptanceInput,
  ReverseEntryInput,
} from './entries.graphql.js';
import type { EntryFilter } from './entries.repository.js';
import { EntriesService } from './entries.service.js';
import { SpendActInput, SpendActionEnum } from './spend.graphql.js';
import { actionsFor, RIGHT_OF } from './spend-acts.js';

@Resolver(() => ContractEntryNode)
export class EntriesResolver implements OnModuleInit {
  constructor(
    private readonly entries: EntriesService,
    private readonly contracts: ContractsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ContractEntry', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SPEND', 'READ')) return null;
      const [row] = await this.entries.byIds([id]);
      return row ? new ContractEntryNode(row) : null;
    });
  }

  @Query(() => ContractEntryConnection, { description: 'Newest first.' })
  async contractEntries(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => ContractEntryFilterInput, nullable: true }) filter?: ContractEntryFilterInput | null,
  ): Promise<Connection<ContractEntryNode>> {
    ctx.require('SPEND', 'READ');
    const found = await this.entries.page(toFilter(filter), pageRequest(page, NEWEST_CURSOR_PARTS));
    return newestConnection(
      found,
      (row) => new ContractEntryNode(row),
      (row) => row.enteredAt,
    );
  }

  @Query(() => ContractEntrySumsNode)
  contractEntrySums(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => ContractEntryFilterInput, nullable: true }) filter?: ContractEntryFilterInput | null,
  ): Promise<ContractEntrySumsNode> {
    ctx.require('SPEND', 'READ');
    return this.entries.sums(toFilter(filter));
  }

  @ResolveField(() => ContractNode)
  async contract(@Context() ctx: RequestContext, @Parent() { row }: ContractEntryNode): Promise<ContractNode | null> {
    const contract = await ctx.loader(this.contracts.contractsByIds).load(row.contractId);
    return contract && new ContractNode(contract);
  }

  @ResolveField(() => [StoredFileNode], { description: '依据' })
  async files(@Context() ctx: RequestContext, @Parent() { row }: ContractEntryNode): Promise<StoredFileNode[]> {
    const files = await ctx.loader(this.entries.filesOf).load(row.id);
    return files.map((file) => new StoredFileNode(file));
  }

  @ResolveField(() => [SpendActionEnum], { description: 'What this viewer may do with it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: ContractEntryNode): SpendAction[] {
    return actionsFor(ctx, row);
  }

  @ResolveField(() => Boolean)
  mayReverse(@Context() ctx: RequestContext, @Parent() { row }: ContractEntryNode): boolean {
    if (!scopeFor(ctx.requireViewer(), 'SPEND', 'EDIT')) return false;
    return row.state === 'CONFIRMED' && row.amount > 0n && row.reversedById === null;
  }

  @Mutation(() => ContractEntryPayload)
  recordAcceptance(
    @Context() ctx: RequestContext,
    @Args('input') input: RecordAcceptanceInput,
  ): Promise<ContractEntryPayload> {
    ctx.require('SPEND', 'EDIT');
    return this.payload(ctx, this.entries.accept(ctx.requireViewer(), { ...input, ...idsOf(input) }));
  }

  @Mutation(() => ContractEntryPayload)
  enterPayment(@Context() ctx: RequestContext, @Args('input') input: EnterPaymentInput): Promise<ContractEntryPayload> {
    ctx.require('SPEND', 'EDIT');
    const { instalment = null } = input;
    const contractId = uuidOf('Contract', input.contractId);
    return this.payload(ctx, this.entries.pay(ctx.requireViewer(), { ...input, instalment, contractId }));
  }

  @Mutation(() => ContractEntryPayload, {
    description: '冲销: the same with the other sign, to be confirmed by another.',
  })
  reverseContractEntry(
    @Context() ctx: RequestContext,
    @Args('input') input: ReverseEntryInput,
  ): Promise<ContractEntryPayload> {
    ctx.require('SPEND', 'EDIT');
    const { voucher = null } = input;
    const wish = { ...input, voucher, id: uuidOf('ContractEntry', input.id) };
    return this.payload(ctx, this.entries.reverse(ctx.requireViewer(), wish));
  }

  @Mutation(() => ContractEntryPayload)
  confirmContractEntry(
    @Context() ctx: RequestContext,
    @Args('input') input: SpendActInput,
  ): Promise<ContractEntryPayload> {
    return this.decide(ctx, 'CONFIRM', input);
  }

  @Mutation(() => ContractEntryPayload)
  withdrawContractEntry(
    @Context() ctx: RequestContext,
    @Args('input') input: SpendActInput,
  ): Promise<ContractEntryPayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  private decide(ctx: RequestContext, action: SpendAction, input: SpendActInput): Promise<ContractEntryPayload> {
    ctx.require('SPEND', RIGHT_OF[action]);
    const wish = { ...input, id: uuidOf('ContractEntry', input.id) };
    return this.payload(ctx, this.entries.decide(ctx.requireViewer(), action, wish));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<ContractEntryPayload> {
    const done = await answer;
    if (!done.ok) return { entry: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.entries.byIds([done.value.id]);
    return { entry: row ? new ContractEntryNode(row) : null, errors: [] };
  }
}

/** A malformed id is an unknown one. */
export function idsOf({ contractId, fileIds }: { contractId: string; fileIds: readonly string[] }) {
  return {
    contractId: uuidOf('Contract', contractId),
    fileIds: fileIds.map((id) => uuidOf('StoredFile', id) ?? '-'),
  };
}

function toFilter(filter: ContractEntryFilterInput | null | undefined): EntryFilter {
  return {
    kind: filter?.kind ?? null,
    states: filter?.states ?? null,
    contractId: filter?.contractId ? (uuidOf('Contract', filter.contractId) ?? '-') : null,
    search: searchText(filter?.search),
  };
}
