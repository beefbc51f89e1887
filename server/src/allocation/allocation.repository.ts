import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ClaimEntity } from './allocation.entity.js';
import { piecesOf } from './domain/capacity.js';
import { type Claim, type PastClaim, quotaIdsText } from './domain/claim.js';
import type { SomeHeld } from './domain/held-cap.js';

export interface ClaimSum {
  readonly poolId: string;
  readonly state: 'HELD' | 'ALLOCATED';
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageTier: 'SSD' | 'HDD';
  readonly storageGib: number;
}

const CLAIM_COLUMNS = [
  'id',
  'requestId',
  'lineId',
  'growsClaimId',
  'poolId',
  'share',
  'standing',
  'departmentId',
  'state',
  'vcpu',
  'memoryMib',
  'storageGib',
  'storageTier',
  'accelerators',
  'createdAt',
  'expiresAt',
  'allocatedAt',
  'releasedAt',
  'quotaIds',
  'beyondQuota',
] as const;

@Injectable()
export class AllocationRepository {
  constructor(private readonly db: DataSource) {}

  async insertHolds(tx: Tx, claims: readonly Claim[], expiresAt: Date): Promise<void> {
    const held = { state: 'HELD', createdAt: tx.now, expiresAt, allocatedAt: null, releasedAt: null } as const;
    await this.insert(
      tx,
      claims.map((claim) => ({ ...claim, ...held })),
    );
  }

  async insert(tx: Tx, claims: readonly PastClaim[]): Promise<void> {
    await bulkInsert(
      tx,
      'claim',
      CLAIM_COLUMNS,
      claims.map(({ claimId, diskGib, quotaIds, growsClaimId = null, accelerators = null, beyondQuota, ...rest }) => ({
        ...rest,
        beyondQuota: beyondQuota === true,
        growsClaimId,
        accelerators,
        id: claimId,
        storageGib: diskGib,
        quotaIds: quotaIdsText.to(quotaIds),
      })),
    );
  }

  async claimsOf(tx: Tx, where: { requestId: string; state: 'HELD' | 'ALLOCATED' }): Promise<Claim[]> {
    return (await tx.manager.findBy(ClaimEntity, where)).map(toClaim);
  }

  /** What machines of these lines have been given, in the order of their ids. */
  async allocatedOfLines(lineIds: readonly string[], tx?: Tx): Promise<Claim[]> {
    const rows = await (tx?.manager ?? this.db.manager).find(ClaimEntity, {
      where: { lineId: In(inList(lineIds) as string[]), state: 'ALLOCATED' },
      order: { id: 'ASC' },
    });
    return rows.map(toClaim);
  }

  /** Shares that keep data alone, by line; a line without any is left out. Not as claims: a province has one a machine. */
  async dataSharesOfLines(lineIds: readonly string[] | null): Promise<ReadonlyMap<string, number>> {
    const rows: { lineId: string; shares: string | number }[] = await this.db.query(
      `select line_id as lineId, count(*) as shares from claim
       where ${lineIds === null ? '' : 'line_id in (?) and '}state = 'ALLOCATED' and standing = 'DATA' group by line_id`,
      lineIds === null ? [] : [inList(lineIds)],
    );
    return new Map(rows.map(({ lineId, shares }) => [lineId, Number(shares)]));
  }

  async linesWithShares(): Promise<string[]> {
    const rows: { lineId: string }[] = await this.db.query(
      "select distinct line_id as lineId from claim where state = 'ALLOCATED' and share <> 'MAIN'",
    );
    return rows.map(({ lineId }) => lineId);
  }

  async allocated(claimIds: readonly string[], tx?: Tx): Promise<Claim[]> {
    const rows = await (tx?.manager ?? this.db.manager).find(ClaimEntity, {
      where: { id: In(inList(claimIds) as string[]), state: 'ALLOCATED' },
      order: { id: 'ASC' },
    });
    return rows.map(toClaim);
  }

  async byIds(tx: Tx, claimIds: readonly string[]): Promise<Claim[]> {
    if (claimIds.length === 0) return [];
    return (await tx.manager.findBy(ClaimEntity, { id: In(inList(claimIds) as string[]) })).map(toClaim);
  }

  async countLive(tx: Tx, poolIds: readonly string[]): Promise<number> {
    const [row] = await tx.manager.query(
      "select count(*) as n from claim where pool_id in (?) and state in ('HELD', 'ALLOCATED')",
      [inList(poolIds)],
    );
    return Number(row.n);
  }

