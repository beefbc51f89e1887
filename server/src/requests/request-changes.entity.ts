import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ChangeState, ChangeWhat } from './request-changes.types.js';
import { RequestEntity, RequestLineEntity } from './requests.entity.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** What a change request does to one resource, and whether it has been carried out. */
@Entity('request_change')
@Unique('uq_request_change_resource', ['requestId', 'resourceId'])
@Index('ix_request_change_resource', ['resourceId', 'state'])
@Check('ck_request_change_what', "what in ('RESIZE', 'MAKE', 'LEAVE')")
@Check('ck_request_change_state', "state in ('ASKED', 'UNDERWAY', 'DONE')")
@Unique('uq_request_change_number', ['resourceId', 'doneNumber'])
@Check(
  'ck_request_change_done',
  "(state = 'DONE') = (done_at is not null) and (done_at is null) = (done_number is null)",
)
@Check('ck_request_change_size', 'to_vcpu > 0 and to_memory_mib > 0 and to_disk_gib >= from_disk_gib')
export class RequestChangeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_change_request' })
  request!: Relation<RequestEntity>;
  @Column(uuidColumn)
  lineId!: string;
  @ManyToOne(() => RequestLineEntity, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'line_id', foreignKeyConstraintName: 'fk_request_change_line' })
  line!: Relation<RequestLineEntity>;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(uuidColumn)
  claimId!: string;
  @Column(word(8))
  what!: ChangeWhat;
  @Column({ type: 'int' })
  fromVcpu!: number;
  @Column({ type: 'int' })
  fromMemoryMib!: number;
  @Column({ type: 'int' })
  fromDiskGib!: number;
  @Column({ type: 'int' })
  toVcpu!: number;
  @Column({ type: 'int' })
  toMemoryMib!: number;
  @Column({ type: 'int' })
  toDiskGib!: number;
  /** What its claim is when it has been carried out: of a standby machine less than the machine. */
  @Column({ type: 'int' })
  claimVcpu!: number;
  @Column({ type: 'int' })
  claimMemoryMib!: number;
  @Column({ type: 'int' })
  claimDiskGib!: number;
  /** A month, before and after. */
  @Column({ type: 'bigint', transformer: bigintText })
  fromFen!: bigint;
  @Column({ type: 'bigint', transformer: bigintText })
  toFen!: bigint;
  @Column(word(10))
  state!: ChangeState;
  @Column({ ...timeColumn, nullable: true })
  doneAt!: Date | null;
  /** Which of its resource's changes it was: what was reserved last goes back first. */
  @Column({ type: 'int', nullable: true })
  doneNumber!: number | null;
}
