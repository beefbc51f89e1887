import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** A disposal that was wrong is reversed by another entry of two people; the disposal itself never changes, it only stands no more. */
export const reversedDisposals: Migration = {
  id: '202611300223-reversed-disposals',
  async up({ sql }) {
    await sql(`alter table owned_asset_disposal
      add column reverses_id ${ID} null,
      add column reversing tinyint null,
      add column reversed_by_id ${ID} null,
      add unique key uq_owned_asset_disposal_reversing (reverses_id, reversing)`);
    await sql('alter table owned_asset_disposal drop constraint ck_owned_asset_disposal_state');
    await sql(`alter table owned_asset_disposal add constraint ck_owned_asset_disposal_state
      check (state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN')
        and (standing is null) = (state = 'WITHDRAWN' or reverses_id is not null or reversed_by_id is not null))`);
    await sql(`alter table owned_asset_disposal add constraint ck_owned_asset_disposal_reversing
      check ((reversing is null) = (reverses_id is null or state = 'WITHDRAWN'))`);
    await sql('alter table contract_supplement add column assessment_rule longtext null');
  },
};
