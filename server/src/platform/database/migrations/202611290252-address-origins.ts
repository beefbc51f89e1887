import type { Migration } from '../migration.js';

/** Which addresses were in use before the console, since when and from where. */
export const addressOrigins: Migration = {
  id: '202611290252-address-origins',
  async up({ sql }) {
    await sql(`alter table address_claim
      add column origin varchar(20) character set ascii collate ascii_bin not null default 'REQUEST',
      add column used_since datetime(3) null,
      add column source_platform varchar(60) null`);
    // A day begins at midnight in Shanghai.
    await sql(`update address_claim a join intake_item i on i.became_id = a.id and i.kind = 'ADDRESS'
      set a.origin = 'INTAKE', a.used_since = timestamp(i.started_on) - interval 8 hour, a.source_platform = i.source_platform`);
    await sql(
      "alter table address_claim add constraint ck_address_claim_origin check (origin in ('REQUEST', 'INTAKE'))",
    );
  },
};
