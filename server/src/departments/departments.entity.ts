import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { uuidColumn } from '../platform/database/columns.js';
import type { DepartmentLevel, DepartmentState } from './domain/department.js';

@Entity('department')
@Index('uq_department_code', ['code'], { unique: true })
@Index('uq_department_path', ['path'], { unique: true })
@Index('ix_department_parent', ['parentId'])
@Check('ck_department_level', "level in ('PROVINCE', 'CITY', 'BUREAU')")
@Check('ck_department_state', "state in ('ACTIVE', 'CLOSED')")
@Check('ck_department_bureau', "(level = 'BUREAU') = (parent_id is not null)")
export class DepartmentEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' })
  code!: string;

  @Column({ type: 'varchar', length: 80 })
  name!: string;

  @Column({ type: 'varchar', length: 10 })
  level!: DepartmentLevel;

  @Column({ ...uuidColumn, nullable: true })
  parentId!: string | null;

  @ManyToOne(() => DepartmentEntity, { nullable: true, onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'parent_id', foreignKeyConstraintName: 'fk_department_parent' })
  parent?: Relation<DepartmentEntity> | null;

  @Column({ type: 'varchar', length: 160, charset: 'ascii', collation: 'ascii_bin' })
  path!: string;

  @Column({ type: 'varchar', length: 80, nullable: true })
  contactName!: string | null;

  @Column({ type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  contactPhone!: string | null;

  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  state!: DepartmentState;

  @Column({ type: 'int' })
  version!: number;
}
