import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = 'varchar(20) character set ascii collate ascii_bin';

/** The form, its lines and every act on it. */
export const requestTables: Migration = {
  id: '202611240070-requests',
  async up({ sql }) {
    await sql(`create table request (
      id ${ID} not null primary key,
      code varchar(30) character set ascii collate ascii_bin not null,
      state ${WORD} not null,
      state_since datetime(3) not null,
      version int not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      project_id ${ID} not null,
      purpose varchar(500) not null,
      applicant_id ${ID} not null,
      applicant_name varchar(100) not null,
      signer_id ${ID} null,
      monthly_fen bigint null,
      machine_count int not null,
      created_at datetime(3) not null,
      submitted_at datetime(3) null,
      held_since datetime(3) null,
      hold_expires_at datetime(3) null,
      constraint uq_request_code unique (code),
      key ix_request_department (department_id, created_at, id),
      key ix_request_created (created_at, id),
      key ix_request_state (state, state_since, id),
      key ix_request_system (system_id),
      constraint ck_request_state check (state in ('DRAFT', 'AWAITING_SIGN_OFF', 'UNDER_REVIEW', 'RETURNED', 'PROVISIONING', 'DELIVERED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'))
    ) engine=InnoDB`);
    await sql(`create table request_line (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      position int not null,
      name varchar(40) character set ascii collate ascii_bin not null,
      offer_id ${ID} not null,
      image_id ${ID} not null,
      center_id ${ID} not null,
      zone ${WORD} not null,
      storage_tier varchar(8) character set ascii collate ascii_bin not null,
      disk_gib int not null,
      machine_count int not null,
      monthly_fen bigint null,
      placements longtext not null,
      checks longtext not null,
      constraint uq_request_line_position unique (request_id, position),
      constraint fk_request_line_request foreign key (request_id) references request (id) on delete restrict on update no action,
      constraint ck_request_line_count check (machine_count > 0 and disk_gib > 0)
    ) engine=InnoDB`);
    await sql(`create table request_step (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      at datetime(3) not null,
      actor_id ${ID} null,
      actor_name varchar(100) not null,
      actor_role varchar(30) character set ascii collate ascii_bin null,
      action varchar(30) character set ascii collate ascii_bin not null,
      opinion varchar(500) null,
      from_state ${WORD} null,
      to_state ${WORD} not null,
      key ix_request_step_request (request_id, at, id),
      constraint fk_request_step_request foreign key (request_id) references request (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
