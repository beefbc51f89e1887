import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReturnState } from './domain/returning-side.js';
import { DrExecutionEntity } from './executions.entity.js';

/** A side of a group that serves no more since a placement, until its machines stand still and its data follows. */
@Entity('dr_returning_side')
@Index('ix_dr_returning_side_state', ['state', 'centerId'])
@Index('ix_dr_returning_side_execution', ['executionId'])
@Check('ck_dr_returning_side_state', "state in ('AWAITED', 'HALTING', 'DEMOTING', 'FOLLOWS')")
@Check(
  'ck_dr_returning_side_order',
  '(halted_at is null or reached_at is not null) and (follows_at is null or halted_at is not null)',
)
@Check(
  'ck_dr_returning_side_confirmed',
  '(confirmed_at is null) = (confirmed_by_id is null) and (confirmed_at is null) = (confirmed_by is null)',
)
@Check('ck_dr_returning_side_unseen', "state not in ('DEMOTING', 'FOLLOWS') or unseen = 0 or confirmed_at is not null")
@Check('ck_dr_returning_side_follows', "(state = 'FOLLOWS') = (follows_at is not null)")
export class DrReturningSideEntity {
  @PrimaryColumn(uuidColumn)
  groupId!: string;
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  /** Of the placement that left it; what stands there with an older one is not touched by anything else before. */
  @Column({ type: 'int' })
  epoch!: number;
  @Column(uuidColumn)
  executionId!: string;
  @ManyToOne(() => DrExecutionEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'execution_id', foreignKeyConstraintName: 'fk_dr_returning_side_execution' })
  execution?: Relation<DrExecutionEntity>;
  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin' })
  state!: ReturnState;
  @Column({ type: 'varchar', length: 500, nullable: true })
  problem!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  problemEn!: string | null;
  @Column(timeColumn)
  leftAt!: Date;
  /** When its cluster first answered since. */
  @Column({ ...timeColumn, nullable: true })
  reachedAt!: Date | null;
  /** When none of its machines was read to run any more. */
  @Column({ ...timeColumn, nullable: true })
  haltedAt!: Date | null;
  /** When its data was read to be a copy of the other side's. */
  @Column({ ...timeColumn, nullable: true })
  followsAt!: Date | null;
  /** Machines that run in no cluster: whether they stand still only a person can say. */
  @Column({ type: 'int', default: 0 })
  unseen!: number;
  @Column({ ...timeColumn, nullable: true })
  confirmedAt!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  confirmedById!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true })
  confirmedBy!: string | null;
}
