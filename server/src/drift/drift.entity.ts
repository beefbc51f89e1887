import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Handling, HandlingRules } from './domain/drift-policy.js';
import { DRIFT_STATES, type DriftState } from './domain/drift-state.js';
import type { FieldClass } from './domain/field-class.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 配置漂移: one field of one object that says something else than the console applied. */
@Entity('drift')
@Unique('uq_drift_live', ['centerId', 'objectKind', 'objectNamespace', 'objectName', 'path', 'live'])
@Index('ix_drift_resource', ['resourceId', 'live'])
@Index('ix_drift_seen', ['firstSeenAt', 'id'])
@Index('ix_drift_state', ['state', 'firstSeenAt', 'id'])
@Index('ix_drift_department', ['departmentId', 'firstSeenAt', 'id'])
@Index('ix_drift_opens', ['opens', 'lastSeenAt'])
@Check('ck_drift_state', `state in (${DRIFT_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_drift_handling', "handling in ('HEAL', 'REPORT')")
@Check('ck_drift_live', "(live is null) = (state in ('PUT_BACK', 'GONE'))")
@Check('ck_drift_accepted', "(accepted_until is not null) = (state = 'ACCEPTED') or live is null")
export class DriftEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column({ ...uuidColumn, nullable: true })
  resourceId!: string | null;
  @Column({ type: 'varchar', length: 60 })
  subjectCode!: string;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column(word(40))
  objectKind!: string;
  @Column(word(63))
  objectNamespace!: string;
  @Column(word(253))
  objectName!: string;
  @Column(word(300))
  path!: string;
  @Column(word(12))
  fieldClass!: FieldClass;
  @Column(jsonColumn)
  wanted!: unknown;
  @Column(jsonColumn)
  found!: unknown;
  @Column({ type: 'varchar', length: 128, nullable: true })
  manager!: string | null;
  @Column(word(8))
  handling!: Exclude<Handling, 'IGNORE'>;
  @Column(timeColumn)
  firstSeenAt!: Date;
  @Column(timeColumn)
  lastSeenAt!: Date;
  @Column(word(10))
  state!: DriftState;
  @Column(optionalTime)
  acceptedUntil!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  decidedBy!: string | null;
  @Column(optionalTime)
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
  @Column(optionalTime)
  endedAt!: Date | null;
  @Column({ type: 'int' })
  version!: number;
  /** It let more through than the record wants: put back whatever freeze there is. */
  @Column({ type: 'boolean', default: false })
  opens!: boolean;
  /** 1 or null: a field of an object stands once at a time. */
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
}

/** One version of the rules; the highest number holds. */
@Entity('drift_policy')
export class DriftPolicyEntity {
  @PrimaryColumn({ type: 'int' })
  number!: number;
  @Column(jsonColumn)
  rules!: HandlingRules;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  changedBy!: string;
}
