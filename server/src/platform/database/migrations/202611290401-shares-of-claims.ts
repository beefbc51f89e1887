import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** Claims know whose share of a line they are; servers, places in cabinets and counted services are claimed one by one. */
export const sharesOfClaims: Migration = {
  id: '202611290401-shares-of-claims',
  async up({ sql }) {
    await sql('alter table claim drop constraint ck_claim_size');
    await sql(`alter table claim
      add column share ${word(8)} not null default 'MAIN',
      add column standing ${word(8)} not null default 'RUNNING'`);
    for (const [name, condition] of [
      ['size', 'vcpu >= 0 and memory_mib >= 0 and storage_gib >= 0'],
      ['compute', "standing <> 'RUNNING' or (vcpu > 0 and memory_mib > 0)"],
      ['data', "standing <> 'DATA' or (vcpu = 0 and memory_mib = 0 and storage_gib > 0)"],
      ['share', "share in ('MAIN', 'MAIN_A', 'MAIN_B', 'RECOVERY')"],
      ['standing', "standing in ('RUNNING', 'STANDBY', 'DATA')"],
    ] as const)
      await sql(`alter table claim add constraint ck_claim_${name} check (${condition})`);
    await sql(`create table item_claim (
      id ${ID} not null primary key,
      request_id ${ID} not null,
      line_id ${ID} not null,
      kind ${word(8)} not null,
      share ${word(8)} not null,
      center_id ${ID} null,
      subject_id ${ID} not null,
      department_id ${ID} not null,
      state ${word(12)} not null,
      created_at datetime(3) not null,
      allocated_at datetime(3) null,
      released_at datetime(3) null,
      live_subject_id ${ID} null,
      unique key uq_item_claim_live (live_subject_id),
      key ix_item_claim_request (request_id, state),
      key ix_item_claim_line (line_id),
      constraint ck_item_claim_kind check (kind in ('SERVER', 'CABINET', 'SERVICE')),
      constraint ck_item_claim_state check (state in ('HELD', 'ALLOCATED', 'RELEASED')),
      constraint ck_item_claim_live check ((state = 'RELEASED') = (live_subject_id is null))
    ) engine=InnoDB`);
  },
};
