import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { PolicyAction } from './domain/network-policy.js';
import {
  ApplyNetworkPolicyInput,
  NetworkPolicyActInput,
  NetworkPolicyConnection,
  NetworkPolicyFilterInput,
  NetworkPolicyNode,
  NetworkPolicyPayload,
  NetworkPolicySiteNode,
  PolicyActionEnum,
} from './network-policies.graphql.js';
import { NetworkPolicies } from './network-policies.service.js';
import type { Answer } from './order-refusals.js';

@Resolver(() => NetworkPolicyNode)
export class NetworkPoliciesResolver implements OnModuleInit {
  constructor(
    private readonly policies: NetworkPolicies,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('NetworkPolicy', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'READ');
      const row = scope && (await this.policies.inScope(scope, id));
      return row ? new NetworkPolicyNode(row) : null;
    });
  }

  @Query(() => NetworkPolicyConnection, { description: 'The newest first.' })
  async networkPolicies(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => NetworkPolicyFilterInput, nullable: true }) filter: NetworkPolicyFilterInput | null,
  ): Promise<Connection<NetworkPolicyNode>> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const systemId = filter?.systemId ? (uuidOf('System', filter.systemId) ?? '-') : null;
    const found = await this.policies.page(scope, { systemId, states: filter?.states ?? null }, pageRequest(page, 2));
    return toConnection(
      found,
      (row) => new NetworkPolicyNode(row),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @ResolveField(() => [PolicyActionEnum], { description: 'What the viewer may do to it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: NetworkPolicyNode): PolicyAction[] {
    return this.policies.actionsOf(ctx.requireViewer(), row);
  }

  @ResolveField(() => [NetworkPolicySiteNode], { description: 'By center; none before it is allowed.' })
  async sites(@Context() ctx: RequestContext, @Parent() { row }: NetworkPolicyNode): Promise<NetworkPolicySiteNode[]> {
    const sites = await ctx.loader(this.policies.sitesOf).load(row.id);
    return sites.map((site) => new NetworkPolicySiteNode(site));
  }

  @Mutation(() => NetworkPolicyPayload, { description: '申请网络策略' })
  applyNetworkPolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: ApplyNetworkPolicyInput,
  ): Promise<NetworkPolicyPayload> {
    ctx.require('WORK_ORDER', 'CREATE');
    const { systemId, idempotencyKey, peerCidr, peerSystemId, until, ...facts } = input;
    const wish = {
      ...facts,
      peerCidr: peerCidr ?? null,
      peerSystemId: peerSystemId ? (uuidOf('System', peerSystemId) ?? '-') : null,
      until: until || null,
    };
    return this.payload(
      ctx,
      this.policies.apply(ctx.requireViewer(), uuidOf('System', systemId), wish, idempotencyKey),
    );
  }

  @Mutation(() => NetworkPolicyPayload, { description: '同意: clusters and people are driven toward it from here on.' })
  allowNetworkPolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: NetworkPolicyActInput,
  ): Promise<NetworkPolicyPayload> {
    return this.act(ctx, 'ALLOW', input);
  }

  @Mutation(() => NetworkPolicyPayload, { description: '驳回' })
  rejectNetworkPolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: NetworkPolicyActInput,
  ): Promise<NetworkPolicyPayload> {
    return this.act(ctx, 'REJECT', input);
  }

  @Mutation(() => NetworkPolicyPayload, { description: '关闭: it is removed wherever it was applied.' })
  endNetworkPolicy(
    @Context() ctx: RequestContext,
    @Args('input') input: NetworkPolicyActInput,
  ): Promise<NetworkPolicyPayload> {
    return this.act(ctx, 'END', input);
  }

  private act(
    ctx: RequestContext,
    action: 'ALLOW' | 'REJECT' | 'END',
    { id, opinion, ...wish }: NetworkPolicyActInput,
  ): Promise<NetworkPolicyPayload> {
    const scope = ctx.require('WORK_ORDER', 'READ');
    const asked = { ...wish, id: uuidOf('NetworkPolicy', id), opinion: opinion ?? null };
    return this.payload(ctx, this.policies.act(ctx.requireViewer(), scope, action, asked));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<NetworkPolicyPayload> {
    const done = await answer;
    if (!done.ok) return { networkPolicy: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.policies.inScope(ctx.require('WORK_ORDER', 'READ'), done.value.id);
    return { networkPolicy: row && new NetworkPolicyNode(row), errors: [] };
  }
}

@Resolver(() => NetworkPolicySiteNode)
export class NetworkPolicySiteResolver {
  constructor(private readonly facilities: FacilitiesService) {}

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: NetworkPolicySiteNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }
}
