import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** 容灾欠账: what is owed until a center opens, the rules by which it may be, and when a center is to open. */
export const drDebts: Migration = {
  id: '202611291230-dr-debts',
  async up({ sql }) {
    await sql(`alter table center add column opens_on char(10) ${ASCII} null`);
    await sql(`create table dr_debt (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      request_code varchar(30) ${ASCII} not null,
      line_id ${ID} not null,
      line_name varchar(40) not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      kind varchar(8) ${ASCII} not null,
      share varchar(8) ${ASCII} not null,
      standing varchar(8) ${ASCII} not null,
      role varchar(20) ${ASCII} not null,
      center_id ${ID} null,
      thing longtext not null,
      item_count int not null,
      machines int not null,
      vcpu int not null,
      memory_mib int not null,
      storage_gib int not null,
      servers int not null,
      half_units int not null,
      power_w int not null,
      monthly_fen bigint null,
      state varchar(12) ${ASCII} not null,
      since datetime(3) not null,
      firm_at datetime(3) null,
      settled_at datetime(3) null,
      closed_at datetime(3) null,
      closed_by varchar(100) null,
      reason varchar(500) null,
      version int not null,
      live tinyint null,
      unique key uq_dr_debt_live (line_id, share, live),
      key ix_dr_debt_request (request_id, state),
      key ix_dr_debt_since (since, id),
      key ix_dr_debt_state (state, role, since, id),
      key ix_dr_debt_department (department_id, since, id),
      key ix_dr_debt_system (system_id, since, id),
      constraint ck_dr_debt_state check (state in ('PENDING', 'OPEN', 'SETTLING', 'SETTLED', 'WAIVED', 'VOID')),
      constraint ck_dr_debt_live check ((live is null) = (state in ('SETTLED', 'WAIVED', 'VOID'))),
      constraint ck_dr_debt_count check (item_count > 0)
    ) engine=InnoDB`);
    await sql(`create table dr_debt_policy (
      number int not null primary key,
      rules longtext not null,
      reason varchar(500) not null,
      changed_at datetime(3) not null,
      changed_by varchar(100) not null
    ) engine=InnoDB`);
    await sql('insert into dr_debt_policy (number, rules, reason, changed_at, changed_by) values ?', [
      [[1, '[]', '初始：容灾中心未投用的一律不受理', new Date('2026-11-29T00:00:00.000Z'), '集云']],
    ]);
  },
};
