import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { USES_PER_WINDOW_MAX, WINDOW_MS } from './domain/token.js';
import { ExportTokenEntity } from './tokens.entity.js';

/** Everything but the hash, which is nobody's to look at. */
export type TokenRow = Omit<ExportTokenEntity, 'secretHash' | 'windowAt' | 'windowUses'>;

/** Whose tokens somebody sees: his own, or everybody's as the security administrator does. */
export type TokenSight = { readonly ownerId: string } | 'ALL';

@Injectable()
export class TokensRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: ExportTokenEntity): Promise<void> {
    await tx.manager.insert(ExportTokenEntity, row);
  }

  /** The newest first. */
  page(sight: TokenSight, page: PageRequest): Promise<Page<TokenRow>> {
    return newestOf(
      () => {
        const query = this.db.createQueryBuilder(ExportTokenEntity, 'token');
        return sight === 'ALL' ? query : query.where('token.ownerId = :ownerId', sight);
      },
      'token.createdAt',
      'token.id',
      page,
    );
  }

  async byIds(sight: TokenSight, ids: readonly string[]): Promise<TokenRow[]> {
    const query = this.db
      .createQueryBuilder(ExportTokenEntity, 'token')
      .where('token.id in (:...ids)', { ids: inList(ids) });
    return (sight === 'ALL' ? query : query.andWhere('token.ownerId = :ownerId', sight)).getMany();
  }

  locked(tx: Tx, sight: TokenSight, id: string): Promise<ExportTokenEntity | null> {
    const query = tx.manager
      .createQueryBuilder(ExportTokenEntity, 'token')
      .setLock('pessimistic_write')
      .where('token.id = :id', { id });
    return (sight === 'ALL' ? query : query.andWhere('token.ownerId = :ownerId', sight)).getOne();
  }

  async update(tx: Tx, id: string, change: Partial<ExportTokenEntity>): Promise<void> {
    await tx.manager.update(ExportTokenEntity, { id }, change);
  }

  /** Neither revoked nor over. */
  async liveOf(tx: Tx, ownerId: string): Promise<number> {
    const [row] = await tx.manager.query(
      "select count(*) as n from export_token where owner_id = ? and state <> 'REVOKED' and expires_at > ?",
      [ownerId, tx.now],
    );
    return Number(row.n);
  }

  byPublicId(publicId: string): Promise<ExportTokenEntity | null> {
    return this.db.manager.findOneBy(ExportTokenEntity, { publicId });
  }

  /** One more refusal, if the same limit leaves room for it. */
  async knock(id: string, now: Date): Promise<boolean> {
    const begun = new Date(now.getTime() - WINDOW_MS);
    const { affectedRows } = await this.db.query(
      `update export_token set
         window_uses = if(window_at is null or window_at <= ?, 1, window_uses + 1),
         window_at = if(window_at is null or window_at <= ?, ?, window_at)
       where id = ? and (window_at is null or window_at <= ? or window_uses < ?)`,
      [begun, begun, now, id, begun, USES_PER_WINDOW_MAX],
    );
    return affectedRows > 0;
  }

  /**
   * One more use, if the limit leaves room: one conditional update, so that no number of processes lets more through.
   * Outside any unit of work; a use that was counted and then failed counts.
   */
  async use(id: string, address: string | null, now: Date): Promise<boolean> {
    const begun = new Date(now.getTime() - WINDOW_MS);
    const { affectedRows } = await this.db.query(
      `update export_token set
         window_uses = if(window_at is null or window_at <= ?, 1, window_uses + 1),
         window_at = if(window_at is null or window_at <= ?, ?, window_at),
         uses = uses + 1, last_used_at = ?, last_used_address = ?
       where id = ? and state = 'ACTIVE' and (window_at is null or window_at <= ? or window_uses < ?)`,
      [begun, begun, now, now, address, id, begun, USES_PER_WINDOW_MAX],
    );
    return affectedRows > 0;
  }
}
