import type { Migration } from '../migration.js';

/** Of each server: its own weight where its model's is unknown, and since when, by what and from where its present use began. */
export const useOfServers: Migration = {
  id: '202611290251-use-of-servers',
  async up({ sql }) {
    await sql(`alter table server
      add column weight_grams int null,
      add column used_since datetime(3) null,
      add column origin varchar(20) character set ascii collate ascii_bin null,
      add column source_platform varchar(60) null`);
    await sql(`update server s set s.origin = if(s.department_id is null, null, 'REQUEST'),
        s.used_since = coalesce((select max(e.at) from server_event e where e.server_id = s.id
          and e.kind in ('ADD', 'ALLOCATE', 'TAKE_IN', 'GIVE_TO_POOL')), s.created_at)
      where s.department_id is not null or s.pool_id is not null`);
    // A day begins at midnight in Shanghai. What was taken in, given back and given out again is no longer taken in.
    await sql(`update server s join intake_item i on i.became_id = s.id and i.kind = 'SERVER' and i.system_id = s.system_id
      set s.origin = 'INTAKE', s.used_since = timestamp(i.started_on) - interval 8 hour, s.source_platform = i.source_platform
      where s.department_id is not null and not exists (select 1 from server_event e where e.server_id = s.id and e.kind = 'RETURN')`);
    await sql(
      "alter table server add constraint ck_server_origin check (origin is null or (origin in ('REQUEST', 'INTAKE') and department_id is not null))",
    );
    await sql(
      'alter table server add constraint ck_server_used_since check ((used_since is null) = (department_id is null and pool_id is null))',
    );
  },
};
