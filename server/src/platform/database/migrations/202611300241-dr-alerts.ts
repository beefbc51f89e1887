import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
const word = (length: number) => `varchar(${length}) ${ASCII}`;

/** 告警 and 值班表: what is wrong, who was called for it, and who is on duty. */
export const drAlerts: Migration = {
  id: '202611300241-dr-alerts',
  async up({ sql }) {
    await sql(`create table dr_alert (
      id ${ID} not null primary key,
      code ${word(30)} null,
      subject_kind ${word(8)} not null,
      subject_id ${ID} not null,
      rule varchar(160) not null,
      open_key tinyint null,
      state ${word(12)} not null,
      severity ${word(10)} not null,
      calls_out tinyint not null,
      group_id ${ID} null,
      system_id ${ID} null,
      department_id ${ID} null,
      center_id ${ID} null,
      name varchar(200) not null,
      tier_name varchar(60) null,
      reason longtext not null,
      seen_at datetime(3) not null,
      opened_at datetime(3) null,
      clearing_since datetime(3) null,
      closed_at datetime(3) null,
      acknowledged_at datetime(3) null,
      acknowledged_by varchar(100) null,
      acknowledged_note varchar(500) null,
      series int not null,
      next_call_at datetime(3) null,
      unanswered_at datetime(3) null,
      version int not null,
      unique key uq_dr_alert_open (subject_kind, subject_id, rule, open_key),
      unique key uq_dr_alert_code (code),
      key ix_dr_alert_opened (opened_at, id),
      key ix_dr_alert_state (state, opened_at, id),
      key ix_dr_alert_group (group_id, opened_at),
      constraint ck_dr_alert_state check (state in ('HELD', 'OPEN', 'ACKNOWLEDGED', 'CLOSED')),
      constraint ck_dr_alert_severity check (severity in ('WARNING', 'UNKNOWN', 'CRITICAL')),
      constraint ck_dr_alert_open check ((open_key is null) = (state = 'CLOSED') and (open_key is null or open_key = 1)),
      constraint ck_dr_alert_closed check ((closed_at is not null) = (state = 'CLOSED')),
      constraint ck_dr_alert_opened check ((opened_at is null) = (state = 'HELD'))
    ) engine=InnoDB`);
    await sql(`create table dr_alert_call (
      id ${ID} not null primary key,
      alert_id ${ID} not null,
      series int not null,
      round int not null,
      role ${word(10)} not null,
      user_id ${ID} not null,
      called_at datetime(3) not null,
      deadline_at datetime(3) not null,
      unique key uq_dr_alert_call_step (alert_id, series, round, role),
      constraint fk_dr_alert_call foreign key (alert_id) references dr_alert (id) on delete restrict on update no action,
      constraint ck_dr_alert_call_role check (role in ('ENGINEER', 'BACKUP', 'LEADER'))
    ) engine=InnoDB`);
    await sql(`create table dr_alert_event (
      id ${ID} not null primary key,
      alert_id ${ID} not null,
      at datetime(3) not null,
      kind ${word(14)} not null,
      severity ${word(10)} not null,
      by_name varchar(100) null,
      note varchar(500) null,
      key ix_dr_alert_event (alert_id, at),
      constraint fk_dr_alert_event foreign key (alert_id) references dr_alert (id) on delete restrict on update no action
    ) engine=InnoDB`);
    await sql(`create table duty_desk (
      center_id ${ID} not null,
      role ${word(10)} not null,
      primary key (center_id, role)
    ) engine=InnoDB`);
    await sql(`create table duty_shift (
      id ${ID} not null primary key,
      center_id ${ID} not null,
      role ${word(10)} not null,
      user_id ${ID} not null,
      from_at datetime(3) not null,
      to_at datetime(3) not null,
      made_by varchar(100) not null,
      made_at datetime(3) not null,
      version int not null,
      key ix_duty_shift_desk (center_id, role, from_at),
      key ix_duty_shift_time (to_at, from_at),
      key ix_duty_shift_user (user_id, to_at),
      constraint ck_duty_shift_role check (role in ('ENGINEER', 'BACKUP', 'LEADER')),
      constraint ck_duty_shift_span check (from_at < to_at)
    ) engine=InnoDB`);
    await sql(`create table duty_hand_over (
      id ${ID} not null primary key,
      shift_id ${ID} not null,
      open_key tinyint null,
      to_user_id ${ID} not null,
      note varchar(500) not null,
      open_alerts int not null,
      given_by varchar(100) not null,
      given_at datetime(3) not null,
      taken_at datetime(3) null,
      withdrawn_at datetime(3) null,
      unique key uq_duty_hand_over_open (shift_id, open_key),
      key ix_duty_hand_over_given (given_at, id),
      constraint fk_duty_hand_over_shift foreign key (shift_id) references duty_shift (id) on delete restrict on update no action,
      constraint ck_duty_hand_over_end check ((taken_at is null and withdrawn_at is null) = (open_key is not null))
    ) engine=InnoDB`);
  },
};
