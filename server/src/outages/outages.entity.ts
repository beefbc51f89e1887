import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Liability, OutageLayer } from './domain/outage.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;

/** 中断: when something was down; corrected in place (the audit keeps what it said before), withdrawn with a reason. */
@Entity('outage')
@Index('uq_outage_code', ['code'], { unique: true })
@Index('ix_outage_from', ['fromAt', 'id'])
@Index('ix_outage_center', ['centerId', 'fromAt'])
@Check('ck_outage_layer', "layer in ('PLATFORM', 'HARDWARE', 'ROOM', 'POWER', 'NETWORK', 'SECURITY', 'SOFTWARE')")
@Check('ck_outage_span', 'to_at is null or from_at < to_at')
@Check(
  'ck_outage_excuse',
  "(liability = 'PROVIDER' and excuse is null) or (liability = 'EXCUSED' and excuse is not null)",
)
export class OutageEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column(word(10))
  layer!: OutageLayer;
  @Column(uuidColumn)
  centerId!: string;
  /** The one pool that was down; null = not of one pool alone. */
  @Column(optionalId)
  poolId!: string | null;
  @Column({ type: 'varchar', length: 120 })
  title!: string;
  @Column(timeColumn)
  fromAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  toAt!: Date | null;
  @Column(word(8))
  liability!: Liability;
  @Column({ type: 'varchar', length: 300, nullable: true })
  excuse!: string | null;
  @Column({ type: 'varchar', length: 300, name: 'known_from' })
  source!: string;
  /** The work order by which it was mended. */
  @Column(optionalId)
  orderId!: string | null;
  @Column({ ...word(30), nullable: true })
  orderCode!: string | null;
  /** The maintenance in which it fell. */
  @Column(optionalId)
  windowId!: string | null;
  @Column({ ...word(30), nullable: true })
  windowCode!: string | null;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 100 })
  recordedBy!: string;
  @Column(timeColumn)
  recordedAt!: Date;
  @Column({ type: 'varchar', length: 100, nullable: true })
  changedBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  changedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  withdrawnAt!: Date | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  withdrawnReason!: string | null;
}

@Entity('outage_system')
@Index('ix_outage_system', ['systemId'])
export class OutageSystemEntity {
  @PrimaryColumn(uuidColumn)
  outageId!: string;
  @PrimaryColumn(uuidColumn)
  systemId!: string;
  @ManyToOne(() => OutageEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'outage_id', foreignKeyConstraintName: 'fk_outage_system_outage' })
  outage?: Relation<OutageEntity>;
}
