import type { Migration } from '../migration.js';

/** Counters of what is promised, and the claims that they count. No foreign key joins the two: hot rows stay alone. */
export const allocationTables: Migration = {
  id: '202611240050-allocation',
  async up({ sql }) {
    await sql(`create table capacity_counter (
      kind varchar(12) character set ascii collate ascii_bin not null,
      subject_id char(36) character set ascii collate ascii_bin not null,
      meter varchar(20) character set ascii collate ascii_bin not null,
      limit_amount bigint not null,
      live_amount bigint not null,
      primary key (kind, subject_id, meter),
      constraint ck_capacity_counter_promise check (live_amount >= 0 and live_amount <= limit_amount)
    ) engine=InnoDB`);
    await sql(`create table claim (
      id char(36) character set ascii collate ascii_bin not null primary key,
      request_id char(36) character set ascii collate ascii_bin not null,
      line_id char(36) character set ascii collate ascii_bin not null,
      pool_id char(36) character set ascii collate ascii_bin not null,
      department_id char(36) character set ascii collate ascii_bin not null,
      state varchar(12) character set ascii collate ascii_bin not null,
      vcpu int not null,
      memory_mib int not null,
      storage_gib int not null,
      storage_tier varchar(8) character set ascii collate ascii_bin not null,
      created_at datetime(3) not null,
      expires_at datetime(3) null,
      allocated_at datetime(3) null,
      released_at datetime(3) null,
      key ix_claim_request (request_id, state),
      key ix_claim_pool (pool_id, state),
      key ix_claim_expiry (state, expires_at),
      constraint ck_claim_state check (state in ('HELD', 'ALLOCATED', 'RELEASED')),
      constraint ck_claim_size check (vcpu > 0 and memory_mib > 0 and storage_gib >= 0),
      constraint ck_claim_expiry check ((state = 'HELD') = (expires_at is not null))
    ) engine=InnoDB`);
  },
};
