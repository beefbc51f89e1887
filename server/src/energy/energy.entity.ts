import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ReadingSubject } from './domain/energy.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
/** A center's code and two names of 40. */
const SUBJECT_LENGTH = 122;

/** Who may push readings: 动环, a PDU's gateway. The token itself is nowhere, only its SM3. */
@Entity('reading_source')
@Unique('uq_reading_source_token', ['tokenHash'])
@Unique('uq_reading_source_name', ['name'])
@Check('ck_reading_source_revoked', '(revoked_at is null) or (revoke_reason is not null)')
export class ReadingSourceEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(asciiText(64))
  tokenHash!: string;
  @Column(timeColumn)
  createdAt!: Date;
  /** Null = registered before that was kept. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  registeredBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  revokedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  revokedBy!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true })
  revokeReason!: string | null;
  /** When it was last heard, and the newest moment that it told of: kept here, because readings are too many to ask. */
  @Column({ ...timeColumn, nullable: true })
  lastPushedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  lastReadingAt!: Date | null;
}

/** The centers that a source may write. No foreign key to centers: they are another feature's. */
@Entity('reading_source_center')
export class ReadingSourceCenterEntity {
  @PrimaryColumn(uuidColumn)
  sourceId!: string;
  @ManyToOne(() => ReadingSourceEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'source_id', foreignKeyConstraintName: 'fk_reading_source_center' })
  source?: Relation<ReadingSourceEntity>;
  @PrimaryColumn(uuidColumn)
  centerId!: string;
}

/** Once per source, subject and moment, however often it is pushed. Kept for 30 days. */
@Entity('power_reading')
@Index('ix_power_reading_subject', ['subjectKind', 'subject', 'at'])
@Index('ix_power_reading_at', ['at'])
@Check('ck_power_reading_power', 'power_w >= 0')
export class PowerReadingEntity {
  @PrimaryColumn(uuidColumn)
  sourceId!: string;
  @PrimaryColumn(asciiText(12))
  subjectKind!: ReadingSubject;
  @PrimaryColumn(asciiText(SUBJECT_LENGTH))
  subject!: string;
  @PrimaryColumn(timeColumn)
  at!: Date;
  @Column({ type: 'int' })
  powerW!: number;
}

/** An hour's readings rolled up, kept for good. An hour without readings has no row: it is unknown. */
@Entity('power_hour')
@Check('ck_power_hour_samples', 'samples >= 0 and sum_w >= 0')
export class PowerHourEntity {
  @PrimaryColumn(asciiText(12))
  subjectKind!: ReadingSubject;
  @PrimaryColumn(asciiText(SUBJECT_LENGTH))
  subject!: string;
  @PrimaryColumn(timeColumn)
  hour!: Date;
  @Column({ type: 'int' })
  samples!: number;
  @Column({ type: 'bigint' })
  sumW!: string;
  @Column({ type: 'int' })
  maxW!: number;
}

/** What a person read off the meter at a month's end. */
@Entity('energy_month')
@Check('ck_energy_month_kwh', 'total_kwh >= 0 and (it_kwh is null or it_kwh <= total_kwh)')
export class EnergyMonthEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @PrimaryColumn(asciiText(7))
  month!: string;
  @Column({ type: 'int' })
  totalKwh!: number;
  @Column({ type: 'int', nullable: true })
  itKwh!: number | null;
  @Column({ type: 'varchar', length: 100 })
  recordedBy!: string;
  @Column(timeColumn)
  recordedAt!: Date;
}

/** From the year on until a later one says otherwise. */
@Entity('pue_target')
@Check('ck_pue_target_hundredths', 'hundredths between 100 and 300')
export class PueTargetEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @PrimaryColumn({ type: 'smallint' })
  fromYear!: number;
  @Column({ type: 'smallint' })
  hundredths!: number;
}
