import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const MONTH = 'char(7) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** What centers cost in common: what it is, by what it is spread, and what of each month was spread. */
export const sharedCosts: Migration = {
  id: '202611300012-shared-costs',
  async up({ sql }) {
    await sql(`create table shared_pool (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      name_zh varchar(60) not null,
      name_en varchar(60) not null,
      kind ${word(20)} not null,
      center_id ${ID} not null,
      version int not null,
      unique key uq_shared_pool_code (code),
      key ix_shared_pool_center (center_id),
      constraint ck_shared_pool_kind check (kind in ('NETWORK', 'SECURITY', 'POWER_OVERHEAD', 'OTHER'))
    ) engine=InnoDB`);
    await sql(`create table shared_pool_version (
      id ${ID} not null primary key,
      pool_id ${ID} not null,
      from_month ${MONTH} not null,
      method ${word(10)} not null,
      monthly_fen bigint null,
      price_per_kwh decimal(18,6) null,
      basis ${word(10)} not null,
      meter ${word(60)} null,
      reason varchar(200) not null,
      entered_by varchar(200) not null,
      created_at datetime(3) not null,
      unique key uq_shared_pool_version_month (pool_id, from_month),
      constraint fk_shared_pool_version_pool foreign key (pool_id) references shared_pool (id) on delete restrict on update no action,
      constraint ck_shared_pool_version_month check (char_length(from_month) = 7),
      constraint ck_shared_pool_version_method check (method in ('FIXED', 'PUE') and (method = 'FIXED') = (monthly_fen is not null) and (method = 'PUE') = (price_per_kwh is not null) and (monthly_fen is null or monthly_fen >= 0)),
      constraint ck_shared_pool_version_basis check (basis in ('AMOUNT', 'METER') and (basis = 'METER') = (meter is not null))
    ) engine=InnoDB`);
    await sql(`create table shared_spread (
      pool_id ${ID} not null,
      month ${MONTH} not null,
      version_id ${ID} not null,
      amount_fen bigint null,
      carried_fen bigint not null,
      spread_fen bigint not null,
      unallocated_fen bigint not null,
      bearers int not null,
      settled tinyint(1) not null,
      spread_at datetime(3) not null,
      primary key (pool_id, month),
      key ix_shared_spread_month (month),
      constraint ck_shared_spread_sum check (spread_fen >= 0 and unallocated_fen >= 0)
    ) engine=InnoDB`);
    await sql('alter table metered_resource drop constraint ck_metered_resource_kind');
    await sql(`alter table metered_resource add constraint ck_metered_resource_kind
      check (kind in ('MACHINE', 'DATA', 'DISK', 'SERVER', 'SPACE', 'SERVICE', 'ADDRESS', 'SHARED'))`);
  },
};
