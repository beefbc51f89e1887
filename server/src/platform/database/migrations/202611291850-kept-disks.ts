import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = 'varchar(20) character set ascii collate ascii_bin';
const SINCE = new Date('2026-11-29T00:00:00.000Z');

/** Disks that outlive their machines for a time, and how long they may. */
export const keptDisks: Migration = {
  id: '202611291850-kept-disks',
  async up({ sql }) {
    await sql(`create table kept_disk (
      id ${ID} not null primary key,
      resource_id ${ID} not null,
      claim_id ${ID} not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      center_id ${ID} not null,
      disk_gib int not null,
      storage_tier varchar(8) character set ascii collate ascii_bin not null,
      state ${WORD} not null,
      kept_at datetime(3) not null,
      until_at datetime(3) null,
      reminded_at datetime(3) null,
      attached_to_id ${ID} null,
      trouble varchar(300) null,
      end_cause ${WORD} null,
      ended_at datetime(3) null,
      version int not null,
      unique key uq_kept_disk_resource (resource_id),
      unique key uq_kept_disk_claim (claim_id),
      key ix_kept_disk_department (department_id, kept_at, id),
      key ix_kept_disk_kept (kept_at, id),
      key ix_kept_disk_until (until_at, id),
      key ix_kept_disk_center (center_id, state, id),
      key ix_kept_disk_attached (attached_to_id),
      constraint fk_kept_disk_resource foreign key (resource_id) references resource (id) on delete restrict on update no action,
      constraint ck_kept_disk_state check (state in ('KEPT', 'ATTACHED', 'ENDING', 'GONE')),
      constraint ck_kept_disk_until check ((state = 'KEPT') = (until_at is not null)),
      constraint ck_kept_disk_attached check ((state = 'ATTACHED') = (attached_to_id is not null)),
      constraint ck_kept_disk_end check ((state in ('ENDING', 'GONE')) = (end_cause is not null) and (end_cause is null or end_cause in ('TIME', 'GIVEN_UP', 'MACHINE'))),
      constraint ck_kept_disk_gone check ((state = 'GONE') = (ended_at is not null))
    ) engine=InnoDB`);
    await sql('alter table resource add column keep_disk_days smallint null');
    await sql('alter table resource add column attached_disks longtext null');
    await sql('insert into life_policy (name, value, version, changed_at, changed_by) values ?', [
      [['DISK_KEEP_DAYS_MAX', 30, 1, SINCE, '集云']],
    ]);
  },
};
