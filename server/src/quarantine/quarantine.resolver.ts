import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { actionsOf, type QuarantineAction } from './domain/quarantine-state.js';
import {
  DecideQuarantineInput,
  QuarantineActionEnum,
  QuarantinedObjectConnection,
  QuarantinedObjectNode,
  QuarantineFilterInput,
  QuarantinePayload,
} from './quarantine.graphql.js';
import { Quarantine } from './quarantine.service.js';
import { QuarantineActs } from './quarantine-acts.service.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;

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
      if (!scopeFor(ctx.requireViewer(), 'INTAKE', 'READ')) return null;
      const row = await this.quarantine.byId(id);
      return row && new QuarantinedObjectNode(row);
    });
  }

  @Query(() => QuarantinedObjectConnection, {
    description: '隔离清单, the newest first: of nobody in particular, so those see it who answer for the place.',
  })
  async quarantinedObjects(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => QuarantineFilterInput, nullable: true }) filter: QuarantineFilterInput | null,
  ) {
    ctx.require('INTAKE', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      causes: filter?.causes ?? [],
      // An id that is none finds nothing.
      centerId: filter?.centerId ? (uuidOf('Center', filter.centerId) ?? '-') : null,
      search: searchText(filter?.search),
    };
    const page = await this.quarantine.page(wanted, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new QuarantinedObjectNode(row),
      (row) => [row.firstSeenAt.toISOString(), row.id],
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
    const row = await this.quarantine.byId(decided.value.id);
    return { object: row && new QuarantinedObjectNode(row), errors: [] };
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: QuarantinedObjectNode): Promise<CenterNode | null> {
    const center = await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [QuarantineActionEnum], { description: 'What the viewer may decide now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: QuarantinedObjectNode): QuarantineAction[] {
    return scopeFor(ctx.requireViewer(), 'CENTER', 'EDIT') ? [...actionsOf(row)] : [];
  }
}
