import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Copies of drills take room like anything else; and the rule of drills is kept in editions, drafted by one and put in force by another. */
export const drillRoomAndRule: Migration = {
  id: '202611300320-drill-room-and-rule',
  async up({ sql }) {
    await sql('alter table dr_drill_machine add column borrowed longtext null');
    await sql(`create table dr_drill_rule_edition (
      id ${ID} not null primary key,
      number int null,
      open_draft tinyint null,
      note varchar(200) not null,
      effective_from date not null,
      content longtext not null,
      version int not null,
      changed_at datetime(3) not null,
      changed_by_id ${ID} null,
      changed_by varchar(100) not null,
      published_at datetime(3) null,
      published_by_id ${ID} null,
      published_by varchar(100) null,
      unique key uq_dr_drill_rule_edition_number (number),
      unique key uq_dr_drill_rule_edition_draft (open_draft),
      constraint ck_dr_drill_rule_edition_number check ((number is null) = (published_at is null)),
      constraint ck_dr_drill_rule_edition_second check (published_by_id is null or published_by_id <> changed_by_id)
    ) engine=InnoDB`);
    // The same of the same edition in every database: a copy is compared with what it is a copy of.
    await sql(`insert into dr_drill_rule_edition (id, number, open_draft, note, effective_from, content, version, changed_at,
        changed_by, published_at, published_by)
      select concat_ws('-', left(sm, 8), substr(sm, 9, 4), concat('7', substr(sm, 14, 3)), concat('8', substr(sm, 18, 3)), substr(sm, 21, 12)), number, null, '初始规则', effective_on,
        concat('{"lines":', terms, ',"rectifyDays":', rectify_days, '}'), 1, now(3), '集云', now(3), '集云' from (select *, md5(concat('dr_drill_rule/', number)) as sm from dr_drill_rule) as rules`);
    await sql('drop table dr_drill_rule');
  },
};
