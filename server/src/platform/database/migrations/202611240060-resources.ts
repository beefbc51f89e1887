import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = 'varchar(20) character set ascii collate ascii_bin';

/** What was granted and what the clusters say of it; and the append-only record of its life. */
export const resourceTables: Migration = {
  id: '202611240060-resources',
  async up({ sql }) {
    await sql(`create table resource (
      id ${ID} not null primary key,
      code varchar(30) character set ascii collate ascii_bin not null,
      kind ${WORD} not null,
      name varchar(60) not null,
      department_id ${ID} not null,
      department_code varchar(40) character set ascii collate ascii_bin not null,
      system_id ${ID} not null,
      system_code varchar(40) character set ascii collate ascii_bin not null,
      project_id ${ID} not null,
      request_id ${ID} not null,
      request_code varchar(30) character set ascii collate ascii_bin not null,
      line_id ${ID} not null,
      offer_id ${ID} not null,
      image_id ${ID} not null,
      center_id ${ID} not null,
      pool_id ${ID} not null,
      claim_id ${ID} not null,
      architecture ${WORD} not null,
      zone ${WORD} not null,
      vcpu int not null,
      memory_mib int not null,
      disk_gib int not null,
      storage_tier varchar(8) character set ascii collate ascii_bin not null,
      image_source longtext not null,
      firmware_uuid ${ID} not null,
      mac_address varchar(17) character set ascii collate ascii_bin not null,
      object_name varchar(63) character set ascii collate ascii_bin not null,
      monthly_fen bigint not null,
      state ${WORD} not null,
      generation int not null,
      observed_generation int not null,
      placement_epoch int not null,
      version int not null,
      power ${WORD} not null,
      node_name varchar(253) null,
      addresses longtext not null,
      conditions longtext not null,
      status_text longtext not null,
      progress_percent int null,
      observed_at datetime(3) null,
      created_at datetime(3) not null,
      delivered_at datetime(3) null,
      released_at datetime(3) null,
      constraint uq_resource_code unique (code),
      constraint uq_resource_object unique (center_id, department_code, object_name),
      constraint uq_resource_claim unique (claim_id),
      constraint uq_resource_mac unique (mac_address),
      key ix_resource_request (request_id),
      key ix_resource_department (department_id, created_at, id),
      key ix_resource_created (created_at, id),
      key ix_resource_center (center_id, state, id),
      key ix_resource_system (system_id),
      constraint ck_resource_state check (state in ('PROVISIONING', 'IN_USE', 'RELEASING', 'RELEASED', 'FAILED')),
      constraint ck_resource_size check (vcpu > 0 and memory_mib > 0 and disk_gib > 0)
    ) engine=InnoDB`);
    await sql(`create table resource_event (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      at datetime(3) not null,
      kind varchar(30) character set ascii collate ascii_bin not null,
      text longtext not null,
      actor_name varchar(100) not null,
      size longtext null,
      key ix_resource_event_resource (resource_id, at, id),
      constraint fk_resource_event_resource foreign key (resource_id) references resource (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
