import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Origin } from '../kernel/origin.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { covers, scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { OriginEnum } from '../platform/graphql/origin-enum.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { cardsOfNetworks } from '../servers/domain/server-cards.js';
import { ServerNode } from '../servers/servers.graphql.js';
import { AddressHolders, type HolderKey } from './address-holders.service.js';
import { AddressLookup } from './address-lookup.service.js';
import { AddressesService } from './addresses.service.js';
import { AddressesByHandService } from './addresses-by-hand.service.js';
import { ADDRESS_HOLDER_KINDS, isHolderKind } from './domain/address-holder.js';
import type { IpFamily } from './domain/address-plan.js';
import { type AddressAction, type AddressState, openActions } from './domain/address-state.js';
import {
  AddressActionEnum,
  AddressClaimConnection,
  AddressClaimNode,
  AddressFiguresNode,
  AddressHolderNode,
  AddressMapNode,
  AddressStateEnum,
  ClaimAddressInput,
  ClaimedAddressNode,
  CreateNetworkInput,
  EditNetworkInput,
  IpFamilyEnum,
  NetworkConnection,
  type NetworkFactsInput,
  NetworkFilterInput,
  NetworkNode,
  NetworkPayload,
  ReleaseAddressInput,
  ServerCardNetworkNode,
} from './networks.graphql.js';
import { NetworksService } from './networks.service.js';
import type { NetworkWords } from './networks.types.js';
import { networksOfHeld } from './server-addresses.service.js';

