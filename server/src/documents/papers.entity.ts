import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { FormContent } from './domain/form-content.js';

const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const name = { type: 'varchar', length: 100 } as const;

/** A content of a request that was printed; another content is another version. Append-only. */
@Entity('request_form')
@Unique('uq_request_form_number', ['requestId', 'number'])
@Unique('uq_request_form_content', ['requestId', 'contentHash'])
@Check('ck_request_form_number', 'number > 0')
export class RequestFormEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column({ type: 'int' })
  number!: number;
  @Column(hash)
  contentHash!: string;
  @Column(jsonColumn)
  content!: FormContent;
  /** The first time. */
  @Column(timeColumn)
  printedAt!: Date;
  @Column(name)
  printedBy!: string;
}

/** The paper with its seals, as it was scanned. Never deleted; whether it counts follows from the request's content. */
@Entity('sealed_scan')
@Index('ix_sealed_scan_request', ['requestId', 'id'])
export class SealedScanEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @Column(uuidColumn)
  formId!: string;
  @ManyToOne(() => RequestFormEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'form_id', foreignKeyConstraintName: 'fk_sealed_scan_form' })
  form!: Relation<RequestFormEntity>;
  @Column(timeColumn)
  uploadedAt!: Date;
  @Column(uuidColumn)
  uploadedById!: string;
  @Column(name)
  uploadedBy!: string;
}
