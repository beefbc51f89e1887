import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { readIn } from '../kernel/said.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { SystemNode } from '../systems/systems.types.js';
import { isLate } from './domain/drill-items.js';
import { measuredOf } from './domain/drill-marks.js';
import { type DrillAction, startsAt } from './domain/drill-state.js';
import { DrillCalendar } from './drill-calendar.service.js';
import { DrillGrounds } from './drill-grounds.service.js';
import { DrillFilterInput } from './drill-inputs.graphql.js';
import { DrillTickets } from './drill-tickets.service.js';
import { DrillViews } from './drill-views.service.js';
import {
  DrillActionEnum,
  DrillCalendarNode,
  DrillCheckNode,
  DrillConnection,
  DrillCopyNode,
  DrillFiguresNode,
  DrillItemNode,
  DrillMarkNode,
  DrillNode,
  DrillPlaceNode,
  TicketNode,
} from './drills.graphql.js';
import { FrozenDrills } from './frozen-drills.service.js';

/** More than that is nobody's list; the first due come first. */
const ENTRIES_MAX = 500;
const TICKETS_MAX = 500;

@Resolver(() => DrillNode)
export class DrillsResolver implements OnModuleInit {
  constructor(
    private readonly views: DrillViews,
    private readonly tickets: DrillTickets,
    private readonly calendar: DrillCalendar,
    private readonly grounds: DrillGrounds,
    private readonly frozen: FrozenDrills,
    private readonly groups: GroupViews,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrDrill', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ');
      const row = scope && (await this.views.byId(scope, id));
      return row ? new DrillNode(row) : null;
    });
    this.nodes.register('DrTicket', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ');
      const row = scope && (await this.tickets.byId(scope, id));
      return row ? new TicketNode(row) : null;
    });
  }

  @Query(() => DrillConnection, { description: '容灾演练, the newest first.' })
  async drDrills(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DrillFilterInput, nullable: true }) filter: DrillFilterInput | null,
  ) {
    const wanted = {
      ...{ states: filter?.states ?? [], kinds: filter?.kinds ?? [], search: searchText(filter?.search) },
      groupId: filter?.groupId ? (uuidOf('DrGroup', filter.groupId) ?? '-') : null,
    };
    const scope = ctx.require('DR_GROUP', 'READ');
    const page = await this.views.page(scope, wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new DrillNode(row),
      ({ createdAt }) => createdAt,
    );
  }

  @Query(() => DrillNode, { nullable: true })
  async drDrill(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<DrillNode | null> {
    const scope = ctx.require('DR_GROUP', 'READ');
    const uuid = uuidOf('DrDrill', id);
    const row = uuid === undefined ? null : await this.views.byId(scope, uuid);
    return row && new DrillNode(row);
  }

  @Query(() => DrillCalendarNode)
  async drDrillCalendar(@Context() ctx: RequestContext): Promise<DrillCalendarNode> {
    const { counts, entries, rule } = await this.calendar.of(ctx.require('DR_GROUP', 'READ'));
    return {
      ...{ ruleNumber: rule.number, effectiveOn: rule.effectiveOn, lines: [...rule.terms] },
      ...{ overdue: counts.OVERDUE, soon: counts.SOON },
      entries: entries.slice(0, ENTRIES_MAX).map(({ groupId, planned, ...entry }) => ({
        ...entry,
        groupId: toNodeId('DrGroup', groupId),
        planned: planned && new DrillNode(planned),
      })),
    };
  }

  @Query(() => [DrillPlaceNode], {
    description: 'Before a drill is planned: in which centers it can be, and whether there is room.',
  })
  async drDrillPlaces(
    @Context() ctx: RequestContext,
    @Args('groupId', { type: () => ID }) groupId: string,
  ): Promise<DrillPlaceNode[]> {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const uuid = uuidOf('DrGroup', groupId);
    const group = uuid === undefined ? null : await this.groups.inScope(scope, uuid);
    if (!group) return [];
    return (await this.grounds.places(group.id)).map(({ center, machines, ok, text }) => ({
      ...{ center: new CenterNode(center), machines, fits: ok, text: text[ctx.locale] },
    }));
  }

  @Query(() => String, {
    nullable: true,
    description:
      'Before a drill on copies is planned: which freeze would forbid it at that moment; null = none does as of now.',
  })
  async drDrillFrozen(
    @Context() ctx: RequestContext,
    @Args('groupId', { type: () => ID }) groupId: string,
    @Args('centerId', { type: () => ID }) centerId: string,
    @Args('at', { type: () => Date }) at: Date,
  ): Promise<string | null> {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const group = await this.groups.inScope(scope, uuidOf('DrGroup', groupId) ?? '-');
    const center = uuidOf('Center', centerId);
    if (!group || center === undefined) return null;
    // Nobody can let through what is not planned yet.
    const planned = {
      id: '-',
      kind: 'SIMULATED' as const,
      groupId: group.id,
      systemId: group.systemId,
      centerId: center,
    };
    return (await this.frozen.foreseen(planned, at))?.message[ctx.locale] ?? null;
  }

  @Query(() => [TicketNode], { description: '整改项 that are not done, the first due first; at most 500.' })
  async drTickets(@Context() ctx: RequestContext): Promise<TicketNode[]> {
    const rows = await this.tickets.open(ctx.require('DR_GROUP', 'READ'), TICKETS_MAX);
    return rows.map((row) => new TicketNode(row));
  }

  @ResolveField(() => SystemNode)
  async system(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<SystemNode> {
    const system = await ctx.loader(this.systems.systems).load(row.systemId);
    if (!system) throw new Error(`system ${row.systemId} of a drill has gone`);
    return new SystemNode(system);
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Where the copies stand.' })
  async center(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<CenterNode | null> {
    const center = row.centerId === null ? null : await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => String, { nullable: true, description: 'What stands in its way at the cluster.' })
  trouble(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): string | null {
    return row.trouble === null ? null : readIn(ctx.locale, row.trouble, row.troubleEn);
  }

  @ResolveField(() => String, { nullable: true })
  abortReason(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): string | null {
    return row.abortReason === null ? null : readIn(ctx.locale, row.abortReason, row.abortReasonEn);
  }

  @ResolveField(() => [DrillCheckNode], { description: 'What was looked at before anything was made.' })
  checks(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): DrillCheckNode[] {
    return (row.precheck ?? []).map(({ code, ok, text }) => ({ code, ok, text: text[ctx.locale] }));
  }

  @ResolveField(() => [DrillItemNode])
  async items(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<DrillItemNode[]> {
    const items = await ctx.loader(this.views.itemsOf).load(row.id);
    const viewer = ctx.requireViewer();
    const now = this.clock.now();
    return items.map(({ drillId: _, doneById: __, noteEn, ...item }) => ({
      ...item,
      note: item.note === null ? null : readIn(ctx.locale, item.note, noteEn),
      late: isLate(item, now),
      mayPress: this.views.refusedPress(viewer, row, items, item.number) === null,
    }));
  }

  @ResolveField(() => [DrillMarkNode])
  async marks(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<DrillMarkNode[]> {
    return (await ctx.loader(this.views.marksOf).load(row.id)).map((mark) => new DrillMarkNode(mark));
  }

  @ResolveField(() => [DrillCopyNode])
  async copies(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<DrillCopyNode[]> {
    return (await ctx.loader(this.views.copiesOf).load(row.id)).map((copy) => new DrillCopyNode(copy, ctx.locale));
  }

  @ResolveField(() => DrillFiguresNode)
  async figures(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<DrillFiguresNode> {
    const marks = await ctx.loader(this.views.marksOf).load(row.id);
    const times = Object.fromEntries(marks.map(({ at, mark }) => [mark, at]));
    return measuredOf(times, row.hasData ? row.dataPoint : undefined);
  }

  @ResolveField(() => [TicketNode])
  async drillTickets(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<TicketNode[]> {
    return (await ctx.loader(this.tickets.ofDrills).load(row.id)).map((ticket) => new TicketNode(ticket));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Of one that has not begun: which freeze forbids it, when it is planned or by now.',
  })
  async frozenBecause(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): Promise<string | null> {
    const from = startsAt(row, this.clock.now());
    return from && ((await this.frozen.foreseen(row, from))?.message[ctx.locale] ?? null);
  }

  @ResolveField(() => [DrillActionEnum], { description: 'What the viewer may do now.' })
  availableActions(@Context() ctx: RequestContext, @Parent() { row }: DrillNode): DrillAction[] {
    return this.views.actions(ctx.requireViewer(), row);
  }
}

@Resolver(() => TicketNode)
export class TicketsResolver {
  constructor(private readonly views: DrillViews) {}

  @ResolveField(() => DrillNode)
  async drill(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<DrillNode> {
    const drill = await this.views.byId(ctx.require('DR_GROUP', 'READ'), row.drillId);
    if (!drill) throw new Error(`drill ${row.drillId} of a ticket has gone`);
    return new DrillNode(drill);
  }

  @ResolveField(() => Boolean, { description: 'The viewer may give it to somebody, or say that it is put right.' })
  mayEdit(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): boolean {
    return row.state === 'OPEN' && scopeFor(ctx.requireViewer(), 'DR_GROUP', 'EDIT') !== undefined;
  }
}
