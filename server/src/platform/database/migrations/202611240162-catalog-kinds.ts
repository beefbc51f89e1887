import type { Migration } from '../migration.js';

/** Beside sizes of machines: servers, cabinet space and services as data, each with a version of its own. */
export const catalogKinds: Migration = {
  id: '202611240162-catalog-kinds',
  async up({ sql }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    const word = 'character set ascii collate ascii_bin';
    const entry = `id ${uuid} not null primary key,
      code varchar(63) ${word} not null,
      status varchar(20) not null,
      version int not null`;
    const status = (table: string) => `constraint ck_${table}_status check (status in ('OFFERED', 'WITHDRAWN'))`;
    await sql(
      'alter table offer add column standby_ratio_percent tinyint not null default 50, add column version int not null default 1',
    );
    await sql('alter table offer add constraint ck_offer_standby check (standby_ratio_percent between 0 and 100)');
    await sql('alter table image add column version int not null default 1');
    await sql(`create table server_offer (
      ${entry},
      name varchar(120) not null,
      architecture varchar(10) ${word} not null,
      cpu_maker varchar(20) ${word} not null,
      cores int not null,
      memory_mib int not null,
      disks varchar(200) not null,
      accelerator varchar(60) null,
      accelerator_count int not null,
      unique key uq_server_offer_code (code),
      constraint ck_server_offer_architecture check (architecture in ('AMD64', 'ARM64')),
      constraint ck_server_offer_size check (cores > 0 and memory_mib > 0 and accelerator_count >= 0),
      ${status('server_offer')}
    ) engine=InnoDB`);
    await sql(`create table cabinet_offer (
      ${entry},
      name varchar(120) not null,
      form varchar(10) ${word} not null,
      zone varchar(30) ${word} not null,
      height_units int not null,
      included_w int not null,
      unique key uq_cabinet_offer_code (code),
      constraint ck_cabinet_offer_form check (form in ('UNIT', 'WHOLE')),
      constraint ck_cabinet_offer_size check (height_units > 0 and included_w >= 0),
      ${status('cabinet_offer')}
    ) engine=InnoDB`);
    await sql(`create table service_offer (
      ${entry},
      definition_number int not null,
      unique key uq_service_offer_code (code),
      ${status('service_offer')}
    ) engine=InnoDB`);
    await sql(`create table service_definition (
      id ${uuid} not null primary key,
      service_id ${uuid} not null,
      number int not null,
      name_zh varchar(60) not null,
      name_en varchar(60) not null,
      content longtext not null,
      created_at datetime(3) not null,
      unique key uq_service_definition_number (service_id, number),
      constraint ck_service_definition_number check (number > 0),
      constraint fk_service_definition_service foreign key (service_id) references service_offer (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
