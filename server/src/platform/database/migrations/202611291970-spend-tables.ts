import type { Migration } from '../migration.js';

const ASCII = 'character set ascii collate ascii_bin';
const ID = `char(36) ${ASCII}`;
/** Entered by one, confirmed by another. */
const TWO_PEOPLE = `state varchar(10) ${ASCII} not null,
      version int not null,
      entered_by_id ${ID} null,
      entered_by varchar(100) not null,
      entered_at datetime(3) not null,
      confirmed_by_id ${ID} null,
      confirmed_by varchar(100) null,
      confirmed_at datetime(3) null`;
const STATES = "'ENTERED', 'CONFIRMED', 'WITHDRAWN'";

/** Suppliers, contracts with all that is accepted, deducted and paid of them, owned assets, and what explains a difference. */
export const spendTables: Migration = {
  id: '202611291970-spend-tables',
  async up({ sql }) {
    await sql(`create table supplier (
      id ${ID} not null primary key,
      credit_code char(18) ${ASCII} not null,
      name varchar(160) not null,
      contact varchar(60) not null,
      phone varchar(40) not null,
      created_at datetime(3) not null,
      unique key uq_supplier_credit_code (credit_code)
    ) engine=InnoDB`);
    await sql(`create table contract (
      id ${ID} not null primary key,
      contract_number varchar(120) not null,
      name varchar(160) not null,
      kind varchar(20) ${ASCII} not null,
      supplier_id ${ID} not null,
      ceiling_fen bigint not null,
      from_date date not null,
      to_date date not null,
      note varchar(300) not null,
      accepted_fen bigint not null,
      deducted_fen bigint not null,
      claimed_fen bigint not null,
      paid_fen bigint not null,
      ${TWO_PEOPLE},
      unique key uq_contract_number (contract_number),
      key ix_contract_supplier (supplier_id),
      key ix_contract_entered (entered_at, id),
      constraint fk_contract_supplier foreign key (supplier_id) references supplier (id) on delete restrict on update no action,
      constraint ck_contract_kind check (kind in ('CLOUD_PLATFORM', 'HOSTING', 'MAINTENANCE', 'NETWORK', 'SECURITY', 'POWER', 'SOFTWARE', 'OTHER')),
      constraint ck_contract_state check (state in (${STATES})),
      constraint ck_contract_period check (from_date < to_date),
      constraint ck_contract_figures check (ceiling_fen > 0 and deducted_fen >= 0 and paid_fen >= 0
        and accepted_fen between 0 and ceiling_fen and claimed_fen between paid_fen and accepted_fen - deducted_fen)
    ) engine=InnoDB`);
    await sql(`create table contract_service (
      contract_id ${ID} not null,
      position smallint not null,
      name varchar(160) not null,
      unit varchar(20) not null,
      unit_price decimal(18,6) not null,
      primary key (contract_id, position),
      constraint fk_contract_service_contract foreign key (contract_id) references contract (id) on delete restrict on update no action,
      constraint ck_contract_service_price check (unit_price >= 0)
    ) engine=InnoDB`);
    await sql(`create table contract_share (
      contract_id ${ID} not null,
      center_id ${ID} not null,
      weight int not null,
      primary key (contract_id, center_id),
      constraint fk_contract_share_contract foreign key (contract_id) references contract (id) on delete restrict on update no action,
      constraint ck_contract_share_weight check (weight >= 0)
    ) engine=InnoDB`);
    await sql(`create table contract_instalment (
      contract_id ${ID} not null,
      position smallint not null,
      due_on date not null,
      amount_fen bigint not null,
      payment_condition varchar(300) not null,
      primary key (contract_id, position),
      constraint fk_contract_instalment_contract foreign key (contract_id) references contract (id) on delete restrict on update no action,
      constraint ck_contract_instalment_amount check (amount_fen > 0)
    ) engine=InnoDB`);
    await sql(`create table contract_assessment_rule (
      contract_id ${ID} not null,
      from_month char(7) ${ASCII} not null,
      rule longtext not null,
      primary key (contract_id, from_month),
      constraint fk_contract_assessment_rule_contract foreign key (contract_id) references contract (id) on delete restrict on update no action
    ) engine=InnoDB`);
    // No foreign key to the contract: it would lock the row whose figures move last, and writers at once would deadlock.
    await sql(`create table contract_entry (
      id ${ID} not null primary key,
      contract_id ${ID} not null,
      kind varchar(10) ${ASCII} not null,
      amount_fen bigint not null,
      on_date date not null,
      from_date date null,
      to_date date null,
      voucher varchar(60) null,
      instalment smallint null,
      note varchar(300) not null,
      assessment longtext null,
      reverses_id ${ID} null,
      reversed_by_id ${ID} null,
      ${TWO_PEOPLE},
      unique key uq_contract_entry_voucher (voucher),
      key ix_contract_entry_contract (contract_id, id),
      key ix_contract_entry_entered (kind, entered_at, id),
      constraint ck_contract_entry_kind check (kind in ('ACCEPTANCE', 'DEDUCTION', 'PAYMENT')),
      constraint ck_contract_entry_state check (state in (${STATES})),
      constraint ck_contract_entry_amount check (amount_fen <> 0 and (amount_fen < 0) = (reverses_id is not null)),
      constraint ck_contract_entry_payment check (kind <> 'PAYMENT'
        or (from_date is not null and to_date is not null and from_date < to_date and (voucher is not null or state = 'WITHDRAWN')))
    ) engine=InnoDB`);
    await sql(`create table owned_asset (
      id ${ID} not null primary key,
      code varchar(60) ${ASCII} not null,
      name varchar(160) not null,
      center_id ${ID} not null,
      acquired_on date not null,
      cost_fen bigint not null,
      residual_fen bigint not null,
      depreciates_from char(7) ${ASCII} not null,
      life_months smallint not null,
      ${TWO_PEOPLE},
      unique key uq_owned_asset_code (code),
      key ix_owned_asset_center (center_id, code),
      constraint ck_owned_asset_state check (state in (${STATES})),
      constraint ck_owned_asset_cost check (cost_fen > 0 and residual_fen between 0 and cost_fen and life_months between 1 and 360)
    ) engine=InnoDB`);
    await sql(`create table owned_asset_upkeep (
      asset_id ${ID} not null,
      from_month char(7) ${ASCII} not null,
      maintenance_fen bigint not null,
      power_fen bigint not null,
      reason varchar(300) not null,
      entered_by varchar(100) not null,
      entered_at datetime(3) not null,
      primary key (asset_id, from_month),
      constraint fk_owned_asset_upkeep_asset foreign key (asset_id) references owned_asset (id) on delete restrict on update no action,
      constraint ck_owned_asset_upkeep_amount check (maintenance_fen >= 0 and power_fen >= 0)
    ) engine=InnoDB`);
    await sql(`create table spend_difference (
      id ${ID} not null primary key,
      month char(7) ${ASCII} not null,
      center_id ${ID} null,
      reason varchar(20) ${ASCII} not null,
      amount_fen bigint not null,
      note varchar(300) not null,
      entered_by_id ${ID} null,
      entered_by varchar(100) not null,
      entered_at datetime(3) not null,
      reverses_id ${ID} null,
      unique key uq_spend_difference_reverses (reverses_id),
      key ix_spend_difference_month (month, center_id),
      constraint ck_spend_difference_reason check (reason in ('IDLE_CAPACITY', 'PRICE_DIFFERENCE', 'NOT_YET_METERED', 'TIMING', 'OTHER')),
      constraint ck_spend_difference_amount check (amount_fen <> 0)
    ) engine=InnoDB`);
  },
};
