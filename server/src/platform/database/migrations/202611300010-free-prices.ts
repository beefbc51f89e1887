import { newId } from '../ids.js';
import type { Migration } from '../migration.js';

/** What is metered from now on and was never charged before; a house with a price book gets the decision that it stays so. */
const FREE_FROM_THE_BEGINNING = [
  ['ADDRESS_INTERNAL', '内网 IPv4 地址', 'Internal IPv4 address'],
  ['ADDRESS_IPV6', 'IPv6 地址', 'IPv6 address'],
] as const;

/** Free and internal prices: charged nothing by decision, with the price that it would have. */
export const freePrices: Migration = {
  id: '202611300010-free-prices',
  async up({ sql }) {
    await sql(`alter table price_version
      add column kind varchar(10) character set ascii collate ascii_bin not null default 'STANDARD',
      add column list_price decimal(18,6) null,
      add constraint ck_price_version_kind check (kind in ('STANDARD', 'FREE', 'INTERNAL') and (kind = 'STANDARD') = (list_price is null) and (kind = 'STANDARD' or unit_price = 0) and (list_price is null or list_price >= 0))`);
    for (const [meter, zh, en] of FREE_FROM_THE_BEGINNING) {
      await sql(
        `insert into price_item (id, meter, period, name_zh, name_en, unit_zh, unit_en, version)
         select ?, ?, 'MONTH', ?, ?, '个', 'address', 1 from price_item having count(*) > 0`,
        [newId(), meter, zh, en],
      );
      await sql(
        `insert into price_version (id, item_id, center_id, architecture, from_date, to_date, unit_price, synthetic, reason, created_at, kind, list_price)
         select ?, id, null, 'ANY', '2020-01-01', null, 0, 0, '初始规则：内网与 IPv6 地址不计费', utc_timestamp(3), 'FREE', 0
         from price_item where meter = ? and period = 'MONTH'`,
        [newId(), meter],
      );
    }
  },
};
