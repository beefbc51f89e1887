import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { uuidColumn } from '../database/columns.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

/** limit_amount is what is promised (what is present is the subject's own fact). live_amount counts held and allocated alike, so that approval touches no counter. */
@Entity('capacity_counter')
@Check('ck_capacity_counter_promise', 'live_amount >= 0 and live_amount <= limit_amount')
export class CapacityCounterEntity {
  @PrimaryColumn({ ...asciiText, length: 12 })
  kind!: string;
  @PrimaryColumn(uuidColumn)
  subjectId!: string;
  @PrimaryColumn({ ...asciiText, length: 40 })
  meter!: string;
  @Column({ type: 'bigint' })
  limitAmount!: string;
  @Column({ type: 'bigint' })
  liveAmount!: string;
}
