import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const STATES = "state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN')";

/** 预付款 and 补充协议: what may be paid before it is accepted, and how a contract in force is changed with the old kept. */
export const contractLife: Migration = {
  id: '202611300121-contract-life',
  async up({ sql }) {
    await sql('alter table contract add column advance_limit_fen bigint not null default 0 after paid_fen');
    await sql('alter table contract add column advanced_fen bigint not null default 0 after advance_limit_fen');
    await sql('alter table contract drop constraint ck_contract_figures');
    await sql(`alter table contract add constraint ck_contract_figures
      check (ceiling_fen > 0 and deducted_fen >= 0 and paid_fen >= 0
        and accepted_fen between 0 and ceiling_fen and advance_limit_fen between 0 and ceiling_fen
        and advanced_fen between 0 and claimed_fen
        and claimed_fen between paid_fen and accepted_fen - deducted_fen + least(advanced_fen, advance_limit_fen))`);
    await sql('alter table contract_entry add column advance tinyint(1) not null default 0 after instalment');
    await sql(`alter table contract_entry add constraint ck_contract_entry_advance
      check (advance = 0 or kind = 'PAYMENT')`);
    await sql(`create table contract_supplement (
      id ${ID} not null primary key,
      contract_id ${ID} not null,
      supplement_number varchar(120) not null,
      signed_on date not null,
      from_date date not null,
      ceiling_fen bigint not null,
      advance_limit_fen bigint not null,
      to_date date not null,
      services longtext not null,
      reason varchar(300) not null,
      former longtext null,
      waiting tinyint null default 1,
      state varchar(10) character set ascii collate ascii_bin not null,
      version int not null,
      entered_by_id ${ID} null,
      entered_by varchar(100) not null,
      entered_at datetime(3) not null,
      confirmed_by_id ${ID} null,
      confirmed_by varchar(100) null,
      confirmed_at datetime(3) null,
      unique key uq_contract_supplement_number (supplement_number),
      unique key uq_contract_supplement_waiting (contract_id, waiting),
      constraint fk_contract_supplement_contract foreign key (contract_id) references contract (id) on delete restrict on update no action,
      constraint ck_contract_supplement_state check (${STATES} and (waiting is null) = (state <> 'ENTERED')),
      constraint ck_contract_supplement_former check ((former is null) = (state <> 'CONFIRMED')),
      constraint ck_contract_supplement_terms check (ceiling_fen > 0 and advance_limit_fen between 0 and ceiling_fen)
    ) engine=InnoDB`);
  },
};
