import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ShareName, Standing } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { CenterRole } from '../facilities/domain/facility.js';
import { bigintText, jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DebtRule } from './domain/debt-policy.js';
import { DEBT_STATES, type DebtState } from './domain/debt-state.js';
import type { OwedThing } from './domain/owed-share.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 容灾欠账: one share of a line that is owed until a center of its role opens. */
@Entity('dr_debt')
@Unique('uq_dr_debt_live', ['lineId', 'share', 'live'])
@Index('ix_dr_debt_request', ['requestId', 'state'])
@Index('ix_dr_debt_since', ['since', 'id'])
@Index('ix_dr_debt_state', ['state', 'role', 'since', 'id'])
@Index('ix_dr_debt_department', ['departmentId', 'since', 'id'])
@Index('ix_dr_debt_system', ['systemId', 'since', 'id'])
@Check('ck_dr_debt_state', `state in (${DEBT_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_dr_debt_live', "(live is null) = (state in ('SETTLED', 'WAIVED', 'VOID'))")
@Check('ck_dr_debt_count', 'item_count > 0')
@Check('ck_dr_debt_accelerator', '(accelerator is null) = (accelerators = 0)')
export class DrDebtEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(word(30))
  requestCode!: string;
  @Column(uuidColumn)
  lineId!: string;
  @Column({ type: 'varchar', length: 40 })
  lineName!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(word(8))
  kind!: LineKind;
  @Column(word(8))
  share!: ShareName;
  @Column(word(8))
  standing!: Standing;
  @Column(word(20))
  role!: CenterRole;
  @Column({ ...uuidColumn, nullable: true })
  centerId!: string | null;
  @Column(jsonColumn)
  thing!: OwedThing;
  @Column({ type: 'int' })
  itemCount!: number;
  @Column({ type: 'int' })
  machines!: number;
  @Column({ type: 'int' })
  vcpu!: number;
  @Column({ type: 'int' })
  memoryMib!: number;
  @Column({ type: 'int' })
  storageGib!: number;
  @Column({ ...word(24), nullable: true })
  accelerator!: string | null;
  @Column({ type: 'int', default: 0 })
  accelerators!: number;
  @Column({ type: 'int' })
  servers!: number;
  @Column({ type: 'int' })
  halfUnits!: number;
  @Column({ type: 'int' })
  powerW!: number;
  @Column({ type: 'bigint', nullable: true, transformer: bigintText })
  monthlyFen!: bigint | null;
  @Column(word(12))
  state!: DebtState;
  @Column(timeColumn)
  since!: Date;
  @Column(optionalTime)
  firmAt!: Date | null;
  @Column(optionalTime)
  settledAt!: Date | null;
  @Column(optionalTime)
  closedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  closedBy!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  reason!: string | null;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: a share of a line is owed once at a time. */
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
}

/** One version of the rules; the highest number holds. */
@Entity('dr_debt_policy')
export class DrDebtPolicyEntity {
  @PrimaryColumn({ type: 'int' })
  number!: number;
  @Column(jsonColumn)
  rules!: DebtRule[];
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  changedBy!: string;
}
