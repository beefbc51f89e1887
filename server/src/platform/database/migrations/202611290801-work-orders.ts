import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;

/** Work orders: who does what where and when, the equipment they place, and ports and sockets as countable claims. */
export const workOrderTables: Migration = {
  id: '202611290801-work-orders',
  async up({ sql }) {
    await sql(`create table provider_company (
      id ${ID} not null primary key,
      name varchar(60) not null,
      active tinyint(1) not null,
      version int not null,
      created_at datetime(3) not null,
      unique key uq_provider_company_name (name)
    ) engine=InnoDB`);
    await sql(`create table provider_member (
      user_id ${ID} not null primary key,
      company_id ${ID} not null,
      since datetime(3) not null,
      key ix_provider_member_company (company_id),
      constraint fk_provider_member_company foreign key (company_id) references provider_company (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table work_order (
      id ${ID} not null primary key,
      code varchar(30) ${ASCII} not null,
      kind varchar(20) ${ASCII} not null,
      state varchar(12) ${ASCII} not null,
      state_since datetime(3) not null,
      version int not null,
      title varchar(120) not null,
      instructions varchar(1000) not null,
      department_id ${ID} not null,
      system_id ${ID} null,
      request_id ${ID} null,
      request_code varchar(30) ${ASCII} null,
      line_id ${ID} null,
      policy_id ${ID} null,
      center_id ${ID} null,
      applicant_id ${ID} null,
      applicant_name varchar(100) not null,
      company_id ${ID} null,
      assignee_id ${ID} null,
      assignee_name varchar(100) null,
      window_from datetime(3) null,
      window_to datetime(3) null,
      overlap_reason varchar(200) null,
      due_at datetime(3) null,
      told_stage varchar(4) ${ASCII} null,
      escort varchar(40) null,
      slip_number varchar(30) ${ASCII} null,
      slip_at datetime(3) null,
      slip_by varchar(100) null,
      finished_by_id ${ID} null,
      finished_at datetime(3) null,
      created_at datetime(3) not null,
      unique key uq_work_order_code (code),
      unique key uq_work_order_line (line_id),
      unique key uq_work_order_policy (policy_id),
      unique key uq_work_order_slip (slip_number),
      key ix_work_order_created (created_at, id),
      key ix_work_order_department (department_id, created_at, id),
      key ix_work_order_company (company_id, state),
      key ix_work_order_assignee (assignee_id, state),
      key ix_work_order_state (state, due_at, id),
      key ix_work_order_system (system_id),
      key ix_work_order_request (request_id),
      constraint fk_work_order_company foreign key (company_id) references provider_company (id) on delete restrict on update no action,
      constraint ck_work_order_state check (state in ('DRAFT', 'SUBMITTED', 'OPEN', 'ACCEPTED', 'IN_PROGRESS', 'SUSPENDED', 'DONE', 'CONFIRMED', 'CANCELLED')),
      constraint ck_work_order_window check (window_from is null or window_from < window_to),
      constraint ck_work_order_slip check ((slip_number is null) = (slip_at is null))
    ) engine=InnoDB`);
    await sql(`create table work_order_room (
      order_id ${ID} not null,
      room_id ${ID} not null,
      primary key (order_id, room_id),
      key ix_work_order_room (room_id),
      constraint fk_work_order_room_order foreign key (order_id) references work_order (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table room_calendar (
      room_id ${ID} not null primary key,
      version int not null
    ) engine=InnoDB`);
    await sql(`create table work_order_entrant (
      id ${ID} not null primary key,
      order_id ${ID} not null,
      position int not null,
      name varchar(40) not null,
      id_last_four char(4) ${ASCII} not null,
      vendor varchar(60) not null,
      unique key uq_work_order_entrant (order_id, position),
      constraint fk_work_order_entrant_order foreign key (order_id) references work_order (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table work_order_step (
      id ${ID} not null primary key,
      order_id ${ID} not null,
      position int not null,
      step_key varchar(20) ${ASCII} not null,
      title_zh varchar(60) not null,
      title_en varchar(80) not null,
      needs_evidence tinyint(1) not null,
      note varchar(500) null,
      done_at datetime(3) null,
      done_by varchar(100) null,
      unique key uq_work_order_step (order_id, position),
      constraint fk_work_order_step_order foreign key (order_id) references work_order (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table work_order_event (
      id ${ID} not null primary key,
      order_id ${ID} not null,
      at datetime(3) not null,
      actor_id ${ID} null,
      actor_name varchar(100) not null,
      action varchar(20) ${ASCII} not null,
      opinion varchar(500) null,
      from_state varchar(12) ${ASCII} null,
      to_state varchar(12) ${ASCII} not null,
      key ix_work_order_event_order (order_id, at, id),
      constraint fk_work_order_event_order foreign key (order_id) references work_order (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table hosted_equipment (
      id ${ID} not null primary key,
      department_id ${ID} not null,
      system_id ${ID} null,
      center_id ${ID} null,
      state varchar(10) ${ASCII} not null,
      version int not null,
      owner varchar(60) not null,
      label varchar(60) not null,
      serial varchar(60) not null,
      live_serial varchar(60) null,
      height_half_units int not null,
      power_w int not null,
      weight_grams int not null,
      domestic tinyint(1) not null,
      holder_id ${ID} null,
      cabinet_id ${ID} null,
      start_half_unit int null,
      busy_order_id ${ID} null,
      arrived_at datetime(3) null,
      since datetime(3) not null,
      created_at datetime(3) not null,
      unique key uq_hosted_equipment_serial (live_serial),
      key ix_hosted_equipment_department (department_id, created_at, id),
      key ix_hosted_equipment_holder (holder_id),
      key ix_hosted_equipment_cabinet (cabinet_id),
      key ix_hosted_equipment_busy (busy_order_id),
      constraint ck_hosted_equipment_state check (state in ('EXPECTED', 'ON_SITE', 'PLANNED', 'STANDING', 'GONE')),
      constraint ck_hosted_equipment_place check ((state in ('PLANNED', 'STANDING')) = (holder_id is not null and start_half_unit is not null)),
      constraint ck_hosted_equipment_size check (height_half_units > 0 and power_w >= 0 and weight_grams > 0)
    ) engine=InnoDB`);
    await sql(`create table work_order_equipment (
      order_id ${ID} not null,
      position int not null,
      equipment_id ${ID} not null,
      target_holder_id ${ID} null,
      target_unit_halves int null,
      primary key (order_id, position),
      unique key uq_work_order_equipment (order_id, equipment_id),
      key ix_work_order_equipment (equipment_id),
      constraint fk_work_order_equipment_order foreign key (order_id) references work_order (id) on delete restrict on update no action,
      constraint fk_work_order_equipment_thing foreign key (equipment_id) references hosted_equipment (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table given_space (
      holder_id ${ID} not null primary key,
      version int not null
    ) engine=InnoDB`);
    await sql(`create table port_set (
      id ${ID} not null primary key,
      cabinet_id ${ID} not null,
      device_holder_id ${ID} null,
      kind varchar(14) ${ASCII} not null,
      label varchar(60) not null,
      port_count int not null,
      claimed int not null,
      version int not null,
      created_at datetime(3) not null,
      unique key uq_port_set (cabinet_id, label, kind),
      constraint ck_port_set_claimed check (claimed >= 0 and claimed <= port_count)
    ) engine=InnoDB`);
    await sql(`create table port_claim (
      id ${ID} not null primary key,
      port_set_id ${ID} not null,
      order_id ${ID} not null,
      department_id ${ID} not null,
      asked int not null,
      state varchar(10) ${ASCII} not null,
      claimed_at datetime(3) null,
      released_at datetime(3) null,
      unique key uq_port_claim (order_id, port_set_id),
      key ix_port_claim_set (port_set_id, state),
      key ix_port_claim_department (department_id, state),
      constraint fk_port_claim_order foreign key (order_id) references work_order (id) on delete restrict on update no action,
      constraint ck_port_claim_state check (state in ('WISHED', 'ALLOCATED', 'RELEASED')),
      constraint ck_port_claim_asked check (asked > 0)
    ) engine=InnoDB`);
  },
};
