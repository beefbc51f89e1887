import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { jsonColumn, uuidColumn } from '../platform/database/columns.js';
import { ContractEntity } from './contracts.entity.js';
import type { AssessmentRule } from './domain/assessment.js';
import type { ContractService } from './domain/contract.js';
import { fen, TwoPeople } from './spend-columns.js';

/** Fen as text: JSON has no whole numbers of that size. */
export interface StoredTerms {
  readonly ceiling: string;
  readonly advanceLimit: string;
  readonly to: string;
  readonly services: readonly ContractService[];
}

/** 补充协议: what a contract says anew from a day on. Confirmed it never changes, and keeps what it took the place of. */
@Entity('contract_supplement')
@Index('uq_contract_supplement_number', ['number'], { unique: true })
@Index('uq_contract_supplement_waiting', ['contractId', 'waiting'], { unique: true })
@Check(
  'ck_contract_supplement_state',
  "state in ('ENTERED', 'CONFIRMED', 'WITHDRAWN') and (waiting is null) = (state <> 'ENTERED')",
)
@Check('ck_contract_supplement_former', "(former is null) = (state <> 'CONFIRMED')")
@Check('ck_contract_supplement_terms', 'ceiling_fen > 0 and advance_limit_fen between 0 and ceiling_fen')
export class ContractSupplementEntity extends TwoPeople {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  contractId!: string;
  @Column({ type: 'varchar', length: 120, name: 'supplement_number' })
  number!: string;
  @Column({ type: 'date' })
  signedOn!: string;
  @Column({ type: 'date' })
  fromDate!: string;
  @Column({ ...fen, name: 'ceiling_fen' })
  ceiling!: bigint;
  @Column({ ...fen, name: 'advance_limit_fen' })
  advanceLimit!: bigint;
  @Column({ type: 'date' })
  toDate!: string;
  @Column(jsonColumn)
  services!: readonly ContractService[];
  /** 考核规则 from its month on; null = as it is. */
  @Column({ ...jsonColumn, nullable: true, name: 'assessment_rule' })
  assessment!: AssessmentRule | null;
  @Column({ type: 'varchar', length: 300 })
  reason!: string;
  /** What held until it was confirmed. */
  @Column({ ...jsonColumn, nullable: true })
  former!: StoredTerms | null;
  /** One waits at a time: a second would be written against terms that the first is about to change. */
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  waiting!: number | null;

  @ManyToOne(() => ContractEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'contract_id', foreignKeyConstraintName: 'fk_contract_supplement_contract' })
  contract?: Relation<ContractEntity>;
}
