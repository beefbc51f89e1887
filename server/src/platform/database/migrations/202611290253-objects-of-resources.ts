import type { Migration } from '../migration.js';

/** An object is one live resource's: when that is released, another may be taken in or made under its name. */
export const objectsOfResources: Migration = {
  id: '202611290253-objects-of-resources',
  async up({ sql }) {
    await sql(`alter table resource
      add column live tinyint null default 1,
      add column source_platform varchar(60) null`);
    await sql("update resource set live = null where state = 'RELEASED'");
    await sql('alter table resource drop index uq_resource_object');
    await sql(
      'alter table resource add unique key uq_resource_object (center_id, object_namespace, object_name, live)',
    );
    await sql(
      "alter table resource add constraint ck_resource_live check ((state = 'RELEASED') = (live is null) and (live is null or live = 1))",
    );
    await sql(`update resource r join intake_item i on i.became_id = r.id and i.kind = 'MACHINE'
      set r.source_platform = i.source_platform`);
  },
};
