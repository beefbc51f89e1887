import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;
const OVER = "('CLOSED', 'ROLLED_BACK', 'REJECTED', 'CANCELLED')";

/** 值班台: events, changes and problems as tickets, what they are about, and what became of them. */
export const dutyTickets: Migration = {
  id: '202611300341-duty-tickets',
  async up({ sql }) {
    await sql(`create table duty_ticket (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      kind ${word(8)} not null,
      state ${word(14)} not null,
      open tinyint null,
      title varchar(120) not null,
      description varchar(2000) not null,
      impact ${word(8)} not null,
      urgency ${word(8)} not null,
      severity ${word(2)} not null,
      change_kind ${word(10)} null,
      center_id ${ID} null,
      started_at datetime(3) not null,
      opened_at datetime(3) not null,
      opened_by_id ${ID} not null,
      opened_by varchar(100) not null,
      assignee_id ${ID} null,
      assignee varchar(100) null,
      respond_by datetime(3) null,
      resolve_by datetime(3) null,
      responded_at datetime(3) null,
      restored_at datetime(3) null,
      closed_at datetime(3) null,
      planned_from datetime(3) null,
      planned_to datetime(3) null,
      plan varchar(2000) null,
      rollback_plan varchar(2000) null,
      reviewed_by_id ${ID} null,
      reviewed_by varchar(100) null,
      approved_by_id ${ID} null,
      approved_by varchar(100) null,
      approved_at datetime(3) null,
      implemented_by_id ${ID} null,
      implemented_by varchar(100) null,
      implemented_at datetime(3) null,
      approve_after_by datetime(3) null,
      root_cause varchar(2000) null,
      workaround varchar(2000) null,
      resolution varchar(2000) null,
      fault_decided_at datetime(3) null,
      fault_decided_by varchar(100) null,
      outage_id ${ID} null,
      version int not null,
      unique key uq_duty_ticket_code (code),
      unique key uq_duty_ticket_outage (outage_id),
      key ix_duty_ticket_opened (opened_at, id),
      key ix_duty_ticket_open (open, kind, opened_at),
      key ix_duty_ticket_kind (kind, opened_at, id),
      constraint ck_duty_ticket_kind check (kind in ('EVENT', 'CHANGE', 'PROBLEM')),
      constraint ck_duty_ticket_state check (
        (kind = 'EVENT' and state in ('NEW', 'RESPONDED', 'HANDLING', 'RESTORED', 'CLOSED', 'CANCELLED'))
        or (kind = 'CHANGE' and state in ('REQUESTED', 'REVIEWED', 'APPROVED', 'IMPLEMENTING', 'VERIFYING', 'CLOSED', 'ROLLED_BACK', 'REJECTED', 'CANCELLED'))
        or (kind = 'PROBLEM' and state in ('NEW', 'ANALYSING', 'KNOWN_ERROR', 'RESOLVED', 'CLOSED', 'CANCELLED'))),
      constraint ck_duty_ticket_change check ((change_kind is null) = (kind <> 'CHANGE')),
      constraint ck_duty_ticket_open check ((open is null) = (state in ${OVER})),
      constraint ck_duty_ticket_two check (approved_by_id is null
        or (approved_by_id <> opened_by_id and (reviewed_by_id is null or approved_by_id <> reviewed_by_id))),
      constraint ck_duty_ticket_fault check (outage_id is null or (kind = 'EVENT' and fault_decided_at is not null))
    ) engine=InnoDB`);
    await sql(`create table duty_ticket_link (
      ticket_id ${ID} not null,
      subject_type ${word(12)} not null,
      subject_id ${ID} not null,
      subject_name varchar(200) not null,
      live tinyint null,
      linked_at datetime(3) not null,
      linked_by varchar(100) not null,
      primary key (ticket_id, subject_type, subject_id),
      unique key uq_duty_ticket_link_live (subject_type, subject_id, live),
      key ix_duty_ticket_link_subject (subject_type, subject_id),
      constraint fk_duty_ticket_link foreign key (ticket_id) references duty_ticket (id) on delete restrict on update no action,
      constraint ck_duty_ticket_link_subject check (subject_type in ('System', 'Resource', 'Server', 'DrAlert', 'DrExecution', 'DutyTicket', 'DrTicket')),
      constraint ck_duty_ticket_link_live check (live is null or (live = 1 and subject_type = 'DrAlert'))
    ) engine=InnoDB`);
    await sql(`create table duty_ticket_entry (
      id ${ID} not null primary key,
      ticket_id ${ID} not null,
      at datetime(3) not null,
      kind ${word(14)} not null,
      state ${word(14)} null,
      by_name varchar(100) not null,
      text varchar(2000) null,
      key ix_duty_ticket_entry (ticket_id, at, id),
      constraint fk_duty_ticket_entry foreign key (ticket_id) references duty_ticket (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
