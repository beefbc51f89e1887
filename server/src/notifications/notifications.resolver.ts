import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { badInput } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  InboxChange,
  InboxType,
  MarkNotificationsReadInput,
  MarkReadPayload,
  NotificationConnection,
  NotificationFilterInput,
  NotificationNode,
  PreferencePayload,
  PreferenceType,
  SavePreferenceInput,
} from './notifications.graphql.js';
import { NotificationsService } from './notifications.service.js';

/** Parts of the sort key in a cursor: the time and the id. */
const CURSOR_PARTS = 2;
/** What one press of a list's page marks. */
const IDS_MAX = 100;

/** Needs no permission but to be signed in: an inbox is its owner's. */
@Resolver(() => NotificationNode)
export class NotificationsResolver implements OnModuleInit {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly nodes: NodeRegistry,
    private readonly feed: ChangeFeed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Notification', async (ctx, id) => {
      const row = await this.notifications.own(ctx.requireViewer(), id);
      return row && new NotificationNode(row, ctx.locale);
    });
  }

  @Query(() => NotificationConnection, { name: 'notifications', description: "The viewer's own, newest first." })
  async list(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => NotificationFilterInput, nullable: true }) filter: NotificationFilterInput | null,
  ) {
    const page = await this.notifications.page(
      ctx.requireViewer(),
      { unreadOnly: filter?.unreadOnly ?? false, kinds: filter?.kinds ?? null },
      pageRequest(args, CURSOR_PARTS),
    );
    return toConnection(
      page,
      (row) => new NotificationNode(row, ctx.locale),
      (row) => [row.createdAt.toISOString(), row.id],
    );
  }

  @Query(() => InboxType)
  async inbox(@Context() ctx: RequestContext): Promise<InboxType> {
    return { unreadCount: await this.notifications.countUnread(ctx.requireViewer()) };
  }

  @Mutation(() => MarkReadPayload, { description: 'What is read already, or not the viewer’s, is passed over.' })
  async markNotificationsRead(
    @Context() ctx: RequestContext,
    @Args('input') { ids }: MarkNotificationsReadInput,
  ): Promise<MarkReadPayload> {
    if (ids && ids.length > IDS_MAX) throw badInput(`ids has at most ${IDS_MAX}`);
    const own = ids?.flatMap((id) => uuidOf('Notification', id) ?? []) ?? null;
    const readCount = await this.notifications.markRead(ctx.requireViewer(), own, this.clock.now());
    return { readCount, inbox: await this.inbox(ctx) };
  }

  @Query(() => PreferenceType)
  async notificationPreference(@Context() ctx: RequestContext): Promise<PreferenceType> {
    return new PreferenceType(await this.notifications.preference(ctx.requireViewer()));
  }

  @Mutation(() => PreferencePayload)
  async saveNotificationPreference(
    @Context() ctx: RequestContext,
    @Args('input') input: SavePreferenceInput,
  ): Promise<PreferencePayload> {
    const viewer = ctx.requireViewer();
    const saved = await this.notifications.savePreference(viewer, { ...input });
    if (!saved.ok) return { preference: null, errors: toUserErrors(saved.error, ctx.locale) };
    return { preference: new PreferenceType(await this.notifications.preference(viewer)), errors: [] };
  }

  @Subscription(() => InboxChange, {
    description: "The viewer's inbox, at once and again after each change of it.",
    resolve(this: NotificationsResolver, _hint: unknown, _args: unknown, ctx: RequestContext) {
      return this.inbox(ctx).then((inbox) => ({ inbox }));
    },
  })
  inboxChanged(@Context() ctx: RequestContext) {
    return changesOf(this.feed, 'notification', ctx.requireViewer().userId);
  }
}
