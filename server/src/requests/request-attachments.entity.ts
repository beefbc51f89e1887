import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { ATTACHMENT_KINDS, type AttachmentKind } from './domain/attachment.js';
import { RequestEntity } from './requests.entity.js';

/** 附件: a file that the applicant laid beside a request. One that was taken back stays on record: a printed form may name it. */
@Entity('request_attachment')
@Index('ix_request_attachment_request', ['requestId', 'removedAt', 'id'])
@Check('ck_request_attachment_kind', `kind in (${ATTACHMENT_KINDS.map((kind) => `'${kind}'`).join(', ')})`)
export class RequestAttachmentEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_attachment_request' })
  request!: Relation<RequestEntity>;
  @Column({ type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' })
  kind!: AttachmentKind;
  @Column(timeColumn)
  attachedAt!: Date;
  @Column({ type: 'varchar', length: 100 })
  attachedBy!: string;
  @Column({ ...timeColumn, nullable: true })
  removedAt!: Date | null;
}