@Resolver(() => NetworkNode)
export class NetworksResolver implements OnModuleInit {
  constructor(
    private readonly networks: NetworksService,
    private readonly addresses: AddressesService,
    private readonly lookup: AddressLookup,
    private readonly byHand: AddressesByHandService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Network', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'NETWORK', 'READ');
      const row = scope && (await this.networks.inScope(scope, id));
      return row ? new NetworkNode(row) : null;
    });
    this.nodes.register('AddressClaim', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'NETWORK', 'READ');
      const row = scope && (await this.addresses.claimInScope(scope, id));
      return row ? new AddressClaimNode(row) : null;
    });
  }

  @Query(() => NetworkConnection, { name: 'networks', description: 'In the order of their codes.' })
  async list(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('filter', { type: () => NetworkFilterInput, nullable: true }) filter: NetworkFilterInput | null,
  ): Promise<Connection<NetworkNode>> {
    const scope = ctx.require('NETWORK', 'READ');
    const centerId = filter?.centerId ? (uuidOf('Center', filter.centerId) ?? '-') : null;
    const found = await this.networks.page(
      scope,
      { centerId, zone: filter?.zone ?? null, stack: filter?.stack ?? null, search: searchText(filter?.search) },
      pageRequest(page, 1),
    );
    return toConnection(
      found,
      (row) => new NetworkNode(row),
      (row) => [row.code],
    );
  }

  @Query(() => NetworkNode)
  network(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<NetworkNode> {
    return this.find(ctx, uuidOf('Network', id));
  }

  @ResolveField(() => CenterNode)
  async center(@Context() ctx: RequestContext, @Parent() { row }: NetworkNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [AddressFiguresNode], {
    nullable: true,
    description: 'null for a department, which sees its own addresses and not how full a network is.',
  })
  async figures(@Context() ctx: RequestContext, @Parent() { row }: NetworkNode): Promise<AddressFiguresNode[] | null> {
    if (scopeFor(ctx.requireViewer(), 'NETWORK', 'READ')?.kind !== 'PROVINCE') return null;
    const figures = await ctx.loader(this.networks.figures).load(row.id);
    return figures.map((each) => new AddressFiguresNode(each));
  }

  @ResolveField(() => AddressClaimConnection, { description: 'What is not free, in the order of the addresses.' })
  async addressClaims(
    @Context() ctx: RequestContext,
    @Parent() { row }: NetworkNode,
    @Args() page: PageArgs,
    @Args('family', { type: () => IpFamilyEnum, nullable: true }) family: IpFamily | null,
    @Args('states', { type: () => [AddressStateEnum], nullable: true }) states: AddressState[] | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('origin', { type: () => OriginEnum, nullable: true }) origin?: Origin | null,
  ): Promise<Connection<AddressClaimNode>> {
    const scope = ctx.require('NETWORK', 'READ');
    const filter = { states, family, origin, search: searchText(search) };
    const found = await this.addresses.page(scope, row.id, filter, this.clock.now(), pageRequest(page, 1));
    return toConnection(
      found,
      (claim) => new AddressClaimNode(claim),
      (claim) => [claim.addressKey],
    );
  }

  @ResolveField(() => AddressMapNode, {
    nullable: true,
    description: 'null without IPv4, beyond the last block, and for a department, which sees its own addresses only.',
  })
  async addressMap(
    @Context() ctx: RequestContext,
    @Parent() { row }: NetworkNode,
    @Args('block', { type: () => Int, defaultValue: 0 }) block: number,
  ): Promise<AddressMapNode | null> {
    if (scopeFor(ctx.requireViewer(), 'NETWORK', 'READ')?.kind !== 'PROVINCE') return null;
    return this.lookup.map(row, block, this.clock.now());
  }

  @Mutation(() => NetworkPayload)
  createNetwork(@Context() ctx: RequestContext, @Args('input') input: CreateNetworkInput): Promise<NetworkPayload> {
    ctx.require('NETWORK', 'CREATE');
    return this.answer(ctx, this.networks.create(ctx.requireViewer(), wordsOf(input.facts), input.idempotencyKey));
  }

  @Mutation(() => NetworkPayload)
  editNetwork(@Context() ctx: RequestContext, @Args('input') input: EditNetworkInput): Promise<NetworkPayload> {
    ctx.require('NETWORK', 'EDIT');
    const { expectedVersion, idempotencyKey } = input;
    const wish = { id: uuidOf('Network', input.id), expectedVersion, idempotencyKey };
    return this.answer(ctx, this.networks.edit(ctx.requireViewer(), wish, wordsOf(input.facts)));
  }

  @Mutation(() => NetworkPayload)
  claimAddress(@Context() ctx: RequestContext, @Args('input') input: ClaimAddressInput): Promise<NetworkPayload> {
    ctx.require('NETWORK', 'EDIT');
    const wish = {
      ...input,
      networkId: uuidOf('Network', input.networkId),
      address: input.address?.trim() || null,
      holder: input.holderId ? holderOf(input.holderId) : null,
      departmentId: input.departmentId ? uuidOf('Department', input.departmentId) : null,
    };
    return this.answer(ctx, this.byHand.claim(ctx.requireViewer(), wish));
  }

  @Mutation(() => NetworkPayload)
  releaseAddress(@Context() ctx: RequestContext, @Args('input') input: ReleaseAddressInput): Promise<NetworkPayload> {
    ctx.require('NETWORK', 'EDIT');
    const wish = { ...input, id: uuidOf('AddressClaim', input.id) };
    return this.answer(ctx, this.byHand.release(ctx.requireViewer(), wish));
  }

  private async answer(
    ctx: RequestContext,
    done: Promise<Result<{ id: string; claimIds?: string[] }, readonly Refusal[]>>,
  ): Promise<NetworkPayload> {
    const answer = await done;
    if (!answer.ok) return { network: null, claims: [], errors: toUserErrors(answer.error, ctx.locale) };
    const claims = await this.addresses.claims(answer.value.claimIds ?? []);
    return {
      network: await this.find(ctx, answer.value.id),
      claims: claims.flatMap((claim) => (claim ? [new AddressClaimNode(claim)] : [])),
      errors: [],
    };
  }

  private async find(ctx: RequestContext, id: string | undefined): Promise<NetworkNode> {
    const scope = ctx.require('NETWORK', 'READ');
    const row = id === undefined ? null : await this.networks.inScope(scope, id);
    if (!row) throw notFound(ctx.locale);
    return new NetworkNode(row);
  }
}

