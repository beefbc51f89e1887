import type { Migration } from '../migration.js';

export const pricingTables: Migration = {
  id: '202611240024-pricing',
  async up({ sql }) {
    await sql(`create table unit_price (
      id char(36) character set ascii collate ascii_bin not null primary key,
      meter varchar(20) not null,
      architecture varchar(10) not null,
      monthly_price decimal(18,6) not null,
      synthetic tinyint(1) not null,
      unique key uq_unit_price_meter (meter, architecture),
      constraint ck_unit_price_meter check (meter in ('VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD', 'STORAGE_GIB_HDD')),
      constraint ck_unit_price_architecture check (architecture in ('AMD64', 'ARM64', 'ANY')),
      constraint ck_unit_price_amount check (monthly_price >= 0)
    ) engine=InnoDB`);
  },
};
