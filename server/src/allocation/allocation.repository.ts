import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ClaimEntity } from './allocation.entity.js';
import type { Claim } from './domain/claim.js';

export interface ClaimSum {
  readonly poolId: string;
  readonly state: 'HELD' | 'ALLOCATED';
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageTier: 'SSD' | 'HDD';
  readonly storageGib: number;
}

/** Rows of one bulk insert; well below the packet limit of every engine. */
const INSERT_BATCH = 500;

@Injectable()
export class AllocationRepository {
  constructor(private readonly db: DataSource) {}

  async insertHolds(tx: Tx, claims: readonly Claim[], expiresAt: Date): Promise<void> {
    for (let at = 0; at < claims.length; at += INSERT_BATCH)
      await tx.manager.query(
        'insert into claim (id, request_id, line_id, pool_id, department_id, state, vcpu, memory_mib, storage_gib, storage_tier, created_at, expires_at) values ?',
        [
          claims
            .slice(at, at + INSERT_BATCH)
            .map((c) => [
              c.claimId,
              c.requestId,
              c.lineId,
              c.poolId,
              c.departmentId,
              'HELD',
              c.vcpu,
              c.memoryMib,
              c.diskGib,
              c.storageTier,
              tx.now,
              expiresAt,
            ]),
        ],
      );
  }

  async claimsOf(tx: Tx, where: { requestId: string; state: 'HELD' | 'ALLOCATED' }): Promise<Claim[]> {
    return (await tx.manager.findBy(ClaimEntity, where)).map(toClaim);
  }

  async heldOf(requestId: string): Promise<Claim[]> {
    return (await this.db.manager.findBy(ClaimEntity, { requestId, state: 'HELD' })).map(toClaim);
  }

  /** Marks claims released; gives back only those that were live, so that a second release moves no counter. */
  async markReleased(tx: Tx, claimIds: readonly string[]): Promise<Claim[]> {
    const rows = await tx.manager
      .createQueryBuilder(ClaimEntity, 'claim')
      .setLock('pessimistic_write')
      .where('claim.id in (:...claimIds) and claim.state <> :released', {
        claimIds: inList(claimIds),
        released: 'RELEASED',
      })
      .orderBy('claim.id')
      .getMany();
    if (rows.length > 0)
      await tx.manager.update(
        ClaimEntity,
        { id: In(rows.map((r) => r.id)) },
        { state: 'RELEASED', releasedAt: tx.now, expiresAt: null },
      );
    return rows.map(toClaim);
  }

  /** HELD → ALLOCATED for a whole request; the number of claims that were still held. */
  async markAllocated(tx: Tx, requestId: string): Promise<number> {
    const result = await tx.manager.update(
      ClaimEntity,
      { requestId, state: 'HELD' },
      { state: 'ALLOCATED', allocatedAt: tx.now, expiresAt: null },
    );
    return result.affected ?? 0;
  }

  async setExpiry(tx: Tx, requestId: string, expiresAt: Date): Promise<void> {
    await tx.manager.update(ClaimEntity, { requestId, state: 'HELD' }, { expiresAt });
  }

  async requestsWithExpiredHolds(now: Date, limit: number): Promise<string[]> {
    const rows: { request_id: string }[] = await this.db.query(
      "select distinct request_id from claim where state = 'HELD' and expires_at <= ? limit ?",
      [now, limit],
    );
    return rows.map((r) => r.request_id);
  }

  /** Live claims of pools, summed by state and tier. */
  async liveSums(poolIds: readonly string[]): Promise<ClaimSum[]> {
    const rows: Record<string, string>[] = await this.db.query(
      `select pool_id, state, storage_tier, sum(vcpu) as vcpu, sum(memory_mib) as memory_mib, sum(storage_gib) as storage_gib
       from claim where pool_id in (?) and state in ('HELD', 'ALLOCATED') group by pool_id, state, storage_tier`,
      [inList(poolIds)],
    );
    return rows.map((r) => ({
      poolId: r.pool_id as string,
      state: r.state as 'HELD' | 'ALLOCATED',
      vcpu: Number(r.vcpu),
      memoryMib: Number(r.memory_mib),
      storageTier: r.storage_tier as 'SSD' | 'HDD',
      storageGib: Number(r.storage_gib),
    }));
  }
}

function toClaim(row: ClaimEntity): Claim {
  return {
    claimId: row.id,
    requestId: row.requestId,
    lineId: row.lineId,
    poolId: row.poolId,
    departmentId: row.departmentId,
    vcpu: row.vcpu,
    memoryMib: row.memoryMib,
    diskGib: row.storageGib,
    storageTier: row.storageTier,
  };
}
