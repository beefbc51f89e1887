import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UsersService } from '../identity/users.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { DrGroupNode } from '../resilience/resilience.graphql.js';
import type { ExecutionKind } from './domain/execution-words.js';
import { usualSteps } from './domain/usual-steps.js';
import {
  CreateDrRunbookInput,
  EditDrRunbookInput,
  ExecutionKindEnum,
  OrderHolderNode,
  PlannedStepNode,
  plannedSteps,
  RevokeDrStandingOrderInput,
  RunbookConnection,
  RunbookFilterInput,
  RunbookNode,
  RunbookPayload,
  RunbookVersionNode,
  SignDrStandingOrderInput,
  StandingOrderNode,
  StandingOrderPayload,
  VerifyDrRunbookInput,
} from './runbooks.graphql.js';
import { Runbooks } from './runbooks.service.js';
import { StandingOrders } from './standing-orders.service.js';

/** Runbooks say how the province's centers are fenced and switched: they are read by whoever may read every group. */
@Resolver(() => RunbookNode)
export class RunbooksResolver implements OnModuleInit {
  constructor(
    private readonly runbooks: Runbooks,
    private readonly orders: StandingOrders,
    private readonly groups: GroupViews,
    private readonly users: UsersService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrRunbook', async (ctx, id) => {
      if (scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ')?.kind !== 'PROVINCE') return null;
      const row = await this.runbooks.one(id);
      return row && new RunbookNode(row);
    });
    this.nodes.register('DrStandingOrder', async (ctx, id) => {
      const viewer = ctx.requireViewer();
      if (scopeFor(viewer, 'DR_GROUP', 'READ')?.kind !== 'PROVINCE') return null;
      const row = (await this.orders.all()).find((one) => one.id === id);
      return row ? new StandingOrderNode(row, viewer.userId) : null;
    });
  }

  @Query(() => RunbookConnection, { description: '预案, the newest first.' })
  async drRunbooks(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => RunbookFilterInput, nullable: true }) filter: RunbookFilterInput | null,
  ) {
    const all = this.readsAll(ctx);
    const wanted = {
      groupId: filter?.groupId ? (uuidOf('DrGroup', filter.groupId) ?? '-') : null,
      ...{ kinds: filter?.kinds ?? [], states: filter?.states ?? [], search: searchText(filter?.search) },
    };
    const page = await this.runbooks.page(
      all ? wanted : { ...wanted, groupId: '-' },
      pageRequest(args, NEWEST_CURSOR_PARTS),
    );
    return newestConnection(
      page,
      (row) => new RunbookNode(row),
      ({ createdAt }) => createdAt,
    );
  }

  @Query(() => RunbookNode, { nullable: true })
  async drRunbook(@Context() ctx: RequestContext, @Args('id', { type: () => ID }) id: string) {
    const uuid = uuidOf('DrRunbook', id);
    const row = uuid === undefined || !this.readsAll(ctx) ? null : await this.runbooks.one(uuid);
    return row && new RunbookNode(row);
  }

  @Query(() => [PlannedStepNode], { description: 'What a runbook of the kind begins with.' })
  async drUsualSteps(
    @Context() ctx: RequestContext,
    @Args('kind', { type: () => ExecutionKindEnum }) kind: ExecutionKind,
    @Args('groupId', { type: () => ID, nullable: true, description: 'Left out, as for a group without a remote copy.' })
    groupId: string | null,
  ): Promise<PlannedStepNode[]> {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const uuid = groupId === null || groupId === undefined ? undefined : uuidOf('DrGroup', groupId);
    const group = uuid === undefined ? null : await this.groups.inScope(scope, uuid);
    return usualSteps(kind, group !== null && group.remoteMode !== 'NONE').map(
      (step) => new PlannedStepNode(step, ctx.locale),
    );
  }

  @Query(() => [StandingOrderNode], { description: '预授权, the newest first.' })
  async drStandingOrders(@Context() ctx: RequestContext): Promise<StandingOrderNode[]> {
    if (!this.readsAll(ctx)) return [];
    const { userId } = ctx.requireViewer();
    return (await this.orders.all()).map((row) => new StandingOrderNode(row, userId));
  }

  @ResolveField(() => [RunbookVersionNode], { description: 'The newest first.' })
  async versions(
    @Context() ctx: RequestContext,
    @Parent() { row }: RunbookNode,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
  ): Promise<RunbookVersionNode[]> {
    const versions = await ctx.loader(this.runbooks.versionsOf).load(row.id);
    return versions.slice(0, Math.max(0, first)).map((version) => new RunbookVersionNode(version, ctx.locale));
  }

  @ResolveField(() => DrGroupNode, { nullable: true })
  async group(@Context() ctx: RequestContext, @Parent() { row }: RunbookNode): Promise<DrGroupNode | null> {
    const picture = await ctx.loader(this.groups.pictures).load(row.groupId);
    return picture && new DrGroupNode(picture.row);
  }

  @Mutation(() => RunbookPayload)
  async createDrRunbook(@Context() ctx: RequestContext, @Args('input') input: CreateDrRunbookInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const { groupId, steps, ...rest } = input;
    const wish = { ...rest, groupId: uuidOf('DrGroup', groupId), steps: plannedSteps(steps) };
    return this.answer(ctx, await this.runbooks.create(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => RunbookPayload, { description: 'Another version, which nobody has verified.' })
  async editDrRunbook(@Context() ctx: RequestContext, @Args('input') input: EditDrRunbookInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const { id, steps, ...rest } = input;
    const wish = { ...rest, runbookId: uuidOf('DrRunbook', id), steps: plannedSteps(steps) };
    return this.answer(ctx, await this.runbooks.edit(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => RunbookPayload, { description: 'By another than its author.' })
  async verifyDrRunbook(@Context() ctx: RequestContext, @Args('input') { id, ...input }: VerifyDrRunbookInput) {
    const scope = ctx.require('DR_GROUP', 'SIGN_OFF');
    const wish = { ...input, runbookId: uuidOf('DrRunbook', id) };
    return this.answer(ctx, await this.runbooks.verify(ctx.requireViewer(), scope, wish));
  }

  @Query(() => [OrderHolderNode], { description: 'For whoever signs one.' })
  async drStandingOrderHolders(@Context() ctx: RequestContext): Promise<OrderHolderNode[]> {
    ctx.require('DR_GROUP', 'RELEASE');
    const holders = await this.orders.holders(ctx.requireViewer());
    return holders.map(({ name, userId }) => ({ userId: toNodeId('User', userId), name }));
  }

  @Mutation(() => StandingOrderPayload, { description: 'By a leader, for a period and a holder.' })
  async signDrStandingOrder(@Context() ctx: RequestContext, @Args('input') input: SignDrStandingOrderInput) {
    ctx.require('DR_GROUP', 'RELEASE');
    const { groupIds, holderId, ...rest } = input;
    const holder = uuidOf('User', holderId);
    const user = holder === undefined ? null : await this.users.user(WHOLE_PROVINCE, holder);
    const wish = {
      ...{ ...rest, groupIds: groupIds?.map((id) => uuidOf('DrGroup', id)) ?? null },
      holder: user && { id: user.id, name: user.displayName },
    };
    return this.signed(ctx, await this.orders.sign(ctx.requireViewer(), wish));
  }

  @Mutation(() => StandingOrderPayload)
  async revokeDrStandingOrder(@Context() ctx: RequestContext, @Args('input') input: RevokeDrStandingOrderInput) {
    ctx.require('DR_GROUP', 'RELEASE');
    const wish = { orderId: uuidOf('DrStandingOrder', input.id), idempotencyKey: input.idempotencyKey };
    return this.signed(ctx, await this.orders.revoke(ctx.requireViewer(), wish));
  }

  private readsAll(ctx: RequestContext): boolean {
    return ctx.require('DR_GROUP', 'READ').kind === 'PROVINCE';
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ runbookId: string }, readonly Refusal[]>,
  ): Promise<RunbookPayload> {
    if (!done.ok) return { runbook: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.runbooks.one(done.value.runbookId);
    return { runbook: row && new RunbookNode(row), errors: [] };
  }

  private async signed(
    ctx: RequestContext,
    done: Result<{ orderId: string }, readonly Refusal[]>,
  ): Promise<StandingOrderPayload> {
    if (!done.ok) return { order: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = (await this.orders.all()).find(({ id }) => id === done.value.orderId);
    return { order: row ? new StandingOrderNode(row, ctx.requireViewer().userId) : null, errors: [] };
  }
}
