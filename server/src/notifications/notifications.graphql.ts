import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { NOTICE_KINDS, type NoticeKind } from '../kernel/notice.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { Preference } from './domain/audience.js';
import { CHANNEL_KINDS, type ChannelKind } from './domain/channel.js';
import { DELIVERY_STATES, type DeliveryState } from './domain/delivery-state.js';
import type { ChannelRow, DeliveryRow, NotificationRow } from './notifications.types.js';

export const NoticeKindEnum = enumOf(NOTICE_KINDS);
registerEnumType(NoticeKindEnum, { name: 'NoticeKind' });
export const ChannelKindEnum = enumOf(CHANNEL_KINDS);
registerEnumType(ChannelKindEnum, { name: 'ChannelKind' });
export const DeliveryStateEnum = enumOf(DELIVERY_STATES);
registerEnumType(DeliveryStateEnum, { name: 'DeliveryState' });

@ObjectType('Notification', { implements: () => [Node], description: '通知: what one person was told, and of what.' })
export class NotificationNode extends Node {
  @Field(() => NoticeKindEnum)
  kind: NoticeKind;
  @Field(() => String)
  text: string;
  @Field(() => String, { description: 'GraphQL type of what it is about.' })
  subjectType: string;
  @Field(() => ID)
  subjectId: string;
  @Field(() => Date)
  at: Date;
  @Field(() => Date, { nullable: true })
  readAt: Date | null;

  constructor(row: NotificationRow, locale: Locale) {
    super();
    this.id = toNodeId('Notification', row.id);
    this.kind = row.kind;
    this.text = locale === 'zh' ? row.textZh : row.textEn;
    this.subjectType = row.subjectType;
    this.subjectId = toNodeId(row.subjectType, row.subjectId);
    this.at = row.createdAt;
    this.readAt = row.readAt;
  }
}

export const NotificationConnection = connectionOf(NotificationNode, 'Notification');

@InputType('NotificationFilter')
export class NotificationFilterInput {
  @Field(() => Boolean, { nullable: true })
  unreadOnly!: boolean | null;
  @Field(() => [NoticeKindEnum], { nullable: true })
  kinds!: NoticeKind[] | null;
}

@ObjectType('Inbox', { description: "The viewer's own." })
export class InboxType {
  @Field(() => Int)
  unreadCount!: number;
}

@ObjectType('InboxChange')
export class InboxChange {
  @Field(() => InboxType)
  inbox!: InboxType;
}

@InputType('MarkNotificationsReadInput')
export class MarkNotificationsReadInput {
  @Field(() => [ID], { nullable: true, description: 'null = all that the viewer has until now.' })
  ids!: string[] | null;
}

@ObjectType('MarkNotificationsReadPayload')
export class MarkReadPayload {
  @Field(() => Int, { description: 'How many became read by this act.' })
  readCount!: number;
  @Field(() => InboxType)
  inbox!: InboxType;
}

@ObjectType('NotificationPreference', { description: 'How the viewer is told beside the console.' })
export class PreferenceType {
  @Field(() => Boolean)
  sms: boolean;
  @Field(() => Boolean)
  im: boolean;
  @Field(() => Boolean)
  mail: boolean;
  @Field(() => String, { nullable: true })
  mailAddress: string | null;
  @Field(() => [NoticeKindEnum], { description: 'These stay in the console.' })
  quietKinds: NoticeKind[];
  @Field(() => Int, { description: '0 = never set.' })
  version: number;

  constructor(preference: Preference & { readonly version: number }) {
    this.sms = preference.sms;
    this.im = preference.im;
    this.mail = preference.mail;
    this.mailAddress = preference.mailAddress;
    this.quietKinds = [...preference.quietKinds];
    this.version = preference.version;
  }
}

