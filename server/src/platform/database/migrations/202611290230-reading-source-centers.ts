import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** A source of readings writes the centers that it was registered for, and shows when it was last heard. */
export const readingSourceCenters: Migration = {
  id: '202611290230-reading-source-centers',
  async up({ sql }) {
    await sql(`create table reading_source_center (
      source_id ${ID} not null,
      center_id ${ID} not null,
      primary key (source_id, center_id),
      constraint fk_reading_source_center foreign key (source_id) references reading_source (id) on delete restrict on update no action
    ) engine=InnoDB`);
    // Until now any source wrote any center: what is registered keeps what it could do.
    await sql(
      'insert into reading_source_center (source_id, center_id) select s.id, c.id from reading_source s cross join center c',
    );
    await sql('alter table reading_source add column last_pushed_at datetime(3) null');
    await sql('alter table reading_source add column last_reading_at datetime(3) null');
    await sql('alter table reading_source add column registered_by varchar(100) null');
    await sql('alter table reading_source add column revoked_by varchar(100) null');
    await sql('alter table reading_source add column revoke_reason varchar(200) null');
    await sql(
      'alter table reading_source add constraint ck_reading_source_revoked check ((revoked_at is null) or (revoke_reason is not null))',
    );
  },
};
