import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;
const MONTH = 'char(7) character set ascii collate ascii_bin';

/** What use costs, summed by all that finance divides it by: some thousand rows a month, whatever the number of resources. */
export const consolidatedCosts: Migration = {
  id: '202611291990-consolidated-costs',
  async up({ sql }) {
    await sql(`create table cost_source (
      id ${word(36)} not null primary key,
      kind ${word(6)} not null,
      taken_at datetime(3) not null,
      constraint ck_cost_source_kind check (kind in ('CLOSED', 'DRAFT'))
    ) engine=InnoDB`);
    await sql(`create table cost_cell (
      source_id ${word(36)} not null,
      position int unsigned not null,
      month ${MONTH} not null,
      of_month ${MONTH} not null,
      city_id ${ID} null,
      department_id ${ID} not null,
      system_id ${ID} null,
      project_id ${ID} null,
      center_id ${ID} null,
      kind ${word(8)} not null,
      share ${word(8)} not null,
      amount_fen bigint not null,
      primary key (source_id, position),
      key ix_cost_cell_charged (month, department_id),
      key ix_cost_cell_used (of_month, department_id)
    ) engine=InnoDB`);
  },
};
