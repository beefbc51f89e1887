import type { Migration } from '../migration.js';

/**
 * 财政统付: a city names an item of its own. Whoever was named before stays on record, because what it has reserved is spent of it.
 * A table of its own: not every engine changes a primary key.
 */
export const centralPayers: Migration = {
  id: '202611300130-central-payers',
  async up({ sql }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    await sql(`create table central_item (
      year smallint not null,
      city_id ${uuid} not null,
      budget_id ${uuid} not null,
      turn int not null,
      named_at datetime(3) not null,
      named_by varchar(200) not null,
      primary key (year, city_id, budget_id),
      key ix_central_item_budget (budget_id)
    ) engine=InnoDB`);
    await sql(`insert into central_item (year, city_id, budget_id, turn, named_at, named_by)
      select year, '', budget_id, 1, named_at, named_by from central_payer`);
    await sql('drop table central_payer');
  },
};
