import { say } from '../../../server/src/kernel/bilingual.js';
import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { Channels } from '../../../server/src/notifications/channels.service.js';
import { NotificationsService } from '../../../server/src/notifications/notifications.service.js';
import { Telling } from '../../../server/src/notifications/telling.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { Notices } from '../../../server/src/platform/notices/notices.js';
import { viewerWith } from '../application.ts';
import type { ConsoleClient } from '../console-client.ts';
import { type Cases, CLOSED, type Clients, type Foreign, has, listed, type NodeIds } from './case.ts';

/** Whoever looks after the ways out of the console. */
const CHANNELS_OF = ['sysadmin'];

/** The foreign request went by their desks: each was told as his step came, and nobody else. */
const TOLD = ['acceptance', 'reviewer', 'allocator'];

/** Inboxes: each one's own. Channels and deliveries: the system administrator's. */
export const notificationCases: Cases = {
  'Query.notifications': {
    seen: TOLD,
    ask: () => ({ query: '{ notifications(first: 5) { totalCount } }' }),
    shows: listed('notifications'),
  },
  'Query.inbox': { ...CLOSED, ask: () => ({ query: '{ inbox { unreadCount } }' }) },
  'Subscription.inboxChanged': {
    ...CLOSED,
    ask: () => ({ query: 'subscription { inboxChanged { inbox { unreadCount } } }' }),
  },
  'Mutation.markNotificationsRead': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'mutation M($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { readCount } }',
      variables: { input: { ids: [exists ? f.notificationId : toNodeId('Notification', newId())] } },
    }),
    shows: (answer) => (answer.data?.markNotificationsRead as { readCount?: number } | undefined)?.readCount === 1,
  },
  'Query.notificationPreference': {
    ...CLOSED,
    ask: () => ({ query: '{ notificationPreference { sms mailAddress } }' }),
  },
  'Mutation.saveNotificationPreference': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: SaveNotificationPreferenceInput!) { saveNotificationPreference(input: $input) { errors { code path } } }',
      variables: {
        input: {
          ...{ sms: false, im: false, mail: true, mailAddress: null, quietKinds: [] },
          ...{ expectedVersion: 0, idempotencyKey: newId() },
        },
      },
    }),
  },
  'Query.notificationChannels': {
    seen: CHANNELS_OF,
    ask: () => ({ query: '{ notificationChannels { id name } }' }),
    shows: has('notificationChannels', '0'),
  },
  'Query.deliveries': {
    seen: CHANNELS_OF,
    ask: () => ({ query: '{ deliveries(first: 5) { totalCount } }' }),
    shows: listed('deliveries'),
  },
  'Mutation.saveNotificationChannel': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: SaveNotificationChannelInput!) { saveNotificationChannel(input: $input) { channel { id } errors { code path } } }',
      variables: {
        input: {
          ...{ kind: 'WEBHOOK', name: 'x', url: 'ftp://x', enabled: true, secret: 'x'.repeat(20) },
          ...{ expectedVersion: 0, idempotencyKey: newId() },
        },
      },
    }),
  },
  'Mutation.retryDelivery': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: RetryDeliveryInput!) { retryDelivery(input: $input) { delivery { id } errors { code } } }',
      variables: {
        input: {
          id: exists ? f.deliveryId : toNodeId('Delivery', newId()),
          ...{ expectedVersion: 1, idempotencyKey: newId() },
        },
      },
    }),
  },
};

export async function notificationNodes(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const sysadmin = clients.get('sysadmin') as ConsoleClient;
  const { notificationChannels } = await sysadmin.data('{ notificationChannels { id } }');
  return {
    Notification: [foreign.notificationId, []],
    Delivery: [foreign.deliveryId, CHANNELS_OF],
    NotificationChannel: [notificationChannels[0].id, CHANNELS_OF],
  };
}

/** Something that the foreign person was told, in the console and through a channel. */
export async function foreignNotification(
  get: <T>(type: new (...args: never[]) => T) => T,
  userId: string,
): Promise<Pick<Foreign, 'notificationId' | 'deliveryId'>> {
  const user = uuidOf('User', userId) as string;
  const administrator = viewerWith(['SYSTEM_ADMINISTRATOR'], null);
  await get(Channels).save(administrator, {
    ...{
      kind: 'WEBHOOK',
      name: '隔离',
      url: 'http://127.0.0.1:9/',
      sender: null,
      secret: 'x'.repeat(20),
      enabled: true,
    },
    ...{ id: undefined, expectedVersion: 0, idempotencyKey: newId() },
  });
  await get(UnitOfWork).run((tx) =>
    get(Notices).tell(tx, {
      kind: 'WORK_MOVED',
      subject: { type: 'Request', id: newId() },
      audience: { userIds: [user] },
      text: say('已办结', 'Done'),
      onceKey: null,
    }),
  );
  await get(Telling).run();
  const page = { first: 1, after: null };
  const { rows } = await get(NotificationsService).page(viewerWith([], null, { userId: user }), {}, page);
  const { rows: sent } = await get(Channels).page(null, page);
  return {
    notificationId: toNodeId('Notification', rows[0]?.id ?? ''),
    deliveryId: toNodeId('Delivery', sent[0]?.id ?? ''),
  };
}
