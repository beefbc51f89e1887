import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** 自建测算参数: what is assumed about building for oneself, edition by edition. The first is drafted by people, not by us. */
export const selfBuildEditions: Migration = {
  id: '202611300030-self-build-editions',
  async up({ sql }) {
    await sql(`create table self_build_edition (
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
      unique key uq_self_build_edition_number (number),
      unique key uq_self_build_edition_draft (open_draft),
      constraint ck_self_build_edition_number check ((number is null) = (published_at is null)),
      constraint ck_self_build_edition_second check (published_by_id is null or published_by_id <> changed_by_id)
    ) engine=InnoDB`);
  },
};
