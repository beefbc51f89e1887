import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = 'varchar(20) character set ascii collate ascii_bin';
const ascii = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** What kinds of machines there are, the machines, what can be counted in them, and what happened to them. */
export const serverTables: Migration = {
  id: '202611240120-servers',
  async up({ sql }) {
    await sql(`create table hardware_model (
      id ${ID} not null primary key,
      manufacturer varchar(60) not null,
      model varchar(120) not null,
      slug ${ascii(100)} not null,
      height_half_units smallint not null,
      full_depth tinyint not null,
      weight_grams int null,
      nameplate_power_w int null,
      kept_aside longtext not null,
      unique key uq_hardware_model_slug (slug),
      constraint ck_hardware_model_size check (height_half_units >= 0 and (weight_grams is null or weight_grams >= 0)),
      constraint ck_hardware_model_power check (nameplate_power_w is null or nameplate_power_w >= 0)
    ) engine=InnoDB`);
    await sql(`create table server (
      id ${ID} not null primary key,
      asset_number ${ascii(40)} not null,
      serial ${ascii(64)} not null,
      model_id ${ID} not null,
      center_id ${ID} not null,
      state ${WORD} not null,
      version int not null,
      architecture ${WORD} not null,
      cpu_maker ${WORD} not null,
      cpu_model varchar(60) not null,
      sockets int not null,
      cores int not null,
      threads int not null,
      memory_mib int not null,
      power_w int null,
      disks longtext not null,
      nics longtext not null,
      bmc_address varchar(200) null,
      bmc_username varchar(64) null,
      bmc_sealed_password ${ascii(1000)} null,
      holder_id ${ID} null,
      hold_subject ${ID} null,
      department_id ${ID} null,
      system_id ${ID} null,
      pool_id ${ID} null,
      cluster_host_namespace ${ascii(63)} null,
      cluster_host_name ${ascii(253)} null,
      purchased_on date null,
      warranty_until date null,
      created_at datetime(3) not null,
      changed_at datetime(3) not null,
      unique key uq_server_asset_number (asset_number),
      unique key uq_server_serial (serial),
      unique key uq_server_holder (holder_id),
      unique key uq_server_cluster_host (center_id, cluster_host_namespace, cluster_host_name),
      key ix_server_state (state, center_id, asset_number),
      key ix_server_department (department_id, asset_number),
      key ix_server_model (model_id),
      key ix_server_hold (hold_subject),
      key ix_server_pool (pool_id),
      constraint fk_server_model foreign key (model_id) references hardware_model (id) on delete restrict on update no action,
      constraint ck_server_state check (state in ('PLANNED', 'ONBOARDING', 'FREE', 'HELD', 'IN_USE', 'CLEANING', 'MAINTENANCE', 'RETIRED')),
      constraint ck_server_architecture check (architecture in ('AMD64', 'ARM64', 'LOONGARCH64')),
      constraint ck_server_size check (sockets > 0 and cores >= sockets and threads >= cores and memory_mib > 0),
      constraint ck_server_hold check ((state = 'HELD') = (hold_subject is not null)),
      constraint ck_server_user check (department_id is null or pool_id is null),
      constraint ck_server_use check (state = 'MAINTENANCE' or (state = 'IN_USE') = (department_id is not null or pool_id is not null)),
      constraint ck_server_system check (system_id is null or department_id is not null),
      constraint ck_server_place check (holder_id is null or state <> 'RETIRED'),
      constraint ck_server_host check ((cluster_host_namespace is null) = (cluster_host_name is null))
    ) engine=InnoDB`);
    await sql(`create table server_accelerator (
      server_id ${ID} not null,
      name varchar(60) not null,
      kind ${WORD} not null,
      amount int not null,
      primary key (server_id, name),
      key ix_server_accelerator_name (name, server_id),
      constraint fk_server_accelerator_server foreign key (server_id) references server (id) on delete restrict on update no action,
      constraint ck_server_accelerator_kind check (kind in ('GPU', 'NPU')),
      constraint ck_server_accelerator_count check (amount > 0)
    ) engine=InnoDB`);
    await sql(`create table server_event (
      id ${ID} not null primary key,
      server_id ${ID} not null,
      at datetime(3) not null,
      kind ${WORD} not null,
      state ${WORD} not null,
      text longtext not null,
      actor_name varchar(100) not null,
      department_id ${ID} null,
      key ix_server_event_server (server_id, at, id),
      constraint fk_server_event_server foreign key (server_id) references server (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
