import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** 配置漂移: what somebody else wrote into the console's fields of a cluster's objects, and by which rules it is put back. */
export const driftTables: Migration = {
  id: '202611291710-drift',
  async up({ sql }) {
    await sql(`create table drift (
      id ${ID} not null primary key,
      center_id ${ID} not null,
      resource_id ${ID} null,
      subject_code varchar(60) not null,
      department_id ${ID} null,
      system_id ${ID} null,
      object_kind varchar(40) ${ASCII} not null,
      object_namespace varchar(63) ${ASCII} not null,
      object_name varchar(253) ${ASCII} not null,
      path varchar(300) ${ASCII} not null,
      field_class varchar(12) ${ASCII} not null,
      wanted longtext not null,
      found longtext not null,
      manager varchar(128) null,
      handling varchar(8) ${ASCII} not null,
      first_seen_at datetime(3) not null,
      last_seen_at datetime(3) not null,
      state varchar(10) ${ASCII} not null,
      accepted_until datetime(3) null,
      decided_by varchar(100) null,
      decided_at datetime(3) null,
      reason varchar(500) null,
      ended_at datetime(3) null,
      version int not null,
      live tinyint null,
      unique key uq_drift_live (center_id, object_kind, object_namespace, object_name, path, live),
      key ix_drift_resource (resource_id, live),
      key ix_drift_seen (first_seen_at, id),
      key ix_drift_state (state, first_seen_at, id),
      key ix_drift_department (department_id, first_seen_at, id),
      constraint ck_drift_state check (state in ('OPEN', 'ACCEPTED', 'PUT_BACK', 'GONE')),
      constraint ck_drift_handling check (handling in ('HEAL', 'REPORT')),
      constraint ck_drift_live check ((live is null) = (state in ('PUT_BACK', 'GONE'))),
      constraint ck_drift_accepted check ((accepted_until is not null) = (state = 'ACCEPTED') or live is null)
    ) engine=InnoDB`);
    await sql(`create table drift_policy (
      number int not null primary key,
      rules longtext not null,
      reason varchar(500) not null,
      changed_at datetime(3) not null,
      changed_by varchar(100) not null
    ) engine=InnoDB`);
    const rules = {
      ...{ POWER: 'REPORT', SIZE: 'REPORT', NETWORK: 'HEAL', STORAGE: 'REPORT' },
      ...{ PLACEMENT: 'REPORT', IDENTITY: 'HEAL', BOUNDARY: 'HEAL', OTHER: 'HEAL' },
    };
    const reason = '初始：身份、网络与隔离立即恢复，其余先告知、由人决定';
    await sql('insert into drift_policy (number, rules, reason, changed_at, changed_by) values ?', [
      [[1, JSON.stringify(rules), reason, new Date('2026-11-29T00:00:00.000Z'), '集云']],
    ]);
  },
};
