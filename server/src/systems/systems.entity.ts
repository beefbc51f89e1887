import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { uuidColumn } from '../platform/database/columns.js';
import type { LocalMode, ProtectionLevel, RemoteMode } from './domain/system.js';

/** `system` alone is a reserved word of MySQL 8. */
@Entity('government_system')
@Index('uq_government_system_code', ['code'], { unique: true })
@Index('ix_government_system_department', ['departmentId'])
@Check('ck_government_system_level', 'protection_level between 1 and 3')
@Check('ck_government_system_local', "local_mode in ('SINGLE', 'DUAL_ACTIVE')")
@Check('ck_government_system_remote', "remote_mode in ('NONE', 'DATA', 'APPLICATION')")
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
}

@Entity('project')
@Index('uq_project_code', ['code'], { unique: true })
@Index('ix_project_department', ['departmentId'])
@Check('ck_project_year', 'budget_year between 2000 and 2100')
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
