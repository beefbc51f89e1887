import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** What is to be told, people's inboxes, the channels beside the console, and each delivery through one of them. */
export const notificationTables: Migration = {
  id: '202611290320-notifications',
  async up({ sql }) {
    await sql(`create table notice (
      id ${ID} not null primary key,
      kind varchar(30) ${ASCII} not null,
      subject_type varchar(40) ${ASCII} not null,
      subject_id ${ID} not null,
      audience longtext not null,
      text_zh varchar(500) not null,
      text_en varchar(500) not null,
      once_key varchar(160) ${ASCII} null,
      created_at datetime(3) not null,
      told_at datetime(3) null,
      unique key uq_notice_once (once_key),
      key ix_notice_untold (told_at, id)
    ) engine=InnoDB`);
    await sql(`create table notification (
      id ${ID} not null primary key,
      notice_id ${ID} not null,
      user_id ${ID} not null,
      kind varchar(30) ${ASCII} not null,
      subject_type varchar(40) ${ASCII} not null,
      subject_id ${ID} not null,
      text_zh varchar(500) not null,
      text_en varchar(500) not null,
      created_at datetime(3) not null,
      read_at datetime(3) null,
      unique key uq_notification_notice (notice_id, user_id),
      key ix_notification_user (user_id, created_at, id),
      key ix_notification_unread (user_id, read_at)
    ) engine=InnoDB`);
    await sql(`create table notification_channel (
      id ${ID} not null primary key,
      kind varchar(10) ${ASCII} not null,
      name varchar(60) not null,
      url varchar(500) ${ASCII} not null,
      sender varchar(120) null,
      sealed_secret longtext not null,
      enabled tinyint(1) not null,
      version int not null,
      created_at datetime(3) not null,
      changed_at datetime(3) not null,
      unique key uq_notification_channel_name (name),
      constraint ck_notification_channel_kind check (kind in ('SMS', 'IM', 'MAIL', 'WEBHOOK'))
    ) engine=InnoDB`);
    await sql(`create table notification_preference (
      user_id ${ID} not null primary key,
      sms tinyint(1) not null,
      im tinyint(1) not null,
      mail tinyint(1) not null,
      mail_address varchar(200) ${ASCII} null,
      quiet_kinds varchar(200) ${ASCII} not null,
      version int not null,
      changed_at datetime(3) not null
    ) engine=InnoDB`);
    await sql(`create table delivery (
      id ${ID} not null primary key,
      notice_id ${ID} not null,
      channel_id ${ID} not null,
      user_id ${ID} null,
      recipient varchar(200) not null,
      body longtext not null,
      state varchar(10) ${ASCII} not null,
      attempts int not null,
      next_at datetime(3) not null,
      leased_until datetime(3) null,
      last_error varchar(300) null,
      created_at datetime(3) not null,
      ended_at datetime(3) null,
      version int not null,
      key ix_delivery_due (state, next_at, id),
      key ix_delivery_created (created_at, id),
      constraint ck_delivery_state check (state in ('WAITING', 'SENT', 'FAILED')),
      constraint ck_delivery_ended check ((ended_at is null) = (state = 'WAITING'))
    ) engine=InnoDB`);
  },
};
