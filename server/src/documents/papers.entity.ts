import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { PaperContent, SealablePaper } from './domain/paper-content.js';

const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const name = { type: 'varchar', length: 100 } as const;

/** A content of a paper of a request that was printed; another content is another version. Append-only. */
@Entity('request_form')
@Unique('uq_request_form_paper_number', ['requestId', 'paper', 'number'])
@Unique('uq_request_form_paper_content', ['requestId', 'paper', 'contentHash'])
@Check('ck_request_form_number', 'number > 0')
@Check('ck_request_form_paper', "paper in ('REQUEST_FORM', 'DELIVERY_SHEET')")
export class PaperVersionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column({ type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin', default: 'REQUEST_FORM' })
  paper!: SealablePaper;
  @Column({ type: 'int' })
  number!: number;
  @Column(hash)
  contentHash!: string;
  @Column(jsonColumn)
  content!: PaperContent['content'];
  /** The first time. */
  @Column(timeColumn)
  printedAt!: Date;
  @Column(name)
  printedBy!: string;
}

/** The paper with its seals, as it was scanned. Never deleted; whether it counts follows from what the paper says now. */
@Entity('sealed_scan')
@Index('ix_sealed_scan_request', ['requestId', 'id'])
export class SealedScanEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column({ ...uuidColumn, name: 'form_id' })
  versionId!: string;
  @ManyToOne(() => PaperVersionEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'form_id', foreignKeyConstraintName: 'fk_sealed_scan_form' })
  version!: Relation<PaperVersionEntity>;
  @Column(timeColumn)
  uploadedAt!: Date;
  @Column(uuidColumn)
  uploadedById!: string;
  @Column(name)
  uploadedBy!: string;
}
