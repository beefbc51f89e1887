import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  AssignTicketInput,
  DoneTicketInput,
  DrillInput,
  EndDrillInput,
  PlanDrillInput,
  PressItemInput,
} from './drill-inputs.graphql.js';
import { type DrillAnswer, DrillPlanning } from './drill-planning.service.js';
import { DrillRunning } from './drill-running.service.js';
import { DrillTickets } from './drill-tickets.service.js';
import { DrillViews } from './drill-views.service.js';
import { DrillNode, DrillPayload, TicketNode, TicketPayload } from './drills.graphql.js';

type Given<I> = Omit<I, 'id'> & { readonly id: string | undefined };

@Resolver()
export class DrillActsResolver {
  constructor(
    private readonly planning: DrillPlanning,
    private readonly running: DrillRunning,
    private readonly tickets: DrillTickets,
    private readonly views: DrillViews,
  ) {}

  @Mutation(() => DrillPayload, { description: 'Nothing is made yet: another agrees to it first.' })
  async planDrDrill(@Context() ctx: RequestContext, @Args('input') input: PlanDrillInput): Promise<DrillPayload> {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const wish = {
      ...input,
      groupId: uuidOf('DrGroup', input.groupId),
      centerId: input.centerId ? uuidOf('Center', input.centerId) : null,
    };
    return this.answer(ctx, this.planning.plan(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => DrillPayload, {
    description: 'By another than who planned it: of the authority, or whose system it is.',
  })
  approveDrDrill(@Context() ctx: RequestContext, @Args('input') input: DrillInput): Promise<DrillPayload> {
    const scope = ctx.require('DR_GROUP', 'READ');
    return this.one(ctx, scope, input, (...given) => this.planning.approve(...given));
  }

  @Mutation(() => DrillPayload)
  cancelDrDrill(@Context() ctx: RequestContext, @Args('input') input: EndDrillInput): Promise<DrillPayload> {
    return this.edited(ctx, input, (...given) => this.planning.cancel(...given));
  }

  @Mutation(() => DrillPayload, {
    description: 'Looks at everything, and takes the group until all of it is cleaned up.',
  })
  precheckDrDrill(@Context() ctx: RequestContext, @Args('input') input: DrillInput): Promise<DrillPayload> {
    return this.edited(ctx, input, (...given) => this.planning.precheck(...given));
  }

  @Mutation(() => DrillPayload, { description: 'T0: the clock runs.' })
  startDrDrill(@Context() ctx: RequestContext, @Args('input') input: DrillInput): Promise<DrillPayload> {
    return this.edited(ctx, input, (...given) => this.running.start(...given));
  }

  @Mutation(() => DrillPayload, { description: 'The entry that is at hand is done, or failed.' })
  pressDrDrillItem(@Context() ctx: RequestContext, @Args('input') input: PressItemInput): Promise<DrillPayload> {
    const scope = ctx.require('DR_GROUP', 'READ');
    return this.one(ctx, scope, input, (...given) => this.running.press(...given));
  }

  @Mutation(() => DrillPayload, { description: 'After the owner’s word: all of it is taken away.' })
  finishDrDrill(@Context() ctx: RequestContext, @Args('input') input: DrillInput): Promise<DrillPayload> {
    return this.edited(ctx, input, (...given) => this.running.finish(...given));
  }

  @Mutation(() => DrillPayload)
  abortDrDrill(@Context() ctx: RequestContext, @Args('input') input: EndDrillInput): Promise<DrillPayload> {
    return this.edited(ctx, input, (...given) => this.running.abort(...given));
  }

  @Mutation(() => DrillPayload)
  retryDrDrillCleanup(@Context() ctx: RequestContext, @Args('input') input: DrillInput): Promise<DrillPayload> {
    return this.edited(ctx, input, (...given) => this.running.retryCleanup(...given));
  }

  @Mutation(() => TicketPayload)
  assignDrTicket(@Context() ctx: RequestContext, @Args('input') { id, ...input }: AssignTicketInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const wish = { ...input, id: uuidOf('DrTicket', id) };
    return this.ticket(ctx, scope, this.tickets.assign(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => TicketPayload)
  doneDrTicket(@Context() ctx: RequestContext, @Args('input') { id, ...input }: DoneTicketInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const wish = { ...input, id: uuidOf('DrTicket', id) };
    return this.ticket(ctx, scope, this.tickets.done(ctx.requireViewer(), scope, wish));
  }

  private edited<I extends DrillInput>(
    ctx: RequestContext,
    input: I,
    act: (viewer: Viewer, scope: TenantScope, wish: Given<I>) => DrillAnswer,
  ): Promise<DrillPayload> {
    return this.one(ctx, ctx.require('DR_GROUP', 'EDIT'), input, act);
  }

  private one<I extends DrillInput>(
    ctx: RequestContext,
    scope: TenantScope,
    { id, ...input }: I,
    act: (viewer: Viewer, scope: TenantScope, wish: Given<I>) => DrillAnswer,
  ): Promise<DrillPayload> {
    return this.answer(ctx, act(ctx.requireViewer(), scope, { ...input, id: uuidOf('DrDrill', id) }));
  }

  private async answer(ctx: RequestContext, acting: DrillAnswer): Promise<DrillPayload> {
    const done = await acting;
    if (!done.ok) return { drill: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.views.byId(ctx.require('DR_GROUP', 'READ'), done.value.id);
    return { drill: row && new DrillNode(row), errors: [] };
  }

  private async ticket(ctx: RequestContext, scope: TenantScope, acting: DrillAnswer): Promise<TicketPayload> {
    const done = await acting;
    if (!done.ok) return { ticket: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.tickets.byId(scope, done.value.id);
    return { ticket: row && new TicketNode(row), errors: [] };
  }
}
