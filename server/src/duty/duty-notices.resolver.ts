import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  DutyNoticeActInput,
  DutyNoticeConnection,
  DutyNoticeNode,
  DutyNoticePayload,
  DutyNoticeReadingNode,
  DutyNoticeReceiptNode,
  SendDutyNoticeInput,
} from './duty-notices.graphql.js';
import { DutyNotices } from './duty-notices.service.js';
import { TicketViews } from './ticket-views.service.js';
import { TicketNode } from './tickets.graphql.js';

/** The desk sees all of them; a department what it was sent. */
function sightOf(viewer: Viewer): TenantScope | undefined {
  return scopeFor(viewer, 'DUTY', 'READ') ?? scopeFor(viewer, 'RESOURCE', 'READ');
}
/** Whose word binds his department: a vendor's staff has none. */
const receiptOf = (viewer: Viewer): TenantScope | undefined => scopeFor(viewer, 'REQUEST', 'SUBMIT');

@Resolver(() => DutyNoticeNode)
export class DutyNoticesResolver implements OnModuleInit {
  constructor(
    private readonly notices: DutyNotices,
    private readonly departments: DepartmentsService,
    private readonly systemRecords: SystemsService,
    private readonly tickets: TicketViews,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DutyNotice', async (ctx, id) => {
      const sight = sightOf(ctx.requireViewer());
      const row = sight ? await this.notices.inScope(sight, id) : null;
      return row && new DutyNoticeNode(row);
    });
  }

  @Query(() => DutyNoticeConnection, {
    description: '通告, the newest first: all of them, or what one’s department was sent.',
  })
  async dutyNotices(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('unreadOnly', { type: () => Boolean, defaultValue: false }) unreadOnly: boolean,
  ) {
    const sight = sightOf(ctx.requireViewer()) ?? ctx.require('DUTY', 'READ');
    const page = await this.notices.page(sight, unreadOnly, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new DutyNoticeNode(row),
      ({ sentAt }) => sentAt,
    );
  }

  @Query(() => DutyNoticeNode, { nullable: true })
  async dutyNotice(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    const sight = sightOf(ctx.requireViewer()) ?? ctx.require('DUTY', 'READ');
    const uuid = uuidOf('DutyNotice', id);
    const row = uuid === undefined ? null : await this.notices.inScope(sight, uuid);
    return row && new DutyNoticeNode(row);
  }

  @ResolveField(() => [DutyNoticeReceiptNode], {
    description: 'For the desk those that have not read it first, 500 at most; one’s own for a department.',
  })
  async receipts(@Context() ctx: RequestContext, @Parent() { row }: DutyNoticeNode): Promise<DutyNoticeReceiptNode[]> {
    const sight = sightOf(ctx.requireViewer());
    const own = sight ? await this.notices.receipts(row.id, sight) : [];
    const departments = ctx.loader(this.departments.departments);
    const systems = ctx.loader(this.systemRecords.systems);
    return Promise.all(
      own.map(async ({ departmentId, readAt, readBy, systemIds }) => ({
        ...{ departmentId: toNodeId('Department', departmentId), readAt, readBy },
        departmentName: (await departments.load(departmentId))?.name ?? '–',
        systems: (await Promise.all(systemIds.map((id) => systems.load(id)))).flatMap((system) => system?.name ?? []),
      })),
    );
  }

  @ResolveField(() => DutyNoticeReadingNode, {
    nullable: true,
    description: 'How many departments have read it; for the desk.',
  })
  async reading(
    @Context() ctx: RequestContext,
    @Parent() { row }: DutyNoticeNode,
  ): Promise<DutyNoticeReadingNode | null> {
    if (!scopeFor(ctx.requireViewer(), 'DUTY', 'READ')) return null;
    return ctx.loader(this.notices.readings).load(row.id);
  }

  @ResolveField(() => String, { nullable: true, description: 'Who has read it for the viewer’s own department.' })
  async ownReader(@Context() ctx: RequestContext, @Parent() { row }: DutyNoticeNode): Promise<string | null> {
    const sight = sightOf(ctx.requireViewer());
    if (sight?.kind !== 'DEPARTMENTS') return null;
    const own = await ctx.loader(this.notices.ownReceipts).load([row.id, ...sight.departmentIds].join(' '));
    return own.find(({ readBy }) => readBy !== null)?.readBy ?? null;
  }

  @ResolveField(() => Boolean, { description: 'The viewer’s department has not read it, and he may say that it has.' })
  async mayRead(@Context() ctx: RequestContext, @Parent() { row }: DutyNoticeNode): Promise<boolean> {
    const scope = receiptOf(ctx.requireViewer());
    if (scope?.kind !== 'DEPARTMENTS') return false;
    const own = await ctx.loader(this.notices.ownReceipts).load([row.id, ...scope.departmentIds].join(' '));
    return own.some(({ readAt }) => readAt === null);
  }

  @ResolveField(() => TicketNode, { nullable: true, description: 'Told to those who see the duty desk.' })
  async ticket(@Context() ctx: RequestContext, @Parent() { row }: DutyNoticeNode): Promise<TicketNode | null> {
    if (row.ticketId === null || !scopeFor(ctx.requireViewer(), 'DUTY', 'READ')) return null;
    const ticket = await ctx.loader(this.tickets.byIds).load(row.ticketId);
    return ticket && new TicketNode(ticket);
  }

  @Mutation(() => DutyNoticePayload, { description: 'Tells the departments that a ticket concerns.' })
  async sendDutyNotice(@Context() ctx: RequestContext, @Args('input') input: SendDutyNoticeInput) {
    ctx.require('DUTY', 'OPERATE');
    const { alsoDepartmentIds, ticketId, ...rest } = input;
    const wish = {
      ...{ ...rest, ticketId: uuidOf('DutyTicket', ticketId) },
      alsoDepartmentIds: [...new Set(alsoDepartmentIds)].map((id) => uuidOf('Department', id)),
    };
    return this.answer(ctx, await this.notices.send(ctx.requireViewer(), wish));
  }

  @Mutation(() => DutyNoticePayload, { description: '回执: the viewer’s department has read it.' })
  async readDutyNotice(@Context() ctx: RequestContext, @Args('input') { id, idempotencyKey }: DutyNoticeActInput) {
    const scope = ctx.require('REQUEST', 'SUBMIT');
    const wish = { noticeId: uuidOf('DutyNotice', id), idempotencyKey };
    return this.answer(ctx, await this.notices.read(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => DutyNoticePayload, { description: '催阅: those who have not read it, once an hour at most.' })
  async remindOfDutyNotice(@Context() ctx: RequestContext, @Args('input') { id, idempotencyKey }: DutyNoticeActInput) {
    ctx.require('DUTY', 'OPERATE');
    const wish = { noticeId: uuidOf('DutyNotice', id), idempotencyKey };
    return this.answer(ctx, await this.notices.remind(ctx.requireViewer(), wish));
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<DutyNoticePayload> {
    if (!done.ok) return { notice: null, errors: toUserErrors(done.error, ctx.locale) };
    const sight = sightOf(ctx.requireViewer());
    const row = sight ? await this.notices.inScope(sight, done.value.id) : null;
    return { notice: row && new DutyNoticeNode(row), errors: [] };
  }
}
