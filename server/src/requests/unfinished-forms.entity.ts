import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';

/** A form that is still being filled in, as its window had it last. */
@Entity('unfinished_form')
@Unique('uq_unfinished_form_request', ['requestId'])
@Unique('uq_unfinished_form_start', ['ownerId', 'startKey'])
@Index('ix_unfinished_form_owner', ['ownerId', 'savedAt'])
@Index('ix_unfinished_form_saved', ['savedAt'])
export class UnfinishedFormEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ ...uuidColumn, nullable: true })
  requestId!: string | null;
  @Column({ type: 'int', nullable: true })
  requestVersion!: number | null;
  @Column(uuidColumn)
  ownerId!: string;
  @Column({ type: 'varchar', length: 100 })
  ownerName!: string;
  @Column({ type: 'varchar', length: 64, charset: 'ascii', collation: 'ascii_bin' })
  startKey!: string;
  @Column({ type: 'longtext' })
  form!: string;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  savedAt!: Date;
}