@Resolver(() => ServerNode)
export class ServerAddressesResolver {
  constructor(private readonly addresses: AddressesService) {}

  @ResolveField(() => [ClaimedAddressNode], { description: 'What was claimed for it, IPv4 first.' })
  claimedAddresses(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ClaimedAddressNode[]> {
    return ctx.loader(this.addresses.ofSubjects).load(row.id);
  }

  @ResolveField(() => [ServerCardNetworkNode], {
    description: 'Which card takes which of its networks: cabled so, and told so at its first boot.',
  })
  async cardNetworks(@Context() ctx: RequestContext, @Parent() { row }: ServerNode): Promise<ServerCardNetworkNode[]> {
    const held = await ctx.loader(this.addresses.ofSubjects).load(row.id);
    return cardsOfNetworks(row.nics.length, networksOfHeld(held)).flatMap(({ card, network, vlanId }) => {
      const nic = row.nics[card];
      const { addresses, network: code, vlanId: ofNetwork } = network;
      return nic === undefined
        ? []
        : {
            ...{ card: nic.name, mac: nic.mac, network: code, vlanId: ofNetwork, isTagged: vlanId !== null },
            addresses: addresses.map(({ address }) => address),
          };
    });
  }
}

@Resolver(() => AddressClaimNode)
export class AddressClaimEdgesResolver {
  constructor(
    private readonly departments: DepartmentsService,
    private readonly holders: AddressHolders,
  ) {}

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(
    @Context() ctx: RequestContext,
    @Parent() { row }: AddressClaimNode,
  ): Promise<DepartmentNode | null> {
    if (row.departmentId === null) return null;
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => [AddressActionEnum], { description: 'What the viewer may do to it now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: AddressClaimNode): AddressAction[] {
    return scopeFor(ctx.requireViewer(), 'NETWORK', 'EDIT') ? openActions(row.state) : [];
  }

  /** What rests is still its former department's; what had it may be another's by now, who is none of its business. */
  @ResolveField(() => AddressHolderNode, {
    nullable: true,
    description: 'null = what has no record of its own; for a department also what is not, or no longer, its own.',
  })
  async holder(@Context() ctx: RequestContext, @Parent() { row }: AddressClaimNode): Promise<AddressHolderNode | null> {
    if (row.subjectId === null || !isHolderKind(row.subjectType)) return null;
    const holder = await ctx.loader(this.holders.holders).load(`${row.subjectType} ${row.subjectId}`);
    if (!holder) return null;
    const scope = scopeFor(ctx.requireViewer(), 'NETWORK', 'READ');
    const shown = holder.departmentId === null ? scope?.kind === 'PROVINCE' : covers(scope, holder.departmentId);
    return shown ? new AddressHolderNode(holder) : null;
  }
}

function holderOf(nodeId: string): HolderKey | undefined {
  for (const kind of ADDRESS_HOLDER_KINDS) {
    const id = uuidOf(kind, nodeId);
    if (id !== undefined) return { kind, id };
  }
  return undefined;
}

/** An id of another kind names no center, and the service says so. */
function wordsOf(facts: NetworkFactsInput): NetworkWords {
  // A field that was left out arrives as undefined.
  return {
    code: facts.code,
    name: facts.name,
    zone: facts.zone,
    centerId: uuidOf('Center', facts.centerId) ?? '',
    vlanId: facts.vlanId ?? null,
    ipv4Prefix: facts.ipv4Prefix ?? null,
    ipv6Prefix: facts.ipv6Prefix ?? null,
    ipv4Gateway: facts.ipv4Gateway ?? null,
    ipv6Gateway: facts.ipv6Gateway ?? null,
    reserved: facts.reserved ?? [],
    singleStackReason: facts.singleStackReason ?? null,
  };
}
