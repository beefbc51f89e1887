import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { bigintText, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ChangeState, ChangeWhat } from './request-changes.types.js';
import { RequestEntity, RequestLineEntity } from './requests.entity.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const int = { type: 'int' } as const;

/** What a change request does to one server or one place in a cabinet, and whether it has been carried out. */
@Entity('request_item_change')
@Unique('uq_request_item_change_item', ['requestId', 'itemId'])
@Unique('uq_request_item_change_number', ['itemId', 'doneNumber'])
@Index('ix_request_item_change_subject', ['subjectId', 'state'])
@Check('ck_request_item_change_what', "what in ('RESIZE', 'MAKE', 'LEAVE')")
@Check('ck_request_item_change_state', "state in ('ASKED', 'UNDERWAY', 'DONE')")
@Check(
  'ck_request_item_change_done',
  "(state = 'DONE') = (done_at is not null) and (done_at is null) = (done_number is null)",
)
@Check('ck_request_item_change_size', 'to_half_units >= 0 and to_power_w >= 0 and to_weight_grams >= 0')
export class RequestItemChangeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_item_change_request' })
  request!: Relation<RequestEntity>;
  @Column(uuidColumn)
  lineId!: string;
  @ManyToOne(() => RequestLineEntity, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'line_id', foreignKeyConstraintName: 'fk_request_item_change_line' })
  line!: Relation<RequestLineEntity>;
  @Column(uuidColumn)
  itemId!: string;
  @Column(uuidColumn)
  subjectId!: string;
  @Column(word(8))
  what!: ChangeWhat;
  @Column(int)
  fromHalfUnits!: number;
  @Column(int)
  fromPowerW!: number;
  @Column(int)
  fromWeightGrams!: number;
  @Column(int)
  toHalfUnits!: number;
  @Column(int)
  toPowerW!: number;
  @Column(int)
  toWeightGrams!: number;
  @Column({ type: 'bigint', transformer: bigintText })
  fromFen!: bigint;
  @Column({ type: 'bigint', transformer: bigintText })
  toFen!: bigint;
  @Column(word(10))
  state!: ChangeState;
  @Column({ ...timeColumn, nullable: true })
  doneAt!: Date | null;
  /** Which of its thing's changes it was: what was reserved last goes back first. */
  @Column({ type: 'int', nullable: true })
  doneNumber!: number | null;
}
