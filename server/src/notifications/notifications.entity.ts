import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { NoticeKind } from '../kernel/notice.js';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { CHANNEL_KINDS, type ChannelKind } from './domain/channel.js';
import { DELIVERY_STATES, type DeliveryState } from './domain/delivery-state.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const oneOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** One person's copy of a notice: what his inbox lists. */
@Entity('notification')
@Unique('uq_notification_notice', ['noticeId', 'userId'])
@Index('ix_notification_user', ['userId', 'createdAt', 'id'])
@Index('ix_notification_unread', ['userId', 'readAt'])
export class NotificationEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  noticeId!: string;
  @Column(uuidColumn)
  userId!: string;
  @Column(asciiText(30))
  kind!: NoticeKind;
  @Column(asciiText(40))
  subjectType!: string;
  @Column(uuidColumn)
  subjectId!: string;
  @Column({ type: 'varchar', length: 500 })
  textZh!: string;
  @Column({ type: 'varchar', length: 500 })
  textEn!: string;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  readAt!: Date | null;
}

/** A way out of the console. Its secret goes in sealed and is opened for sending only. */
@Entity('notification_channel')
@Unique('uq_notification_channel_name', ['name'])
@Check('ck_notification_channel_kind', `kind in (${oneOf(CHANNEL_KINDS)})`)
export class ChannelEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(10))
  kind!: ChannelKind;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(asciiText(500))
  url!: string;
  /** Of MAIL: the address in "From". */
  @Column({ type: 'varchar', length: 120, nullable: true })
  sender!: string | null;
  @Column({ type: 'longtext' })
  sealedSecret!: string;
  @Column({ type: 'boolean' })
  enabled!: boolean;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(timeColumn)
  changedAt!: Date;
}

/** How one person wants to be told, beside the console. */
@Entity('notification_preference')
export class PreferenceEntity {
  @PrimaryColumn(uuidColumn)
  userId!: string;
  @Column({ type: 'boolean' })
  sms!: boolean;
  @Column({ type: 'boolean' })
  im!: boolean;
  @Column({ type: 'boolean' })
  mail!: boolean;
  @Column({ ...asciiText(200), nullable: true })
  mailAddress!: string | null;
  /** Kinds that stay in the console, separated by commas. */
  @Column(asciiText(200))
  quietKinds!: string;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  changedAt!: Date;
}

/** One message through one channel: tried until it is taken or given up. */
@Entity('delivery')
@Index('ix_delivery_due', ['state', 'nextAt', 'id'])
@Index('ix_delivery_created', ['createdAt', 'id'])
@Check('ck_delivery_state', `state in (${oneOf(DELIVERY_STATES)})`)
@Check('ck_delivery_ended', "(ended_at is null) = (state = 'WAITING')")
export class DeliveryEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  noticeId!: string;
  @Column(uuidColumn)
  channelId!: string;
  /** null = to the endpoint itself, not to a person. */
  @Column({ ...uuidColumn, nullable: true })
  userId!: string | null;
  @Column({ type: 'varchar', length: 200 })
  recipient!: string;
  @Column({ type: 'longtext' })
  body!: string;
  @Column(asciiText(10))
  state!: DeliveryState;
  @Column({ type: 'int' })
  attempts!: number;
  @Column(timeColumn)
  nextAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  leasedUntil!: Date | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  lastError!: string | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
}
