import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const HASH = `char(64) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;
const KINDS = "'SWITCHOVER', 'FAILOVER', 'FAILBACK'";

/** 预案: versions whose text nobody changes, each to be verified by another than its author; 预授权; and how a link's mode is given up. */
export const runbookTables: Migration = {
  id: '202611300250-runbooks',
  async up({ sql, auditSchema }) {
    await sql(`create table dr_runbook (
      id ${ID} not null primary key,
      group_id ${ID} not null,
      kind ${word(12)} not null,
      name varchar(60) not null,
      latest_number int not null,
      created_at datetime(3) not null,
      version int not null,
      unique key uq_dr_runbook_name (group_id, kind, name),
      key ix_dr_runbook_created (created_at, id),
      constraint ck_dr_runbook_kind check (kind in (${KINDS}))
    ) engine=InnoDB`);
    await sql(`create table dr_runbook_version (
      runbook_id ${ID} not null,
      number int not null,
      state ${word(16)} not null,
      authored_by_id ${ID} not null,
      authored_by varchar(200) not null,
      authored_at datetime(3) not null,
      verified_how ${word(10)} null,
      verified_by_id ${ID} null,
      verified_by varchar(200) null,
      verified_at datetime(3) null,
      primary key (runbook_id, number),
      constraint fk_dr_runbook_version foreign key (runbook_id) references dr_runbook (id) on delete restrict on update no action,
      constraint ck_dr_runbook_version_state check (state in ('NEEDS_VERIFIED', 'VERIFIED') and (state = 'VERIFIED') = (verified_by_id is not null)),
      constraint ck_dr_runbook_version_how check (verified_how is null or verified_how in ('REVIEW', 'EXECUTION')),
      constraint ck_dr_runbook_version_second check (verified_by_id is null or verified_by_id <> authored_by_id)
    ) engine=InnoDB`);
    // Insert-only: the text of a version is what it was when it was read, verified and carried out.
    await sql(`create table \`${auditSchema}\`.dr_runbook_text (
      runbook_id ${ID} not null,
      number int not null,
      kind ${word(12)} not null,
      steps longtext not null,
      hash ${HASH} not null,
      authored_by_id ${ID} not null,
      authored_at datetime(3) not null,
      primary key (runbook_id, number)
    ) engine=InnoDB`);
    await sql(`create table dr_standing_order (
      id ${ID} not null primary key,
      group_ids longtext null,
      kinds longtext not null,
      trigger_text varchar(500) not null,
      holder_id ${ID} not null,
      holder varchar(200) not null,
      signed_by_id ${ID} not null,
      signed_by varchar(200) not null,
      signed_at datetime(3) not null,
      valid_from datetime(3) not null,
      valid_until datetime(3) not null,
      revoked_by varchar(200) null,
      revoked_at datetime(3) null,
      version int not null,
      key ix_dr_standing_order_holder (holder_id, valid_until),
      key ix_dr_standing_order_signed (signed_at, id),
      constraint ck_dr_standing_order_second check (holder_id <> signed_by_id),
      constraint ck_dr_standing_order_period check (valid_until > valid_from and valid_until <= valid_from + interval 92 day),
      constraint ck_dr_standing_order_revoked check ((revoked_by is null) = (revoked_at is null))
    ) engine=InnoDB`);
    // What a link promises is given up by two people of different departments and with a reason, or not at all: a row of
    // the change stands for both, and a link says another mode than it promised only with one.
    await sql(`create table dr_link_mode_request (
      link_id ${ID} not null primary key,
      to_mode ${word(8)} not null,
      reason varchar(500) not null,
      asked_by_id ${ID} not null,
      asked_by varchar(200) not null,
      asked_department_id ${ID} not null,
      asked_at datetime(3) not null,
      constraint fk_dr_link_mode_request foreign key (link_id) references dr_link (id) on delete restrict on update no action,
      constraint ck_dr_link_mode_request_mode check (to_mode in ('SYNC', 'ASYNC'))
    ) engine=InnoDB`);
    await sql(`create table dr_link_mode_change (
      id ${ID} not null primary key,
      link_id ${ID} not null,
      from_mode ${word(8)} not null,
      to_mode ${word(8)} not null,
      reason varchar(500) not null,
      asked_by_id ${ID} not null,
      asked_by varchar(200) not null,
      asked_department_id ${ID} not null,
      agreed_by_id ${ID} not null,
      agreed_by varchar(200) not null,
      agreed_department_id ${ID} not null,
      agreed_at datetime(3) not null,
      key ix_dr_link_mode_change_link (link_id, agreed_at),
      constraint ck_dr_link_mode_change_modes check (from_mode in ('SYNC', 'ASYNC') and to_mode in ('SYNC', 'ASYNC') and from_mode <> to_mode),
      constraint ck_dr_link_mode_change_reason check (char_length(reason) >= 1),
      constraint ck_dr_link_mode_change_second check (agreed_by_id <> asked_by_id and agreed_department_id <> asked_department_id)
    ) engine=InnoDB`);
    await sql(
      "alter table dr_link add column promised_mode varchar(8) character set ascii collate ascii_bin not null default 'SYNC'",
    );
    await sql('update dr_link set promised_mode = mode');
    await sql(`alter table dr_link add column mode_change_id ${ID} null`);
    await sql('alter table dr_link add unique key uq_dr_link_mode_change (mode_change_id)');
    await sql(`alter table dr_link add constraint fk_dr_link_mode_change foreign key (mode_change_id)
      references dr_link_mode_change (id) on delete restrict on update no action`);
    await sql(`alter table dr_link add constraint ck_dr_link_not_silent check
      (promised_mode in ('SYNC', 'ASYNC') and (mode = promised_mode or mode_change_id is not null))`);
  },
};
