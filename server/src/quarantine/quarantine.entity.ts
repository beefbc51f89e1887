import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Power } from './domain/quarantine-pass.js';
import {
  QUARANTINE_CAUSES,
  QUARANTINE_STATES,
  type QuarantineCause,
  type QuarantineState,
} from './domain/quarantine-state.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const listed = (words: readonly string[]) => words.map((each) => `'${each}'`).join(', ');
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 隔离清单: an object of a cluster that stands in no record. */
@Entity('quarantined_object')
@Unique('uq_quarantined_object_live', ['centerId', 'objectKind', 'objectNamespace', 'objectName', 'uid', 'live'])
@Index('ix_quarantined_object_live', ['centerId', 'live'])
@Index('ix_quarantined_object_seen', ['firstSeenAt', 'id'])
@Index('ix_quarantined_object_department', ['departmentId', 'firstSeenAt', 'id'])
@Check('ck_quarantined_object_state', `state in (${listed(QUARANTINE_STATES)})`)
@Check('ck_quarantined_object_cause', `cause in (${listed(QUARANTINE_CAUSES)})`)
@Check('ck_quarantined_object_live', "(live is null) = (state in ('BOUND', 'GONE'))")
export class QuarantinedObjectEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(word(40))
  objectKind!: string;
  @Column(word(63))
  objectNamespace!: string;
  @Column(word(253))
  objectName!: string;
  @Column(word(64))
  uid!: string;
  /** Whose namespace it stands in; null = nobody's. */
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column(word(12))
  cause!: QuarantineCause;
  @Column({ ...word(64), nullable: true })
  claimedId!: string | null;
  @Column({ ...word(12), nullable: true })
  power!: Power | null;
  @Column(word(12))
  state!: QuarantineState;
  @Column({ type: 'int' })
  passes!: number;
  @Column(timeColumn)
  firstSeenAt!: Date;
  @Column(optionalTime)
  haltedAt!: Date | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  haltTrouble!: string | null;
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
  /** 1 or null: an object stands once at a time. */
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
}
