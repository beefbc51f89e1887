import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** 中断登记: when something was down, from which deductions of contracts and the availability of systems derive. */
export const outageTables: Migration = {
  id: '202611300140-outages',
  async up({ sql }) {
    await sql(`create table outage (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      layer ${word(10)} not null,
      center_id ${ID} not null,
      pool_id ${ID} null,
      title varchar(120) not null,
      from_at datetime(3) not null,
      to_at datetime(3) null,
      liability ${word(8)} not null,
      excuse varchar(300) null,
      known_from varchar(300) not null,
      order_id ${ID} null,
      order_code ${word(30)} null,
      window_id ${ID} null,
      window_code ${word(30)} null,
      version int not null,
      recorded_by varchar(100) not null,
      recorded_at datetime(3) not null,
      changed_by varchar(100) null,
      changed_at datetime(3) null,
      withdrawn_at datetime(3) null,
      withdrawn_reason varchar(300) null,
      unique key uq_outage_code (code),
      key ix_outage_from (from_at, id),
      key ix_outage_center (center_id, from_at),
      constraint ck_outage_layer check (layer in ('PLATFORM', 'HARDWARE', 'ROOM', 'POWER', 'NETWORK', 'SECURITY', 'SOFTWARE')),
      constraint ck_outage_span check (to_at is null or from_at < to_at),
      constraint ck_outage_excuse check ((liability = 'PROVIDER' and excuse is null) or (liability = 'EXCUSED' and excuse is not null))
    ) engine=InnoDB`);
    await sql(`create table outage_system (
      outage_id ${ID} not null,
      system_id ${ID} not null,
      primary key (outage_id, system_id),
      key ix_outage_system (system_id),
      constraint fk_outage_system_outage foreign key (outage_id) references outage (id) on delete restrict on update no action
    ) engine=InnoDB`);
  },
};
