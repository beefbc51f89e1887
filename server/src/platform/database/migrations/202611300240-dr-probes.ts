import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;

/** 探测: what is asked of a tier beside what clusters say; signals may be of a probe, and a tier's source may be its probes. */
export const drProbes: Migration = {
  id: '202611300240-dr-probes',
  async up({ sql }) {
    await sql('alter table dr_signal drop constraint if exists ck_dr_signal_subject');
    await sql(
      "alter table dr_signal add constraint ck_dr_signal_subject check (subject_kind in ('CENTER', 'GROUP', 'TIER', 'PROBE'))",
    );
    await sql('alter table dr_tier drop constraint if exists ck_dr_tier_source');
    await sql("alter table dr_tier add constraint ck_dr_tier_source check (source in ('CLUSTER', 'PROBE', 'NONE'))");
    await sql(`create table dr_probe (
      id ${ID} not null primary key,
      tier_id ${ID} not null,
      name varchar(60) not null,
      kind ${word(20)} not null,
      towards ${word(12)} null,
      data_key ${word(12)} null,
      target ${word(300)} not null,
      server ${word(300)} null,
      expect ${word(253)} null,
      family ${word(4)} not null,
      engine ${word(10)} null,
      account ${word(80)} null,
      database_name ${word(64)} null,
      sealed_secret longtext null,
      every_seconds int not null,
      timeout_ms int not null,
      enabled tinyint not null,
      next_at datetime(3) not null,
      last_at datetime(3) null,
      last_ok tinyint null,
      last_detail varchar(200) null,
      version int not null,
      changed_by varchar(100) not null,
      changed_at datetime(3) not null,
      unique key uq_dr_probe_name (tier_id, name),
      unique key uq_dr_probe_data (tier_id, data_key),
      key ix_dr_probe_due (enabled, next_at, id),
      constraint fk_dr_probe_tier foreign key (tier_id) references dr_tier (id) on delete restrict on update no action,
      constraint ck_dr_probe_kind check (kind in ('HTTP', 'TCP', 'DNS', 'TLS', 'SQL_REPLICATION', 'HEARTBEAT')),
      constraint ck_dr_probe_family check (family in ('ANY', 'IPV4', 'IPV6')),
      constraint ck_dr_probe_secret check ((sealed_secret is not null) = (kind in ('SQL_REPLICATION', 'HEARTBEAT')))
    ) engine=InnoDB`);
  },
};
