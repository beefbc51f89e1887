import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** The approval chain as data: editions of rules and chains, rounds that run through them, delegations. */
export const approvalTables: Migration = {
  id: '202611290301-approvals',
  async up({ sql }) {
    await sql(`create table approval_edition (
      id ${ID} not null primary key,
      number int null,
      open_draft tinyint null,
      note varchar(200) not null,
      content longtext not null,
      version int not null,
      changed_at datetime(3) not null,
      changed_by_id ${ID} null,
      changed_by varchar(100) not null,
      published_at datetime(3) null,
      published_by_id ${ID} null,
      published_by varchar(100) null,
      unique key uq_approval_edition_number (number),
      unique key uq_approval_edition_draft (open_draft),
      constraint ck_approval_edition_number check ((number is null) = (published_at is null)),
      constraint ck_approval_edition_publisher check (published_by_id is null or published_by_id <> changed_by_id)
    ) engine=InnoDB`);
    await sql(`create table approval_round (
      id ${ID} not null primary key,
      subject_id ${ID} not null,
      number int not null,
      edition_id ${ID} not null,
      chain_key ${word(40)} not null,
      chosen_by ${word(100)} not null,
      chain_title_zh varchar(60) not null,
      chain_title_en varchar(60) not null,
      state ${word(12)} not null,
      running_subject_id ${ID} null,
      current_step_id ${ID} null,
      started_at datetime(3) not null,
      ended_at datetime(3) null,
      unique key uq_approval_round_number (subject_id, number),
      unique key uq_approval_round_running (running_subject_id),
      constraint fk_approval_round_edition foreign key (edition_id) references approval_edition (id) on delete restrict on update no action,
      constraint ck_approval_round_state check (state in ('RUNNING', 'APPROVED', 'RETURNED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')),
      constraint ck_approval_round_running check ((state = 'RUNNING') = (running_subject_id is not null)),
      constraint ck_approval_round_current check ((state = 'RUNNING') = (current_step_id is not null))
    ) engine=InnoDB`);
    await sql(`create table approval_step (
      id ${ID} not null primary key,
      round_id ${ID} not null,
      position int not null,
      step_key ${word(50)} not null,
      title_zh varchar(60) not null,
      title_en varchar(60) not null,
      state ${word(12)} not null,
      deadline_working_days tinyint not null,
      needs_file tinyint(1) not null,
      holds_capacity tinyint(1) not null,
      escalates_to ${word(30)} not null,
      added_by_id ${ID} null,
      added_by_name varchar(100) null,
      since datetime(3) null,
      due_at datetime(3) null,
      ended_at datetime(3) null,
      escalated_at datetime(3) null,
      unique key uq_approval_step_position (round_id, position),
      key ix_approval_step_due (state, due_at),
      constraint fk_approval_step_round foreign key (round_id) references approval_round (id) on delete restrict on update no action,
      constraint ck_approval_step_state check (state in ('WAITING', 'CURRENT', 'APPROVED', 'RETURNED', 'REJECTED', 'CANCELLED'))
    ) engine=InnoDB`);
    await sql(`create table approval_seat (
      id ${ID} not null primary key,
      step_id ${ID} not null,
      number int not null,
      roles ${word(200)} not null,
      person_id ${ID} null,
      person_name varchar(100) null,
      verdict ${word(10)} null,
      decided_by_id ${ID} null,
      decided_by_name varchar(100) null,
      decided_role ${word(30)} null,
      on_behalf_of_id ${ID} null,
      on_behalf_of_name varchar(100) null,
      decided_at datetime(3) null,
      opinion varchar(500) null,
      file_id ${ID} null,
      unique key uq_approval_seat_number (step_id, number),
      key ix_approval_seat_person (person_id),
      constraint fk_approval_seat_step foreign key (step_id) references approval_step (id) on delete restrict on update no action,
      constraint ck_approval_seat_verdict check (verdict is null or verdict in ('APPROVE', 'RETURN', 'REJECT')),
      constraint ck_approval_seat_decided check ((verdict is null) = (decided_by_id is null)),
      constraint ck_approval_seat_name check (on_behalf_of_id is null or on_behalf_of_id <> decided_by_id),
      constraint ck_approval_seat_whose check (roles <> '' or person_id is not null)
    ) engine=InnoDB`);
    await sql(`create table approval_participant (
      round_id ${ID} not null,
      person_id ${ID} not null,
      primary key (round_id, person_id),
      constraint fk_approval_participant_round foreign key (round_id) references approval_round (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table approval_notice (
      id ${ID} not null primary key,
      step_id ${ID} not null,
      kind ${word(10)} not null,
      day char(10) character set ascii collate ascii_bin not null,
      by_id ${ID} null,
      by_name varchar(100) not null,
      at datetime(3) not null,
      unique key uq_approval_notice (step_id, kind, day),
      constraint fk_approval_notice_step foreign key (step_id) references approval_step (id) on delete restrict on update no action,
      constraint ck_approval_notice_kind check (kind in ('REMINDED', 'ESCALATED'))
    ) engine=InnoDB`);
    await sql(`create table delegation (
      id ${ID} not null primary key,
      delegator_id ${ID} not null,
      delegator_name varchar(100) not null,
      delegate_id ${ID} not null,
      delegate_name varchar(100) not null,
      from_at datetime(3) not null,
      until_at datetime(3) not null,
      reason varchar(200) not null,
      created_at datetime(3) not null,
      revoked_at datetime(3) null,
      key ix_delegation_delegator (delegator_id, until_at),
      key ix_delegation_delegate (delegate_id, until_at),
      constraint ck_delegation_two check (delegator_id <> delegate_id),
      constraint ck_delegation_period check (from_at < until_at)
    ) engine=InnoDB`);
  },
};
