import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReliabilityEntry } from './domain/reliability.js';
import type {
  AssessmentResult,
  BudgetLevel,
  Contact,
  DataClass,
  FundingMode,
  FundNature,
  LocalMode,
  ProtectionLevel,
  RemoteMode,
} from './domain/system.js';

const word = { type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' } as const;
const dayOrNone = { type: 'date', nullable: true } as const;

/** `system` alone is a reserved word of MySQL 8. */
@Entity('government_system')
@Index('uq_government_system_code', ['code'], { unique: true })
@Index('ix_government_system_department', ['departmentId'])
@Check('ck_government_system_level', 'protection_level between 1 and 3')
@Check('ck_government_system_local', "local_mode in ('SINGLE', 'DUAL_ACTIVE')")
@Check('ck_government_system_remote', "remote_mode in ('NONE', 'DATA', 'APPLICATION')")
@Index('ix_government_system_owner', ['ownerUserId'])
@Index('ix_government_system_declaration', ['declarationValidUntil'])
@Check('ck_government_system_class', "data_class in ('GENERAL', 'IMPORTANT', 'CORE')")
@Check(
  'ck_government_system_results',
  "assessment_result in ('CONFORMING', 'BASICALLY_CONFORMING', 'NOT_CONFORMING') and crypto_result in ('CONFORMING', 'BASICALLY_CONFORMING', 'NOT_CONFORMING')",
)
@Check('ck_government_system_availability', 'availability_milli_percent between 90000 and 100000')
export class SystemEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' })
  code!: string;

  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column(uuidColumn)
  departmentId!: string;

  @Column({ type: 'tinyint' })
  protectionLevel!: ProtectionLevel;

  @Column({ type: 'varchar', length: 20 })
  localMode!: LocalMode;

  @Column({ type: 'varchar', length: 20 })
  remoteMode!: RemoteMode;

  @Column({ type: 'boolean' })
  filed!: boolean;

  @Column({ type: 'boolean' })
  frozen!: boolean;

  @Column(dayOrNone)
  liveSince!: string | null;

  @Column({ ...uuidColumn, nullable: true })
  ownerUserId!: string | null;

  @Column({ type: 'varchar', length: 1000, nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 40, nullable: true })
  filingNumber!: string | null;

  @Column({ type: 'varchar', length: 80, nullable: true })
  filingOrgan!: string | null;

  @Column(dayOrNone)
  filedOn!: string | null;

  @Column(dayOrNone)
  assessedOn!: string | null;

  @Column({ ...word, nullable: true })
  assessmentResult!: AssessmentResult | null;

  @Column(dayOrNone)
  cryptoAssessedOn!: string | null;

  @Column({ ...word, nullable: true })
  cryptoResult!: AssessmentResult | null;

  @Column({ type: 'varchar', length: 60, nullable: true })
  cryptoNumber!: string | null;

  @Column({ ...uuidColumn, nullable: true })
  declarationFileId!: string | null;

  @Column(dayOrNone)
  declarationValidUntil!: string | null;

  @Column({ ...uuidColumn, nullable: true })
  reliabilityFileId!: string | null;

  @Column(dayOrNone)
  reliabilityValidUntil!: string | null;

  @Column(jsonColumn)
  reliabilityEntries!: ReliabilityEntry[];

  @Column({ ...word, nullable: true })
  dataClass!: DataClass | null;

  @Column({ type: 'boolean' })
  criticalInfrastructure!: boolean;

  @Column({ type: 'boolean' })
  sharesData!: boolean;

  @Column({ type: 'int', nullable: true })
  availabilityMilliPercent!: number | null;

  @Column({ type: 'int', nullable: true })
  usersEstimate!: number | null;

  @Column({ type: 'int', nullable: true })
  concurrencyEstimate!: number | null;

  @Column(jsonColumn)
  contacts!: Contact[];

  @Column({ type: 'varchar', length: 120, nullable: true })
  vendorCompany!: string | null;

  @Column({ type: 'int' })
  version!: number;
}

