import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { IntakeContent, IntakeKind } from './domain/intake-item.js';
import type { IntakeState } from './domain/intake-state.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

@Entity('intake_batch')
@Unique('uq_intake_batch_code', ['code'])
@Index('ix_intake_batch_state', ['state', 'id'])
@Check('ck_intake_batch_state', "state in ('SUBMITTED', 'APPROVED', 'RETURNED', 'WITHDRAWN')")
@Check('ck_intake_batch_source', "source in ('FILE', 'CLUSTER')")
@Check('ck_intake_batch_persons', 'decided_by_id is null or prepared_by_id is null or decided_by_id <> prepared_by_id')
export class IntakeBatchEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
  @Column(asciiText(20))
  state!: IntakeState;
  @Column({ type: 'int' })
  version!: number;
  /** FILE: what people wrote down; CLUSTER: chosen from what a cluster shows. */
  @Column(asciiText(20))
  source!: 'FILE' | 'CLUSTER';
  @Column({ type: 'int' })
  itemCount!: number;
  /** null = a command at the machine's own prompt. */
  @Column({ ...uuidColumn, nullable: true })
  preparedById!: string | null;
  @Column({ type: 'varchar', length: 100 })
  preparedByName!: string;
  /** Who had prepared it before it was handed over. */
  @Column({ ...jsonColumn, nullable: true })
  formerPreparerIds!: string[] | null;
  @Column(timeColumn)
  preparedAt!: Date;
  /** Who approved or returned it; never who prepared it. */
  @Column({ ...uuidColumn, nullable: true })
  decidedById!: string | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  decidedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
}

@Entity('intake_item')
@Unique('uq_intake_item_position', ['batchId', 'position'])
@Unique('uq_intake_item_key', ['liveKey'])
@Check('ck_intake_item_kind', "kind in ('MACHINE', 'SERVER', 'SPACE', 'ADDRESS')")
export class IntakeItemEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  batchId!: string;
  @ManyToOne(() => IntakeBatchEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'batch_id', foreignKeyConstraintName: 'fk_intake_item_batch' })
  batch?: Relation<IntakeBatchEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column(asciiText(20))
  kind!: IntakeKind;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ type: 'varchar', length: 60 })
  sourcePlatform!: string;
  @Column({ type: 'date' })
  startedOn!: string;
  @Column(jsonColumn)
  content!: IntakeContent;
  /** What it speaks of, while its batch waits or was approved: the same thing is taken in once. null = given up. */
  @Column({ type: 'varchar', length: 400, charset: 'utf8mb4', collation: 'utf8mb4_bin', nullable: true })
  liveKey!: string | null;
  /** What it became: a resource, a server, a holder of a cabinet, a claim of an address. */
  @Column({ ...uuidColumn, nullable: true })
  becameId!: string | null;
}
