import type { Migration } from '../migration.js';

/** Frames as their makers describe them. A cabinet takes its figures from one when it is made and then goes its own way. */
export const rackTypeTables: Migration = {
  id: '202611240132-rack-types',
  async up({ sql }) {
    await sql(`create table rack_type (
      id char(36) character set ascii collate ascii_bin not null primary key,
      manufacturer varchar(60) not null,
      model varchar(120) not null,
      slug varchar(100) character set ascii collate ascii_bin not null,
      height_units int not null,
      starting_unit int not null,
      numbering varchar(12) character set ascii collate ascii_bin not null,
      width_mm int null,
      depth_mm int null,
      own_weight_grams int null,
      weight_limit_grams int null,
      kept_aside longtext not null,
      unique key uq_rack_type_slug (slug),
      constraint ck_rack_type_numbering check (numbering in ('ASCENDING', 'DESCENDING')),
      constraint ck_rack_type_frame check (height_units between 1 and 100 and starting_unit >= 1)
    ) engine=InnoDB`);
  },
};
