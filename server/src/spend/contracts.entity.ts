import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Assessment, AssessmentRule } from './domain/assessment.js';
import type { ContractKind } from './domain/contract.js';
import type { ContractFault } from './domain/contract-faults.js';
import type { ContractEntryKind } from './domain/contract-money.js';
import { fen, month, TwoPeople, word } from './spend-columns.js';

const OF_CONTRACT = { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' } as const;
const STATES = "state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN')";

@Entity('supplier')
@Index('uq_supplier_credit_code', ['creditCode'], { unique: true })
export class SupplierEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'char', length: 18, charset: 'ascii', collation: 'ascii_bin' })
  creditCode!: string;
  @Column({ type: 'varchar', length: 160 })
  name!: string;
  @Column({ type: 'varchar', length: 60 })
  contact!: string;
  @Column({ type: 'varchar', length: 40 })
  phone!: string;
  @Column(timeColumn)
  createdAt!: Date;
}

/** Its figures are the sums of its entries, moved in the transaction that writes the entry. */
@Entity('contract')
@Index('uq_contract_number', ['number'], { unique: true })
@Index('ix_contract_supplier', ['supplierId'])
@Index('ix_contract_entered', ['enteredAt', 'id'])
@Check(
  'ck_contract_kind',
  "kind in ('CLOUD_PLATFORM', 'HOSTING', 'MAINTENANCE', 'NETWORK', 'SECURITY', 'POWER', 'SOFTWARE', 'OTHER')",
)
@Check('ck_contract_state', STATES)
@Check('ck_contract_period', 'from_date < to_date')
@Check(
  'ck_contract_figures',
  `ceiling_fen > 0 and deducted_fen >= 0 and paid_fen >= 0
        and accepted_fen between 0 and ceiling_fen and advance_limit_fen between 0 and ceiling_fen
        and advanced_fen between 0 and claimed_fen
        and claimed_fen between paid_fen and accepted_fen - deducted_fen + least(advanced_fen, advance_limit_fen)`,
)
export class ContractEntity extends TwoPeople {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'varchar', length: 120, name: 'contract_number' })
  number!: string;
  @Column({ type: 'varchar', length: 160 })
  name!: string;
  @Column(word(20))
  kind!: ContractKind;
  @Column(uuidColumn)
  supplierId!: string;
  @Column({ ...fen, name: 'ceiling_fen' })
  ceiling!: bigint;
  @Column({ type: 'date' })
  fromDate!: string;
  @Column({ type: 'date' })
  toDate!: string;
  @Column({ type: 'varchar', length: 300 })
  note!: string;
  @Column({ ...fen, name: 'accepted_fen' })
  accepted!: bigint;
  @Column({ ...fen, name: 'deducted_fen' })
  deducted!: bigint;
  /** Payments entered and confirmed. */
  @Column({ ...fen, name: 'claimed_fen' })
  claimed!: bigint;
  @Column({ ...fen, name: 'paid_fen' })
  paid!: bigint;
  /** At most so much may be paid before it is accepted. */
  @Column({ ...fen, name: 'advance_limit_fen', default: '0' })
  advanceLimit!: bigint;
  /** Of payments entered and confirmed, those in advance. */
  @Column({ ...fen, name: 'advanced_fen', default: '0' })
  advanced!: bigint;

  @ManyToOne(() => SupplierEntity, OF_CONTRACT)
  @JoinColumn({ name: 'supplier_id', foreignKeyConstraintName: 'fk_contract_supplier' })
  supplier?: Relation<SupplierEntity>;
}

@Entity('contract_service')
@Check('ck_contract_service_price', 'unit_price >= 0')
export class ContractServiceEntity {
  @PrimaryColumn(uuidColumn)
  contractId!: string;
  @PrimaryColumn({ type: 'smallint' })
  position!: number;
  @Column({ type: 'varchar', length: 160 })
  name!: string;
  @Column({ type: 'varchar', length: 20 })
  unit!: string;
  @Column({ type: 'decimal', precision: 18, scale: 6 })
  unitPrice!: string;

  @ManyToOne(() => ContractEntity, OF_CONTRACT)
  @JoinColumn({ name: 'contract_id', foreignKeyConstraintName: 'fk_contract_service_contract' })
  contract?: Relation<ContractEntity>;
}

