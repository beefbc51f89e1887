import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AlertViews } from '../alerts/alert-views.service.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { Mover } from './domain/ticket-moves.js';
import { eventOfAlert } from './event-of-alert.js';
import { TicketFaults } from './ticket-faults.service.js';
import { TicketMoves } from './ticket-moves.service.js';
import { TicketOpening } from './ticket-opening.service.js';
import { unknown } from './ticket-refusals.js';
import { TicketViews } from './ticket-views.service.js';
import {
  AssignDutyTicketInput,
  ConfirmDutyFaultInput,
  DenyDutyFaultInput,
  type DutyTicketActInput,
  DutyTicketPayload,
  LinkDutyTicketInput,
  MoveDutyTicketInput,
  NoteOnDutyTicketInput,
  OpenDutyTicketInput,
  OpenEventOfAlertInput,
  TicketConnection,
  TicketCountNode,
  TicketFilterInput,
  TicketNode,
} from './tickets.graphql.js';
import { Tickets } from './tickets.service.js';

const NOTHING = '-';

export function moverOf(viewer: Viewer): Mover {
  return {
    userId: viewer.userId,
    operates: scopeFor(viewer, 'DUTY', 'OPERATE') !== undefined,
    leads: scopeFor(viewer, 'DUTY', 'RELEASE') !== undefined,
  };
}

