import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';

/** 资产报废: when an owned asset ends before its life, by which document; what it was still worth is a cost of that month. */
export const assetDisposals: Migration = {
  id: '202611300122-asset-disposals',
  async up({ sql }) {
    await sql(`create table owned_asset_disposal (
      id ${ID} not null primary key,
      asset_id ${ID} not null,
      disposed_on date not null,
      proceeds_fen bigint not null,
      document varchar(120) not null,
      reason varchar(300) not null,
      standing tinyint null default 1,
      state varchar(10) character set ascii collate ascii_bin not null,
      version int not null,
      entered_by_id ${ID} null,
      entered_by varchar(100) not null,
      entered_at datetime(3) not null,
      confirmed_by_id ${ID} null,
      confirmed_by varchar(100) null,
      confirmed_at datetime(3) null,
      unique key uq_owned_asset_disposal_standing (asset_id, standing),
      constraint fk_owned_asset_disposal_asset foreign key (asset_id) references owned_asset (id) on delete restrict on update no action,
      constraint ck_owned_asset_disposal_state check (state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN') and (standing is null) = (state = 'WITHDRAWN')),
      constraint ck_owned_asset_disposal_proceeds check (proceeds_fen >= 0)
    ) engine=InnoDB`);
  },
};
