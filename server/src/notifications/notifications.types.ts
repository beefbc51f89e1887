import type { NoticeKind } from '../kernel/notice.js';
import type { ChannelKind } from './domain/channel.js';
import type { DeliveryState } from './domain/delivery-state.js';

/** What a person's inbox lists. */
export interface NotificationRow {
  readonly id: string;
  readonly userId: string;
  readonly kind: NoticeKind;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly textZh: string;
  readonly textEn: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface NotificationFilter {
  readonly unreadOnly?: boolean | null;
  readonly kinds?: readonly NoticeKind[] | null;
}

/** Without its secret, which nobody reads. */
export interface ChannelRow {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly url: string;
  readonly sender: string | null;
  readonly enabled: boolean;
  readonly version: number;
  readonly changedAt: Date;
}

export interface DeliveryRow {
  readonly id: string;
  readonly noticeId: string;
  readonly channelId: string;
  readonly userId: string | null;
  readonly recipient: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly version: number;
}

/** A message of a notice, as whoever said the notice may know of it. */
export interface DeliveryOfNotice {
  readonly onceKey: string;
  readonly channel: string;
  readonly channelKind: ChannelKind;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastError: string | null;
}
