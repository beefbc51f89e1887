import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { logText } from './domain/shift-log.js';
import {
  DutyLogConnection,
  DutyLogEntryNode,
  DutyLogFilterInput,
  DutyLogPayload,
  SettleDutyLogInput,
  WriteDutyLogInput,
} from './shift-log.graphql.js';
import { ShiftLog } from './shift-log.service.js';

@Resolver(() => DutyLogEntryNode)
export class ShiftLogResolver implements OnModuleInit {
  constructor(
    private readonly log: ShiftLog,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DutyLogEntry', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'DUTY', 'READ')) return null;
      const row = await this.log.byId(id);
      return row && new DutyLogEntryNode(row);
    });
  }

  @Query(() => DutyLogConnection, { description: '值班日志, the newest first.' })
  async dutyLog(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DutyLogFilterInput, nullable: true }) filter: DutyLogFilterInput | null,
  ) {
    ctx.require('DUTY', 'READ');
    const asked = {
      kinds: filter?.kinds ?? [],
      openOnly: filter?.openOnly ?? false,
      search: searchText(filter?.search),
    };
    const page = await this.log.page(asked, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new DutyLogEntryNode(row),
      ({ at }) => at,
    );
  }

  @ResolveField(() => String, { description: 'In the viewer’s language, where the console itself wrote it.' })
  text(@Context() ctx: RequestContext, @Parent() { row }: DutyLogEntryNode): string {
    return logText(row)[ctx.locale];
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: DutyLogEntryNode): Promise<CenterNode | null> {
    const center = row.centerId === null ? null : await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @Mutation(() => DutyLogPayload)
  async writeDutyLog(
    @Context() ctx: RequestContext,
    @Args('input') { centerId, ...input }: WriteDutyLogInput,
  ): Promise<DutyLogPayload> {
    ctx.require('DUTY', 'OPERATE');
    const wish = { ...input, centerId: centerId ? uuidOf('Center', centerId) : null };
    return this.answer(ctx, await this.log.write(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyLogPayload, { description: 'An open point is done.' })
  async settleDutyLog(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...input }: SettleDutyLogInput,
  ): Promise<DutyLogPayload> {
    ctx.require('DUTY', 'OPERATE');
    const wish = { ...input, entryId: uuidOf('DutyLogEntry', id) };
    return this.answer(ctx, await this.log.settle(ctx.requireViewer(), wish));
  }

  private async answer(ctx: RequestContext, done: Result<{ id: string }, readonly Refusal[]>): Promise<DutyLogPayload> {
    if (!done.ok) return { entry: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.log.byId(done.value.id);
    return { entry: row && new DutyLogEntryNode(row), errors: [] };
  }
}
