import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '../kernel/bilingual.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ImportProblem, ImportState, SampleRow } from './domain/import-run.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('import_run')
@Index('ix_import_run_kind', ['kind', 'id'])
@Index('ix_import_run_starter', ['startedBy', 'id'])
@Index('ix_import_run_state', ['state', 'changedAt'])
@Check(
  'ck_import_run_state',
  "state in ('UPLOADED', 'READING', 'PREVIEWED', 'APPLYING', 'DONE', 'FAILED', 'DISCARDED')",
)
@Check('ck_import_run_percent', 'percent between 0 and 100')
@Check('ck_import_run_applied', "(state = 'DONE') = (applied_at is not null)")
export class ImportRunEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ ...asciiText, length: 40 })
  kind!: string;

  @Column({ ...asciiText, length: 12 })
  state!: ImportState;

  @Column({ ...uuidColumn, nullable: true })
  startedBy!: string | null;

  @Column({ type: 'varchar', length: 120 })
  starterName!: string;

  @Column(timeColumn)
  startedAt!: Date;

  /** The last sign of life. */
  @Column(timeColumn)
  changedAt!: Date;

  @Column({ type: 'tinyint' })
  percent!: number;

  @Column({ name: 'row_count', type: 'int' })
  rows!: number;

  @Column({ name: 'added_count', type: 'int' })
  added!: number;

  @Column({ name: 'unchanged_count', type: 'int' })
  unchanged!: number;

  @Column({ name: 'problem_count', type: 'int' })
  problems!: number;

  @Column({ ...jsonColumn, name: 'problems' })
  problemList!: readonly ImportProblem[];

  @Column(jsonColumn)
  sample!: readonly SampleRow[];

  @Column({ ...jsonColumn, nullable: true })
  failure!: Bilingual | null;

  @Column({ ...timeColumn, nullable: true })
  appliedAt!: Date | null;

  @Column({ type: 'int' })
  version!: number;
}
