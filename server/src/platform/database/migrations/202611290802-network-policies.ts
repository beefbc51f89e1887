import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** What may be reached of a system from where, and how each center stands to it. */
export const networkPolicyTables: Migration = {
  id: '202611290802-network-policies',
  async up({ sql }) {
    await sql(`create table network_policy (
      id ${ID} not null primary key,
      code varchar(30) ${ASCII} not null,
      state varchar(10) ${ASCII} not null,
      version int not null,
      department_id ${ID} not null,
      department_code varchar(40) ${ASCII} not null,
      system_id ${ID} not null,
      system_code varchar(40) ${ASCII} not null,
      line_id ${ID} null,
      direction varchar(8) ${ASCII} not null,
      protocol varchar(4) ${ASCII} not null,
      peer_cidr varchar(50) ${ASCII} null,
      peer_system_id ${ID} null,
      peer_system_code varchar(40) ${ASCII} null,
      ports longtext not null,
      until_date char(10) ${ASCII} null,
      reason varchar(300) not null,
      exposed tinyint(1) not null,
      applicant_id ${ID} null,
      applicant_name varchar(100) not null,
      decided_by varchar(100) null,
      decided_at datetime(3) null,
      opinion varchar(500) null,
      told_days int null,
      created_at datetime(3) not null,
      ended_at datetime(3) null,
      unique key uq_network_policy_code (code),
      unique key uq_network_policy_line (line_id),
      key ix_network_policy_department (department_id, created_at, id),
      key ix_network_policy_system (system_id, created_at, id),
      key ix_network_policy_until (state, until_date),
      constraint ck_network_policy_state check (state in ('SUBMITTED', 'ACTIVE', 'ENDING', 'ENDED', 'REJECTED')),
      constraint ck_network_policy_peer check ((peer_cidr is null) <> (peer_system_id is null))
    ) engine=InnoDB`);
    await sql(`create table network_policy_site (
      policy_id ${ID} not null,
      center_id ${ID} not null,
      mode varchar(8) ${ASCII} not null,
      phase varchar(10) ${ASCII} not null,
      drift varchar(300) null,
      message varchar(300) null,
      observed_at datetime(3) null,
      primary key (policy_id, center_id, mode),
      key ix_network_policy_site_center (center_id, mode, phase),
      constraint fk_network_policy_site foreign key (policy_id) references network_policy (id) on delete restrict on update no action,
      constraint ck_network_policy_site_mode check (mode in ('DRIVEN', 'RECORDED')),
      constraint ck_network_policy_site_phase check (phase in ('PENDING', 'APPLIED', 'FAILED', 'REMOVING', 'REMOVED'))
    ) engine=InnoDB`);
  },
};