  /** Of those that live, locked until commit. */
  async lockedLive(tx: Tx, claimIds: readonly string[]): Promise<Claim[]> {
    const rows = await tx.manager
      .createQueryBuilder(ClaimEntity, 'claim')
      .setLock('pessimistic_write')
      .where('claim.id in (:...claimIds) and claim.state <> :released', {
        claimIds: inList(claimIds),
        released: 'RELEASED',
      })
      .orderBy('claim.id')
      .getMany();
    return rows.map(toClaim);
  }

  /** What a department's other requests hold of pools: never more than their own cap, so few rows. */
  async heldByOthers(
    { departmentId, requestId }: { readonly departmentId: string; readonly requestId: string | null },
    tx?: Tx,
  ): Promise<SomeHeld> {
    const [row] = await (tx?.manager ?? this.db.manager).query(
      `select coalesce(sum(vcpu), 0) as vcpu, coalesce(sum(memory_mib), 0) as memory, coalesce(sum(storage_gib), 0) as storage
       from claim where department_id = ? and state = 'HELD' and request_id <> ?`,
      [departmentId, requestId ?? ''],
    );
    return {
      VCPU: Number(row.vcpu),
      MEMORY_MIB: Number(row.memory),
      STORAGE_GIB: Number(row.storage),
      ACCELERATOR: await this.piecesHeldByOthers({ departmentId, requestId }, tx),
    };
  }

  /** Few claims have any. */
  private async piecesHeldByOthers(
    { departmentId, requestId }: { readonly departmentId: string; readonly requestId: string | null },
    tx?: Tx,
  ): Promise<number> {
    const rows = await (tx?.manager ?? this.db.manager)
      .createQueryBuilder(ClaimEntity, 'claim')
      .where("claim.departmentId = :departmentId and claim.state = 'HELD' and claim.requestId <> :requestId", {
        departmentId,
        requestId: requestId ?? '',
      })
      .andWhere('claim.accelerators is not null')
      .getMany();
    return rows.reduce((sum, { accelerators }) => sum + piecesOf(accelerators ? { accelerators } : {}), 0);
  }

  async heldOf(requestId: string): Promise<Claim[]> {
    return (await this.db.manager.findBy(ClaimEntity, { requestId, state: 'HELD' })).map(toClaim);
  }

  /** Marks claims released; gives back only those that were live, so that a second release moves no counter. */
  async markReleased(tx: Tx, claimIds: readonly string[]): Promise<Claim[]> {
    const live = await this.lockedLive(tx, claimIds);
    if (live.length > 0)
      await tx.manager.update(
        ClaimEntity,
        { id: In(live.map(({ claimId }) => claimId)) },
        { state: 'RELEASED', releasedAt: tx.now, expiresAt: null },
      );
    return live;
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

  /** Every live claim of one pool. */
  async liveOf(
    poolId: string,
  ): Promise<(Claim & { readonly state: 'HELD' | 'ALLOCATED'; readonly createdAt: Date })[]> {
    const rows = await this.db.manager.findBy(ClaimEntity, { poolId, state: In(['HELD', 'ALLOCATED']) });
    return rows.map((row) => ({
      ...toClaim(row),
      state: row.state as 'HELD' | 'ALLOCATED',
      createdAt: row.createdAt,
    }));
  }

  /** Accelerators that are only held, by pool and class; few claims have any. */
  async heldAccelerators(poolIds: readonly string[]): Promise<Map<string, { readonly [name: string]: number }>> {
    const rows = await this.db
      .createQueryBuilder(ClaimEntity, 'claim')
      .where("claim.poolId in (:...poolIds) and claim.state = 'HELD' and claim.accelerators is not null", {
        poolIds: inList(poolIds),
      })
      .getMany();
    const held = new Map<string, { [name: string]: number }>();
    for (const { poolId, accelerators } of rows) {
      const sums = held.get(poolId) ?? {};
      for (const [name, count] of Object.entries(accelerators ?? {})) sums[name] = (sums[name] ?? 0) + count;
      held.set(poolId, sums);
    }
    return held;
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
    share: row.share,
    standing: row.standing,
    departmentId: row.departmentId,
    vcpu: row.vcpu,
    memoryMib: row.memoryMib,
    diskGib: row.storageGib,
    storageTier: row.storageTier,
    ...(row.accelerators ? { accelerators: row.accelerators } : {}),
    quotaIds: row.quotaIds,
    growsClaimId: row.growsClaimId,
    ...(row.beyondQuota ? { beyondQuota: true } : {}),
  };
}
