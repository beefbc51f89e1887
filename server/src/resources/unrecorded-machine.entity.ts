import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { PowerState } from './resources.types.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** A machine that a cluster has and no record tells of, as it was seen last. Kept by the worker, read by everybody. */
@Entity('unrecorded_machine')
@Unique('uq_unrecorded_machine_object', ['centerId', 'namespace', 'name'])
@Index('ix_unrecorded_machine_seen', ['firstSeenAt', 'id'])
export class UnrecordedMachineEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column(asciiText(63))
  namespace!: string;
  @Column(asciiText(253))
  name!: string;
  @Column(asciiText(64))
  uid!: string;
  @Column({ type: 'int', nullable: true })
  vcpu!: number | null;
  @Column({ type: 'int', nullable: true })
  memoryMib!: number | null;
  @Column(asciiText(20))
  power!: PowerState;
  @Column({ ...asciiText(64), nullable: true })
  claimedResourceId!: string | null;
  @Column(timeColumn)
  firstSeenAt!: Date;
}
