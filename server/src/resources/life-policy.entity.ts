import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../platform/database/columns.js';
import type { LifePolicyName } from './domain/life-policy.js';

/** One rule of a resource's life after its delivery. */
@Entity('life_policy')
export class LifePolicyEntity {
  @PrimaryColumn({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' })
  name!: LifePolicyName;
  @Column({ type: 'int' })
  value!: number;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  changedBy!: string;
}