@Entity('project')
@Index('uq_project_code', ['code'], { unique: true })
@Index('ix_project_department', ['departmentId'])
@Check('ck_project_year', 'budget_year between 2000 and 2100')
@Check('ck_project_level', "budget_level in ('PROVINCE', 'CITY', 'COUNTY')")
@Check(
  'ck_project_nature',
  "fund_nature in ('GENERAL_BUDGET', 'GOVERNMENT_FUND', 'STATE_CAPITAL', 'SPECIAL_BOND', 'OWN_FUNDS')",
)
@Check('ck_project_budget', 'total_budget_fen >= 0')
@Check('ck_project_funding', "funding_mode in ('CENTRAL', 'OWN_PAYS', 'CENTRAL_WITHIN_QUOTA')")
export class ProjectEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' })
  code!: string;

  @Column({ type: 'varchar', length: 160 })
  name!: string;

  @Column(uuidColumn)
  departmentId!: string;

  @Column({ type: 'smallint' })
  budgetYear!: number;

  @Column({ type: 'varchar', length: 60 })
  fundSource!: string;

  @Column({ type: 'varchar', length: 60, nullable: true })
  approvalNumber!: string | null;

  @Column({ type: 'varchar', length: 60, nullable: true })
  filingNumber!: string | null;

  @Column(dayOrNone)
  filedOn!: string | null;

  @Column(word)
  fundingMode!: FundingMode;

  @Column({ ...word, length: 30, nullable: true })
  budgetCode!: string | null;

  @Column({ ...word, length: 7, nullable: true })
  functionClass!: string | null;

  @Column({ ...word, length: 5, nullable: true })
  economicClass!: string | null;

  @Column({ ...word, nullable: true })
  fundNature!: FundNature | null;

  @Column(word)
  budgetLevel!: BudgetLevel;

  @Column({ type: 'varchar', length: 200, nullable: true })
  budgetLevelReason!: string | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  totalBudgetFen!: bigint | null;

  @Column(jsonColumn)
  performanceTargets!: string[];

  @Column({ type: 'int' })
  version!: number;
}

@Entity('system_project')
@Index('ix_system_project_project', ['projectId'])
@Check('ck_system_project_period', 'to_date is null or from_date < to_date')
export class SystemProjectEntity {
  @PrimaryColumn(uuidColumn)
  systemId!: string;

  @PrimaryColumn(uuidColumn)
  projectId!: string;

  @PrimaryColumn({ type: 'date' })
  fromDate!: string;

  @Column({ type: 'date', nullable: true })
  toDate!: string | null;

  @ManyToOne(() => SystemEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'system_id', foreignKeyConstraintName: 'fk_system_project_system' })
  system?: Relation<SystemEntity>;

  @ManyToOne(() => ProjectEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'project_id', foreignKeyConstraintName: 'fk_system_project_project' })
  project?: Relation<ProjectEntity>;
}

/** A person of a company, bound to a system until a day. Ended bindings stay: who had reach, and until when. */
@Entity('vendor_binding')
@Index('ix_vendor_binding_system', ['systemId'])
@Index('ix_vendor_binding_user', ['userId', 'untilDate'])
export class VendorBindingEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  systemId!: string;

  @Column({ ...uuidColumn, nullable: true })
  userId!: string | null;

  @Column({ type: 'varchar', length: 40 })
  name!: string;

  @Column({ type: 'varchar', length: 30 })
  phone!: string;

  @Column({ type: 'varchar', length: 120 })
  company!: string;

  @Column({ type: 'date' })
  untilDate!: string;

  @Column(timeColumn)
  boundAt!: Date;

  @Column({ ...timeColumn, nullable: true })
  unboundAt!: Date | null;

  @ManyToOne(() => SystemEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'system_id', foreignKeyConstraintName: 'fk_vendor_binding_system' })
  system?: Relation<SystemEntity>;
}
