import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';
import type { StorageTier } from './domain/capacity.js';
import type { ShareName } from './domain/dr-shares.js';

/** Storage of one machine's data in the recovery center, where no machine stands: from when to when it is given. */
export interface DataClaim {
  readonly id: string;
  readonly lineId: string;
  readonly requestId: string;
  readonly poolId: string;
  readonly departmentId: string;
  readonly storageGib: number;
  readonly storageTier: StorageTier;
  readonly allocatedAt: Date;
  readonly releasedAt: Date | null;
}

/** By how much a claim became bigger, and when that was granted. */
export interface ClaimGrowth {
  readonly claimId: string;
  readonly at: Date;
  readonly storageGib: number;
}

/** What is written down of claims, for those who derive use from it. Unscoped: whoever reads it sees everything. */
@Injectable()
export class ClaimRecord {
  constructor(private readonly db: DataSource) {}

  /** Whose part of its line each of these claims is; one that nobody knows is a main. */
  async sharesOf(claimIds: readonly string[]): Promise<ReadonlyMap<string, ShareName>> {
    const rows: { id: string; share: ShareName }[] = await this.db.query(
      'select id, share from claim where id in (?)',
      [inList(claimIds)],
    );
    return new Map(rows.map(({ id, share }) => [id, share]));
  }

  /** Data without a machine that was ever given, the next of them by id; of kept disks, too, which are of no line. */
  async dataAfter(id: string, limit: number): Promise<DataClaim[]> {
    return this.data('id > ? order by id limit ?', [id, limit]);
  }

  /** Of data, granted before that day and in no interval of the book; `ended`: gone before it and going on there. */
  async dataNotBooked(before: Date): Promise<{ readonly begun: readonly DataClaim[]; readonly ended: number }> {
    const begun = await this.data(
      'allocated_at < ? and not exists (select 1 from metered_interval i where i.resource_id = claim.id) order by id',
      [before],
    );
    const [row]: { n: string }[] = await this.db.query(
      `select count(*) as n from claim where standing = 'DATA' and released_at < ? and exists
         (select 1 from metered_interval i where i.resource_id = claim.id and i.standing = 1
            and (i.end_at is null or i.end_at > claim.released_at))`,
      [before],
    );
    return { begun, ended: Number(row?.n ?? 0) };
  }

  /** All that these lines ever had. */
  async dataOfLines(lineIds: readonly string[]): Promise<DataClaim[]> {
    return this.data('line_id in (?) order by id', [inList(lineIds)]);
  }

  async growthsOf(claimIds: readonly string[]): Promise<ClaimGrowth[]> {
    const rows: { id: string; at: Date; gib: number }[] = await this.db.query(
      `select grows_claim_id as id, allocated_at as at, storage_gib as gib from claim
       where grows_claim_id in (?) and allocated_at is not null and storage_gib > 0 order by allocated_at, id`,
      [inList(claimIds)],
    );
    return rows.map(({ at, gib, id }) => ({ claimId: id, at, storageGib: Number(gib) }));
  }

  private async data(where: string, values: readonly unknown[]): Promise<DataClaim[]> {
    const rows: Record<string, string | number | Date | null>[] = await this.db.query(
      `select id, line_id, request_id, pool_id, department_id, storage_gib, storage_tier, allocated_at, released_at from claim
       where standing = 'DATA' and grows_claim_id is null and allocated_at is not null and ${where}`,
      [...values],
    );
    return rows.map((row) => ({
      id: row.id as string,
      lineId: row.line_id as string,
      requestId: row.request_id as string,
      poolId: row.pool_id as string,
      departmentId: row.department_id as string,
      storageGib: Number(row.storage_gib),
      storageTier: row.storage_tier as StorageTier,
      allocatedAt: row.allocated_at as Date,
      releasedAt: row.released_at as Date | null,
    }));
  }
}
