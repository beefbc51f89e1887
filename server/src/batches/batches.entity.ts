import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { LINE_KINDS, type LineKind } from '../allocation/domain/line-kind.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import { BATCH_STATES, type BatchRow, type BatchState } from './domain/batch.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const oneOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

@Entity('line_batch')
@Index('ix_line_batch_creator', ['createdById', 'state', 'id'])
@Index('ix_line_batch_request', ['requestId', 'id'])
@Check('ck_line_batch_state', `state in (${oneOf(BATCH_STATES)})`)
@Check('ck_line_batch_kind', `kind in (${oneOf(LINE_KINDS)})`)
export class LineBatchEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(8))
  kind!: LineKind;
  @Column(asciiText(10))
  state!: BatchState;
  @Column({ type: 'int' })
  version!: number;
  /** null = its lines begin a draft of their own. */
  @Column({ ...uuidColumn, nullable: true })
  requestId!: string | null;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  projectId!: string;
  /** Of a table of one service, each of whose questions is a column. */
  @Column({ ...uuidColumn, nullable: true })
  serviceId!: string | null;
  @Column({ type: 'varchar', length: 500 })
  purpose!: string;
  @Column({ type: 'varchar', length: 200 })
  fileName!: string;
  @Column({ ...asciiText(64), type: 'char' })
  sm3!: string;
  @Column({ type: 'int' })
  rowCount!: number;
  /** The highest number that any row of it ever had. */
  @Column({ type: 'int', default: 1 })
  lastNumber!: number;
  @Column({ type: 'int' })
  takenCount!: number;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(uuidColumn)
  createdById!: string;
  @Column({ type: 'varchar', length: 100 })
  createdBy!: string;
}

@Entity('line_batch_row')
@Unique('uq_line_batch_row', ['batchId', 'number'])
export class LineBatchRowEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  batchId!: string;
  @ManyToOne(() => LineBatchEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'batch_id', foreignKeyConstraintName: 'fk_line_batch_row_batch' })
  batch!: Relation<LineBatchEntity>;
  /** As the spreadsheet shows it. */
  @Column({ name: 'sheet_row', type: 'int' })
  number!: number;
  @Column(jsonColumn)
  cells!: BatchRow['cells'];
  @Column(jsonColumn)
  unread!: BatchRow['unread'];
}
