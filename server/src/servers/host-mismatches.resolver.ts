import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { type MismatchAction, mismatchActionsOf } from './domain/host-mismatch.js';
import { HostMismatchActs } from './host-mismatch-acts.service.js';
import {
  DecideHostMismatchesInput,
  HostMismatchActionEnum,
  HostMismatchConnection,
  HostMismatchesPayload,
  HostMismatchFilterInput,
  HostMismatchNode,
  MatchHostInput,
} from './host-mismatches.graphql.js';
import { HostMismatches } from './host-mismatches.service.js';
import { ServerNode } from './servers.graphql.js';
import { ServersService } from './servers.service.js';

@Resolver(() => HostMismatchNode)
export class HostMismatchesResolver implements OnModuleInit {
  constructor(
    private readonly mismatches: HostMismatches,
    private readonly acts: HostMismatchActs,
    private readonly servers: ServersService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('HostMismatch', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'INTAKE', 'READ')) return null;
      const row = await this.mismatches.byId(id);
      return row && new HostMismatchNode(row);
    });
  }

  @Query(() => HostMismatchConnection, {
    description: '主机账实不符, the newest first: those see it who answer for the place.',
  })
  async hostMismatches(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => HostMismatchFilterInput, nullable: true }) filter: HostMismatchFilterInput | null,
  ) {
    ctx.require('INTAKE', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      sides: filter?.sides ?? [],
      // An id that is none finds nothing.
      centerId: filter?.centerId ? (uuidOf('Center', filter.centerId) ?? '-') : null,
      search: searchText(filter?.search),
    };
    return newestConnection(
      await this.mismatches.page(wanted, pageRequest(args, NEWEST_CURSOR_PARTS)),
      (row) => new HostMismatchNode(row),
      ({ firstSeenAt }) => firstSeenAt,
    );
  }

  @Mutation(() => HostMismatchesPayload, { description: 'Lets them be, with a reason, or has them watched again.' })
  async decideHostMismatches(
    @Context() ctx: RequestContext,
    @Args('input') { action, items, ...wish }: DecideHostMismatchesInput,
  ): Promise<HostMismatchesPayload> {
    ctx.require('SERVER', 'EDIT');
    if (action === 'MATCH') throw badInput('a host is matched by matchHost');
    const named = items.map(({ expectedVersion, id }) => ({ id: uuidOf('HostMismatch', id), expectedVersion }));
    const decided = await this.acts.decide(ctx.requireViewer(), { ...wish, action, items: named });
    if (!decided.ok) return { mismatches: [], errors: toUserErrors(decided.error, ctx.locale) };
    return { mismatches: await this.nodesOf(decided.value.ids), errors: [] };
  }

  @Mutation(() => HostMismatchesPayload, {
    description: 'Says which asset a host is, where its serial number does not.',
  })
  async matchHost(
    @Context() ctx: RequestContext,
    @Args('input') { id, serverId, ...wish }: MatchHostInput,
  ): Promise<HostMismatchesPayload> {
    const scope = ctx.require('SERVER', 'EDIT');
    const named = { ...wish, id: uuidOf('HostMismatch', id), serverId: uuidOf('Server', serverId) };
    const matched = await this.acts.match(ctx.requireViewer(), scope, named);
    if (!matched.ok) return { mismatches: [], errors: toUserErrors(matched.error, ctx.locale) };
    return { mismatches: await this.nodesOf([matched.value.id]), errors: [] };
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: HostMismatchNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => ServerNode, {
    nullable: true,
    description: 'The asset without a host, or the one that the host contradicts.',
  })
  async server(@Context() ctx: RequestContext, @Parent() { row }: HostMismatchNode): Promise<ServerNode | null> {
    if (row.serverId === null || !scopeFor(ctx.requireViewer(), 'SERVER', 'READ')) return null;
    const server = await ctx.loader(this.servers.servers).load(row.serverId);
    return server && new ServerNode(server);
  }

  @ResolveField(() => [HostMismatchActionEnum], { description: 'What the viewer may decide now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: HostMismatchNode): MismatchAction[] {
    return scopeFor(ctx.requireViewer(), 'SERVER', 'EDIT') ? [...mismatchActionsOf(row)] : [];
  }

  private async nodesOf(ids: readonly string[]): Promise<HostMismatchNode[]> {
    const rows = await Promise.all(ids.map((id) => this.mismatches.byId(id)));
    return rows.flatMap((row) => (row ? [new HostMismatchNode(row)] : []));
  }
}
