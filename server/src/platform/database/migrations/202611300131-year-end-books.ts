import type { Migration } from '../migration.js';

/**
 * The end of a year goes book by book: a city's items wait for the city's own months. What was under way goes over its items once
 * more, which does nothing to those that it has done.
 */
export const yearEndBooks: Migration = {
  id: '202611300131-year-end-books',
  async up({ sql }) {
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table budget_year_end_book (
      year smallint not null,
      city_id char(36) ${word} not null,
      after_id varchar(40) ${word} not null,
      ended_at datetime(3) null,
      primary key (year, city_id)
    ) engine=InnoDB`);
    await sql(`insert into budget_year_end_book (year, city_id, after_id, ended_at)
      select year, '', 'I', null from budget_year_end where ended_at is null`);
    // A year was ended for the cities' items, too: without a book of their own nobody would ever come to them.
    await sql(`insert into budget_year_end_book (year, city_id, after_id, ended_at)
      select e.year, d.id, 'I', null from budget_year_end e join department d on d.level = 'CITY' where e.ended_at is null`);
    await sql('alter table budget_year_end drop column after_id');
  },
};
