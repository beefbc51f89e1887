import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ContractNode } from './contracts.graphql.js';
import { plainRule } from './contracts.resolver.js';
import type { Answer } from './contracts.service.js';
import type { SpendAction } from './domain/spend-state.js';
import { SpendActInput, SpendActionEnum } from './spend.graphql.js';
import { actionsFor, RIGHT_OF } from './spend-acts.js';
import {
  ContractSupplementNode,
  ContractSupplementPayload,
  EnterContractSupplementInput,
} from './supplements.graphql.js';
import { SupplementsService } from './supplements.service.js';

@Resolver(() => ContractSupplementNode)
export class SupplementsResolver implements OnModuleInit {
  constructor(
    private readonly supplements: SupplementsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ContractSupplement', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'SPEND', 'READ')) return null;
      const [row] = await this.supplements.byIds([id]);
      return row ? new ContractSupplementNode(row) : null;
    });
  }

  @ResolveField(() => [SpendActionEnum], { description: 'What this viewer may do with it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: ContractSupplementNode): SpendAction[] {
    return actionsFor(ctx, row);
  }

  @Mutation(() => ContractSupplementPayload)
  enterContractSupplement(
    @Context() ctx: RequestContext,
    @Args('input') input: EnterContractSupplementInput,
  ): Promise<ContractSupplementPayload> {
    ctx.require('SPEND', 'EDIT');
    const { advanceLimit = null, assessment = null, ceiling = null, services = null, to = null, ...facts } = input;
    return this.payload(
      ctx,
      this.supplements.enter(ctx.requireViewer(), {
        ...{ ...facts, advanceLimit, ceiling, to, contractId: uuidOf('Contract', input.contractId) },
        // Inputs of GraphQL have no prototype; what is kept and hashed is a plain object.
        services: services?.map(({ name, unit, unitPrice }) => ({ name, unit, unitPrice })) ?? null,
        assessment: plainRule(assessment),
      }),
    );
  }

  @Mutation(() => ContractSupplementPayload)
  confirmContractSupplement(
    @Context() ctx: RequestContext,
    @Args('input') input: SpendActInput,
  ): Promise<ContractSupplementPayload> {
    return this.decide(ctx, 'CONFIRM', input);
  }

  @Mutation(() => ContractSupplementPayload)
  withdrawContractSupplement(
    @Context() ctx: RequestContext,
    @Args('input') input: SpendActInput,
  ): Promise<ContractSupplementPayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  private decide(ctx: RequestContext, action: SpendAction, input: SpendActInput): Promise<ContractSupplementPayload> {
    ctx.require('SPEND', RIGHT_OF[action]);
    const wish = { ...input, id: uuidOf('ContractSupplement', input.id) };
    return this.payload(ctx, this.supplements.decide(ctx.requireViewer(), action, wish));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<ContractSupplementPayload> {
    const done = await answer;
    if (!done.ok) return { supplement: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.supplements.byIds([done.value.id]);
    return { supplement: row ? new ContractSupplementNode(row) : null, errors: [] };
  }
}

/** A contract's supplements, and what of it may be paid in advance. */
@Resolver(() => ContractNode)
export class ContractLifeResolver {
  constructor(private readonly service: SupplementsService) {}

  @ResolveField(() => [ContractSupplementNode], { description: '补充协议, in the order in which they begin.' })
  async supplements(
    @Context() ctx: RequestContext,
    @Parent() { row }: ContractNode,
  ): Promise<ContractSupplementNode[]> {
    const rows = await ctx.loader(this.service.ofContracts).load(row.id);
    return rows.map((supplement) => new ContractSupplementNode(supplement));
  }
}
