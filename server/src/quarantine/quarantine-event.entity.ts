import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { QUARANTINE_EVENT_KINDS, type QuarantineEventKind } from './domain/quarantine-state.js';

/** What was done to an object without a record: it has no resource whose log could say it. */
@Entity('quarantine_event')
@Index('ix_quarantine_event_object', ['objectId', 'at', 'id'])
@Check('ck_quarantine_event_kind', `kind in (${QUARANTINE_EVENT_KINDS.map((each) => `'${each}'`).join(', ')})`)
export class QuarantineEventEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  objectId!: string;
  @Column({ type: 'varchar', length: 12, charset: 'ascii', collation: 'ascii_bin' })
  kind!: QuarantineEventKind;
  /** null = the console did what was ordered. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  actorName!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
  @Column(timeColumn)
  at!: Date;
}
