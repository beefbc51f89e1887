import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { RequestsService } from '../requests/requests.service.js';
import {
  AnswerObjectionInput,
  ConfirmDeliveryInput,
  DeliveryObjectionNode,
  DeliverySheetConnection,
  DeliverySheetFilterInput,
  DeliverySheetNode,
  DeliverySheetPayload,
  NODE_OF_THING,
  ObjectToDeliveryInput,
  ResetFirstLoginInput,
  RevealFirstLoginInput,
  RevealFirstLoginPayload,
} from './deliveries.graphql.js';
import { DeliveriesService } from './deliveries.service.js';
import { FirstLogins } from './first-logins.service.js';
import { LoginResets } from './login-resets.service.js';
import { ServerFirstLogins } from './server-first-logins.service.js';
import { SheetHeads } from './sheet-heads.service.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;
@Resolver(() => RequestNode)
export class DeliveriesResolver implements OnModuleInit {
  constructor(
    private readonly sheets: SheetHeads,
    private readonly deliveries: DeliveriesService,
    private readonly logins: FirstLogins,
    private readonly serverLogins: ServerFirstLogins,
    private readonly resets: LoginResets,
    private readonly requests: RequestsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DeliverySheet', async (ctx, id) => {
      const found = await this.sheets.sheet(ctx.requireViewer(), id);
      return found && new DeliverySheetNode(found);
    });
    this.nodes.register('DeliveryObjection', async (ctx, id) => {
      const found = await this.sheets.objection(ctx.requireViewer(), id);
      return found && new DeliveryObjectionNode(found);
    });
  }

  @ResolveField(() => DeliverySheetNode, { nullable: true, description: 'null = not all of it is delivered yet.' })
  async deliverySheet(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
  ): Promise<DeliverySheetNode | null> {
    const head = await ctx.loader(this.sheets.headsOf).load(row.id);
    return head && new DeliverySheetNode({ head, request: row });
  }

  @Query(() => DeliverySheetConnection, { description: 'Of the viewer’s department, or of all; the newest first.' })
  async deliverySheets(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DeliverySheetFilterInput, nullable: true }) filter: DeliverySheetFilterInput | null,
  ) {
    const scope = ctx.require('REQUEST', 'READ');
    const wanted = {
      states: filter?.states ?? [],
      byRule: filter?.byRule ?? null,
      search: searchText(filter?.search),
    };
    const page = await this.sheets.page(scope, wanted, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (sheet) => new DeliverySheetNode(sheet),
      ({ head }) => [head.openedAt.toISOString(), head.id],
    );
  }

  @Mutation(() => DeliverySheetPayload)
  confirmDelivery(
    @Context() ctx: RequestContext,
    @Args('input') input: ConfirmDeliveryInput,
  ): Promise<DeliverySheetPayload> {
    ctx.require('REQUEST', 'READ');
    const wish = { ...input, requestId: uuidOf('Request', input.requestId) };
    return this.payload(ctx, this.deliveries.confirm(ctx.requireViewer(), wish));
  }

  @Mutation(() => DeliverySheetPayload)
  objectToDelivery(
    @Context() ctx: RequestContext,
    @Args('input') input: ObjectToDeliveryInput,
  ): Promise<DeliverySheetPayload> {
    ctx.require('REQUEST', 'READ');
    const objections = input.objections.map(({ resourceId, reason }) => ({
      resourceId: thingOf(resourceId),
      reason,
    }));
    const { expectedVersion, idempotencyKey } = input;
    const wish = { requestId: uuidOf('Request', input.requestId), expectedVersion, idempotencyKey, objections };
    return this.payload(ctx, this.deliveries.object(ctx.requireViewer(), wish));
  }

  @Mutation(() => DeliverySheetPayload)
  answerObjection(
    @Context() ctx: RequestContext,
    @Args('input') input: AnswerObjectionInput,
  ): Promise<DeliverySheetPayload> {
    ctx.require('REQUEST', 'READ');
    const { answer, idempotencyKey } = input;
    const wish = { objectionId: uuidOf('DeliveryObjection', input.objectionId), answer, idempotencyKey };
    return this.payload(ctx, this.deliveries.answer(ctx.requireViewer(), wish));
  }

  @Mutation(() => RevealFirstLoginPayload)
  async revealFirstLogin(
    @Context() ctx: RequestContext,
    @Args('input') input: RevealFirstLoginInput,
  ): Promise<RevealFirstLoginPayload> {
    ctx.require('REQUEST', 'READ');
    const [viewer, serverId] = [ctx.requireViewer(), uuidOf('Server', input.resourceId)];
    const revealed =
      serverId === undefined
        ? await this.logins.reveal(viewer, uuidOf('Resource', input.resourceId), input.idempotencyKey)
        : await this.serverLogins.reveal(viewer, serverId, input.idempotencyKey);
    if (!revealed.ok) return { login: null, errors: toUserErrors(revealed.error, ctx.locale) };
    const { username, password } = revealed.value;
    return { login: { username, password }, errors: [] };
  }

  @Mutation(() => DeliverySheetPayload, {
    description: '口令重置: the guest agent sets another password, which is handed over once like the first.',
  })
  resetFirstLogin(
    @Context() ctx: RequestContext,
    @Args('input') input: ResetFirstLoginInput,
  ): Promise<DeliverySheetPayload> {
    ctx.require('REQUEST', 'READ');
    const wish = { ...input, resourceId: uuidOf('Resource', input.resourceId) };
    return this.payload(ctx, this.resets.ask(ctx.requireViewer(), wish));
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ requestId: string }, readonly Refusal[]>>,
  ): Promise<DeliverySheetPayload> {
    const scope = ctx.require('REQUEST', 'READ');
    const result = await answer;
    if (!result.ok) return { request: null, errors: toUserErrors(result.error, ctx.locale) };
    const request = await this.requests.inScope(scope, result.value.requestId);
    return { request: request && new RequestNode(request), errors: [] };
  }
}

function thingOf(nodeId: string): string | undefined {
  return Object.values(NODE_OF_THING).reduce<string | undefined>((id, type) => id ?? uuidOf(type, nodeId), undefined);
}
