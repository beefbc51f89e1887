import type { Migration } from '../migration.js';

/**
 * Prices with a term instead of one flat table. What stood there holds since before anything was priced by the console,
 * so that every figure stays what it was.
 */
export const priceVersions: Migration = {
  id: '202611240160-price-versions',
  async up({ sql }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table price_item (
      id ${uuid} not null primary key,
      meter varchar(60) ${word} not null,
      period varchar(10) ${word} not null,
      name_zh varchar(60) not null,
      name_en varchar(60) not null,
      unit_zh varchar(20) not null,
      unit_en varchar(20) not null,
      version int not null,
      unique key uq_price_item_meter (meter, period),
      constraint ck_price_item_period check (period in ('HOUR', 'DAY', 'MONTH', 'YEAR'))
    ) engine=InnoDB`);
    await sql(`create table price_version (
      id ${uuid} not null primary key,
      item_id ${uuid} not null,
      center_id ${uuid} null,
      architecture varchar(10) ${word} not null,
      from_date date not null,
      to_date date null,
      unit_price decimal(18,6) not null,
      synthetic tinyint(1) not null,
      reason varchar(200) not null,
      created_at datetime(3) not null,
      key ix_price_version_item (item_id, from_date),
      constraint ck_price_version_architecture check (architecture in ('AMD64', 'ARM64', 'ANY')),
      constraint ck_price_version_period check (to_date is null or from_date < to_date),
      constraint ck_price_version_price check (unit_price >= 0),
      constraint fk_price_version_item foreign key (item_id) references price_item (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`insert into price_item (id, meter, period, name_zh, name_en, unit_zh, unit_en, version)
      select uuid(), meters.meter, 'MONTH',
        case meters.meter when 'VCPU' then '虚拟处理器' when 'MEMORY_GIB' then '内存'
          when 'STORAGE_GIB_SSD' then 'SSD 存储' else 'HDD 存储' end,
        case meters.meter when 'VCPU' then 'Virtual processor' when 'MEMORY_GIB' then 'Memory'
          when 'STORAGE_GIB_SSD' then 'SSD storage' else 'HDD storage' end,
        case meters.meter when 'VCPU' then 'vCPU' else 'GiB' end,
        case meters.meter when 'VCPU' then 'vCPU' else 'GiB' end,
        1
      from (select distinct meter from unit_price) as meters`);
    await sql(`insert into price_version
        (id, item_id, center_id, architecture, from_date, to_date, unit_price, synthetic, reason, created_at)
      select uuid(), item.id, null, price.architecture, '2020-01-01', null, price.monthly_price, price.synthetic,
        '由单一价格表转入', utc_timestamp(3)
      from unit_price as price
      join price_item as item on item.meter = convert(price.meter using ascii)`);
    await sql('drop table unit_price');
  },
};
