import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const inbox: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['notifications', 'inbox']);
const channels: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['notificationChannels', 'deliveries']);
const preference: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['notificationPreference']);

export const notificationsCache = {
  keys: {
    DeliveryConnection: embedded,
    DeliveryEdge: embedded,
    DeliveryPayload: embedded,
    Inbox: embedded,
    InboxChange: embedded,
    MarkNotificationsReadPayload: embedded,
    NotificationChannelPayload: embedded,
    NotificationConnection: embedded,
    NotificationEdge: embedded,
    NotificationPreference: embedded,
    NotificationPreferencePayload: embedded,
  },
  updates: {
    Mutation: {
      markNotificationsRead: inbox,
      saveNotificationPreference: preference,
      saveNotificationChannel: channels,
      retryDelivery: channels,
    },
    // What the bell hears, the open list should show.
    Subscription: { inboxChanged: inbox },
  },
} satisfies CacheExchangeOpts;
