import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from './unit-of-work.js';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder; writes of a holder are fenced by it inside the transaction. */
  readonly epoch: bigint;
}

/** Leases are rows taken by conditional update; a lease alone is no fence, its epoch checked in the transaction is. */
@Injectable()
export class Leases {
  constructor(private readonly db: DataSource) {}

  /** Takes or renews; undefined while another holder's lease lives. */
  async take(name: string, holder: string, now: Date, lifeMs: number): Promise<Lease | undefined> {
    const expires = new Date(now.getTime() + lifeMs);
    const renewed = await this.db.query(
      'update lease set expires_at = ? where name = ? and holder = ? and expires_at > ?',
      [expires, name, holder, now],
    );
    if (renewed.affectedRows === 0) {
      const taken = await this.db.query(
        'update lease set holder = ?, epoch = epoch + 1, expires_at = ? where name = ? and (expires_at <= ? or holder = ?)',
        [holder, expires, name, now, holder],
      );
      if (taken.affectedRows === 0)
        await this.db.query('insert ignore into lease (name, holder, epoch, expires_at) values (?, ?, 1, ?)', [
          name,
          holder,
          expires,
        ]);
    }
    const [row] = await this.db.query('select holder, epoch from lease where name = ?', [name]);
    return row?.holder === holder ? { name, holder, epoch: BigInt(row.epoch) } : undefined;
  }

  async release(lease: Lease, now: Date): Promise<void> {
    await this.db.query('update lease set expires_at = ? where name = ? and holder = ? and epoch = ?', [
      now,
      lease.name,
      lease.holder,
      lease.epoch.toString(),
    ]);
  }

  /** Inside the transaction: false = the lease has gone to another holder, and nothing of this unit of work may be kept. */
  async stillHeld(tx: Tx, lease: Lease): Promise<boolean> {
    const [row] = await tx.manager.query(
      'select 1 as held from lease where name = ? and holder = ? and epoch = ? for update',
      [lease.name, lease.holder, lease.epoch.toString()],
    );
    return row !== undefined;
  }
}
