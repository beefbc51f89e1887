import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { LoginRow } from './documents.types.js';
import { FirstLoginEntity } from './hand-over.entity.js';

/** What the console gives a machine at its first start today. */
export const GIVEN_TODAY = { withCards: true, withAccess: true } as const;

export interface NewLogin {
  readonly resourceId: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly sealed: Buffer;
}

/** Whose machines they are is asked of the resources, by callers. */
@Injectable()
export class FirstLoginsRepository {
  constructor(private readonly db: DataSource) {}

  /** Without the sealed password, which only `take` gives. */
  byResources(resourceIds: readonly string[], manager = this.db.manager): Promise<LoginRow[]> {
    return manager
      .createQueryBuilder(FirstLoginEntity, 'login')
      .select([
        'login.resourceId',
        'login.username',
        'login.passwordHash',
        'login.expiresAt',
        'login.revealedAt',
        'login.revealedBy',
        'login.destroyedAt',
        'login.withCards',
        'login.withAccess',
      ])
      .where('login.resourceId in (:...ids)', { ids: inList(resourceIds) })
      .getMany();
  }

  /** One that is there already stays, for the machine may have started with it; false = some were. */
  async insertAll(tx: Tx, logins: readonly NewLogin[], expiresAt: Date): Promise<boolean> {
    // Two workers may both think that they drive the same machines: their rows are locked in one order.
    const sorted = [...logins].sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
    const { withAccess, withCards } = GIVEN_TODAY;
    const result: { affectedRows: number } = await tx.manager.query(
      `insert ignore into first_login
       (resource_id, username, password_hash, sealed, made_at, expires_at, with_cards, with_access) values ?`,
      [
        sorted.map(({ passwordHash, resourceId, sealed, username }) => [
          ...[resourceId, username, passwordHash, sealed, tx.now, expiresAt, withCards, withAccess],
        ]),
      ],
    );
    return result.affectedRows === logins.length;
  }

  /** Takes the sealed password out of the row, which is locked until commit; null = somebody has, or there is none. */
  async take(tx: Tx, resourceId: string, by: string): Promise<Buffer | null> {
    const [row]: { sealed: Buffer | null }[] = await tx.manager.query(
      'select sealed from first_login where resource_id = ? for update',
      [resourceId],
    );
    if (!row?.sealed) return null;
    await tx.manager.query(
      'update first_login set sealed = null, revealed_at = ?, revealed_by = ? where resource_id = ?',
      [tx.now, by, resourceId],
    );
    return row.sealed;
  }

  async expired(now: Date, limit: number): Promise<string[]> {
    const rows: { resource_id: string }[] = await this.db.query(
      `select resource_id from first_login
       where destroyed_at is null and revealed_at is null and expires_at <= ? order by expires_at limit ?`,
      [now, limit],
    );
    return rows.map((row) => row.resource_id);
  }

  /** Of a machine that was long in coming. No act: nobody's right changes, what was promised is kept. */
  async prolong(resourceId: string, until: Date): Promise<void> {
    await this.db.query('update first_login set expires_at = ? where resource_id = ? and expires_at < ?', [
      until,
      resourceId,
      until,
    ]);
  }

  /** False = it was fetched meanwhile. */
  async destroy(tx: Tx, resourceId: string): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      'update first_login set sealed = null, destroyed_at = ? where resource_id = ? and sealed is not null',
      [tx.now, resourceId],
    );
    return result.affectedRows === 1;
  }
}
