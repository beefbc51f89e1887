import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const word = (length: number): string => `varchar(${length}) character set ascii collate ascii_bin`;

/** A line asks for a machine, a server, space in a cabinet or a service, by its DR modes; what it got is written by share. */
export const linesOfAllKinds: Migration = {
  id: '202611290400-lines-of-all-kinds',
  async up({ sql }) {
    await sql('alter table request_line drop constraint ck_request_line_count');
    await sql(`alter table request_line
      add column kind ${word(8)} not null default 'VM' after position,
      change machine_count item_count int not null,
      change placements shares longtext not null,
      add column local_mode ${word(12)} not null default 'SINGLE',
      add column remote_mode ${word(12)} not null default 'NONE',
      modify center_id ${ID} null,
      modify image_id ${ID} null,
      modify zone ${word(20)} null,
      modify storage_tier ${word(8)} null,
      modify disk_gib int null,
      add column height_half_units int null,
      add column power_w int null,
      add column weight_grams int null,
      add column definition_id ${ID} null,
      add column answers longtext null,
      add column fulfilled_at datetime(3) null,
      add column evidence varchar(500) null`);
    // Every line was machines in one named center: all of it is one share.
    await sql(`update request_line set shares = concat('[{"share":"MAIN","centerId":"', center_id,
      '","standing":"RUNNING","owed":false,"count":', item_count, ',"monthlyFen":',
      ifnull(concat('"', monthly_fen, '"'), 'null'), ',"prices":[],"pools":', shares, '}]') where shares <> '[]'`);
    for (const [name, condition] of [
      ['count', 'item_count > 0'],
      ['kind', "kind in ('VM', 'SERVER', 'CABINET', 'SERVICE')"],
      [
        'vm',
        "kind <> 'VM' or (image_id is not null and zone is not null and storage_tier is not null and disk_gib > 0)",
      ],
      ['cabinet', "kind <> 'CABINET' or (height_half_units > 0 and power_w is not null and weight_grams is not null)"],
      ['service', "kind <> 'SERVICE' or definition_id is not null"],
      ['center', "local_mode <> 'DUAL_ACTIVE' or center_id is null"],
    ] as const)
      await sql(`alter table request_line add constraint ck_request_line_${name} check (${condition})`);
    await sql(`alter table request
      add column server_count int not null default 0,
      add column cabinet_count int not null default 0,
      add column service_count int not null default 0,
      add key ix_request_hold_expiry (hold_expires_at, id)`);
  },
};
