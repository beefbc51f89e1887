import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { PACKAGE_STATES, type PackageContent, type PackageState } from './domain/package.js';

@Entity('request_package')
@Check('ck_request_package_state', `state in (${PACKAGE_STATES.map((state) => `'${state}'`).join(', ')})`)
export class RequestPackageEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  state!: PackageState;
  @Column({ type: 'int' })
  version!: number;
  @Column(jsonColumn)
  content!: PackageContent;
  @Column({ type: 'int', nullable: true })
  number!: number | null;
  @Column({ ...jsonColumn, nullable: true })
  published!: PackageContent | null;
  @Column({ ...timeColumn, nullable: true })
  publishedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  publishedBy!: string | null;
}

/** Every version that was ever offered, append-only. */
@Entity('request_package_version')
@Unique('uq_request_package_version', ['packageId', 'number'])
export class RequestPackageVersionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  packageId!: string;
  @ManyToOne(() => RequestPackageEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'package_id', foreignKeyConstraintName: 'fk_request_package_version_package' })
  package!: Relation<RequestPackageEntity>;
  @Column({ type: 'int' })
  number!: number;
  @Column(jsonColumn)
  content!: PackageContent;
  @Column(timeColumn)
  publishedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  publishedBy!: string;
}
