import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { Impact, Severity, Urgency } from './domain/severity.js';
import type { ChangeKind } from './domain/ticket.js';
import type { LinkSubject } from './domain/ticket-links.js';
import type { TicketKind, TicketState } from './domain/ticket-state.js';
import type { EntryKind } from './domain/ticket-story.js';
import type { EntryWords, TicketWords } from './domain/ticket-words.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;
const optionalName = { type: 'varchar', length: 100, nullable: true } as const;
const optionalText = { type: 'varchar', length: 2000, nullable: true } as const;

/** 事件、变更、问题: one ticket of the duty desk, whatever its kind. `open` is 1 until it is over. */
@Entity('duty_ticket')
@Unique('uq_duty_ticket_code', ['code'])
@Unique('uq_duty_ticket_outage', ['outageId'])
@Index('ix_duty_ticket_opened', ['openedAt', 'id'])
@Index('ix_duty_ticket_open', ['open', 'kind', 'openedAt'])
@Index('ix_duty_ticket_kind', ['kind', 'openedAt', 'id'])
@Check('ck_duty_ticket_kind', "kind in ('EVENT', 'CHANGE', 'PROBLEM')")
@Check(
  'ck_duty_ticket_state',
  `(kind = 'EVENT' and state in ('NEW', 'RESPONDED', 'HANDLING', 'RESTORED', 'CLOSED', 'CANCELLED'))
    or (kind = 'CHANGE' and state in ('REQUESTED', 'REVIEWED', 'APPROVED', 'IMPLEMENTING', 'VERIFYING', 'CLOSED', 'ROLLED_BACK', 'REJECTED', 'CANCELLED'))
    or (kind = 'PROBLEM' and state in ('NEW', 'ANALYSING', 'KNOWN_ERROR', 'RESOLVED', 'CLOSED', 'CANCELLED'))`,
)
@Check('ck_duty_ticket_change', "(change_kind is null) = (kind <> 'CHANGE')")
@Check('ck_duty_ticket_open', "(open is null) = (state in ('CLOSED', 'ROLLED_BACK', 'REJECTED', 'CANCELLED'))")
@Check(
  'ck_duty_ticket_two',
  'approved_by_id is null or (approved_by_id <> opened_by_id and (reviewed_by_id is null or approved_by_id <> reviewed_by_id))',
)
@Index('ix_duty_ticket_planned', ['plannedTo', 'plannedFrom'])
@Check(
  'ck_duty_ticket_standard',
  "(standard_key is null) = (standard_edition is null) and (standard_key is null or change_kind = 'STANDARD')",
)
@Check('ck_duty_ticket_fault', "outage_id is null or (kind = 'EVENT' and fault_decided_at is not null)")
export class DutyTicketEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(30))
  code!: string;
  @Column(word(8))
  kind!: TicketKind;
  @Column(word(14))
  state!: TicketState;
  @Column({ type: 'tinyint', nullable: true })
  open!: number | null;
  @Column({ type: 'varchar', length: 120 })
  title!: string;
  @Column({ type: 'varchar', length: 2000 })
  description!: string;
  @Column(word(8))
  impact!: Impact;
  @Column(word(8))
  urgency!: Urgency;
  @Column(word(2))
  severity!: Severity;
  @Column({ ...word(10), nullable: true })
  changeKind!: ChangeKind | null;
  /** Of a change that the catalog has approved beforehand: by which of its entries, as which of its editions said it. */
  @Column({ ...word(20), nullable: true })
  standardKey!: string | null;
  @Column({ type: 'int', nullable: true })
  standardEdition!: number | null;
  /** Of what the console itself wrote: what title and description say in other languages. */
  @Column({ ...jsonColumn, nullable: true })
  words!: TicketWords | null;
  /** Where; null = nowhere alone. */
  @Column(optionalId)
  centerId!: string | null;
  /** Of an event since when it is so; of others when they were opened. */
  @Column(timeColumn)
  startedAt!: Date;
  @Column(timeColumn)
  openedAt!: Date;
  @Column(uuidColumn)
  openedById!: string;
  @Column({ type: 'varchar', length: 100 })
  openedBy!: string;
  @Column(optionalId)
  assigneeId!: string | null;
  @Column(optionalName)
  assignee!: string | null;
  @Column(optionalTime)
  respondBy!: Date | null;
  @Column(optionalTime)
  resolveBy!: Date | null;
  @Column(optionalTime)
  respondedAt!: Date | null;
  @Column(optionalTime)
  restoredAt!: Date | null;
  @Column(optionalTime)
  closedAt!: Date | null;
  @Column(optionalTime)
  plannedFrom!: Date | null;
  @Column(optionalTime)
  plannedTo!: Date | null;
  @Column(optionalText)
  plan!: string | null;
  @Column(optionalText)
  rollbackPlan!: string | null;
  @Column(optionalId)
  reviewedById!: string | null;
  @Column(optionalName)
  reviewedBy!: string | null;
  @Column(optionalId)
  approvedById!: string | null;
  @Column(optionalName)
  approvedBy!: string | null;
  @Column(optionalTime)
  approvedAt!: Date | null;
  @Column(optionalId)
  implementedById!: string | null;
  @Column(optionalName)
  implementedBy!: string | null;
  @Column(optionalTime)
  implementedAt!: Date | null;
  /** Of an emergency that was begun: until when a leader says what he thinks of it. */
  @Column(optionalTime)
  approveAfterBy!: Date | null;
  @Column(optionalText)
  rootCause!: string | null;
  /** How to live with it until it is resolved. */
  @Column(optionalText)
  workaround!: string | null;
  @Column(optionalText)
  resolution!: string | null;
  @Column(optionalTime)
  faultDecidedAt!: Date | null;
  @Column(optionalName)
  faultDecidedBy!: string | null;
  /** In the book of outages; null with a decision = none of it counts. One ticket an outage, so that no minute is told twice. */
  @Column(optionalId)
  outageId!: string | null;
  @Column({ type: 'int' })
  version!: number;
}

