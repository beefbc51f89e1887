import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const SUBJECT = 'varchar(122) character set ascii collate ascii_bin';
const KIND = 'varchar(12) character set ascii collate ascii_bin';

/** Measured power, its hours for good, what meters say at a month's end, and the PUE that a center is to reach. */
export const energyTables: Migration = {
  id: '202611240171-energy',
  async up({ sql }) {
    await sql(`create table reading_source (
      id ${ID} not null primary key,
      name varchar(60) not null,
      token_hash varchar(64) character set ascii collate ascii_bin not null,
      created_at datetime(3) not null,
      revoked_at datetime(3) null,
      constraint uq_reading_source_token unique (token_hash),
      constraint uq_reading_source_name unique (name)
    ) engine=InnoDB`);
    await sql(`create table power_reading (
      source_id ${ID} not null,
      subject_kind ${KIND} not null,
      subject ${SUBJECT} not null,
      at datetime(3) not null,
      power_w int not null,
      primary key (source_id, subject_kind, subject, at),
      key ix_power_reading_subject (subject_kind, subject, at),
      key ix_power_reading_at (at),
      constraint ck_power_reading_power check (power_w >= 0)
    ) engine=InnoDB`);
    await sql(`create table power_hour (
      subject_kind ${KIND} not null,
      subject ${SUBJECT} not null,
      hour datetime(3) not null,
      samples int not null,
      sum_w bigint not null,
      max_w int not null,
      primary key (subject_kind, subject, hour),
      constraint ck_power_hour_samples check (samples >= 0 and sum_w >= 0)
    ) engine=InnoDB`);
    await sql(`create table energy_month (
      center_id ${ID} not null,
      month varchar(7) character set ascii collate ascii_bin not null,
      total_kwh int not null,
      it_kwh int null,
      recorded_by varchar(100) not null,
      recorded_at datetime(3) not null,
      primary key (center_id, month),
      constraint ck_energy_month_kwh check (total_kwh >= 0 and (it_kwh is null or it_kwh <= total_kwh))
    ) engine=InnoDB`);
    await sql(`create table pue_target (
      center_id ${ID} not null,
      from_year smallint not null,
      hundredths smallint not null,
      primary key (center_id, from_year),
      constraint ck_pue_target_hundredths check (hundredths between 100 and 300)
    ) engine=InnoDB`);
  },
};
