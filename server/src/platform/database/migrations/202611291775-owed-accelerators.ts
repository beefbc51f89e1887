import type { Migration } from '../migration.js';

/** What an owed share asks of accelerators, by class; of debts that stand already as the offer of their line says. */
export const owedAccelerators: Migration = {
  id: '202611291775-owed-accelerators',
  async up({ sql }) {
    await sql(`alter table dr_debt
      add column accelerator varchar(24) character set ascii collate ascii_bin null,
      add column accelerators int not null default 0`);
    await sql(
      `update dr_debt d join request_line l on l.id = d.line_id join offer o on o.id = l.offer_id
       set d.thing = json_set(d.thing, '$.accelerators', json_object('name', o.accelerator, 'each', o.accelerator_count)),
         d.accelerator = if(d.standing = 'DATA', null, o.accelerator),
         d.accelerators = if(d.standing = 'DATA', 0, o.accelerator_count * d.item_count)
       where d.kind = 'VM' and o.accelerator is not null`,
    );
    await sql(
      'alter table dr_debt add constraint ck_dr_debt_accelerator check ((accelerator is null) = (accelerators = 0))',
    );
  },
};
