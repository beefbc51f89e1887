import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** 主机账实不符: BareMetalHosts without an asset, and assets without a host. */
export const hostMismatches: Migration = {
  id: '202611291840-host-mismatches',
  async up({ sql }) {
    await sql(`create table host_mismatch (
      id ${ID} not null primary key,
      center_id ${ID} not null,
      side varchar(6) ${ASCII} not null,
      subject_id varchar(64) ${ASCII} not null,
      host_namespace varchar(63) ${ASCII} null,
      host_name varchar(253) ${ASCII} null,
      server_id ${ID} null,
      problem varchar(20) ${ASCII} not null,
      serial varchar(100) null,
      hardware varchar(200) null,
      bmc_address varchar(200) null,
      message varchar(300) null,
      first_seen_at datetime(3) not null,
      state varchar(8) ${ASCII} not null,
      decided_by varchar(100) null,
      decided_at datetime(3) null,
      reason varchar(300) null,
      ended_at datetime(3) null,
      version int not null,
      live tinyint null,
      unique key uq_host_mismatch_live (center_id, subject_id, live),
      key ix_host_mismatch_live (center_id, live),
      key ix_host_mismatch_seen (first_seen_at, id),
      constraint ck_host_mismatch_side check (side in ('HOST', 'SERVER')),
      constraint ck_host_mismatch_state check (state in ('OPEN', 'IGNORED', 'ENDED')),
      constraint ck_host_mismatch_live check ((live is null) = (state = 'ENDED')),
      constraint ck_host_mismatch_host check ((side = 'HOST') = (host_name is not null))
    ) engine=InnoDB`);
  },
};
