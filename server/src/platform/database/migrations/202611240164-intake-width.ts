import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** Machines of clouds that stand in no center of ours, and addresses that are in use already, can be taken in. */
export const intakeWidth: Migration = {
  id: '202611240164-intake-width',
  async up({ sql }) {
    await sql(`alter table resource modify column center_id ${ID} null`);
    await sql(
      "alter table resource add constraint ck_resource_center check (center_id is not null or management = 'RECORDED')",
    );
    await sql('alter table intake_item drop constraint ck_intake_item_kind');
    await sql(
      "alter table intake_item add constraint ck_intake_item_kind check (kind in ('MACHINE', 'SERVER', 'SPACE', 'ADDRESS'))",
    );
  },
};
