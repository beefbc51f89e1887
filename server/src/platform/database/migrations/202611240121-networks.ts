import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const ascii = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const WORD = ascii(20);

/** Prefixes per center and zone, and who has which address of them. */
export const networkTables: Migration = {
  id: '202611240121-networks',
  async up({ sql }) {
    await sql(`create table network_plan (
      center_id ${ID} not null,
      zone ${ascii(30)} not null,
      version int not null,
      primary key (center_id, zone)
    ) engine=InnoDB`);
    await sql(`create table network (
      id ${ID} not null primary key,
      code ${ascii(40)} not null,
      name varchar(60) not null,
      center_id ${ID} not null,
      zone ${ascii(30)} not null,
      vlan_id smallint null,
      ipv4_prefix ${ascii(18)} null,
      ipv6_prefix ${ascii(43)} null,
      ipv4_gateway ${ascii(15)} null,
      ipv6_gateway ${ascii(39)} null,
      reserved longtext not null,
      single_stack_reason varchar(200) null,
      version int not null,
      created_at datetime(3) not null,
      unique key uq_network_code (code),
      key ix_network_center (center_id, zone, code),
      constraint ck_network_zone check (zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE')),
      constraint ck_network_vlan check (vlan_id is null or vlan_id between 1 and 4094),
      constraint ck_network_prefix check (ipv4_prefix is not null or ipv6_prefix is not null),
      constraint ck_network_dual check ((ipv4_prefix is not null and ipv6_prefix is not null) or single_stack_reason is not null)
    ) engine=InnoDB`);
    await sql(`create table address_claim (
      id ${ID} not null primary key,
      network_id ${ID} not null,
      family ${WORD} not null,
      address ${ascii(39)} not null,
      address_key ${ascii(33)} not null,
      state ${WORD} not null,
      live tinyint null,
      version int not null,
      subject_type ${WORD} not null,
      subject_id ${ID} null,
      department_id ${ID} null,
      purpose varchar(200) not null,
      actor_name varchar(100) not null,
      claimed_at datetime(3) not null,
      allocated_at datetime(3) null,
      released_at datetime(3) null,
      quarantine_until datetime(3) null,
      unique key uq_address_claim_live (network_id, address_key, live),
      key ix_address_claim_subject (subject_id),
      key ix_address_claim_department (department_id, network_id),
      constraint fk_address_claim_network foreign key (network_id) references network (id) on delete restrict on update no action,
      constraint ck_address_claim_state check (state in ('HELD', 'ALLOCATED', 'QUARANTINE', 'RELEASED')),
      constraint ck_address_claim_family check (family in ('IPV4', 'IPV6')),
      constraint ck_address_claim_live check ((state = 'RELEASED') = (live is null) and (live is null or live = 1)),
      constraint ck_address_claim_rest check (state <> 'QUARANTINE' or quarantine_until is not null)
    ) engine=InnoDB`);
  },
};