/** Which centers it pays for, by weight. */
@Entity('contract_share')
@Check('ck_contract_share_weight', 'weight >= 0')
export class ContractShareEntity {
  @PrimaryColumn(uuidColumn)
  contractId!: string;
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @Column({ type: 'int' })
  weight!: number;

  @ManyToOne(() => ContractEntity, OF_CONTRACT)
  @JoinColumn({ name: 'contract_id', foreignKeyConstraintName: 'fk_contract_share_contract' })
  contract?: Relation<ContractEntity>;
}

@Entity('contract_instalment')
@Check('ck_contract_instalment_amount', 'amount_fen > 0')
export class ContractInstalmentEntity {
  @PrimaryColumn(uuidColumn)
  contractId!: string;
  @PrimaryColumn({ type: 'smallint' })
  position!: number;
  @Column({ type: 'date' })
  dueOn!: string;
  @Column({ ...fen, name: 'amount_fen' })
  amount!: bigint;
  @Column({ type: 'varchar', length: 300, name: 'payment_condition' })
  condition!: string;

  @ManyToOne(() => ContractEntity, OF_CONTRACT)
  @JoinColumn({ name: 'contract_id', foreignKeyConstraintName: 'fk_contract_instalment_contract' })
  contract?: Relation<ContractEntity>;
}

/** SLA terms, from a month on. */
@Entity('contract_assessment_rule')
export class ContractAssessmentRuleEntity {
  @PrimaryColumn(uuidColumn)
  contractId!: string;
  @PrimaryColumn(month)
  fromMonth!: string;
  @Column(jsonColumn)
  rule!: AssessmentRule;

  @ManyToOne(() => ContractEntity, OF_CONTRACT)
  @JoinColumn({ name: 'contract_id', foreignKeyConstraintName: 'fk_contract_assessment_rule_contract' })
  contract?: Relation<ContractEntity>;
}

/** What was accepted, deducted or paid. Confirmed it never changes; its reversal is another of these with the other sign. */
@Entity('contract_entry')
@Index('uq_contract_entry_voucher', ['voucher'], { unique: true })
@Index('ix_contract_entry_contract', ['contractId', 'id'])
@Index('ix_contract_entry_entered', ['kind', 'enteredAt', 'id'])
@Check('ck_contract_entry_kind', "kind in ('ACCEPTANCE', 'DEDUCTION', 'PAYMENT')")
@Check('ck_contract_entry_state', STATES)
@Check('ck_contract_entry_advance', "advance = 0 or kind = 'PAYMENT'")
@Check('ck_contract_entry_amount', 'amount_fen <> 0 and (amount_fen < 0) = (reverses_id is not null)')
@Check(
  'ck_contract_entry_payment',
  `kind <> 'PAYMENT'
        or (from_date is not null and to_date is not null and from_date < to_date and (voucher is not null or state = 'WITHDRAWN'))`,
)
export class ContractEntryEntity extends TwoPeople {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  contractId!: string;
  @Column(word(10))
  kind!: ContractEntryKind;
  @Column({ ...fen, name: 'amount_fen' })
  amount!: bigint;
  @Column({ type: 'date' })
  onDate!: string;
  /** Services of which days a payment pays for, or a deduction is of; half-open. */
  @Column({ type: 'date', nullable: true })
  fromDate!: string | null;
  @Column({ type: 'date', nullable: true })
  toDate!: string | null;
  @Column({ type: 'varchar', length: 60, nullable: true })
  voucher!: string | null;
  @Column({ type: 'smallint', nullable: true })
  instalment!: number | null;
  /** 预付款: paid before it is accepted. */
  @Column({ type: 'boolean', default: false })
  advance!: boolean;
  @Column({ type: 'varchar', length: 300 })
  note!: string;
  @Column({ ...jsonColumn, nullable: true })
  assessment!: StoredAssessment | null;
  @Column({ ...uuidColumn, nullable: true })
  reversesId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  reversedById!: string | null;
}

/** Fen as text: JSON has no whole numbers of that size. */
export type StoredAssessment = Omit<Assessment, 'fee' | 'deduction' | 'room'> & {
  readonly fee: string;
  readonly deduction: string;
  readonly room?: string | null;
  /** What the book of outages said; none = the minutes were typed. */
  readonly faults?: readonly ContractFault[];
};
