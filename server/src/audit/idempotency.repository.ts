import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';

/** The answer once given, as text; null while the act that owns the key is still open. */
export interface KeptAnswer {
  readonly inputHash: string;
  readonly outcome: string | null;
}

export interface KeyOwner {
  /** The nil uuid for acts of the system. */
  readonly userId: string;
  readonly key: string;
}

const ROWS_PER_PRUNE = 10_000;

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly db: DataSource) {}

  /**
   * Takes the key for this transaction, or gives the answer kept under it. Waits while another transaction has the key
   * and has not ended; when that one is rolled back the key is ours.
   */
  async take(tx: Tx, owner: KeyOwner, inputHash: string, expiresAt: Date): Promise<KeptAnswer | undefined> {
    try {
      await tx.manager.query(
        'insert into idempotency_key (user_id, idempotency_key, input_hash, outcome, created_at, expires_at) values (?, ?, ?, null, ?, ?)',
        [owner.userId, owner.key, inputHash, tx.now, expiresAt],
      );
      return undefined;
    } catch (error) {
      if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
    }
    const [row] = await tx.manager.query(
      'select input_hash, outcome, expires_at from idempotency_key where user_id = ? and idempotency_key = ?',
      [owner.userId, owner.key],
    );
    if (row !== undefined && row.expires_at > tx.now)
      return { inputHash: String(row.input_hash), outcome: row.outcome };
    // Its life is over (or housekeeping has just taken it): the key starts anew. Whoever updates first owns it.
    await tx.manager.query(
      'delete from idempotency_key where user_id = ? and idempotency_key = ? and expires_at <= ?',
      [owner.userId, owner.key, tx.now],
    );
    return this.take(tx, owner, inputHash, expiresAt);
  }

  async keep(tx: Tx, owner: KeyOwner, outcome: string, expiresAt: Date): Promise<void> {
    await tx.manager.query(
      'update idempotency_key set outcome = ?, expires_at = ? where user_id = ? and idempotency_key = ?',
      [outcome, expiresAt, owner.userId, owner.key],
    );
  }

  /** Deletes answers whose life is over. Called by the worker's housekeeping. */
  async prune(now: Date): Promise<void> {
    await this.db.query(`delete from idempotency_key where expires_at <= ? limit ${ROWS_PER_PRUNE}`, [now]);
  }
}
