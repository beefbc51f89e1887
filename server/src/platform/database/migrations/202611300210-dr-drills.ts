import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;

/**
 * A first rule, to be followed by others: every group is talked through once a year, and what is promised in more than one center
 * is tried on copies twice a year. The console's own threshold calls a drill older than 180 days no proof any more.
 */
const LINES = JSON.stringify([
  { kind: 'TABLETOP', everyDays: 365, warnDays: 30, onlyProtected: false },
  { kind: 'SIMULATED', everyDays: 180, warnDays: 30, onlyProtected: true },
]);

/** 容灾演练, its checklist, measured moments, copies and what is to be put right; and who has a group to himself. */
export const drillTables: Migration = {
  id: '202611300210-dr-drills',
  async up({ sql }) {
    await sql(`create table dr_group_occupation (
      group_id ${ID} not null primary key,
      by_kind ${word(12)} not null,
      by_id ${ID} not null,
      by_code ${word(30)} not null,
      since datetime(3) not null,
      constraint ck_dr_group_occupation_by check (by_kind in ('DRILL', 'EXECUTION'))
    ) engine=InnoDB`);
    await sql(`create table dr_drill_rule (
      number int not null primary key,
      effective_on date not null,
      terms longtext not null,
      rectify_days int not null
    ) engine=InnoDB`);
    await sql('insert into dr_drill_rule (number, effective_on, terms, rectify_days) values ?', [
      [[1, '2026-01-01', LINES, 30]],
    ]);
    await sql(`create table dr_drill (
      id ${ID} not null primary key,
      code ${word(20)} not null,
      group_id ${ID} not null,
      held_group_id ${ID} null,
      system_id ${ID} not null,
      department_id ${ID} not null,
      group_name varchar(120) not null,
      kind ${word(10)} not null,
      state ${word(16)} not null,
      scenario varchar(500) not null,
      center_id ${ID} null,
      planned_at datetime(3) not null,
      cleanup_hours int not null,
      cleanup_due_at datetime(3) null,
      cleanups int not null,
      cleanup_begun_at datetime(3) null,
      trouble varchar(500) null,
      targets longtext not null,
      precheck longtext null,
      data_point datetime(3) null,
      has_data tinyint(1) not null,
      abort_reason varchar(500) null,
      outcome ${word(10)} null,
      report longtext null,
      report_hash ${word(64)} null,
      signature ${word(200)} null,
      signature_key_id ${word(64)} null,
      created_at datetime(3) not null,
      planned_by_id ${ID} not null,
      planned_by varchar(100) not null,
      approved_by_id ${ID} null,
      approved_by varchar(100) null,
      approved_at datetime(3) null,
      closed_at datetime(3) null,
      version int not null,
      unique key uq_dr_drill_code (code),
      unique key uq_dr_drill_held (held_group_id),
      key ix_dr_drill_created (created_at, id),
      key ix_dr_drill_group (group_id, created_at, id),
      key ix_dr_drill_state (state, created_at, id),
      constraint ck_dr_drill_kind check (kind in ('TABLETOP', 'SIMULATED')),
      constraint ck_dr_drill_state check (state in ('DRAFT', 'APPROVED', 'PRECHECKED', 'ISOLATED', 'RUNNING', 'VALIDATING',
        'CLEANING_UP', 'CLEANUP_FAILED', 'CLOSED', 'CANCELLED')),
      constraint ck_dr_drill_held check ((held_group_id is not null) = (state in ('PRECHECKED', 'ISOLATED', 'RUNNING',
        'VALIDATING', 'CLEANING_UP', 'CLEANUP_FAILED')) and (held_group_id is null or held_group_id = group_id)),
      constraint ck_dr_drill_place check ((kind = 'TABLETOP') = (center_id is null)),
      constraint ck_dr_drill_two check (approved_by_id is null or approved_by_id <> planned_by_id),
      constraint ck_dr_drill_closed check ((state = 'CLOSED') = (report is not null)),
      constraint ck_dr_drill_outcome check (outcome is null or outcome in ('PASSED', 'MISSED', 'ABORTED'))
    ) engine=InnoDB`);
    await sql(`create table dr_drill_item (
      drill_id ${ID} not null,
      number int not null,
      code ${word(12)} not null,
      kind ${word(10)} not null,
      title varchar(200) null,
      limit_seconds int not null,
      mark ${word(2)} null,
      state ${word(8)} not null,
      begun_at datetime(3) null,
      done_at datetime(3) null,
      done_by_id ${ID} null,
      done_by varchar(100) null,
      note varchar(500) null,
      primary key (drill_id, number),
      constraint fk_dr_drill_item_drill foreign key (drill_id) references dr_drill (id) on delete restrict on update no action,
      constraint ck_dr_drill_item_code check (code in ('ACKNOWLEDGE', 'DECLARE', 'DECIDE', 'FENCE', 'SNAPSHOT', 'RESTORE',
        'START', 'PROBE', 'OWN', 'VERIFY')),
      constraint ck_dr_drill_item_kind check (kind in ('AUTOMATIC', 'MANUAL', 'DECISION', 'OWNER')),
      constraint ck_dr_drill_item_state check (state in ('WAITING', 'DONE', 'FAILED')),
      constraint ck_dr_drill_item_title check ((code = 'OWN') = (title is not null))
    ) engine=InnoDB`);
    await sql(`create table dr_drill_mark (
      drill_id ${ID} not null,
      mark ${word(2)} not null,
      at datetime(3) not null,
      by_name varchar(100) null,
      primary key (drill_id, mark),
      constraint fk_dr_drill_mark_drill foreign key (drill_id) references dr_drill (id) on delete restrict on update no action,
      constraint ck_dr_drill_mark check (mark in ('T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'))
    ) engine=InnoDB`);
    await sql(`create table dr_drill_machine (
      drill_id ${ID} not null,
      resource_id ${ID} not null,
      name varchar(120) not null,
      object_namespace ${word(63)} not null,
      object_name ${word(63)} not null,
      disk_gib int not null,
      identity ${ID} not null,
      volumes longtext null,
      wave int not null,
      state ${word(10)} not null,
      trouble varchar(500) null,
      ready_at datetime(3) null,
      primary key (drill_id, resource_id),
      constraint fk_dr_drill_machine_drill foreign key (drill_id) references dr_drill (id) on delete restrict on update no action,
      constraint ck_dr_drill_machine_state check (state in ('WAITING', 'SNAPSHOT', 'RESTORED', 'STARTED', 'READY', 'FAILED',
        'GONE'))
    ) engine=InnoDB`);
    await sql(`create table dr_drill_ticket (
      id ${ID} not null primary key,
      code ${word(20)} not null,
      drill_id ${ID} not null,
      system_id ${ID} not null,
      department_id ${ID} not null,
      deviation ${word(16)} not null,
      target int null,
      measured int null,
      subject varchar(500) null,
      owner_name varchar(100) not null,
      due_on date not null,
      state ${word(4)} not null,
      done_at datetime(3) null,
      done_by varchar(100) null,
      done_note varchar(500) null,
      version int not null,
      unique key uq_dr_drill_ticket_code (code),
      key ix_dr_drill_ticket_drill (drill_id),
      key ix_dr_drill_ticket_state (state, due_on, id),
      constraint fk_dr_drill_ticket_drill foreign key (drill_id) references dr_drill (id) on delete restrict on update no action,
      constraint ck_dr_drill_ticket_kind check (deviation in ('ABORTED', 'RTO_MISSED', 'RTO_UNKNOWN', 'RPO_MISSED', 'RPO_UNKNOWN',
        'NOT_VERIFIED', 'ITEM_LATE', 'MACHINE_FAILED', 'LEVEL_BELOW', 'LEVEL_UNKNOWN', 'CLEANUP_LATE')),
      constraint ck_dr_drill_ticket_done check ((state = 'DONE') = (done_at is not null) and state in ('OPEN', 'DONE'))
    ) engine=InnoDB`);
  },
};
