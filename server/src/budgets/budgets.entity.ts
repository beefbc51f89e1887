import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Fen } from '../kernel/money.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { BudgetLevel, FundNature } from '../systems/domain/system.js';
import type { AdjustmentState } from './domain/adjustment.js';
import type { BudgetGrain } from './domain/budget.js';

const word = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;
const fen = { type: 'bigint', transformer: bigintText } as const;

/** The sums of a budget's entries and of all below it, moved in the transaction that writes the entry. */
@Entity('budget')
@Index('uq_budget_key', ['key'], { unique: true })
@Index('ix_budget_year', ['year', 'key'])
@Index('ix_budget_department', ['departmentId', 'year'])
@Index('ix_budget_parent', ['parentId'])
@Index('ix_budget_project', ['projectId', 'year'])
@Check('ck_budget_grain', "grain in ('DEPARTMENT', 'ITEM')")
@Check('ck_budget_level', "budget_level in ('PROVINCE', 'CITY', 'COUNTY')")
@Check(
  'ck_budget_fund',
  "fund_nature in ('GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS')",
)
@Check('ck_budget_amount', 'amount_fen >= 0 and allotted_fen between 0 and amount_fen')
@Check('ck_budget_use', 'reserved_fen >= 0')
export class BudgetEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ ...word, length: 160, name: 'budget_key' })
  key!: string;

  @Column({ type: 'varchar', length: 160 })
  name!: string;

  @Column({ ...word, length: 12 })
  grain!: BudgetGrain;

  @Column({ ...uuidColumn, nullable: true })
  parentId!: string | null;

  @Column({ ...word, length: 160 })
  path!: string;

  @Column(uuidColumn)
  departmentId!: string;

  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;

  @Column({ type: 'smallint' })
  year!: number;

  @Column({ ...word, length: 40 })
  budgetCode!: string;

  @Column({ ...word, length: 7 })
  functionClass!: string;

  @Column({ ...word, length: 5 })
  economicClass!: string;

  @Column({ ...word, length: 20 })
  fundNature!: FundNature;

  @Column({ ...word, length: 10 })
  budgetLevel!: BudgetLevel;

  @Column({ ...fen, name: 'amount_fen' })
  amount!: Fen;

  @Column({ ...fen, name: 'allotted_fen' })
  allotted!: Fen;

  @Column({ ...fen, name: 'reserved_fen' })
  reserved!: Fen;

  @Column({ ...fen, name: 'spent_fen' })
  spent!: Fen;

  @Column({ type: 'int' })
  version!: number;
}

/** 预算额度占用: what one subject has reserved of one budget, and what is left of that. */
@Entity('encumbrance')
@Index('uq_encumbrance_subject', ['subjectId', 'subjectKind', 'subjectRound', 'budgetId'], { unique: true })
@Index('ix_encumbrance_budget', ['budgetId'])
@Check('ck_encumbrance_left', 'left_fen between 0 and amount_fen')
export class EncumbranceEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  budgetId!: string;

  @Column({ ...word, length: 20 })
  subjectKind!: string;

  @Column(uuidColumn)
  subjectId!: string;

  @Column({ type: 'int' })
  subjectRound!: number;

  @Column({ ...fen, name: 'amount_fen' })
  amount!: Fen;

  @Column({ ...fen, name: 'left_fen' })
  left!: Fen;

  @Column(timeColumn)
  createdAt!: Date;
}

/** 财政统付: the items of a year that pay for what no department pays itself; of each tree the one named last is in force. */
@Entity('central_item')
@Index('ix_central_item_budget', ['budgetId'])
export class CentralItemEntity {
  @PrimaryColumn({ type: 'smallint' })
  year!: number;

  /** Empty = the province's own. */
  @PrimaryColumn(uuidColumn)
  cityId!: string;

  @PrimaryColumn(uuidColumn)
  budgetId!: string;

  /** The greatest of a year and tree is in force. */
  @Column({ type: 'int' })
  turn!: number;

  @Column(timeColumn)
  namedAt!: Date;

  @Column({ type: 'varchar', length: 200 })
  namedBy!: string;
}

/** 预算调整: asked for by one person, decided by another. */
@Entity('budget_adjustment')
@Index('ix_budget_adjustment_budget', ['budgetId', 'id'])
@Index('ix_budget_adjustment_state', ['state', 'id'])
@Check('ck_budget_adjustment_change', 'change_fen <> 0')
@Check('ck_budget_adjustment_state', "state in ('REQUESTED', 'APPROVED', 'DECLINED', 'WITHDRAWN')")
@Check('ck_budget_adjustment_decided', "(state = 'REQUESTED') = (decided_at is null)")
export class BudgetAdjustmentEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  budgetId!: string;

  @Column(uuidColumn)
  departmentId!: string;

  @Column({ ...fen, name: 'change_fen' })
  change!: Fen;

  @Column({ type: 'varchar', length: 200 })
  reason!: string;

  @Column({ ...word, length: 10 })
  state!: AdjustmentState;

  @Column(uuidColumn)
  requestedById!: string;

  @Column({ type: 'varchar', length: 200 })
  requestedBy!: string;

  @Column(timeColumn)
  requestedAt!: Date;

  @Column({ type: 'varchar', length: 200, nullable: true })
  decidedBy!: string | null;

  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  note!: string | null;
}

/** 预警与控制规则, from a day on; never changed, only followed by another. */
@Entity('budget_policy')
@Index('ix_budget_policy_day', ['fromDay', 'id'])
@Check('ck_budget_policy_block', 'block_percent between 1 and 100')
export class BudgetPolicyEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  fromDay!: string;

  @Column({ ...word, length: 40 })
  warnPercents!: string;

  @Column({ type: 'smallint', nullable: true })
  blockPercent!: number | null;

  @Column({ type: 'varchar', length: 200 })
  reason!: string;

  @Column({ type: 'varchar', length: 200 })
  setBy!: string;

  @Column(timeColumn)
  setAt!: Date;
}

/** To which parts of its amount people were told that a budget has come. */
@Entity('budget_warning')
export class BudgetWarningEntity {
  @PrimaryColumn(uuidColumn)
  budgetId!: string;

  @PrimaryColumn({ type: 'smallint' })
  percent!: number;

  @Column(timeColumn)
  toldAt!: Date;
}
