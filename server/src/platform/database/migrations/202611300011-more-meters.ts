import type { Migration } from '../migration.js';

/**
 * Addresses, data without machines and kept disks are metered too. What was in use before the console metered it is
 * counted from the month in which it does where months were closed already: nobody is charged afterwards for months that
 * they have settled.
 */
export const moreMeters: Migration = {
  id: '202611300011-more-meters',
  async up({ sql, auditSchema }) {
    await sql('alter table metered_resource drop constraint ck_metered_resource_kind');
    await sql(`alter table metered_resource add constraint ck_metered_resource_kind
      check (kind in ('MACHINE', 'DATA', 'DISK', 'SERVER', 'SPACE', 'SERVICE', 'ADDRESS'))`);
    await sql(`create table metering_start (
      what varchar(10) character set ascii collate ascii_bin not null primary key,
      from_at datetime(3) not null,
      constraint ck_metering_start_what check (what in ('ADDRESS', 'DATA', 'DISK'))
    ) engine=InnoDB`);
    // A month begins at midnight in Shanghai, eight hours before that of UTC.
    for (const what of ['ADDRESS', 'DATA', 'DISK'])
      await sql(
        `insert into metering_start (what, from_at)
         select ?, date_sub(date_format(date_add(utc_timestamp(), interval 8 hour), '%Y-%m-01'), interval 8 hour)
         from \`${auditSchema}\`.closed_document having count(*) > 0`,
        [what],
      );
  },
};
