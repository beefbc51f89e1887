import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';

import type { SheetState } from './domain/delivery-sheet.js';
import type { SheetContent } from './domain/sheet-content.js';

const ascii = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const name = { type: 'varchar', length: 100 } as const;
const sentence = { type: 'varchar', length: 500 } as const;

/** Terms of handing over, as data: one row. */
@Entity('hand_over_policy')
@Check(
  'ck_hand_over_policy_terms',
  'confirm_working_days between 1 and 60 and remind_working_days between 1 and confirm_working_days and login_days between 1 and 365',
)
export class HandOverPolicyEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'int' })
  confirmWorkingDays!: number;
  /** After so many the department is reminded. */
  @Column({ type: 'int' })
  remindWorkingDays!: number;
  @Column({ type: 'int' })
  loginDays!: number;
  @Column({ type: 'int' })
  version!: number;
}

/** 资源开通确认单 of one request. */
@Entity('delivery_sheet')
@Unique('uq_delivery_sheet_request', ['requestId'])
@Unique('uq_delivery_sheet_code', ['code'])
@Index('ix_delivery_sheet_due', ['state', 'dueAt'])
@Check('ck_delivery_sheet_state', "state in ('AWAITING', 'OBJECTED', 'CONFIRMED')")
@Check('ck_delivery_sheet_due', "(state = 'AWAITING') = (due_at is not null)")
@Check(
  'ck_delivery_sheet_confirmed',
  "(state = 'CONFIRMED') = (confirmed_at is not null) and (state = 'CONFIRMED') = (content is not null)",
)
export class DeliverySheetEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(ascii(30))
  code!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(ascii(30))
  requestCode!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(uuidColumn)
  applicantId!: string;
  @Column(ascii(10))
  state!: SheetState;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  openedAt!: Date;
  /** null = told already. */
  @Column({ ...timeColumn, nullable: true })
  remindAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  dueAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  confirmedAt!: Date | null;
  @Column({ ...name, nullable: true })
  confirmedBy!: string | null;
  @Column({ type: 'boolean', default: false })
  byRule!: boolean;
  /** As it was confirmed; before that it is read off the resources. */
  @Column({ ...jsonColumn, nullable: true })
  content!: SheetContent | null;
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  contentHash!: string | null;
}

@Entity('delivery_objection')
@Index('ix_delivery_objection_sheet', ['sheetId', 'id'])
@Index('ix_delivery_objection_resource', ['resourceId'])
@Check('ck_delivery_objection_answer', '(answer is null) = (answered_at is null)')
export class DeliveryObjectionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  sheetId!: string;
  @ManyToOne(() => DeliverySheetEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'sheet_id', foreignKeyConstraintName: 'fk_delivery_objection_sheet' })
  sheet!: Relation<DeliverySheetEntity>;
  @Column(uuidColumn)
  resourceId!: string;
  @Column(sentence)
  reason!: string;
  @Column(timeColumn)
  raisedAt!: Date;
  @Column(name)
  raisedBy!: string;
  @Column({ ...sentence, nullable: true })
  answer!: string | null;
  @Column({ ...timeColumn, nullable: true })
  answeredAt!: Date | null;
  @Column({ ...name, nullable: true })
  answeredBy!: string | null;
}

/** How one gets into a machine for the first time. `sealed` is the password until it was shown or its term has passed. */
@Entity('first_login')
@Index('ix_first_login_expiry', ['destroyedAt', 'revealedAt', 'expiresAt'])
@Check('ck_first_login_once', '(sealed is null) = (revealed_at is not null or destroyed_at is not null)')
export class FirstLoginEntity {
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @Column(ascii(32))
  username!: string;
  /** As the guest's /etc/shadow has it. */
  @Column(ascii(160))
  passwordHash!: string;
  @Column({ type: 'varbinary', length: 512, nullable: true })
  sealed!: Buffer | null;
  @Column(timeColumn)
  madeAt!: Date;
  @Column(timeColumn)
  expiresAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  revealedAt!: Date | null;
  @Column({ ...name, nullable: true })
  revealedBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  destroyedAt!: Date | null;
  /** The machine was first started with the cards of its zone. */
  @Column({ type: 'boolean', default: false })
  withCards!: boolean;
  /** It was first started with a place where its guest agent finds another password. */
  @Column({ type: 'boolean', default: false })
  withAccess!: boolean;
}

/** 口令重置: another password for the same account, because the first one was lost. */
@Entity('login_reset')
@Unique('uq_login_reset_number', ['resourceId', 'number'])
@Index('ix_login_reset_expiry', ['destroyedAt', 'revealedAt', 'expiresAt'])
@Index('ix_login_reset_told', ['toldAt', 'destroyedAt', 'revealedAt', 'appliedAt'])
@Check('ck_login_reset_once', '(sealed is null) = (revealed_at is not null or destroyed_at is not null)')
export class LoginResetEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  resourceId!: string;
  @ManyToOne(() => FirstLoginEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resource_id', foreignKeyConstraintName: 'fk_login_reset_login' })
  login!: Relation<FirstLoginEntity>;
  /** From 1, of its machine. */
  @Column({ type: 'int' })
  number!: number;
  @Column(sentence)
  reason!: string;
  @Column(timeColumn)
  askedAt!: Date;
  @Column(name)
  askedBy!: string;
  @Column({ ...uuidColumn, nullable: true })
  askedById!: string | null;
  /** The password until it was shown or its term has passed. */
  @Column({ type: 'varbinary', length: 512, nullable: true })
  sealed!: Buffer | null;
  /** Since when the cluster has it. */
  @Column({ ...timeColumn, nullable: true })
  appliedAt!: Date | null;
  /** When its asker was told that it holds. */
  @Column({ ...timeColumn, nullable: true })
  toldAt!: Date | null;
  @Column(timeColumn)
  expiresAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  revealedAt!: Date | null;
  @Column({ ...name, nullable: true })
  revealedBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  destroyedAt!: Date | null;
}
