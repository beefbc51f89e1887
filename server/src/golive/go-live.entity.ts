import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { DocumentKind, GoLivePolicy, Party } from './domain/go-live-policy.js';
import type { GoLiveMove, GoLiveState } from './domain/go-live-state.js';
import type { Decision } from './domain/signing.js';
import type { AcceptanceFacts, DueStep, EntryKind } from './go-live.types.js';

const ascii = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const name = { type: 'varchar', length: 100 } as const;
const text = (length: number) => ({ type: 'varchar', length }) as const;

/** The rules of going live, edition by edition; a case keeps the one that it began under. */
@Entity('go_live_policy')
export class GoLivePolicyEntity {
  @PrimaryColumn({ type: 'int' })
  number!: number;
  @Column(jsonColumn)
  content!: GoLivePolicy;
  @Column(timeColumn)
  publishedAt!: Date;
  @Column(name)
  publishedBy!: string;
}

/** 系统上线: trial run and acceptance of one system. */
@Entity('go_live_case')
@Unique('uq_go_live_case_code', ['code'])
@Unique('uq_go_live_case_open', ['systemId', 'open'])
@Index('ix_go_live_case_opened', ['openedAt', 'id'])
@Index('ix_go_live_case_department', ['departmentId', 'openedAt', 'id'])
@Index('ix_go_live_case_due', ['toldAt', 'dueAt'])
@Check('ck_go_live_case_state', "state in ('TRIAL', 'ACCEPTANCE', 'LIVE', 'STOPPED')")
@Check('ck_go_live_case_open', "(open is null) = (state in ('LIVE', 'STOPPED'))")
@Check(
  'ck_go_live_case_live',
  "(state = 'LIVE') = (live_since is not null) and (live_since is null or live_since >= over_on)",
)
@Check('ck_go_live_case_content', "state not in ('ACCEPTANCE', 'LIVE') or content_hash is not null")
export class GoLiveCaseEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(ascii(30))
  code!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(text(120))
  systemName!: string;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(ascii(20))
  state!: GoLiveState;
  @Column({ type: 'int' })
  policyNumber!: number;
  @Column({ type: 'tinyint' })
  level!: number;
  @Column({ type: 'date' })
  begunOn!: string;
  @Column({ type: 'date' })
  overOn!: string;
  @Column({ type: 'int' })
  round!: number;
  @Column({ ...ascii(20), nullable: true })
  dueStep!: DueStep | null;
  @Column({ ...timeColumn, nullable: true })
  dueAt!: Date | null;
  /** When its people were told that the deadline has passed. */
  @Column({ ...timeColumn, nullable: true })
  toldAt!: Date | null;
  @Column({ ...jsonColumn, nullable: true })
  content!: AcceptanceFacts | null;
  @Column({ ...hash, nullable: true })
  contentHash!: string | null;
  @Column({ type: 'date', nullable: true })
  liveSince!: string | null;
  @Column({ ...timeColumn, nullable: true })
  closedAt!: Date | null;
  @Column(uuidColumn)
  openedById!: string;
  @Column(name)
  openedByName!: string;
  @Column(timeColumn)
  openedAt!: Date;
  @Column({ type: 'int' })
  version!: number;
  /** 1 or null: a system has one case that runs at most. */
  @Column({ type: 'tinyint', nullable: true })
  open!: number | null;
}

abstract class OfCase {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  caseId!: string;
}