/** What a ticket is about, and what it came from. `live` is 1 for the alert of an event that is not over: one event an alert. */
@Entity('duty_ticket_link')
@Unique('uq_duty_ticket_link_live', ['subjectType', 'subjectId', 'live'])
@Index('ix_duty_ticket_link_subject', ['subjectType', 'subjectId'])
@Check(
  'ck_duty_ticket_link_subject',
  "subject_type in ('System', 'Resource', 'Server', 'DrAlert', 'DrExecution', 'DutyTicket', 'DrTicket')",
)
@Check('ck_duty_ticket_link_live', "live is null or (live = 1 and subject_type = 'DrAlert')")
export class DutyTicketLinkEntity {
  @PrimaryColumn(uuidColumn)
  ticketId!: string;
  @PrimaryColumn(word(12))
  subjectType!: LinkSubject;
  @PrimaryColumn(uuidColumn)
  subjectId!: string;
  @ManyToOne(() => DutyTicketEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'ticket_id', foreignKeyConstraintName: 'fk_duty_ticket_link' })
  ticket!: Relation<DutyTicketEntity>;
  /** As people call it, when it was linked. */
  @Column({ type: 'varchar', length: 200 })
  subjectName!: string;
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
  @Column(timeColumn)
  linkedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  linkedBy!: string;
}

/** 时间线: what became of a ticket, in its order; kept. */
@Entity('duty_ticket_entry')
@Index('ix_duty_ticket_entry', ['ticketId', 'at', 'id'])
export class DutyTicketEntryEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  ticketId!: string;
  @ManyToOne(() => DutyTicketEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'ticket_id', foreignKeyConstraintName: 'fk_duty_ticket_entry' })
  ticket!: Relation<DutyTicketEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column(word(14))
  kind!: EntryKind;
  @Column({ ...word(14), nullable: true })
  state!: TicketState | null;
  @Column({ type: 'varchar', length: 100 })
  byName!: string;
  @Column(optionalText)
  text!: string | null;
  /** Of what the console itself wrote. */
  @Column({ ...jsonColumn, nullable: true })
  words!: EntryWords | null;
}
