import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { FundingMode } from './domain/system.js';

const ascii = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** 经费方式 by month: who pays for a project from which month on; `carriedAt` null = the reservations have not followed yet. */
@Entity('project_funding')
@Index('ix_project_funding_carried', ['carriedAt', 'changedAt'])
@Check('ck_project_funding_mode', "funding_mode in ('CENTRAL', 'OWN_PAYS', 'CENTRAL_WITHIN_QUOTA')")
export class ProjectFundingEntity {
  @PrimaryColumn(uuidColumn)
  projectId!: string;
  @PrimaryColumn({ type: 'char', length: 7, ...ascii })
  fromMonth!: string;
  @Column({ type: 'varchar', length: 24, ...ascii })
  fundingMode!: FundingMode;
  @Column({ type: 'int' })
  turn!: number;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ type: 'varchar', length: 120 })
  changedBy!: string;
  @Column({ ...timeColumn, nullable: true })
  carriedAt!: Date | null;
}
