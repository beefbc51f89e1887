import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { StoredFile } from './domain/stored-file.js';
import { StoredFileEntity } from './files.entity.js';
import type { PlacedFile } from './files.types.js';

@Injectable()
export class FilesRepository {
  constructor(private readonly db: DataSource) {}

  byIds(ids: readonly string[]): Promise<PlacedFile[]> {
    return this.db
      .createQueryBuilder(StoredFileEntity, 'file')
      .where('file.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** In the order of sending. */
  byOwners(ownerType: string, ownerIds: readonly string[], tx?: Tx): Promise<StoredFile[]> {
    return (tx?.manager ?? this.db.manager)
      .createQueryBuilder(StoredFileEntity, 'file')
      .where('file.ownerType = :ownerType and file.ownerId in (:...ownerIds)', {
        ownerType,
        ownerIds: inList(ownerIds),
      })
      .orderBy('file.id')
      .getMany();
  }

  /** What a person has sent and attached to nothing. */
  async unattachedOf(tx: Tx, userId: string | null): Promise<{ files: number; bytes: number }> {
    const [row] = await tx.manager.query(
      'select count(*) as files, coalesce(sum(size_bytes), 0) as bytes from stored_file where uploaded_by <=> ? and owner_type is null',
      [userId],
    );
    return { files: Number(row.files), bytes: Number(row.bytes) };
  }

  async insert(tx: Tx, file: PlacedFile): Promise<void> {
    await tx.manager.insert(StoredFileEntity, { ...file });
  }

  /** How many of the files were free, this person's, and are the owner's now. */
  async attach(
    tx: Tx,
    ids: readonly string[],
    userId: string | null,
    owner: { readonly type: string; readonly id: string },
  ): Promise<number> {
    const result: { affectedRows: number } = await tx.manager.query(
      'update stored_file set owner_type = ?, owner_id = ? where id in (?) and uploaded_by <=> ? and owner_type is null',
      [owner.type, owner.id, inList(ids), userId],
    );
    return result.affectedRows;
  }

  async hasAny(tx: Tx, ownerType: string, ownerId: string): Promise<boolean> {
    const [row] = await tx.manager.query(
      'select exists (select 1 from stored_file where owner_type = ? and owner_id = ?) as found',
      [ownerType, ownerId],
    );
    return Number(row.found) === 1;
  }

  unattachedBefore(time: Date, limit: number): Promise<PlacedFile[]> {
    return this.db
      .createQueryBuilder(StoredFileEntity, 'file')
      .where('file.ownerType is null and file.uploadedAt < :time', { time })
      .limit(limit)
      .getMany();
  }

  /** False = somebody has attached it meanwhile. */
  async deleteUnattached(id: string): Promise<boolean> {
    const result: { affectedRows: number } = await this.db.query(
      'delete from stored_file where id = ? and owner_type is null',
      [id],
    );
    return result.affectedRows === 1;
  }
}