/** What happened in the trial: a record, or an incident until it is resolved. */
@Entity('go_live_entry')
@Index('ix_go_live_entry_case', ['caseId', 'day', 'id'])
@Check('ck_go_live_entry_kind', "kind in ('RECORD', 'INCIDENT')")
@Check(
  'ck_go_live_entry_resolved',
  "(resolved_at is null) = (resolution is null) and (kind = 'INCIDENT' or resolved_at is null)",
)
export class GoLiveEntryEntity extends OfCase {
  @ManyToOne(() => GoLiveCaseEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'fk_go_live_entry_case' })
  case!: Relation<GoLiveCaseEntity>;
  @Column(ascii(20))
  kind!: EntryKind;
  @Column({ type: 'date' })
  day!: string;
  @Column(text(1000))
  text!: string;
  @Column(jsonColumn)
  fileIds!: string[];
  @Column(timeColumn)
  enteredAt!: Date;
  @Column(name)
  enteredBy!: string;
  @Column({ ...timeColumn, nullable: true })
  resolvedAt!: Date | null;
  @Column({ ...name, nullable: true })
  resolvedBy!: string | null;
  @Column({ ...text(1000), nullable: true })
  resolution!: string | null;
}

@Entity('go_live_document')
@Index('ix_go_live_document_case', ['caseId', 'removedAt'])
@Check('ck_go_live_document_something', 'file_id is not null or reference is not null')
export class GoLiveDocumentEntity extends OfCase {
  @ManyToOne(() => GoLiveCaseEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'fk_go_live_document_case' })
  case!: Relation<GoLiveCaseEntity>;
  @Column(ascii(20))
  kind!: DocumentKind;
  @Column({ ...uuidColumn, nullable: true })
  fileId!: string | null;
  @Column({ ...text(100), nullable: true })
  reference!: string | null;
  @Column(timeColumn)
  addedAt!: Date;
  @Column(name)
  addedBy!: string;
  @Column({ ...timeColumn, nullable: true })
  removedAt!: Date | null;
}

/** One party's word in one round. A person stands for one party only: the second key. */
@Entity('go_live_signature')
@Unique('uq_go_live_signature_party', ['caseId', 'round', 'party'])
@Unique('uq_go_live_signature_signer', ['caseId', 'round', 'signerId'])
@Check('ck_go_live_signature_paper', '(signer_id is null) = (entered_by_id is not null and file_id is not null)')
export class GoLiveSignatureEntity extends OfCase {
  @ManyToOne(() => GoLiveCaseEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'fk_go_live_signature_case' })
  case!: Relation<GoLiveCaseEntity>;
  @Column({ type: 'int' })
  round!: number;
  @Column(ascii(20))
  party!: Party;
  @Column(ascii(10))
  decision!: Decision;
  @Column(text(500))
  opinion!: string;
  @Column({ ...uuidColumn, nullable: true })
  signerId!: string | null;
  @Column(name)
  signerName!: string;
  @Column({ ...text(120), nullable: true })
  organisation!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  enteredById!: string | null;
  @Column({ ...name, nullable: true })
  enteredBy!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  fileId!: string | null;
  /** Of what was signed. */
  @Column(hash)
  contentHash!: string;
  @Column(timeColumn)
  at!: Date;
}

/** Who has opened what is to be signed, as it was then. */
@Entity('go_live_reading')
export class GoLiveReadingEntity {
  @PrimaryColumn(uuidColumn)
  caseId!: string;
  @PrimaryColumn(uuidColumn)
  userId!: string;
  @PrimaryColumn(hash)
  contentHash!: string;
  @Column(timeColumn)
  at!: Date;
  @ManyToOne(() => GoLiveCaseEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'fk_go_live_reading_case' })
  case!: Relation<GoLiveCaseEntity>;
}

/** Every step of a case, append-only. */
@Entity('go_live_event')
@Index('ix_go_live_event_case', ['caseId', 'at', 'id'])
export class GoLiveEventEntity extends OfCase {
  @ManyToOne(() => GoLiveCaseEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'fk_go_live_event_case' })
  case!: Relation<GoLiveCaseEntity>;
  @Column(timeColumn)
  at!: Date;
  @Column(name)
  actorName!: string;
  @Column(ascii(20))
  action!: GoLiveMove | 'BEGIN';
  @Column(ascii(20))
  toState!: GoLiveState;
  @Column({ ...text(500), nullable: true })
  reason!: string | null;
}
