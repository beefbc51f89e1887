import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Architecture } from '../facilities/domain/facility.js';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { MeteredKind } from './domain/intervals.js';
import type { MeteringStart } from './metering.types.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** What was or is in use, with the words by which people know it. */
@Entity('metered_resource')
@Index('ix_metered_resource_subject', ['subjectId'])
@Index('ix_metered_resource_request', ['requestId'])
@Check(
  'ck_metered_resource_kind',
  "kind in ('MACHINE', 'DATA', 'DISK', 'SERVER', 'SPACE', 'SERVICE', 'ADDRESS', 'SHARED')",
)
export class MeteredResourceEntity {
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @Column(uuidColumn)
  subjectId!: string;
  @Column(word(8))
  kind!: MeteredKind;
  @Column(word(60))
  code!: string;
  @Column({ type: 'varchar', length: 120 })
  name!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  /** That asked for it; null = it was taken in. */
  @Column({ ...uuidColumn, nullable: true })
  requestId!: string | null;
}

/** A half-open interval of one meter of one use. A later fact writes the next version; what was written is never edited. */
@Entity('metered_interval')
@Unique('uq_metered_interval_standing', ['resourceId', 'meter', 'startAt', 'standing'])
@Check('ck_metered_interval_time', 'end_at is null or start_at < end_at')
@Check('ck_metered_interval_quantity', 'quantity > 0')
@Check(
  'ck_metered_interval_standing',
  '(standing is null) = (superseded_at is not null) and (standing is null or standing = 1)',
)
export class MeteredIntervalEntity {
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @PrimaryColumn(word(60))
  meter!: string;
  @PrimaryColumn(timeColumn)
  startAt!: Date;
  @PrimaryColumn({ type: 'smallint', unsigned: true })
  version!: number;
  /** null = it goes on. */
  @Column({ ...timeColumn, nullable: true })
  endAt!: Date | null;
  @Column({ type: 'bigint', transformer: bigintText })
  quantity!: bigint;
  @Column({ type: 'boolean' })
  suspended!: boolean;
  @Column(uuidColumn)
  subjectId!: string;
  @Column(word(8))
  kind!: MeteredKind;
  @Column(uuidColumn)
  departmentId!: string;
  @Column({ ...uuidColumn, nullable: true })
  systemId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  projectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column({ ...word(10), nullable: true })
  architecture!: Architecture | null;
  @Column(word(8))
  share!: ShareName;
  /** 1 or null: one version of a start stands. */
  @Column({ type: 'tinyint', nullable: true, default: 1 })
  standing!: number | null;
  @Column(timeColumn)
  recordedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  supersededAt!: Date | null;
}

/** How far the present pass over everything in use has come: whoever goes on after a death begins here. */
@Entity('metering_pass')
export class MeteringPassEntity {
  @PrimaryColumn(word(10))
  source!: string;
  @Column(uuidColumn)
  afterId!: string;
  @Column(timeColumn)
  beganAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;
  /** When the last pass began that came to its end: what has happened since is not all in the books. */
  @Column({ ...timeColumn, nullable: true })
  lastWholeAt!: Date | null;
}

/** Since when the console counts what it did not count at first; none = always. */
@Entity('metering_start')
@Check('ck_metering_start_what', "what in ('ADDRESS', 'DATA', 'DISK')")
export class MeteringStartEntity {
  @PrimaryColumn(word(10))
  what!: MeteringStart;
  @Column(timeColumn)
  fromAt!: Date;
}
