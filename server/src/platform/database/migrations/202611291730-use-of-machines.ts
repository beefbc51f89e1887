import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const SINCE = new Date('2026-11-29T00:00:00.000Z');

/** What machines use, a row a machine and day; and when one that uses little is called idle, as rules that are data. */
export const useOfMachines: Migration = {
  id: '202611291730-use-of-machines',
  async up({ sql }) {
    await sql(`create table resource_use_day (
      resource_id ${ID} not null,
      day char(10) character set ascii collate ascii_bin not null,
      hours tinyint unsigned not null,
      samples smallint unsigned not null,
      cpu_p95 smallint unsigned null,
      memory_p95 smallint unsigned null,
      cpu_mean smallint unsigned null,
      memory_mean smallint unsigned null,
      vcpu smallint unsigned not null,
      memory_mib int unsigned not null,
      figures longtext not null,
      last_sample_at datetime(3) not null,
      slots blob null,
      primary key (resource_id, day),
      key ix_resource_use_day (day, resource_id, cpu_p95, memory_p95),
      constraint ck_resource_use_day_hours check (hours between 1 and 24 and samples between 1 and 288)
    ) engine=InnoDB`);
    await sql(`create table resource_use_window (
      resource_id ${ID} not null,
      days smallint unsigned not null,
      cpu_p95 smallint unsigned null,
      memory_p95 smallint unsigned null,
      cpu_mean smallint unsigned null,
      memory_mean smallint unsigned null,
      finding varchar(9) character set ascii collate ascii_bin null,
      offer_id ${ID} null,
      saved_fen bigint not null,
      reckoned_at datetime(3) not null,
      primary key (resource_id),
      key ix_resource_use_window_finding (finding, resource_id),
      key ix_resource_use_window_reckoned (reckoned_at)
    ) engine=InnoDB`);
    await sql('insert into life_policy (name, value, version, changed_at, changed_by) values ?', [
      [
        ['IDLE_WINDOW_DAYS', 30, 1, SINCE, '集云'],
        ['IDLE_SEEN_DAYS', 20, 1, SINCE, '集云'],
        ['IDLE_CPU_PERCENT', 5, 1, SINCE, '集云'],
        ['IDLE_MEMORY_PERCENT', 20, 1, SINCE, '集云'],
      ],
    ]);
  },
};
