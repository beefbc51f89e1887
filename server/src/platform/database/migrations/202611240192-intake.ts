import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';

/** What already ran before the console and is brought into its books, batch by batch. */
export const intakeTables: Migration = {
  id: '202611240192-intake',
  async up({ sql }) {
    await sql(`create table intake_batch (
      id char(36) ${ASCII} not null primary key,
      code varchar(30) ${ASCII} not null,
      state varchar(20) ${ASCII} not null,
      version int not null,
      source varchar(20) ${ASCII} not null,
      item_count int not null,
      prepared_by_id char(36) ${ASCII} null,
      prepared_by_name varchar(100) not null,
      prepared_at datetime(3) not null,
      decided_by_id char(36) ${ASCII} null,
      decided_by_name varchar(100) null,
      decided_at datetime(3) null,
      opinion varchar(500) null,
      unique key uq_intake_batch_code (code),
      key ix_intake_batch_state (state, id),
      constraint ck_intake_batch_state check (state in ('SUBMITTED', 'APPROVED', 'RETURNED', 'WITHDRAWN')),
      constraint ck_intake_batch_source check (source in ('FILE', 'CLUSTER')),
      constraint ck_intake_batch_persons check (decided_by_id is null or prepared_by_id is null or decided_by_id <> prepared_by_id)
    ) engine=InnoDB`);
    await sql(`create table intake_item (
      id char(36) ${ASCII} not null primary key,
      batch_id char(36) ${ASCII} not null,
      position int not null,
      kind varchar(20) ${ASCII} not null,
      name varchar(60) not null,
      system_id char(36) ${ASCII} not null,
      department_id char(36) ${ASCII} not null,
      source_platform varchar(60) not null,
      started_on date not null,
      content longtext not null,
      live_key varchar(400) character set utf8mb4 collate utf8mb4_bin null,
      became_id char(36) ${ASCII} null,
      unique key uq_intake_item_position (batch_id, position),
      unique key uq_intake_item_key (live_key),
      constraint ck_intake_item_kind check (kind in ('MACHINE', 'SERVER', 'SPACE')),
      constraint fk_intake_item_batch foreign key (batch_id) references intake_batch (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
