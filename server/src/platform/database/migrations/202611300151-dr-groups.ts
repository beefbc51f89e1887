import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;

/**
 * Level by level: what each of the seven elements has to be. The names are those of GB/T 20988-2007, annex A; until the text
 * of 2025 is at hand its edition has the same six levels, and is corrected as another edition.
 */
const NAMES = [
  '基本支持',
  '备用场地支持',
  '电子传输和部分设备支持',
  '电子传输及完整设备支持',
  '实时数据传输及完整设备支持',
  '数据零丢失和远程集群支持',
];
const LEVELS = JSON.stringify(NAMES.map((name, index) => ({ level: index + 1, name })));

/** 容灾组: one system's tiers over the centers, their data sets with one writer each, the links, and the signals. */
export const drGroupTables: Migration = {
  id: '202611300151-dr-groups',
  async up({ sql }) {
    await sql(`create table dr_level_edition (
      number int not null primary key,
      standard varchar(40) not null,
      edition varchar(20) not null,
      effective_on date not null,
      levels longtext not null
    ) engine=InnoDB`);
    await sql('insert into dr_level_edition (number, standard, edition, effective_on, levels) values ?', [
      [
        [1, 'GB/T 20988', '2007', '2007-11-01', LEVELS],
        [2, 'GB/T 20988', '2025', '2026-01-01', LEVELS],
      ],
    ]);
    await sql(`create table dr_link (
      id ${ID} not null primary key,
      from_center_id ${ID} not null,
      to_center_id ${ID} not null,
      mode ${word(8)} not null,
      arbiter_paths longtext not null,
      version int not null,
      unique key uq_dr_link_pair (from_center_id, to_center_id),
      constraint ck_dr_link_mode check (mode in ('SYNC', 'ASYNC')),
      constraint ck_dr_link_ends check (from_center_id <> to_center_id)
    ) engine=InnoDB`);
    await sql(`create table dr_group (
      id ${ID} not null primary key,
      system_id ${ID} not null,
      department_id ${ID} not null,
      name varchar(120) not null,
      local_mode ${word(12)} not null,
      remote_mode ${word(12)} not null,
      target_level int null,
      rto_seconds int null,
      rpo_seconds int null,
      doo_seconds int null,
      nro_seconds int null,
      elements longtext not null,
      edition_number int not null,
      grade ${word(10)} not null,
      grade_since datetime(3) not null,
      reasons longtext not null,
      judged_at datetime(3) null,
      created_at datetime(3) not null,
      version int not null,
      unique key uq_dr_group_system (system_id),
      key ix_dr_group_created (created_at, id),
      key ix_dr_group_grade (grade, created_at, id),
      key ix_dr_group_department (department_id, created_at, id),
      constraint ck_dr_group_grade check (grade in ('KEPT', 'AT_RISK', 'UNKNOWN', 'BROKEN')),
      constraint ck_dr_group_level check (target_level is null or target_level between 1 and 6)
    ) engine=InnoDB`);
    await sql(`create table dr_tier (
      id ${ID} not null primary key,
      group_id ${ID} not null,
      line_id ${ID} null,
      name varchar(60) not null,
      origin ${word(10)} not null,
      layer ${word(12)} not null,
      data_kind ${word(14)} not null,
      source ${word(10)} not null,
      party ${word(12)} not null,
      party_name varchar(60) null,
      local_mode ${word(12)} not null,
      remote_mode ${word(12)} not null,
      created_at datetime(3) not null,
      version int not null,
      unique key uq_dr_tier_line (line_id),
      key ix_dr_tier_group (group_id, created_at, id),
      constraint fk_dr_tier_group foreign key (group_id) references dr_group (id) on delete restrict on update no action,
      constraint ck_dr_tier_origin check ((origin = 'FORMED') = (line_id is not null) and origin in ('FORMED', 'COMPOSED')),
      constraint ck_dr_tier_layer check (layer in ('APPLICATION', 'DATABASE', 'STORAGE', 'BACKUP')),
      constraint ck_dr_tier_data check (data_kind in ('STATELESS', 'SINGLE_WRITER', 'QUORUM')),
      constraint ck_dr_tier_source check (source in ('CLUSTER', 'NONE')),
      constraint ck_dr_tier_party check (party in ('CENTER', 'DEPARTMENT', 'VENDOR'))
    ) engine=InnoDB`);
    await sql(`create table dr_tier_member (
      resource_id ${ID} not null primary key,
      tier_id ${ID} not null,
      key ix_dr_tier_member_tier (tier_id),
      constraint fk_dr_tier_member_tier foreign key (tier_id) references dr_tier (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table dr_data_set (
      id ${ID} not null primary key,
      tier_id ${ID} not null,
      name varchar(60) not null,
      unique key uq_dr_data_set_name (tier_id, name),
      constraint fk_dr_data_set_tier foreign key (tier_id) references dr_tier (id) on delete restrict on update no action
    ) engine=InnoDB`);
    // At most one writer: 1 or null, so that the unique key lets through one 1 a data set and any number of others.
    await sql(`create table dr_data_place (
      data_set_id ${ID} not null,
      center_id ${ID} not null,
      role ${word(8)} not null,
      writer tinyint null,
      primary key (data_set_id, center_id),
      unique key uq_dr_data_place_writer (data_set_id, writer),
      constraint fk_dr_data_place_set foreign key (data_set_id) references dr_data_set (id) on delete restrict on update no action,
      constraint ck_dr_data_place_role check (role in ('WRITER', 'COPY', 'MEMBER')),
      constraint ck_dr_data_place_writer check ((role = 'WRITER') = (writer is not null) and (writer is null or writer = 1))
    ) engine=InnoDB`);
    await sql(`create table dr_signal (
      id ${ID} not null primary key,
      subject_kind ${word(8)} not null,
      subject_id ${ID} not null,
      name ${word(24)} not null,
      towards ${word(12)} not null,
      source varchar(120) not null,
      value double null,
      observed_at datetime(3) not null,
      max_age_seconds int not null,
      level ${word(10)} not null,
      level_since datetime(3) not null,
      pending ${word(10)} null,
      pending_since datetime(3) null,
      unique key uq_dr_signal (subject_kind, subject_id, name, towards),
      constraint ck_dr_signal_subject check (subject_kind in ('CENTER', 'GROUP', 'TIER')),
      constraint ck_dr_signal_level check (level in ('GOOD', 'WARN', 'CRITICAL')),
      constraint ck_dr_signal_pending check ((pending is null) = (pending_since is null))
    ) engine=InnoDB`);
    await sql(`create table dr_signal_change (
      id ${ID} not null primary key,
      signal_id ${ID} not null,
      at datetime(3) not null,
      from_level ${word(10)} null,
      to_level ${word(10)} not null,
      value double null,
      key ix_dr_signal_change (signal_id, at),
      constraint fk_dr_signal_change foreign key (signal_id) references dr_signal (id) on delete cascade on update no action
    ) engine=InnoDB`);
    await sql(`create table dr_signal_rollup (
      signal_id ${ID} not null,
      minutes int not null,
      starts_at datetime(3) not null,
      least double not null,
      most double not null,
      total double not null,
      readings int not null,
      primary key (signal_id, minutes, starts_at),
      key ix_dr_signal_rollup_age (minutes, starts_at),
      constraint fk_dr_signal_rollup foreign key (signal_id) references dr_signal (id) on delete cascade on update no action,
      constraint ck_dr_signal_rollup_width check (minutes in (5, 60))
    ) engine=InnoDB`);
  },
};
