import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { SomeAmounts } from './domain/quota.js';
import type { TakingState } from './domain/taking.js';

/** live is 1 or null: a unique key keeps a thing from taking its quotas twice, and what was given back stays as history. */
@Entity('quota_taking')
@Index('uq_quota_taking_live', ['subjectId', 'live'], { unique: true })
@Index('ix_quota_taking_state', ['live', 'state'])
@Index('ix_quota_taking_subject', ['subjectId', 'takenAt'])
@Check('ck_quota_taking_state', "state in ('HELD', 'ALLOCATED')")
@Check('ck_quota_taking_live', '(given_back_at is null) = (live is not null) and (live is null or live = 1)')
export class QuotaTakingEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  /** What took them: a server, a place in a cabinet, a whole cabinet. */
  @Column(uuidColumn)
  subjectId!: string;

  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;

  @Column({ type: 'varchar', length: 9, charset: 'ascii', collation: 'ascii_bin' })
  state!: TakingState;

  /** Of every level on the way then; the same get it back, whatever the tree looks like by then. */
  @Column(jsonColumn)
  quotaIds!: string[];

  @Column(jsonColumn)
  amounts!: SomeAmounts;

  @Column(timeColumn)
  takenAt!: Date;

  @Column({ ...timeColumn, nullable: true })
  givenBackAt!: Date | null;
}
