import type { Migration } from '../migration.js';

/** A BMC credential that is replaced after its server was registered is carried to the cluster's Secret. */
export const replacedCredentials: Migration = {
  id: '202611291852-replaced-credentials',
  async up({ sql }) {
    await sql('alter table server_host add column credential_round int not null default 0');
    await sql('alter table server_host add column credential_sent int not null default 0');
    await sql(
      'alter table server_host add column credential_version varchar(64) character set ascii collate ascii_bin null',
    );
  },
};
