import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const HASH = `char(64) ${ASCII}`;

/** As the provinces have it: 30 days of trial by the calendar, signed by department, center and builder. */
const FIRST_RULES = {
  trialDays: 30,
  trialDayKind: 'CALENDAR',
  retrialDays: 7,
  beginBackDays: 7,
  beginAheadDays: 30,
  presentWorkingDays: 20,
  signWorkingDays: 10,
  parties: [
    { party: 'DEPARTMENT', fromLevel: 1 },
    { party: 'CENTER', fromLevel: 1 },
    { party: 'VENDOR', fromLevel: 1 },
    { party: 'ASSESSOR', fromLevel: 3 },
  ],
  documents: [
    { kind: 'TRIAL_REPORT', fromLevel: 1 },
    { kind: 'ACCEPTANCE_REPORT', fromLevel: 1 },
    { kind: 'PROTECTION_REPORT', fromLevel: 2 },
  ],
};

/** 系统上线: trial runs, their entries and papers, the signatures of the parties, and since when a system is live. */
export const goLiveTables: Migration = {
  id: '202611291430-go-live',
  async up({ sql }) {
    await sql('alter table government_system add column live_since date null');
    await sql(`create table go_live_policy (
      number int not null primary key,
      content longtext not null,
      published_at datetime(3) not null,
      published_by varchar(100) not null
    ) engine=InnoDB`);
    await sql(
      `insert into go_live_policy (number, content, published_at, published_by) values (1, '${JSON.stringify(FIRST_RULES)}', utc_timestamp(3), '集云')`,
    );
    await sql(`create table go_live_case (
      id ${ID} not null primary key,
      code varchar(30) ${ASCII} not null,
      system_id ${ID} not null,
      system_name varchar(120) not null,
      department_id ${ID} not null,
      state varchar(20) ${ASCII} not null,
      policy_number int not null,
      level tinyint not null,
      begun_on date not null,
      over_on date not null,
      round int not null,
      due_step varchar(20) ${ASCII} null,
      due_at datetime(3) null,
      told_at datetime(3) null,
      content longtext null,
      content_hash ${HASH} null,
      live_since date null,
      closed_at datetime(3) null,
      opened_by_id ${ID} not null,
      opened_by_name varchar(100) not null,
      opened_at datetime(3) not null,
      version int not null,
      open tinyint null,
      unique key uq_go_live_case_code (code),
      unique key uq_go_live_case_open (system_id, open),
      key ix_go_live_case_opened (opened_at, id),
      key ix_go_live_case_department (department_id, opened_at, id),
      key ix_go_live_case_due (told_at, due_at),
      constraint ck_go_live_case_state check (state in ('TRIAL', 'ACCEPTANCE', 'LIVE', 'STOPPED')),
      constraint ck_go_live_case_open check ((open is null) = (state in ('LIVE', 'STOPPED'))),
      constraint ck_go_live_case_live check ((state = 'LIVE') = (live_since is not null) and (live_since is null or live_since >= over_on)),
      constraint ck_go_live_case_content check (state not in ('ACCEPTANCE', 'LIVE') or content_hash is not null)
    ) engine=InnoDB`);
    const ofCase = (table: string) =>
      `constraint fk_${table}_case foreign key (case_id) references go_live_case (id) on delete restrict on update no action`;
    await sql(`create table go_live_entry (
      id ${ID} not null primary key,
      case_id ${ID} not null,
      kind varchar(20) ${ASCII} not null,
      day date not null,
      text varchar(1000) not null,
      file_ids longtext not null,
      entered_at datetime(3) not null,
      entered_by varchar(100) not null,
      resolved_at datetime(3) null,
      resolved_by varchar(100) null,
      resolution varchar(1000) null,
      key ix_go_live_entry_case (case_id, day, id),
      constraint ck_go_live_entry_kind check (kind in ('RECORD', 'INCIDENT')),
      constraint ck_go_live_entry_resolved check ((resolved_at is null) = (resolution is null) and (kind = 'INCIDENT' or resolved_at is null)),
      ${ofCase('go_live_entry')}
    ) engine=InnoDB`);
    await sql(`create table go_live_document (
      id ${ID} not null primary key,
      case_id ${ID} not null,
      kind varchar(20) ${ASCII} not null,
      file_id ${ID} null,
      reference varchar(100) null,
      added_at datetime(3) not null,
      added_by varchar(100) not null,
      removed_at datetime(3) null,
      key ix_go_live_document_case (case_id, removed_at),
      constraint ck_go_live_document_something check (file_id is not null or reference is not null),
      ${ofCase('go_live_document')}
    ) engine=InnoDB`);
    await sql(`create table go_live_signature (
      id ${ID} not null primary key,
      case_id ${ID} not null,
      round int not null,
      party varchar(20) ${ASCII} not null,
      decision varchar(10) ${ASCII} not null,
      opinion varchar(500) not null,
      signer_id ${ID} null,
      signer_name varchar(100) not null,
      organisation varchar(120) null,
      entered_by_id ${ID} null,
      entered_by varchar(100) null,
      file_id ${ID} null,
      content_hash ${HASH} not null,
      at datetime(3) not null,
      unique key uq_go_live_signature_party (case_id, round, party),
      unique key uq_go_live_signature_signer (case_id, round, signer_id),
      constraint ck_go_live_signature_paper check ((signer_id is null) = (entered_by_id is not null and file_id is not null)),
      ${ofCase('go_live_signature')}
    ) engine=InnoDB`);
    await sql(`create table go_live_reading (
      case_id ${ID} not null,
      user_id ${ID} not null,
      content_hash ${HASH} not null,
      at datetime(3) not null,
      primary key (case_id, user_id, content_hash),
      ${ofCase('go_live_reading')}
    ) engine=InnoDB`);
    await sql(`create table go_live_event (
      id ${ID} not null primary key,
      case_id ${ID} not null,
      at datetime(3) not null,
      actor_name varchar(100) not null,
      action varchar(20) ${ASCII} not null,
      to_state varchar(20) ${ASCII} not null,
      reason varchar(500) null,
      key ix_go_live_event_case (case_id, at, id),
      ${ofCase('go_live_event')}
    ) engine=InnoDB`);
  },
};
