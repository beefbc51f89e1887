import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Reason } from '../resilience/domain/judge-group.js';
import type { AlertNews, AlertSeverity, AlertState } from './domain/alert-state.js';
import type { DutyRole } from './domain/escalation.js';
import type { AlertSubject } from './domain/findings.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 告警: one thing that is wrong with one subject. `openKey` is 1 until it is closed, so that there is one at most. */
@Entity('dr_alert')
@Unique('uq_dr_alert_open', ['subjectKind', 'subjectId', 'rule', 'openKey'])
@Unique('uq_dr_alert_code', ['code'])
@Index('ix_dr_alert_opened', ['openedAt', 'id'])
@Index('ix_dr_alert_state', ['state', 'openedAt', 'id'])
@Index('ix_dr_alert_group', ['groupId', 'openedAt'])
@Index('ix_dr_alert_head', ['headId', 'state'])
@Check('ck_dr_alert_state', "state in ('HELD', 'OPEN', 'ACKNOWLEDGED', 'CLOSED')")
@Check('ck_dr_alert_severity', "severity in ('WARNING', 'UNKNOWN', 'CRITICAL')")
@Check('ck_dr_alert_open', "(open_key is null) = (state = 'CLOSED') and (open_key is null or open_key = 1)")
@Check('ck_dr_alert_closed', "(closed_at is not null) = (state = 'CLOSED')")
@Check('ck_dr_alert_opened', "(opened_at is null) = (state = 'HELD')")
export class AlertEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  /** null while it is held: only what people see has a number. */
  @Column({ ...word(30), nullable: true })
  code!: string | null;
  @Column(word(8))
  subjectKind!: AlertSubject;
  @Column(uuidColumn)
  subjectId!: string;
  @Column({ type: 'varchar', length: 160 })
  rule!: string;
  @Column({ type: 'tinyint', nullable: true })
  openKey!: number | null;
  @Column(word(12))
  state!: AlertState;
  @Column(word(10))
  severity!: AlertSeverity;
  @Column({ type: 'boolean' })
  callsOut!: boolean;
  @Column(optionalId)
  groupId!: string | null;
  @Column(optionalId)
  systemId!: string | null;
  @Column(optionalId)
  departmentId!: string | null;
  /** Whose desk is called. */
  @Column(optionalId)
  centerId!: string | null;
  @Column({ type: 'varchar', length: 200 })
  name!: string;
  @Column({ type: 'varchar', length: 60, nullable: true })
  tierName!: string | null;
  @Column(jsonColumn)
  reason!: Reason;
  @Column(timeColumn)
  seenAt!: Date;
  @Column(optionalTime)
  openedAt!: Date | null;
  @Column(optionalTime)
  clearingSince!: Date | null;
  @Column(optionalTime)
  closedAt!: Date | null;
  @Column(optionalTime)
  acknowledgedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  acknowledgedBy!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  acknowledgedNote!: string | null;
  /** Grows where everybody is called anew: it has become worse, or nobody had answered and more has come. */
  @Column({ type: 'int' })
  series!: number;
  /** When the sweep has to look at it again; null = nobody is to be called. */
  @Column(optionalTime)
  nextCallAt!: Date | null;
  /** The alert of the same cause that is called for in its place; taken on with it, and on its own again when that is over. */
  @Column(optionalId)
  headId!: string | null;
  /** One of the centers in which it stands is silent. */
  @Column({ type: 'boolean', default: false })
  underSilence!: boolean;
  /** Of this series nobody is left to call. */
  @Column(optionalTime)
  unansweredAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
}

/** 呼叫: one person who was called for an alert, and until when he may answer. Once a step, whoever makes it. */
@Entity('dr_alert_call')
@Unique('uq_dr_alert_call_step', ['alertId', 'series', 'round', 'role'])
@Check('ck_dr_alert_call_role', "role in ('ENGINEER', 'BACKUP', 'LEADER')")
export class AlertCallEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  alertId!: string;
  @ManyToOne(() => AlertEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'alert_id', foreignKeyConstraintName: 'fk_dr_alert_call' })
  alert!: Relation<AlertEntity>;
  @Column({ type: 'int' })
  series!: number;
  @Column({ type: 'int' })
  round!: number;
  @Column(word(10))
  role!: DutyRole;
  @Column(uuidColumn)
  userId!: string;
  @Column(timeColumn)
  calledAt!: Date;
  @Column(timeColumn)
  deadlineAt!: Date;
}

/** What became of it, in its order; kept. */
@Entity('dr_alert_event')
@Index('ix_dr_alert_event', ['alertId', 'at'])
export class AlertEventEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  alertId!: string;
  @ManyToOne(() => AlertEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'alert_id', foreignKeyConstraintName: 'fk_dr_alert_event' })
  alert!: Relation<AlertEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column(word(14))
  kind!: AlertNews | 'ACKNOWLEDGED' | 'UNANSWERED' | 'EMPTY_ROSTER';
  @Column(word(10))
  severity!: AlertSeverity;
  @Column({ type: 'varchar', length: 100, nullable: true })
  byName!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  note!: string | null;
}
