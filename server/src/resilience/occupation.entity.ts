import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { OCCUPANTS, type Occupant } from './domain/occupation.js';

/** Who executes on a group just now: one at a time, whatever it is. Whoever ends takes the row away; nobody takes another's. */
@Entity('dr_group_occupation')
@Check('ck_dr_group_occupation_by', `by_kind in (${OCCUPANTS.map((kind) => `'${kind}'`).join(', ')})`)
export class DrGroupOccupationEntity {
  @PrimaryColumn(uuidColumn)
  groupId!: string;
  @Column({ type: 'varchar', length: 12, charset: 'ascii', collation: 'ascii_bin' })
  byKind!: Occupant;
  @Column(uuidColumn)
  byId!: string;
  @Column({ type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' })
  byCode!: string;
  @Column(timeColumn)
  since!: Date;
  /** Since when it should have ended and could not: a drill that was not cleaned up. */
  @Column({ ...timeColumn, nullable: true })
  blockedSince!: Date | null;
}
