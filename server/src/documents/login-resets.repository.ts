import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ResetRow } from './documents.types.js';
import { LoginResetEntity } from './hand-over.entity.js';

/** Everything but the sealed password. */
const KNOWN = [
  'reset.id',
  'reset.resourceId',
  'reset.number',
  'reset.reason',
  'reset.askedAt',
  'reset.askedBy',
  'reset.askedById',
  'reset.appliedAt',
  'reset.expiresAt',
  'reset.revealedAt',
  'reset.revealedBy',
  'reset.destroyedAt',
];

export interface NewestResets {
  /** The password that the machine's guest is to be given; null = none waits. */
  readonly waiting: { readonly id: string; readonly number: number; readonly sealed: Buffer } | null;
}

/** Passwords set anew. Whose machines they are is asked of the resources, by callers. */
@Injectable()
export class LoginResetsRepository {
  constructor(private readonly db: DataSource) {}

  /** Of each machine the newest, without the sealed password, which only `take` and `waiting` give. */
  latestOf(resourceIds: readonly string[], manager = this.db.manager): Promise<ResetRow[]> {
    return manager
      .createQueryBuilder(LoginResetEntity, 'reset')
      .select(KNOWN)
      .where('reset.resourceId in (:...ids)', { ids: inList(resourceIds) })
      .andWhere(
        'reset.number = (select max(newer.number) from login_reset newer where newer.resource_id = reset.resource_id)',
      )
      .getMany();
  }

  /** Under the lock of the machine's first login, which serialises its resets. */
  async insert(
    tx: Tx,
    row: Pick<ResetRow, 'id' | 'resourceId' | 'number' | 'reason' | 'askedBy' | 'askedById' | 'expiresAt'> & {
      sealed: Buffer;
    },
  ): Promise<void> {
    await tx.manager.insert(LoginResetEntity, { ...row, askedAt: tx.now });
  }

  async lockLogin(tx: Tx, resourceId: string): Promise<void> {
    await tx.manager.query('select resource_id from first_login where resource_id = ? for update', [resourceId]);
  }

  /** Of machines that ever had one. */
  async newestOf(resourceIds: readonly string[]): Promise<ReadonlyMap<string, NewestResets>> {
    const rows: { resourceId: string; id: string; number: number; sealed: Buffer | null }[] = await this.db.query(
      'select resource_id as resourceId, id, number, sealed from login_reset where resource_id in (?) order by number',
      [inList(resourceIds)],
    );
    const newest = new Map<string, NewestResets>();
    for (const { id, number, resourceId, sealed } of rows)
      newest.set(resourceId, {
        waiting: sealed ? { id, number, sealed } : (newest.get(resourceId)?.waiting ?? null),
      });
    return newest;
  }

  /** False = it was known already. */
  async applied(tx: Tx, id: string): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      'update login_reset set applied_at = ? where id = ? and applied_at is null',
      [tx.now, id],
    );
    return result.affectedRows === 1;
  }

  /** In the clusters, and whoever asked has not heard of it yet; the first applied first. */
  async untold(limit: number): Promise<ResetRow[]> {
    return this.db
      .createQueryBuilder(LoginResetEntity, 'reset')
      .select(KNOWN)
      .where('reset.toldAt is null and reset.destroyedAt is null and reset.revealedAt is null')
      .andWhere('reset.appliedAt is not null')
      .orderBy('reset.appliedAt')
      .addOrderBy('reset.id')
      .limit(limit)
      .getMany();
  }

  /** False = it is told already, or over. */
  async told(tx: Tx, id: string): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      'update login_reset set told_at = ? where id = ? and told_at is null and sealed is not null',
      [tx.now, id],
    );
    return result.affectedRows === 1;
  }

  /** Takes the sealed password out of the row, which is locked until commit; null = somebody has. */
  async take(tx: Tx, id: string, by: string): Promise<Buffer | null> {
    const [row]: { sealed: Buffer | null }[] = await tx.manager.query(
      'select sealed from login_reset where id = ? for update',
      [id],
    );
    if (!row?.sealed) return null;
    await tx.manager.query('update login_reset set sealed = null, revealed_at = ?, revealed_by = ? where id = ?', [
      tx.now,
      by,
      id,
    ]);
    return row.sealed;
  }

  async expired(now: Date, limit: number): Promise<{ id: string; resourceId: string }[]> {
    return this.db.query(
      `select id, resource_id as resourceId from login_reset
       where destroyed_at is null and revealed_at is null and expires_at <= ? order by expires_at, id limit ?`,
      [now, limit],
    );
  }

  /** False = it was fetched meanwhile. */
  async destroy(tx: Tx, id: string): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      'update login_reset set sealed = null, destroyed_at = ? where id = ? and sealed is not null',
      [tx.now, id],
    );
    return result.affectedRows === 1;
  }
}
