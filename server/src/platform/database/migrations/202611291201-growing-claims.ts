import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** What a machine gets more is held by a claim of its own until it is granted. */
export const growingClaims: Migration = {
  id: '202611291201-growing-claims',
  async up({ sql }) {
    await sql('alter table claim drop constraint ck_claim_compute');
    await sql(`alter table claim add column grows_claim_id ${ID} null after line_id,
      add constraint ck_claim_compute check (grows_claim_id is not null or standing <> 'RUNNING' or (vcpu > 0 and memory_mib > 0)),
      add constraint ck_claim_growth check (grows_claim_id is null or vcpu + memory_mib + storage_gib > 0)`);
    await sql('alter table claim add key ix_claim_line (line_id, state)');
    await sql(`alter table resource
      add column open_change_id ${ID} null,
      add column open_change_code varchar(30) ${ASCII} null,
      add column former_vcpu int null,
      add column former_memory_mib int null,
      add key ix_resource_change (open_change_id),
      add constraint ck_resource_former check ((former_vcpu is null) = (former_memory_mib is null))`);
    await sql('alter table resource add key ix_resource_line (line_id)');
  },
};
