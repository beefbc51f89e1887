import type { Migration } from '../migration.js';

/** Sizes of machines with accelerators: what an offer promises, a claim takes of its pool and a machine has. */
export const acceleratorsOfMachines: Migration = {
  id: '202611291303-accelerators-of-machines',
  async up({ sql }) {
    await sql(`alter table offer
      add column accelerator varchar(24) character set ascii collate ascii_bin null,
      add column accelerator_count tinyint not null default 0`);
    await sql(
      'alter table offer add constraint ck_offer_accelerator check ((accelerator is null) = (accelerator_count = 0))',
    );
    await sql('alter table claim add column accelerators longtext null');
    await sql('alter table resource add column accelerators longtext null');
  },
};
