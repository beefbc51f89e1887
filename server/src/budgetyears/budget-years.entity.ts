import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { UnpaidReason } from '../budgets/domain/payer.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { FundNature } from '../systems/domain/system.js';
import type { CarryAction } from './domain/year-end.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const fen = { type: 'bigint', transformer: bigintText, name: 'amount_fen' } as const;

/** How far the opening of a year has come; what came to run since is encumbered by another run of it. */
@Entity('budget_opening')
export class BudgetOpeningEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;
  @Column({ type: 'smallint' })
  run!: number;
  @Column(word(40))
  afterId!: string;
  @Column(timeColumn)
  beganAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  @Column({ type: 'varchar', length: 200 })
  begunBy!: string;
}

/** What the opening of a year made of one use. */
@Entity('budget_opening_use')
@Index('ix_budget_opening_use_budget', ['year', 'budgetId'])
@Check('ck_budget_opening_use_amount', 'amount_fen >= 0')
@Check('ck_budget_opening_use_unpaid', '(budget_id is null) = (unpaid is not null)')
export class BudgetOpeningUseEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;
  @PrimaryColumn(uuidColumn)
  useId!: string;
  @Column({ type: 'smallint' })
  run!: number;
  @Column({ ...uuidColumn, nullable: true })
  requestId!: string | null;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  budgetId!: string | null;
  @Column(fen)
  amount!: bigint;
  @Column({ ...word(20), nullable: true })
  unpaid!: UnpaidReason | null;
}

/** How far a closed document has come into the budgets. */
@Entity('budget_posting')
@Index('uq_budget_posting_position', ['position'], { unique: true })
@Index('ix_budget_posting_reverses', ['reversesId'])
@Index('ix_budget_posting_month', ['month'])
@Check('ck_budget_posting_kind', "kind in ('STATEMENT', 'REVERSAL')")
export class BudgetPostingEntity {
  @PrimaryColumn(uuidColumn)
  documentId!: string;
  /** In which order documents were taken. */
  @Column({ type: 'int' })
  position!: number;
  @Column(word(10))
  kind!: string;
  /** Whose book it is of; null = the province's. */
  @Column({ ...uuidColumn, nullable: true })
  cityId!: string | null;
  @Column({ type: 'char', length: 7, charset: 'ascii', collation: 'ascii_bin' })
  month!: string;
  @Column({ type: 'smallint' })
  round!: number;
  @Column({ ...uuidColumn, nullable: true })
  reversesId!: string | null;
  @Column(word(36))
  afterId!: string;
  @Column(timeColumn)
  beganAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
}

/** Use of a closed month that no budget item pays for so far. */
@Entity('budget_unpaid')
export class BudgetUnpaidEntity {
  @PrimaryColumn(uuidColumn)
  documentId!: string;
  @PrimaryColumn(uuidColumn)
  useId!: string;
  /** Empty where nobody has said which project pays. */
  @PrimaryColumn(word(36))
  projectId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(fen)
  amount!: bigint;
  @Column(word(20))
  why!: UnpaidReason;
}

/** How far the end of a year has come. */
@Entity('budget_year_end')
export class BudgetYearEndEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;
  @Column(timeColumn)
  beganAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  @Column({ type: 'varchar', length: 200 })
  begunBy!: string;
}

/** The same of one book: the province's, or a city's, which waits for its own months. */
@Entity('budget_year_end_book')
export class BudgetYearEndBookEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;
  /** Empty = the province's. */
  @PrimaryColumn(uuidColumn)
  cityId!: string;
  @Column(word(40))
  afterId!: string;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
}

/** What becomes of what is left, from a year on; never changed, only followed by another. */
@Entity('budget_carry_rule')
@Check(
  'ck_budget_carry_rule_fund',
  "fund_nature in ('GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS')",
)
@Check('ck_budget_carry_rule_action', "action in ('CARRY', 'COLLECT')")
export class BudgetCarryRuleEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'smallint' })
  fromYear!: number;
  @Column(word(20))
  fundNature!: FundNature;
  @Column(word(10))
  action!: CarryAction;
  @Column({ type: 'varchar', length: 200 })
  reason!: string;
  @Column({ type: 'varchar', length: 200 })
  setBy!: string;
  @Column(timeColumn)
  setAt!: Date;
}
