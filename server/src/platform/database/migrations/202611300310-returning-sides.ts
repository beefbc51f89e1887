import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** Sides that serve no more, and what they still have to do before they are a copy again (ADR 0096). */
export const returningSides: Migration = {
  id: '202611300310-returning-sides',
  async up({ sql }) {
    await sql(`create table dr_returning_side (
      group_id ${ID} not null,
      center_id ${ID} not null,
      epoch int not null,
      execution_id ${ID} not null,
      state varchar(10) ${ASCII} not null,
      problem varchar(500) null,
      left_at datetime(3) not null,
      reached_at datetime(3) null,
      halted_at datetime(3) null,
      follows_at datetime(3) null,
      primary key (group_id, center_id),
      key ix_dr_returning_side_state (state, center_id),
      key ix_dr_returning_side_execution (execution_id),
      constraint fk_dr_returning_side_execution foreign key (execution_id) references dr_execution (id) on delete restrict on update no action,
      constraint ck_dr_returning_side_state check (state in ('AWAITED', 'HALTING', 'DEMOTING', 'FOLLOWS')),
      constraint ck_dr_returning_side_order check ((halted_at is null or reached_at is not null) and (follows_at is null or halted_at is not null)),
      constraint ck_dr_returning_side_follows check ((state = 'FOLLOWS') = (follows_at is not null))
    ) engine=InnoDB`);
  },
};
