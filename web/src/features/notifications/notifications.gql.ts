import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const NotificationRow = graphql(`
  fragment NotificationRow on Notification { id kind text subjectType subjectId at readAt }
`);

export const NotificationListQuery = graphql(
  `
    query NotificationList($first: Int!, $after: String, $filter: NotificationFilter) {
      notifications(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...NotificationRow }
      }
      inbox { unreadCount }
    }
  `,
  [NotificationRow],
);

export const MarkNotificationsReadMutation = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { readCount inbox { unreadCount } }
  }
`);

export const PreferenceParts = graphql(`
  fragment PreferenceParts on NotificationPreference { sms im mail mailAddress quietKinds version }
`);

export const PreferenceQuery = graphql(
  `
    query NotificationPreference {
      notificationPreference { ...PreferenceParts }
    }
  `,
  [PreferenceParts],
);

export const SavePreferenceMutation = graphql(
  `
    mutation SaveNotificationPreference($input: SaveNotificationPreferenceInput!) {
      saveNotificationPreference(input: $input) {
        preference { ...PreferenceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PreferenceParts, UserErrorFields],
);

export const ChannelParts = graphql(`
  fragment ChannelParts on NotificationChannel { id kind name url sender enabled version changedAt }
`);

export const DeliveryRow = graphql(`
  fragment DeliveryRow on Delivery {
    id
    state
    recipient
    attempts
    nextAt
    lastError
    createdAt
    endedAt
    version
    channel { id name kind }
  }
`);

export const ChannelListQuery = graphql(
  `
    query ChannelList {
      notificationChannels { id ...ChannelParts }
    }
  `,
  [ChannelParts],
);

export const DeliveryListQuery = graphql(
  `
    query DeliveryList($first: Int!, $after: String, $states: [DeliveryState!]) {
      deliveries(first: $first, after: $after, states: $states) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DeliveryRow }
      }
    }
  `,
  [DeliveryRow],
);

export const SaveChannelMutation = graphql(
  `
    mutation SaveNotificationChannel($input: SaveNotificationChannelInput!) {
      saveNotificationChannel(input: $input) {
        channel { id ...ChannelParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ChannelParts, UserErrorFields],
);

export const RetryDeliveryMutation = graphql(
  `
    mutation RetryDelivery($input: RetryDeliveryInput!) {
      retryDelivery(input: $input) {
        delivery { id ...DeliveryRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DeliveryRow, UserErrorFields],
);
