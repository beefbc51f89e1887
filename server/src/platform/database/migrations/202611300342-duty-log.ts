import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;

/** 值班日志与通告: the shift's lines, what a hand-over carries over, and what departments were told and have read. */
export const dutyLog: Migration = {
  id: '202611300342-duty-log',
  async up({ sql }) {
    await sql(`create table duty_log_entry (
      id ${ID} not null primary key,
      center_id ${ID} null,
      at datetime(3) not null,
      kind ${word(10)} not null,
      text varchar(500) not null,
      by_name varchar(100) not null,
      open tinyint null,
      settled_at datetime(3) null,
      settled_by varchar(100) null,
      settled_note varchar(500) null,
      ticket_id ${ID} null,
      key ix_duty_log_entry_at (at, id),
      key ix_duty_log_entry_open (open, at),
      key ix_duty_log_entry_ticket (ticket_id),
      constraint ck_duty_log_entry_kind check (kind in ('NOTE', 'ROUND', 'CALL', 'TICKET', 'HAND_OVER')),
      constraint ck_duty_log_entry_settled check ((settled_at is null) = (settled_by is null) and (open is null or settled_at is null))
    ) engine=InnoDB`);
    await sql(`create table duty_hand_over_point (
      hand_over_id ${ID} not null,
      entry_id ${ID} not null,
      text varchar(500) not null,
      since datetime(3) not null,
      primary key (hand_over_id, entry_id),
      key ix_duty_hand_over_point_entry (entry_id),
      constraint fk_duty_hand_over_point foreign key (hand_over_id) references duty_hand_over (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table duty_notice (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      ticket_id ${ID} null,
      kind ${word(10)} not null,
      title varchar(120) not null,
      body varchar(2000) not null,
      sent_at datetime(3) not null,
      sent_by varchar(100) not null,
      reminded_at datetime(3) null,
      version int not null,
      unique key uq_duty_notice_code (code),
      key ix_duty_notice_sent (sent_at, id),
      key ix_duty_notice_ticket (ticket_id, sent_at),
      constraint ck_duty_notice_kind check (kind in ('FAULT', 'PROGRESS', 'RESTORED', 'CHANGE'))
    ) engine=InnoDB`);
    await sql(`create table duty_notice_receipt (
      notice_id ${ID} not null,
      department_id ${ID} not null,
      system_ids longtext not null,
      read_at datetime(3) null,
      read_by varchar(100) null,
      primary key (notice_id, department_id),
      key ix_duty_notice_receipt_department (department_id, read_at),
      constraint fk_duty_notice_receipt foreign key (notice_id) references duty_notice (id) on delete restrict on update no action,
      constraint ck_duty_notice_receipt_read check ((read_at is null) = (read_by is null))
    ) engine=InnoDB`);
  },
};
