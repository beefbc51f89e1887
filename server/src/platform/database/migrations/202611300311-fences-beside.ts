import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/**
 * Both same-city centers fenced: only beside a fence that stands with its own proof, by an execution whose target is neither of
 * the two, with the loss that was typed for it (ADR 0096). `same_city` 2 is the second of a city; a key to the first keeps that
 * from being lifted while it stands beside.
 */
export const fencesBeside: Migration = {
  id: '202611300311-fences-beside',
  async up({ sql }) {
    await sql('alter table dr_execution add unique key uq_dr_execution_target (id, to_center_id)');
    await sql(`alter table dr_fence
      drop constraint ck_dr_fence_same_city,
      add column to_center_id ${ID} null,
      add column beside_subject ${ID} null,
      add column beside_center_id ${ID} null,
      add column beside_same_city tinyint null,
      add column acceptance_id ${ID} null,
      add unique key uq_dr_fence_beside (subject, center_id, same_city),
      add key ix_dr_fence_beside (beside_subject, beside_center_id, beside_same_city),
      add key ix_dr_fence_target (execution_id, to_center_id)`);
    // A key to a row of the same table needs its key there before.
    await sql(`alter table dr_fence
      add constraint fk_dr_fence_target foreign key (execution_id, to_center_id) references dr_execution (id, to_center_id) on delete restrict on update no action,
      add constraint fk_dr_fence_beside foreign key (beside_subject, beside_center_id, beside_same_city) references dr_fence (subject, center_id, same_city) on delete restrict on update no action,
      add constraint ck_dr_fence_same_city check (same_city is null or (same_city in (1, 2) and live = 1)),
      add constraint ck_dr_fence_beside check ((same_city <=> 2) = (beside_same_city <=> 1) and (beside_same_city is null or beside_same_city = 1)),
      add constraint ck_dr_fence_second check (same_city is null or same_city = 1 or (beside_subject is not null and beside_center_id is not null and to_center_id is not null and acceptance_id is not null and beside_center_id <> center_id and to_center_id <> center_id and to_center_id <> beside_center_id))`);
  },
};
