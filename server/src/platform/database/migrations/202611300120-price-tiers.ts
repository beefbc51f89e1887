import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;
const LINE = `month, resource_id, meter, start_at, end_at, interval_start_at, subject_id, kind, department_id, system_id,
      project_id, center_id, architecture, share, quantity, period, portion_numerator, portion_denominator, minimum, state,
      price_version_id, unit_price, amount_fen`;

/**
 * 阶梯价: tiers of a price after the first, and lines by tier. The key of rated lines grows by the tier; a key is not
 * changed in place, because not every engine can: the lines move to a table that has it, and that takes the name in the one
 * statement in which the other gives it up. Whoever dies while millions of lines are copied begins anew and finds all of them.
 */
export const priceTiers: Migration = {
  id: '202611300120-price-tiers',
  async up({ sql }) {
    await sql('drop table if exists rated_line_by_tier');
    await sql('drop table if exists rated_line_before_tiers');
    await sql(`create table if not exists price_tier (
      version_id ${ID} not null,
      from_quantity bigint not null,
      unit_price decimal(18,6) not null,
      primary key (version_id, from_quantity),
      constraint fk_price_tier_version foreign key (version_id) references price_version (id) on delete restrict on update no action,
      constraint ck_price_tier_from check (from_quantity > 0),
      constraint ck_price_tier_price check (unit_price >= 0)
    ) engine=InnoDB`);
    await sql(`create table rated_line_by_tier (
      month char(7) character set ascii collate ascii_bin not null,
      resource_id ${ID} not null,
      meter ${word(60)} not null,
      start_at datetime(3) not null,
      tier smallint unsigned not null default 0,
      end_at datetime(3) not null,
      interval_start_at datetime(3) not null,
      subject_id ${ID} not null,
      kind ${word(8)} not null,
      department_id ${ID} not null,
      system_id ${ID} null,
      project_id ${ID} null,
      center_id ${ID} null,
      architecture ${word(10)} null,
      share ${word(8)} not null,
      quantity bigint not null,
      period ${word(10)} not null,
      portion_numerator bigint not null,
      portion_denominator bigint not null,
      minimum tinyint(1) not null,
      state ${word(10)} not null,
      price_version_id ${ID} null,
      unit_price decimal(18,6) null,
      amount_fen bigint null,
      primary key (month, resource_id, meter, start_at, tier),
      key ix_rated_line_department (month, department_id, resource_id),
      key ix_rated_line_resource (resource_id, month)
    ) engine=InnoDB`);
    await sql(`insert into rated_line_by_tier (${LINE}, tier) select ${LINE}, 0 from rated_line`);
    await sql('rename table rated_line to rated_line_before_tiers, rated_line_by_tier to rated_line');
    await sql('drop table rated_line_before_tiers');
    await sql('alter table rated_line add constraint ck_rated_line_time check (start_at < end_at)');
    await sql(`alter table rated_line add constraint ck_rated_line_portion
      check (portion_numerator > 0 and portion_denominator > 0 and quantity > 0)`);
    await sql(`alter table rated_line add constraint ck_rated_line_state
      check (state in ('RATED', 'UNPRICED', 'DISPUTED'))`);
    await sql(`alter table rated_line add constraint ck_rated_line_amount check ((state = 'RATED') = (amount_fen is not null)
        and (state <> 'RATED' or price_version_id is not null)
        and (price_version_id is null) = (unit_price is null))`);
    await sql('alter table line_dispute add column tier smallint unsigned not null default 0 after start_at');
    await sql('alter table line_dispute drop key uq_line_dispute_open');
    await sql(`alter table line_dispute add unique key uq_line_dispute_open
      (month, resource_id, meter, start_at, tier, open)`);
  },
};
