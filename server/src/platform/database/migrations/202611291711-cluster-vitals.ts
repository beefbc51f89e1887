import type { Migration } from '../migration.js';

/** How each center's cluster is driven, as the worker that drives it last said. */
export const clusterVitals: Migration = {
  id: '202611291711-cluster-vitals',
  async up({ sql }) {
    await sql(`create table cluster_vitals (
      center_id char(36) character set ascii collate ascii_bin not null primary key,
      reported_at datetime(3) not null,
      vitals longtext not null
    ) engine=InnoDB`);
  },
};
