import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AlertNode } from '../alerts/alerts.graphql.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { OutageNode } from '../outages/outages.graphql.js';
import { Outages } from '../outages/outages.service.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { ENTRIES_MAX, ENTRIES_SHOWN } from './domain/ticket-story.js';
import { descriptionOf, entryText, titleOf } from './domain/ticket-words.js';
import { DutyNoticeNode } from './duty-notices.graphql.js';
import { DutyNotices } from './duty-notices.service.js';
import { TicketMoves } from './ticket-moves.service.js';
import { TicketViews } from './ticket-views.service.js';
import {
  AffectedDepartmentNode,
  TicketDueNode,
  TicketEntryNode,
  TicketFaultNode,
  TicketLinkNode,
  TicketNode,
  TicketOfferNode,
} from './tickets.graphql.js';
import { moverOf } from './tickets.resolver.js';
import type { LinkRow } from './tickets.types.js';

@Resolver(() => TicketNode)
export class TicketEdgesResolver {
  constructor(
    private readonly views: TicketViews,
    private readonly moves: TicketMoves,
    private readonly notices: DutyNotices,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly outages: Outages,
  ) {}

  @ResolveField(() => String, { description: 'In the viewer’s language, where the console itself wrote it.' })
  title(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): string {
    return titleOf(row)[ctx.locale];
  }

  @ResolveField(() => String, { description: 'In the viewer’s language, where the console itself wrote it.' })
  description(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): string {
    return descriptionOf(row)[ctx.locale];
  }

  @ResolveField(() => CenterNode, { nullable: true })
  async center(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<CenterNode | null> {
    const center = row.centerId === null ? null : await ctx.loader(this.facilities.centersByIds).load(row.centerId);
    return center && new CenterNode(center);
  }

  @ResolveField(() => [TicketOfferNode])
  offers(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): TicketOfferNode[] {
    const { locale } = ctx;
    return this.views
      .offered(row, moverOf(ctx.requireViewer()))
      .map(({ because, ...offer }) => ({ ...offer, because: because?.message[locale] ?? null }));
  }

  @ResolveField(() => TicketDueNode, { nullable: true })
  due(@Parent() { row }: TicketNode): TicketDueNode | null {
    return this.views.due(row);
  }

  @ResolveField(() => [TicketLinkNode])
  async links(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<TicketLinkNode[]> {
    const links = await ctx.loader(this.views.links).load(row.id);
    return Promise.all(
      links.map(async ({ subjectId, ...link }) => ({
        ...{ ...link, subjectId: toNodeId(link.subjectType, subjectId) },
        subjectName: await this.nameOf(ctx, link, subjectId),
      })),
    );
  }

  /** Another ticket is called in the viewer's language; what else there is was called so when it was linked. */
  private async nameOf(
    ctx: RequestContext,
    { subjectName, subjectType }: Pick<LinkRow, 'subjectType' | 'subjectName'>,
    subjectId: string,
  ): Promise<string> {
    const other = subjectType === 'DutyTicket' ? await ctx.loader(this.views.byIds).load(subjectId) : null;
    return other ? `${other.code} ${titleOf(other)[ctx.locale]}` : subjectName;
  }

  @ResolveField(() => [TicketNode], { description: 'Tickets that name this one: the problem of an event.' })
  async namedBy(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<TicketNode[]> {
    return (await ctx.loader(this.views.namedBy).load(row.id)).map((other) => new TicketNode(other));
  }

  @ResolveField(() => [TicketEntryNode], {
    description: '时间线, in its order: the newest `last` of it, 1000 at most.',
  })
  async entries(
    @Context() ctx: RequestContext,
    @Parent() { row }: TicketNode,
    @Args('last', { type: () => Int, defaultValue: ENTRIES_SHOWN }) last: number,
  ): Promise<TicketEntryNode[]> {
    const entries = await ctx.loader(this.views.entries).load(`${row.id} ${Math.min(Math.max(last, 1), ENTRIES_MAX)}`);
    return entries.map((entry) => ({ ...entry, text: entryText(entry)?.[ctx.locale] ?? null }));
  }

  @ResolveField(() => Int, { description: 'Of its whole story.' })
  entryCount(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<number> {
    return ctx.loader(this.views.entryCounts).load(row.id);
  }

  @ResolveField(() => [DutyNoticeNode], { name: 'notices', description: 'The newest first.' })
  async noticesOf(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<DutyNoticeNode[]> {
    return (await ctx.loader(this.notices.ofTickets).load(row.id)).map((notice) => new DutyNoticeNode(notice));
  }

  @ResolveField(() => [AffectedDepartmentNode], {
    description: 'By its systems, machines and servers, or everybody in its center. Of one ticket, not of a list.',
  })
  async affected(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<AffectedDepartmentNode[]> {
    const found = await this.notices.affected(row.id);
    const departments = ctx.loader(this.departments.departments);
    const systems = ctx.loader(this.systems.systems);
    return Promise.all(
      found.map(async ({ departmentId, systemIds }) => ({
        departmentId: toNodeId('Department', departmentId),
        name: (await departments.load(departmentId))?.name ?? '–',
        systems: (await Promise.all(systemIds.map((id) => systems.load(id)))).flatMap((system) => system?.name ?? []),
      })),
    );
  }

  @ResolveField(() => TicketFaultNode, { nullable: true, description: 'What would count if it were decided now.' })
  fault(@Parent() { row }: TicketNode): TicketFaultNode | null {
    return this.views.fault(row);
  }

  @ResolveField(() => Boolean)
  mayDecideFault(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): boolean {
    return this.views.fault(row) !== null && scopeFor(ctx.requireViewer(), 'OUTAGE', 'EDIT') !== undefined;
  }

  @ResolveField(() => OutageNode, { nullable: true, description: 'As it stands in the book of outages.' })
  async outage(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<OutageNode | null> {
    if (row.outageId === null || !scopeFor(ctx.requireViewer(), 'OUTAGE', 'READ')) return null;
    const outage = await ctx.loader(this.outages.byIds).load(row.outageId);
    return outage && new OutageNode(outage);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Of a change that was approved: what forbids it now: a freeze, or that the catalog says otherwise by now.',
  })
  frozenBecause(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<string | null> {
    return this.moves.frozenBecause(row).then((refusal) => refusal?.message[ctx.locale] ?? null);
  }
}

/** From the other end: an alert says which event is of it. */
@Resolver(() => AlertNode)
export class AlertEventResolver {
  constructor(private readonly views: TicketViews) {}

  @ResolveField(() => TicketNode, { nullable: true, description: 'Its event; told to those who see the duty desk.' })
  async event(@Context() ctx: RequestContext, @Parent() { row }: AlertNode): Promise<TicketNode | null> {
    if (!scopeFor(ctx.requireViewer(), 'DUTY', 'READ')) return null;
    const event = await ctx.loader(this.views.eventsOfAlerts).load(row.id);
    return event && new TicketNode(event);
  }
}
