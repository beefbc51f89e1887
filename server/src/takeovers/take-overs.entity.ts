import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { TakeOverState } from './domain/take-over.js';
import type { ShownTakeOver } from './take-overs.types.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 纳入管理: what was shown of a machine, who proposed on it that the console drives it, and who approved. */
@Entity('take_over')
@Unique('uq_take_over_live', ['resourceId', 'live'])
@Index('ix_take_over_resource', ['resourceId', 'proposedAt', 'id'])
@Check('ck_take_over_state', "state in ('PROPOSED', 'APPROVED', 'RETURNED', 'WITHDRAWN')")
@Check('ck_take_over_live', "(live is null) = (state <> 'PROPOSED')")
@Check('ck_take_over_persons', "state not in ('APPROVED', 'RETURNED') or decided_by_id <> proposed_by_id")
export class TakeOverEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(word(12))
  state!: TakeOverState;
  @Column({ type: 'int' })
  version!: number;
  @Column(jsonColumn)
  shown!: ShownTakeOver;
  /** Of the whole object and all that would be written, as it was shown. */
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' })
  shownHash!: string;
  @Column(uuidColumn)
  proposedById!: string;
  @Column({ type: 'varchar', length: 100 })
  proposedByName!: string;
  @Column(timeColumn)
  proposedAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  decidedById!: string | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  decidedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  /** 1 or null: a machine has one proposal that waits. */
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
}
