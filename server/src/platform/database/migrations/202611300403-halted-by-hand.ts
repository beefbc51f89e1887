import type { Migration } from '../migration.js';

/** Machines of a returning side that no cluster shows: a person says that they stand still (ADR 0100). */
export const haltedByHand: Migration = {
  id: '202611300403-halted-by-hand',
  async up({ sql }) {
    // Again as well: whoever dies behind it has not yet written down that it is done.
    await sql('alter table dr_returning_side drop constraint if exists ck_dr_returning_side_confirmed');
    await sql('alter table dr_returning_side drop constraint if exists ck_dr_returning_side_unseen');
    await sql(`alter table dr_returning_side
      add column if not exists unseen int not null default 0,
      add column if not exists confirmed_at datetime(3) null,
      add column if not exists confirmed_by_id char(36) character set ascii collate ascii_bin null,
      add column if not exists confirmed_by varchar(200) null,
      add constraint ck_dr_returning_side_confirmed check ((confirmed_at is null) = (confirmed_by_id is null) and (confirmed_at is null) = (confirmed_by is null)),
      add constraint ck_dr_returning_side_unseen check (state not in ('DEMOTING', 'FOLLOWS') or unseen = 0 or confirmed_at is not null)`);
  },
};
