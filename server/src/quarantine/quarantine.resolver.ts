import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { actionsOf, type QuarantineAction } from './domain/quarantine-state.js';
import {
  DecideQuarantineInput,
  QuarantineActionEnum,
  QuarantinedObjectConnection,
  QuarantinedObjectNode,
  QuarantineEventNode,
  QuarantineFilterInput,
  QuarantinePayload,
} from './quarantine.graphql.js';
import { Quarantine } from './quarantine.service.js';
import { QuarantineActs } from './quarantine-acts.service.js';

@Resolver(() => QuarantinedObjectNode)
export class QuarantineResolver implements OnModuleInit {
  constructor(
    private readonly quarantine: Quarantine,
    private readonly acts: QuarantineActs,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('QuarantinedObject', async (ctx, id) => {
      const scope = seenBy(ctx.requireViewer());
      const row = scope && (await this.quarantine.byId(scope, id));
      return row && new QuarantinedObjectNode(row);
    });
  }

  @Query(() => QuarantinedObjectConnection, {
    description:
      '隔离清单, the newest first: all of it for those who answer for the place; for a department what stands in its namespaces.',
  })
  async quarantinedObjects(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => QuarantineFilterInput, nullable: true }) filter: QuarantineFilterInput | null,
  ) {
    const scope = seenBy(ctx.requireViewer()) ?? ctx.require('INTAKE', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      causes: filter?.causes ?? [],
      // An id that is none finds nothing.
      centerId: filter?.centerId ? (uuidOf('Center', filter.centerId) ?? '-') : null,
      search: searchText(filter?.search),
    };
    const page = await this.quarantine.page(scope, wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new QuarantinedObjectNode(row),
      ({ firstSeenAt }) => firstSeenAt,
    );
  }

  @Mutation(() => QuarantinePayload, { description: 'Nothing is deleted by any of it.' })
  async decideQuarantine(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: DecideQuarantineInput,
  ): Promise<QuarantinePayload> {
    ctx.require('CENTER', 'EDIT');
    const objectId = uuidOf('QuarantinedObject', id);
    const decided = await this.acts.decide(ctx.requireViewer(), { ...wish, objectId });
    if (!decided.ok) return { object: null, errors: toUserErrors(decided.error, ctx.locale) };
    const row = await this.quarantine.byId(WHOLE_PROVINCE, decided.value.id);
    return { object: row && new QuarantinedObjectNode(row), errors: [] };
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: QuarantinedObjectNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [QuarantineEventNode], { description: 'What was done to it, the newest first.' })
  async events(
    @Context() ctx: RequestContext,
    @Parent() { row }: QuarantinedObjectNode,
  ): Promise<QuarantineEventNode[]> {
    const events = await ctx.loader(this.quarantine.eventsOf).load(row.id);
    return events.map((event) => new QuarantineEventNode(event));
  }

  @ResolveField(() => [QuarantineActionEnum], { description: 'What the viewer may decide now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: QuarantinedObjectNode): QuarantineAction[] {
    return scopeFor(ctx.requireViewer(), 'CENTER', 'EDIT') ? [...actionsOf(row)] : [];
  }
}

/** Who prepares intakes sees all of it; a department's people what stands in its own namespaces. null = none of it. */
function seenBy(viewer: Viewer): TenantScope | null {
  const all = scopeFor(viewer, 'INTAKE', 'READ');
  if (all) return all;
  const own = scopeFor(viewer, 'RESOURCE', 'READ');
  return own?.kind === 'DEPARTMENTS' ? own : null;
}
