import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const HASH = `char(64) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;
const KINDS = "'SWITCHOVER', 'FAILOVER', 'FAILBACK'";

/**
 * 容灾切换: executions, their steps, who approved them, and what proves them. What must be impossible is refused here,
 * whoever writes (ADR 0092).
 */
export const executionTables: Migration = {
  id: '202611300251-executions',
  async up({ sql, auditSchema }) {
    // `open`: 1 or null, so that one execution of a group is open and any number is over.
    await sql(`create table dr_execution (
      id ${ID} not null primary key,
      code ${word(30)} not null,
      group_id ${ID} not null,
      group_name varchar(120) not null,
      department_id ${ID} not null,
      system_id ${ID} not null,
      kind ${word(12)} not null,
      state ${word(14)} not null,
      open tinyint null default 1,
      outcome ${word(12)} null,
      runbook_id ${ID} null,
      runbook_number int null,
      runbook_hash ${HASH} null,
      unverified_accepted tinyint not null default 0,
      from_center_id ${ID} not null,
      to_center_id ${ID} not null,
      epoch int null,
      reason varchar(500) not null,
      shown_loss_seconds int null,
      shown_loss_known tinyint not null default 0,
      requested_by_id ${ID} not null,
      requested_by varchar(200) not null,
      requested_department_id ${ID} null,
      standing_order_id ${ID} null,
      confirm_due_at datetime(3) null,
      confirmed_by_id ${ID} null,
      confirmed_by varchar(200) null,
      confirmed_department_id ${ID} null,
      confirmed_at datetime(3) null,
      paused_at datetime(3) null,
      paused_why varchar(500) null,
      moments longtext not null,
      created_at datetime(3) not null,
      closed_at datetime(3) null,
      version int not null,
      unique key uq_dr_execution_code (code),
      unique key uq_dr_execution_open (group_id, open),
      unique key uq_dr_execution_requester (id, requested_by_id),
      key ix_dr_execution_created (created_at, id),
      key ix_dr_execution_group (group_id, created_at, id),
      key ix_dr_execution_department (department_id, created_at, id),
      constraint fk_dr_execution_order foreign key (standing_order_id) references dr_standing_order (id) on delete restrict on update no action,
      constraint ck_dr_execution_kind check (kind in (${KINDS})),
      constraint ck_dr_execution_state check (state in ('DRAFT', 'APPROVED', 'PRECHECKED', 'RUNNING', 'VALIDATING', 'ROLLING_BACK', 'CLEANING_UP', 'CLEANUP_FAILED', 'CLOSED', 'CANCELLED')),
      constraint ck_dr_execution_open check ((state in ('CLOSED', 'CANCELLED')) = (open is null) and (open is null or open = 1)),
      constraint ck_dr_execution_outcome check (outcome is null or outcome in ('COMMITTED', 'ROLLED_BACK', 'ABANDONED')),
      constraint ck_dr_execution_centers check (from_center_id <> to_center_id),
      constraint ck_dr_execution_confirmed check ((confirmed_by_id is null) = (confirmed_at is null) and (standing_order_id is null or confirm_due_at is not null)),
      constraint ck_dr_execution_confirmer check (confirmed_by_id is null or confirmed_by_id <> requested_by_id),
      constraint ck_dr_execution_paused check ((paused_at is null) = (paused_why is null))
    ) engine=InnoDB`);
    // Whoever asked stands in the row by the foreign key, so that the CHECK compares with the true one.
    await sql(`create table dr_approval (
      execution_id ${ID} not null,
      user_id ${ID} not null,
      user_name varchar(200) not null,
      department_id ${ID} not null,
      requested_by_id ${ID} not null,
      opinion varchar(500) null,
      approved_at datetime(3) not null,
      primary key (execution_id, user_id),
      unique key uq_dr_approval_department (execution_id, department_id),
      key ix_dr_approval_requester (execution_id, requested_by_id),
      constraint fk_dr_approval_execution foreign key (execution_id, requested_by_id) references dr_execution (id, requested_by_id) on delete restrict on update no action,
      constraint ck_dr_approval_second check (user_id <> requested_by_id)
    ) engine=InnoDB`);
    await sql(`create table dr_step (
      id ${ID} not null primary key,
      execution_id ${ID} not null,
      number int not null,
      stage ${word(10)} not null,
      kind ${word(10)} not null,
      action ${word(20)} not null,
      title varchar(60) not null,
      instruction varchar(1000) not null,
      timeout_seconds int not null,
      retries int not null,
      needs_evidence tinyint not null,
      second_check tinyint not null,
      params longtext not null,
      state ${word(12)} not null,
      under_way tinyint null,
      attempts int not null default 0,
      claimed_at datetime(3) null,
      claimed_by ${word(120)} null,
      claimed_epoch bigint null,
      started_at datetime(3) null,
      finished_at datetime(3) null,
      choice ${word(12)} null,
      done_by_id ${ID} null,
      done_by varchar(200) null,
      checked_by_id ${ID} null,
      checked_by varchar(200) null,
      output longtext null,
      output_hash ${HASH} null,
      problem varchar(1000) null,
      version int not null,
      unique key uq_dr_step_number (execution_id, number),
      unique key uq_dr_step_under_way (execution_id, under_way),
      constraint fk_dr_step_execution foreign key (execution_id) references dr_execution (id) on delete restrict on update no action,
      constraint ck_dr_step_stage check (stage in ('PRECHECK', 'RUN', 'VALIDATE', 'ROLL_BACK', 'CLEAN_UP')),
      constraint ck_dr_step_kind check (kind in ('AUTOMATIC', 'MANUAL', 'DECISION')),
      constraint ck_dr_step_state check (state in ('WAITING', 'RUNNING', 'AWAITS_CHECK', 'FAILED', 'DONE', 'LEFT_OUT')),
      constraint ck_dr_step_under_way check ((state in ('RUNNING', 'AWAITS_CHECK', 'FAILED')) = (under_way is not null) and (under_way is null or under_way = 1)),
      constraint ck_dr_step_stamps check (state in ('WAITING', 'LEFT_OUT') or (claimed_at is not null and started_at is not null and started_at >= claimed_at)),
      constraint ck_dr_step_finished check (state <> 'DONE' or (finished_at is not null and finished_at >= started_at)),
      constraint ck_dr_step_second check (checked_by_id is null or checked_by_id <> done_by_id),
      constraint ck_dr_step_checked check (state <> 'DONE' or second_check = 0 or checked_by_id is not null)
    ) engine=InnoDB`);
    // Of the two same-city centers at most one stands fenced, of a group and as a whole.
    await sql(`create table dr_fence (
      id ${ID} not null primary key,
      subject ${ID} not null,
      center_id ${ID} not null,
      same_city tinyint null,
      execution_id ${ID} not null,
      proof_id ${ID} not null,
      raised_at datetime(3) not null,
      lifted_at datetime(3) null,
      live tinyint null default 1,
      unique key uq_dr_fence_center (subject, center_id, live),
      unique key uq_dr_fence_same_city (subject, same_city),
      key ix_dr_fence_execution (execution_id),
      constraint fk_dr_fence_execution foreign key (execution_id) references dr_execution (id) on delete restrict on update no action,
      constraint ck_dr_fence_live check ((live is null) = (lifted_at is not null) and (live is null or live = 1)),
      constraint ck_dr_fence_same_city check (same_city is null or (same_city = 1 and live = 1))
    ) engine=InnoDB`);

    // From here on insert-only, by the grants of the audit schema.
    await sql(`create table \`${auditSchema}\`.dr_evidence (
      id ${ID} not null primary key,
      execution_id ${ID} not null,
      step_id ${ID} null,
      kind ${word(16)} not null,
      content longtext not null,
      hash ${HASH} not null,
      recorded_by_id ${ID} null,
      recorded_by varchar(200) not null,
      recorded_at datetime(3) not null,
      key ix_dr_evidence_execution (execution_id, recorded_at, id)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.dr_loss_acceptance (
      id ${ID} not null primary key,
      execution_id ${ID} not null,
      shown_seconds int null,
      shown_text varchar(120) not null,
      typed_text varchar(120) not null,
      accepted_by_id ${ID} not null,
      accepted_by varchar(200) not null,
      accepted_at datetime(3) not null,
      unique key uq_dr_loss_acceptance (execution_id, id),
      constraint ck_dr_loss_acceptance_typed check (typed_text = shown_text and char_length(shown_text) >= 8)
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.dr_fence_proof (
      id ${ID} not null primary key,
      execution_id ${ID} not null,
      center_id ${ID} not null,
      kind ${word(14)} not null,
      detail longtext not null,
      observed_at datetime(3) not null,
      evidence_id ${ID} null,
      first_signer_id ${ID} null,
      first_department_id ${ID} null,
      second_signer_id ${ID} null,
      second_department_id ${ID} null,
      recorded_at datetime(3) not null,
      unique key uq_dr_fence_proof (execution_id, center_id, id),
      constraint fk_dr_fence_proof_evidence foreign key (evidence_id) references dr_evidence (id) on delete restrict on update no action,
      constraint ck_dr_fence_proof_kind check (kind in ('NETWORK_FENCE', 'MACHINES_GONE', 'BMC_OFF', 'STATEMENT')),
      constraint ck_dr_fence_proof_signed check (kind <> 'STATEMENT' or (evidence_id is not null and first_signer_id is not null and second_signer_id is not null and first_department_id is not null and second_department_id is not null)),
      constraint ck_dr_fence_proof_two check (kind <> 'STATEMENT' or (first_signer_id <> second_signer_id and first_department_id <> second_department_id))
    ) engine=InnoDB`);
    await sql(`create table \`${auditSchema}\`.dr_promotion (
      id ${ID} not null primary key,
      execution_id ${ID} not null,
      kind ${word(12)} not null,
      data_set_id ${ID} not null,
      from_center_id ${ID} not null,
      to_center_id ${ID} not null,
      epoch int not null,
      proof_id ${ID} not null,
      data_known tinyint not null,
      acceptance_id ${ID} null,
      promoted_at datetime(3) not null,
      unique key uq_dr_promotion (data_set_id, epoch),
      key ix_dr_promotion_proof (execution_id, from_center_id, proof_id),
      key ix_dr_promotion_acceptance (execution_id, acceptance_id),
      constraint fk_dr_promotion_proof foreign key (execution_id, from_center_id, proof_id) references dr_fence_proof (execution_id, center_id, id) on delete restrict on update no action,
      constraint fk_dr_promotion_acceptance foreign key (execution_id, acceptance_id) references dr_loss_acceptance (execution_id, id) on delete restrict on update no action,
      constraint ck_dr_promotion_kind check (kind in (${KINDS})),
      constraint ck_dr_promotion_centers check (from_center_id <> to_center_id),
      constraint ck_dr_promotion_known check (data_known = 1 or acceptance_id is not null)
    ) engine=InnoDB`);
    // Each follows the one before, and none is taken back: so it only grows, and some center always serves.
    await sql(`create table \`${auditSchema}\`.dr_placement (
      group_id ${ID} not null,
      epoch int not null,
      previous_epoch int null,
      execution_id ${ID} null,
      serving_center_id ${ID} not null,
      also_center_id ${ID} null,
      placed_at datetime(3) not null,
      primary key (group_id, epoch),
      key ix_dr_placement_previous (group_id, previous_epoch),
      constraint fk_dr_placement_previous foreign key (group_id, previous_epoch) references dr_placement (group_id, epoch) on delete restrict on update no action,
      constraint ck_dr_placement_epoch check ((epoch = 0) = (previous_epoch is null) and (previous_epoch is null or epoch = previous_epoch + 1)),
      constraint ck_dr_placement_centers check (also_center_id is null or also_center_id <> serving_center_id)
    ) engine=InnoDB`);
  },
};
