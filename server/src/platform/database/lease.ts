import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errnoOf, type Tx } from './unit-of-work.js';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder; writes of a holder are fenced by it inside the transaction. */
  readonly epoch: bigint;
}

/** The one clock by which leases begin and end: the database's. Whoever asks may be minutes off and is treated alike. */
const NOW = 'utc_timestamp(3)';
const US_PER_MS = 1_000;
/**
 * Lock wait timeout: its holder's unit of work has the row (`stillHeld`) for longer than anybody waits. Not prepared,
 * locked, may only read: in a minority nobody takes a lease.
 */
const NOT_NOW_ERRNOS = new Set([1205, 1047, 1290, 1792]);

/** Leases are rows taken by conditional update; a lease alone is no fence, its epoch checked in the transaction is. */
@Injectable()
export class Leases {
  constructor(private readonly db: DataSource) {}

  /** Takes or renews; undefined while another holder's lease lives, or its holder writes under it just now. */
  async take(name: string, holder: string, lifeMs: number): Promise<Lease | undefined> {
    try {
      return await this.taken(name, holder, lifeMs);
    } catch (error) {
      if (NOT_NOW_ERRNOS.has(errnoOf(error) ?? 0)) return undefined;
      throw error;
    }
  }

  private async taken(name: string, holder: string, lifeMs: number): Promise<Lease | undefined> {
    const lifeUs = lifeMs * US_PER_MS;
    const expires = `${NOW} + interval ? microsecond`;
    const renewed = await this.db.query(
      `update lease set expires_at = ${expires} where name = ? and holder = ? and expires_at > ${NOW}`,
      [lifeUs, name, holder],
    );
    if (renewed.affectedRows === 0) {
      const taken = await this.db.query(
        `update lease set holder = ?, epoch = epoch + 1, expires_at = ${expires}
         where name = ? and (expires_at <= ${NOW} or holder = ?)`,
        [holder, lifeUs, name, holder],
      );
      if (taken.affectedRows === 0)
        await this.db.query(`insert ignore into lease (name, holder, epoch, expires_at) values (?, ?, 1, ${expires})`, [
          name,
          holder,
          lifeUs,
        ]);
    }
    const [row] = await this.db.query('select holder, epoch from lease where name = ?', [name]);
    return row?.holder === holder ? { name, holder, epoch: BigInt(row.epoch) } : undefined;
  }

  async release(lease: Lease): Promise<void> {
    await this.db.query(`update lease set expires_at = ${NOW} where name = ? and holder = ? and epoch = ?`, [
      lease.name,
      lease.holder,
      lease.epoch.toString(),
    ]);
  }

  /**
   * Inside the transaction: false = the lease has gone to another holder, and nothing of this unit of work may be kept.
   * It writes: a lock is known on its own node only, but of two transactions that wrote one row on two nodes Galera
   * certifies one.
   */
  async stillHeld(tx: Tx, lease: Lease): Promise<boolean> {
    const held = await tx.manager.query(
      'update lease set fenced = fenced + 1 where name = ? and holder = ? and epoch = ?',
      [lease.name, lease.holder, lease.epoch.toString()],
    );
    return held.affectedRows === 1;
  }
}
