import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { Channels } from './channels.service.js';
import type { DeliveryState } from './domain/delivery-state.js';
import {
  ChannelNode,
  ChannelPayload,
  DeliveryConnection,
  DeliveryNode,
  DeliveryPayload,
  DeliveryStateEnum,
  RetryDeliveryInput,
  SaveChannelInput,
} from './notifications.graphql.js';

/** Parts of the sort key in a cursor: the time and the id. */
const CURSOR_PARTS = 2;

@Resolver(() => DeliveryNode)
export class ChannelsResolver implements OnModuleInit {
  constructor(
    private readonly channels: Channels,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('NotificationChannel', async (ctx, id) => {
      const channel = scopeFor(ctx.requireViewer(), 'CHANNEL', 'READ') && (await this.channels.channel(id));
      return channel ? new ChannelNode(channel) : null;
    });
    this.nodes.register('Delivery', async (ctx, id) => {
      const [row] = scopeFor(ctx.requireViewer(), 'CHANNEL', 'READ') ? await this.channels.deliveries([id]) : [];
      return row ? new DeliveryNode(row) : null;
    });
  }

  @Query(() => [ChannelNode], { description: 'By name; at most 20.' })
  async notificationChannels(@Context() ctx: RequestContext): Promise<ChannelNode[]> {
    ctx.require('CHANNEL', 'READ');
    return (await this.channels.list()).map((row) => new ChannelNode(row));
  }

  @Query(() => DeliveryConnection, { description: 'Newest first.' })
  async deliveries(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('states', { type: () => [DeliveryStateEnum], nullable: true }) states: DeliveryState[] | null,
  ) {
    ctx.require('CHANNEL', 'READ');
    const page = await this.channels.page(states ?? null, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new DeliveryNode(row),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @ResolveField(() => ChannelNode, { nullable: true })
  async channel(@Context() ctx: RequestContext, @Parent() { row }: DeliveryNode): Promise<ChannelNode | null> {
    const channel = await ctx.loader(this.channels.channels).load(row.channelId);
    return channel && new ChannelNode(channel);
  }

  @Mutation(() => ChannelPayload)
  async saveNotificationChannel(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveChannelInput,
  ): Promise<ChannelPayload> {
    ctx.require('CHANNEL', 'EDIT');
    const id =
      input.id === null || input.id === undefined ? undefined : (uuidOf('NotificationChannel', input.id) ?? null);
    const saved = await this.channels.save(ctx.requireViewer(), {
      ...input,
      id,
      sender: input.sender ?? null,
      secret: input.secret ?? null,
    });
    if (!saved.ok) return { channel: null, errors: toUserErrors(saved.error, ctx.locale) };
    const channel = await this.channels.channel(saved.value.id);
    return { channel: channel && new ChannelNode(channel), errors: [] };
  }

  @Mutation(() => DeliveryPayload, { description: 'Sends anew what was given up.' })
  async retryDelivery(
    @Context() ctx: RequestContext,
    @Args('input') input: RetryDeliveryInput,
  ): Promise<DeliveryPayload> {
    ctx.require('CHANNEL', 'EDIT');
    const retried = await this.channels.retry(ctx.requireViewer(), { ...input, id: uuidOf('Delivery', input.id) });
    if (!retried.ok) return { delivery: null, errors: toUserErrors(retried.error, ctx.locale) };
    const [row] = await this.channels.deliveries([retried.value.id]);
    return { delivery: row ? new DeliveryNode(row) : null, errors: [] };
  }
}
