import type { Migration } from '../migration.js';

const DATA = "'SQL_REPLICATION', 'HEARTBEAT', 'REST_REPLICATION'";

/**
 * What was not cleaned up is said where its group is judged, as is how long ago a drill on copies passed; and what a storage array
 * says by REST is read as databases are.
 */
export const drProofs: Migration = {
  id: '202611300321-dr-proofs',
  async up({ sql }) {
    await sql('alter table dr_group_occupation add column blocked_since datetime(3) null');
    await sql(`update dr_group_occupation o join dr_drill d on d.id = o.by_id and d.state = 'CLEANUP_FAILED'
      set o.blocked_since = coalesce(d.cleanup_begun_at, o.since)`);
    await sql('alter table dr_group add column drilled_at datetime(3) null');
    await sql(`update dr_group g set g.drilled_at =
      (select max(d.closed_at) from dr_drill d where d.group_id = g.id and d.outcome = 'PASSED' and d.kind = 'SIMULATED')`);
    await sql('alter table dr_probe add column state_pointer varchar(200) character set ascii collate ascii_bin null');
    await sql('alter table dr_probe add column lag_pointer varchar(200) character set ascii collate ascii_bin null');
    await sql('alter table dr_probe drop constraint if exists ck_dr_probe_kind');
    await sql(
      `alter table dr_probe add constraint ck_dr_probe_kind check (kind in ('HTTP', 'TCP', 'DNS', 'TLS', ${DATA}))`,
    );
    await sql('alter table dr_probe drop constraint if exists ck_dr_probe_secret');
    await sql(
      `alter table dr_probe add constraint ck_dr_probe_secret check ((sealed_secret is not null) = (kind in (${DATA})))`,
    );
  },
};
