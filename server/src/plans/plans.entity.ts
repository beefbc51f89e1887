import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import type { QuotaMeter } from '../kernel/refusal.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import type { PlanLineKind } from './domain/plan-line.js';
import type { PlanAction, PlanKind, PlanState } from './domain/plan-state.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const fen = { type: 'bigint', transformer: bigintText } as const;

@Entity('plan_year')
@Check('ck_plan_year_window', 'closes_on >= opens_on')
export class PlanYearEntity {
  @PrimaryColumn({ type: 'int' })
  year!: number;
  @Column({ type: 'date' })
  opensOn!: string;
  @Column({ type: 'date' })
  closesOn!: string;
  @Column(fen)
  additionFromFen!: bigint;
  @Column({ type: 'varchar', length: 500 })
  note!: string;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 100 })
  openedByName!: string;
  @Column(timeColumn)
  openedAt!: Date;
}

@Entity('plan')
@Unique('uq_plan_code', ['code'])
@Unique('uq_plan_annual', ['departmentId', 'year', 'annual'])
@Index('ix_plan_year', ['year', 'state', 'id'])
@Check('ck_plan_kind', "kind in ('ANNUAL', 'ADDITION')")
@Check(
  'ck_plan_state',
  "state in ('DRAFT', 'AWAITING_SIGN_OFF', 'CITY_REVIEW', 'CENTER_REVIEW', 'AWAITING_APPROVAL', 'APPROVED', 'RETURNED', 'REJECTED', 'DISCARDED')",
)
export class PlanEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column(word(10))
  kind!: PlanKind;
  /** 1 for the one yearly plan of a department and year; null for additions and for what was given up. */
  @Column({ type: 'tinyint', nullable: true })
  annual!: number | null;
  @Column({ type: 'int' })
  year!: number;
  @ManyToOne(() => PlanYearEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'year', foreignKeyConstraintName: 'fk_plan_year' })
  planYear?: Relation<PlanYearEntity>;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(word(20))
  state!: PlanState;
  @Column(timeColumn)
  stateSince!: Date;
  /** Of everything: lines, reductions and states. */
  @Column({ type: 'int' })
  version!: number;
  /** Counts its ways through the chain; signatures belong to one. */
  @Column({ type: 'int' })
  round!: number;
  /** Why more is needed; '' of a yearly plan. */
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(jsonColumn)
  authorIds!: string[];
  @Column({ type: 'int' })
  lineCount!: number;
  /** A month of all that counts now; null = a price is missing. */
  @Column({ ...fen, nullable: true })
  monthlyFen!: bigint | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  createdByName!: string;
  /** When its quotas were put in force; null = not yet. */
  @Column({ ...timeColumn, nullable: true })
  quotasSetAt!: Date | null;
}

@Entity('plan_line')
@Unique('uq_plan_line_position', ['planId', 'position'])
@Index('ix_plan_line_system', ['systemId'])
@Check('ck_plan_line_kind', "kind in ('VM', 'SERVER', 'CABINET', 'SERVICE')")
@Check('ck_plan_line_count', 'count > 0 and (accepted_count is null or accepted_count between 0 and count)')
@Check('ck_plan_line_month', 'month between 1 and 12')
export class PlanLineEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  planId!: string;
  @ManyToOne(() => PlanEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'fk_plan_line_plan' })
  plan?: Relation<PlanEntity>;
  @Column({ type: 'int' })
  position!: number;
  @Column(uuidColumn)
  systemId!: string;
  @Column(word(10))
  kind!: PlanLineKind;
  @Column({ type: 'int' })
  count!: number;
  @Column({ type: 'int' })
  vcpu!: number;
  @Column({ type: 'int' })
  memoryMib!: number;
  @Column({ type: 'int' })
  ssdGib!: number;
  @Column({ type: 'int' })
  hddGib!: number;
  @Column({ ...word(10), nullable: true })
  architecture!: Architecture | null;
  @Column({ ...word(30), nullable: true })
  zone!: NetworkZone | null;
  @Column({ ...word(63), nullable: true })
  offerCode!: string | null;
  @Column({ ...word(20), nullable: true })
  quotaMeter!: QuotaMeter | null;
  @Column({ type: 'int' })
  halfUnits!: number;
  @Column({ type: 'int' })
  powerW!: number;
  @Column(word(20))
  localMode!: LocalMode;
  @Column(word(20))
  remoteMode!: RemoteMode;
  @Column({ type: 'tinyint' })
  month!: number;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  /** What the center accepts of it; null = all. */
  @Column({ type: 'int', nullable: true })
  acceptedCount!: number | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reductionReason!: string | null;
  /** Of one of it, in all centers, a month; null = a price is missing. */
  @Column({ ...fen, nullable: true })
  unitFen!: bigint | null;
}

@Entity('plan_step')
@Index('ix_plan_step_plan', ['planId', 'at'])
@Unique('uq_plan_step_signature', ['planId', 'round', 'actorId', 'signature'])
export class PlanStepEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  planId!: string;
  @ManyToOne(() => PlanEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'fk_plan_step_plan' })
  plan?: Relation<PlanEntity>;
  @Column({ type: 'int' })
  round!: number;
  @Column(timeColumn)
  at!: Date;
  @Column({ ...uuidColumn, nullable: true })
  actorId!: string | null;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  @Column(word(20))
  action!: PlanAction;
  /** 1 where it is a signature: nobody gives two in one round. */
  @Column({ type: 'tinyint', nullable: true })
  signature!: number | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  @Column(word(20))
  fromState!: PlanState;
  @Column(word(20))
  toState!: PlanState;
}
