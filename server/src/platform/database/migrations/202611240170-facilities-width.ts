import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Pools that no cluster of ours drives, what pools keep aside, maintenance, and the yearly count of what is not yet 集约. */
export const facilitiesWidth: Migration = {
  id: '202611240170-facilities-width',
  async up({ sql }) {
    // "ACCELERATOR:" and a class of 24 characters.
    await sql(
      'alter table capacity_counter modify column meter varchar(40) character set ascii collate ascii_bin not null',
    );
    await sql('alter table center add column version int not null default 1');
    await sql(`alter table pool modify column cluster_id ${ID} null`);
    await sql(`alter table pool add column center_id ${ID} null`);
    await sql('update pool set center_id = (select center_id from cluster where cluster.id = pool.cluster_id)');
    await sql('alter table pool add index ix_pool_center (center_id)');
    await sql(
      'alter table pool add constraint fk_pool_center foreign key (center_id) references center (id) on delete restrict on update no action',
    );
    for (const column of [
      'reserve_percent smallint not null default 0',
      'reserve_nodes smallint not null default 0',
      'size longtext null',
      'in_maintenance tinyint(1) not null default 0',
      'platform_name varchar(80) null',
      'cloud_kind varchar(30) null',
      `owner_department_id ${ID} null`,
      'migration_plan varchar(500) null',
      'migration_target varchar(10) character set ascii collate ascii_bin null',
      'servers int null',
      'rack_units int null',
      'version int not null default 1',
      'present_nodes int null',
    ])
      await sql(`alter table pool add column ${column}`);
    for (const [name, rule] of [
      ['ck_pool_reserve', 'reserve_percent between 0 and 50 and reserve_nodes >= 0'],
      ['ck_pool_driven', "kind = 'RECORDED' or (cluster_id is not null and center_id is not null)"],
      ['ck_pool_cloud', '(cloud_kind is null) = (owner_department_id is null)'],
      [
        'ck_pool_cloud_kind',
        "cloud_kind in ('CITY_CLOUD', 'DEPARTMENT_CLOUD', 'DEPARTMENT_DATA_CENTER', 'PRIVATE_NETWORK', 'FOREIGN_PLATFORM')",
      ],
    ])
      await sql(`alter table pool add constraint ${name} check (${rule})`);
    await sql(`create table maintenance_window (
      id ${ID} not null primary key,
      code varchar(40) character set ascii collate ascii_bin not null,
      center_id ${ID} not null,
      pool_id ${ID} not null,
      title varchar(100) not null,
      reason varchar(500) not null,
      extent varchar(20) not null,
      nodes smallint null,
      from_at datetime(3) not null,
      to_at datetime(3) not null,
      state varchar(20) not null,
      uncovered longtext null,
      planned_by varchar(100) not null,
      started_at datetime(3) null,
      ended_at datetime(3) null,
      version int not null default 1,
      unique key uq_maintenance_code (code),
      key ix_maintenance_pool (pool_id, state),
      key ix_maintenance_from (from_at, id),
      constraint fk_maintenance_pool foreign key (pool_id) references pool (id) on delete restrict on update no action,
      constraint ck_maintenance_state check (state in ('PLANNED', 'RUNNING', 'ENDED', 'CANCELLED')),
      constraint ck_maintenance_extent check ((extent = 'WHOLE_POOL' and nodes is null) or (extent = 'POOL_NODES' and nodes > 0)),
      constraint ck_maintenance_period check (to_at > from_at)
    ) engine=InnoDB`);
    await sql(`create table consolidation_count (
      year smallint not null primary key,
      taken_at datetime(3) not null,
      taken_by varchar(100) not null,
      clouds longtext not null
    ) engine=InnoDB`);
  },
};