@Resolver(() => TicketNode)
export class TicketsResolver implements OnModuleInit {
  constructor(
    private readonly views: TicketViews,
    private readonly opening: TicketOpening,
    private readonly tickets: Tickets,
    private readonly moves: TicketMoves,
    private readonly faults: TicketFaults,
    private readonly alerts: AlertViews,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DutyTicket', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'DUTY', 'READ')) return null;
      const [row] = await this.views.byIds([id]);
      return row ? new TicketNode(row) : null;
    });
  }

  @Query(() => TicketConnection, { description: '事件、变更与问题, the newest first.' })
  async dutyTickets(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => TicketFilterInput, nullable: true }) filter: TicketFilterInput | null,
  ) {
    ctx.require('DUTY', 'READ');
    const { subjectId, subjectType } = filter ?? {};
    const wanted = {
      ...{ kinds: filter?.kinds ?? [], states: filter?.states ?? [], severities: filter?.severities ?? [] },
      ...{ openOnly: filter?.openOnly ?? false, mine: filter?.mine ? ctx.requireViewer().userId : null },
      link: subjectType && subjectId ? { subjectType, subjectId: uuidOf(subjectType, subjectId) ?? NOTHING } : null,
      search: searchText(filter?.search),
    };
    const page = await this.views.page(wanted, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new TicketNode(row),
      ({ openedAt }) => openedAt,
    );
  }

  @Query(() => [TicketCountNode], { description: 'Of those that are not over.' })
  async dutyTicketCounts(@Context() ctx: RequestContext): Promise<TicketCountNode[]> {
    ctx.require('DUTY', 'READ');
    return (await this.views.counts()).map(({ kind, n, severity }) => ({ kind, severity, tickets: n }));
  }

  @Query(() => TicketNode, { nullable: true })
  async dutyTicket(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<TicketNode | null> {
    ctx.require('DUTY', 'READ');
    return this.node(uuidOf('DutyTicket', id));
  }

  @Mutation(() => DutyTicketPayload, { description: 'Opens an event, a change or a problem.' })
  async openDutyTicket(@Context() ctx: RequestContext, @Args('input') input: OpenDutyTicketInput) {
    ctx.require('DUTY', 'OPERATE');
    const { centerId, changeKind, plan, plannedFrom, plannedTo, rollbackPlan, standardKey, startedAt, ...rest } = input;
    const wish = {
      ...{ ...rest, changeKind: changeKind ?? null, plan: plan ?? null, rollbackPlan: rollbackPlan ?? null },
      standardKey: standardKey ?? null,
      ...{ plannedFrom: plannedFrom ?? null, plannedTo: plannedTo ?? null, startedAt: startedAt ?? null },
      centerId: centerId ? uuidOf('Center', centerId) : null,
    };
    return this.answer(ctx, await this.opening.open(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyTicketPayload, {
    description: 'By one press: the event of an alert, as grave as it is, linked to its system; the alert is taken on.',
  })
  async openEventOfAlert(@Context() ctx: RequestContext, @Args('input') input: OpenEventOfAlertInput) {
    ctx.require('DUTY', 'OPERATE');
    const id = uuidOf('DrAlert', input.alertId);
    const alert = id === undefined ? null : await this.alerts.inScope(ctx.require('DR_GROUP', 'READ'), id);
    if (!alert) return { ticket: null, errors: toUserErrors([unknown('alertId')], ctx.locale) };
    const wish = { ...eventOfAlert(alert), idempotencyKey: input.idempotencyKey };
    return this.answer(ctx, await this.opening.open(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyTicketPayload, { description: 'Leads it on; a change only when no freeze forbids it.' })
  async moveDutyTicket(@Context() ctx: RequestContext, @Args('input') input: MoveDutyTicketInput) {
    ctx.require('DUTY', 'OPERATE');
    const viewer = ctx.requireViewer();
    const { action, restoredAt, text } = input;
    const wish = { ...actOf(input), action, text, restoredAt: restoredAt ?? null };
    return this.answer(ctx, await this.moves.move(viewer, moverOf(viewer), wish));
  }

  @Mutation(() => DutyTicketPayload)
  async assignDutyTicket(@Context() ctx: RequestContext, @Args('input') input: AssignDutyTicketInput) {
    ctx.require('DUTY', 'OPERATE');
    const wish = { ...actOf(input), userId: uuidOf('User', input.userId) };
    return this.answer(ctx, await this.tickets.assign(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyTicketPayload)
  async noteOnDutyTicket(@Context() ctx: RequestContext, @Args('input') input: NoteOnDutyTicketInput) {
    ctx.require('DUTY', 'OPERATE');
    const { isWorkaround, text } = input;
    return this.answer(ctx, await this.tickets.note(ctx.requireViewer(), { ...actOf(input), text, isWorkaround }));
  }

  @Mutation(() => DutyTicketPayload)
  async linkDutyTicket(@Context() ctx: RequestContext, @Args('input') input: LinkDutyTicketInput) {
    ctx.require('DUTY', 'OPERATE');
    const { subject, subjectType } = input;
    return this.answer(ctx, await this.tickets.link(ctx.requireViewer(), { ...actOf(input), subject, subjectType }));
  }

  @Mutation(() => DutyTicketPayload)
  async unlinkDutyTicket(@Context() ctx: RequestContext, @Args('input') input: LinkDutyTicketInput) {
    ctx.require('DUTY', 'OPERATE');
    const { subject, subjectType } = input;
    const wish = { ...actOf(input), subject, subjectType, subjectId: uuidOf(subjectType, subject) };
    return this.answer(ctx, await this.tickets.unlink(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyTicketPayload, { description: 'Its minutes flow into the book of outages, once.' })
  async confirmDutyFault(@Context() ctx: RequestContext, @Args('input') input: ConfirmDutyFaultInput) {
    // Whoever keeps the book of outages: minutes take money from a supplier.
    ctx.require('OUTAGE', 'EDIT');
    const { excuse, layer, liability, outageCode } = input;
    const wish = { ...actOf(input), layer, liability, excuse: excuse ?? null, outageCode: outageCode?.trim() || null };
    return this.answer(ctx, await this.faults.confirm(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyTicketPayload, { description: 'Nothing of it counts, with the reason.' })
  async denyDutyFault(@Context() ctx: RequestContext, @Args('input') input: DenyDutyFaultInput) {
    ctx.require('OUTAGE', 'EDIT');
    return this.answer(ctx, await this.faults.none(ctx.requireViewer(), { ...actOf(input), reason: input.reason }));
  }

  private async node(id: string | undefined): Promise<TicketNode | null> {
    const [row] = id === undefined ? [] : await this.views.byIds([id]);
    return row ? new TicketNode(row) : null;
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<DutyTicketPayload> {
    if (!done.ok) return { ticket: null, errors: toUserErrors(done.error, ctx.locale) };
    // Whoever keeps the book of outages may not see the desk.
    const sees = scopeFor(ctx.requireViewer(), 'DUTY', 'READ') !== undefined;
    return { ticket: sees ? await this.node(done.value.id) : null, errors: [] };
  }
}

const actOf = ({ expectedVersion, id, idempotencyKey }: DutyTicketActInput) => ({
  ...{ expectedVersion, idempotencyKey, ticketId: uuidOf('DutyTicket', id) },
});
