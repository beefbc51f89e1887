import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { searchText } from '../platform/graphql/search-text.js';
import { lifeActions } from './domain/life-actions.js';
import { powerOffers } from './domain/power-actions.js';
import { ResourceChange } from './resource-acts.graphql.js';
import { ResourceEventNode } from './resource-events.graphql.js';
import { ResourceFilterInput } from './resource-filter.graphql.js';
import { ResourceConditionNode } from './resource-parts.graphql.js';
import { ResourcesService } from './resources.service.js';
import {
  ResourceActionAvailability,
  ResourceConnection,
  ResourceNode,
  type ResourceOrder,
  ResourceOrderEnum,
} from './resources.types.js';

/** Parts of the sort key in a cursor: the sorted column and the id. */
const CURSOR_PARTS = 2;

@Resolver(() => ResourceNode)
export class ResourcesResolver implements OnModuleInit {
  constructor(
    private readonly resources: ResourcesService,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
    private readonly feed: ChangeFeed,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Resource', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope && (await this.resources.inScope(scope, id));
      return row ? new ResourceNode(row) : null;
    });
  }

  @Query(() => ResourceConnection, { name: 'resources' })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ResourceFilterInput, nullable: true }) filter: ResourceFilterInput | null,
    @Args('orderBy', { type: () => ResourceOrderEnum, defaultValue: 'NEWEST' }) orderBy: ResourceOrder,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const page = await this.resources.page(
      scope,
      {
        states: filter?.states ?? null,
        search: searchText(filter?.search),
        systemId: idOf('System', filter?.systemId),
        centerId: idOf('Center', filter?.centerId),
        requestId: idOf('Request', filter?.requestId),
        matches: filter?.matches ?? null,
        origin: filter?.origin ?? null,
        uses: filter?.uses ?? null,
        departmentIds: filter?.departmentId
          ? await this.departments.wholeTreeIds(uuidOf('Department', filter.departmentId) ?? '-')
          : null,
      },
      orderBy,
      pageRequest(args, CURSOR_PARTS),
    );
    return toConnection(
      page,
      (row) => new ResourceNode(row),
      (row) => [orderBy === 'NEWEST' ? row.createdAt.toISOString() : row.name, row.id],
    );
  }

  @Query(() => ResourceNode)
  async resource(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<ResourceNode> {
    return this.find(ctx, id);
  }

  @Subscription(() => ResourceChange, {
    description: "The resource's node, at once and again after each change of it or of its tasks.",
    resolve(this: ResourcesResolver, hint: { subjectId: string }, _args: unknown, ctx: RequestContext) {
      return this.find(ctx, toNodeId('Resource', hint.subjectId)).then((resource) => ({ resource }));
    },
  })
  async resourceChanged(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    const { row } = await this.find(ctx, id);
    return changesOf(this.feed, ['resource', 'resourceTask'], row.id);
  }

  @ResolveField(() => [ResourceEventNode])
  async events(@Context() ctx: RequestContext, @Parent() node: ResourceNode): Promise<ResourceEventNode[]> {
    const events = await ctx.loader(this.resources.eventsOf).load(node.row.id);
    return events.map((e) =>
      Object.assign(new ResourceEventNode(), { ...e, id: toNodeId('ResourceEvent', e.id), text: ctx.say(e.text) }),
    );
  }

  @ResolveField(() => String, { description: 'One sentence about where provisioning stands or why it waits.' })
  statusText(@Context() ctx: RequestContext, @Parent() node: ResourceNode): string {
    return ctx.say(node.row.statusText);
  }

  @ResolveField(() => FenScalar, {
    nullable: true,
    description: 'Null where the viewer keeps machines running but reads no prices.',
  })
  monthlyCost(@Context() ctx: RequestContext, @Parent() node: ResourceNode): bigint | null {
    return scopeFor(ctx.requireViewer(), 'PRICE', 'READ') ? node.row.monthlyFen : null;
  }

  @ResolveField(() => [ResourceConditionNode])
  conditions(@Parent() node: ResourceNode): ResourceConditionNode[] {
    return node.row.conditions.map((c) => ({ ...c, since: c.since === null ? null : new Date(c.since) }));
  }

  @ResolveField(() => [ResourceActionAvailability])
  availableActions(@Context() ctx: RequestContext, @Parent() node: ResourceNode): ResourceActionAvailability[] {
    const may = (action: 'RELEASE' | 'EDIT' | 'OPERATE') =>
      reaches(scopeFor(ctx.requireViewer(), 'RESOURCE', action), node.row);
    const offers = [
      ...powerOffers(node.row, may('OPERATE')),
      ...lifeActions(node.row, { release: may('RELEASE'), edit: may('EDIT') }),
    ];
    return offers.map(({ action, disabled }) => ({
      action,
      disabledReason: disabled && ctx.say(disabled),
    }));
  }

  private async find(ctx: RequestContext, nodeId: string): Promise<ResourceNode> {
    const scope = ctx.require('RESOURCE', 'READ');
    const id = uuidOf('Resource', nodeId);
    const row = id === undefined ? null : await this.resources.inScope(scope, id);
    if (!row) throw notFound(ctx.locale);
    return new ResourceNode(row);
  }
}

/** The uuid for a filter; an id of another kind matches nothing instead of everything. */
function idOf(type: string, nodeId: string | null | undefined): string | null {
  return nodeId ? (uuidOf(type, nodeId) ?? '-') : null;
}
