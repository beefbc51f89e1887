import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { MediaType } from './domain/stored-file.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('stored_file')
@Index('uq_stored_file_place', ['place'], { unique: true })
@Index('ix_stored_file_owner', ['ownerType', 'ownerId'])
@Index('ix_stored_file_unattached', ['ownerType', 'uploadedAt'])
@Index('ix_stored_file_uploader', ['uploadedBy', 'ownerType'])
@Check('ck_stored_file_size', 'size_bytes >= 0')
@Check('ck_stored_file_owner', '(owner_type is null) = (owner_id is null)')
export class StoredFileEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ ...asciiText, length: 100 })
  mediaType!: MediaType;

  @Column({ type: 'int' })
  sizeBytes!: number;

  @Column({ ...asciiText, length: 64 })
  sm3!: string;

  /** Random name below the data folder: nobody who knows an id knows the place. */
  @Column({ ...asciiText, length: 32 })
  place!: string;

  @Column(timeColumn)
  uploadedAt!: Date;

  @Column({ ...uuidColumn, nullable: true })
  uploadedBy!: string | null;

  @Column({ ...asciiText, length: 40, nullable: true })
  ownerType!: string | null;

  @Column({ ...uuidColumn, nullable: true })
  ownerId!: string | null;
}
