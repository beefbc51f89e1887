import type { Migration } from '../migration.js';

/**
 * Evidence of every act, in a schema where the application may only insert and select: the acts, the chain that fixes
 * their order, signed checkpoints of the chain. Every column there is under a MAC, a hash or a signature. In the main
 * schema what is state and no evidence: how far the sequencer has come, and the answers kept under idempotency keys.
 */
export const auditTables: Migration = {
  id: '202611240010-audit',
  async up({ sql, auditSchema }) {
    const uuid = 'char(36) character set ascii collate ascii_bin';
    const word = 'character set ascii collate ascii_bin';
    await sql(`create table \`${auditSchema}\`.audit_event (
      id ${uuid} not null primary key,
      occurred_at datetime(3) not null,
      actor_user_id ${uuid} null,
      actor_name varchar(200) not null,
      actor_department_id ${uuid} null,
      address varchar(64) null,
      trace_id varchar(64) ${word} not null,
      action varchar(80) ${word} not null,
      outcome varchar(10) ${word} not null,
      object_type varchar(40) ${word} not null,
      object_id varchar(100) not null,
      department_id ${uuid} null,
      summary_zh text not null,
      summary_en text not null,
      before_json longtext null,
      after_json longtext null,
      mac_key_id varchar(40) ${word} not null,
      mac char(64) ${word} not null,
      key ix_audit_event_occurred (occurred_at, id),
      key ix_audit_event_department (department_id, occurred_at, id),
      constraint ck_audit_event_outcome check (outcome in ('DONE', 'REFUSED'))
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.audit_chain (
      seq bigint not null primary key,
      audit_id ${uuid} not null,
      prev_hash char(64) ${word} not null,
      hash char(64) ${word} not null,
      unique key uq_audit_chain_audit (audit_id),
      constraint ck_audit_chain_seq check (seq > 0)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.audit_checkpoint (
      to_seq bigint not null primary key,
      from_seq bigint not null,
      chain_hash char(64) ${word} not null,
      previous_hash char(64) ${word} not null,
      signed_at datetime(3) not null,
      key_id varchar(40) ${word} not null,
      signature varchar(200) ${word} not null,
      unique key uq_audit_checkpoint_from (from_seq),
      constraint ck_audit_checkpoint_segment check (from_seq between 1 and to_seq)
    ) engine=InnoDB`);
    await sql(`create table audit_sequencer (
      name varchar(20) ${word} not null primary key,
      settled_until datetime(3) not null
    ) engine=InnoDB`);
    await sql(`insert into audit_sequencer (name, settled_until) values ('chain', '2000-01-01 00:00:00.000')`);
    await sql(`create table idempotency_key (
      user_id ${uuid} not null,
      idempotency_key varchar(100) ${word} not null,
      input_hash char(64) ${word} not null,
      outcome longtext null,
      created_at datetime(3) not null,
      expires_at datetime(3) not null,
      primary key (user_id, idempotency_key),
      key ix_idempotency_key_expires (expires_at)
    ) engine=InnoDB`);
  },
};