@InputType('SaveNotificationPreferenceInput')
export class SavePreferenceInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => Boolean)
  sms!: boolean;
  @Field(() => Boolean)
  im!: boolean;
  @Field(() => Boolean)
  mail!: boolean;
  @Field(() => String, { nullable: true })
  mailAddress!: string | null;
  @Field(() => [NoticeKindEnum])
  quietKinds!: NoticeKind[];
}

@ObjectType('NotificationPreferencePayload')
export class PreferencePayload {
  @Field(() => PreferenceType, { nullable: true })
  preference!: PreferenceType | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('NotificationChannel', { implements: () => [Node], description: '通知渠道: a way out of the console.' })
export class ChannelNode extends Node {
  @Field(() => ChannelKindEnum)
  kind: ChannelKind;
  @Field(() => String)
  name: string;
  @Field(() => String)
  url: string;
  @Field(() => String, { nullable: true })
  sender: string | null;
  @Field(() => Boolean)
  enabled: boolean;
  @Field(() => Int)
  version: number;
  @Field(() => Date)
  changedAt: Date;

  constructor(row: ChannelRow) {
    super();
    this.id = toNodeId('NotificationChannel', row.id);
    this.kind = row.kind;
    this.name = row.name;
    this.url = row.url;
    this.sender = row.sender;
    this.enabled = row.enabled;
    this.version = row.version;
    this.changedAt = row.changedAt;
  }
}

@InputType('SaveNotificationChannelInput')
export class SaveChannelInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID, { nullable: true, description: 'null = a new one.' })
  id!: string | null;
  @Field(() => Int, { description: '0 for a new one.' })
  expectedVersion!: number;
  @Field(() => ChannelKindEnum)
  kind!: ChannelKind;
  @Field(() => String)
  name!: string;
  @Field(() => String)
  url!: string;
  @Field(() => String, { nullable: true })
  sender!: string | null;
  @Field(() => String, { nullable: true, description: 'null = as it was. Goes in, is never read out.' })
  secret!: string | null;
  @Field(() => Boolean)
  enabled!: boolean;
}

@ObjectType('NotificationChannelPayload')
export class ChannelPayload {
  @Field(() => ChannelNode, { nullable: true })
  channel!: ChannelNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('Delivery', { implements: () => [Node], description: 'One message through one channel.' })
export class DeliveryNode extends Node {
  readonly row: DeliveryRow;
  @Field(() => DeliveryStateEnum)
  state: DeliveryState;
  @Field(() => String, { description: 'The last digits only, where it is a telephone number.' })
  recipient: string;
  @Field(() => Int)
  attempts: number;
  @Field(() => Date, { nullable: true, description: 'Of the next attempt, while it waits.' })
  nextAt: Date | null;
  @Field(() => String, { nullable: true })
  lastError: string | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => Int)
  version: number;

  constructor(row: DeliveryRow) {
    super();
    this.id = toNodeId('Delivery', row.id);
    this.row = row;
    this.state = row.state;
    this.recipient = masked(row.recipient);
    this.attempts = row.attempts;
    this.nextAt = row.state === 'WAITING' ? row.nextAt : null;
    this.lastError = row.lastError;
    this.createdAt = row.createdAt;
    this.endedAt = row.endedAt;
    this.version = row.version;
  }
}

export const DeliveryConnection = connectionOf(DeliveryNode, 'Delivery');

@InputType('RetryDeliveryInput')
export class RetryDeliveryInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@ObjectType('DeliveryPayload')
export class DeliveryPayload {
  @Field(() => DeliveryNode, { nullable: true })
  delivery!: DeliveryNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

const DIGITS_SHOWN = 4;

/** Who looks after gateways needs to know that it went out, not to whom (GB/T 35273: as little as the purpose needs). */
function masked(recipient: string): string {
  return /^\+?[\d -]{7,}$/.test(recipient)
    ? `****${recipient.slice(-DIGITS_SHOWN)}`
    : recipient.replace(/^[^@/:]{1,64}(?=@)/, '****');
}
