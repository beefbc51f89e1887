import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Of a day's whole as it was: metrics, five minutes of a day, of an hour, bytes of a value. */
const [METRICS, SLOTS, SLOTS_PER_HOUR, BYTES] = [7, 288, 12, 4];

/** What an open day's samples are kept in: a small row an hour instead of one for the whole day, which was written anew every time. */
export const hoursOfUse: Migration = {
  id: '202611291820-hours-of-use',
  async up({ sql }) {
    await sql(`create table if not exists resource_use_hour (
      day char(10) character set ascii collate ascii_bin not null,
      resource_id ${ID} not null,
      hour tinyint unsigned not null,
      slots varbinary(400) not null,
      primary key (day, resource_id, hour)
    ) engine=InnoDB`);
    await sql('alter table resource_use_day add column if not exists is_open boolean not null default false');
    for (const hour of HOURS) {
      const parts = Array.from(
        { length: METRICS },
        (_, metric) =>
          `substr(slots, ${(metric * SLOTS + hour * SLOTS_PER_HOUR) * BYTES + 1}, ${SLOTS_PER_HOUR * BYTES})`,
      );
      // What nobody saw is no row.
      await sql(
        `insert ignore into resource_use_hour (day, resource_id, hour, slots)
         select day, resource_id, ${hour}, bytes from
           (select day, resource_id, concat(${parts.join(', ')}) as bytes from resource_use_day where slots is not null) d
         where bytes <> repeat(x'ff', ${METRICS * SLOTS_PER_HOUR * BYTES})`,
      );
    }
    await sql('update resource_use_day set is_open = true where slots is not null');
    await sql('alter table resource_use_day drop column slots');
  },
};
