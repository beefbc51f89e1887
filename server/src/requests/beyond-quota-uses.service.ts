import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';

/** 超出定额自付: which things draw no quota because their department pays for them itself. */
@Injectable()
export class BeyondQuotaUses {
  constructor(private readonly db: DataSource) {}

  /**
   * Of uses and of what stands behind them: machines, claims, servers and places (by their claim or by themselves), lines of
   * services (by what they were given: a hold that was given up says nothing of the next). Three statements whatever their number.
   */
  async among(ids: readonly string[], tx?: Tx): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const asked = inList(ids);
    const sources = [
      `select r.id from resource r join claim c on c.id = r.claim_id where r.id in (?) and c.beyond_quota = 1`,
      `select id from claim where id in (?) and beyond_quota = 1`,
      `select id, subject_id as other, line_id as line, kind from item_claim
        where beyond_quota = 1 and (id in (?)
           or (kind = 'SERVICE' and line_id in (?) and (state <> 'RELEASED' or allocated_at is not null)))
       union select id, subject_id, line_id, kind from item_claim
        where beyond_quota = 1 and state <> 'RELEASED' and subject_id in (?)`,
    ];
    const found = new Set<string>();
    for (const source of sources) {
      const rows: Found[] = await (tx?.manager ?? this.db.manager).query(source, [asked, asked, asked]);
      for (const { id, other, line, kind } of rows) {
        found.add(id);
        if (other) found.add(other);
        if (kind === 'SERVICE' && line) found.add(line);
      }
    }
    return found;
  }

  async areBeyond(ids: readonly string[], tx?: Tx): Promise<boolean[]> {
    const found = await this.among(ids, tx);
    return ids.map((id) => found.has(id));
  }

  /** Everything that is beyond now, as uses know it: there is little of it. */
  async all(): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select coalesce(r.id, c.id) as id from claim c left join resource r on r.claim_id = c.id
        where c.beyond_quota = 1 and c.state = 'ALLOCATED'
       union all select case kind when 'SERVICE' then line_id else id end from item_claim
        where beyond_quota = 1 and state = 'ALLOCATED'`,
    );
    return rows.map(({ id }) => id);
  }

  /** Batch for loaders: of each line how many it holds or has beyond the quotas. */
  readonly countsOfLines = async (lineIds: readonly string[]): Promise<number[]> => {
    const rows: { id: string; n: string }[] = await this.db.query(
      `select line_id as id, sum(n) as n from (
         select line_id, count(*) as n from claim
          where line_id in (?) and beyond_quota = 1 and grows_claim_id is null and state <> 'RELEASED' group by line_id
         union all select line_id, count(*) from item_claim
          where line_id in (?) and beyond_quota = 1 and state <> 'RELEASED' group by line_id) as both_kinds
       group by line_id`,
      [inList(lineIds), inList(lineIds)],
    );
    const counts = new Map(rows.map(({ id, n }) => [id, Number(n)]));
    return lineIds.map((id) => counts.get(id) ?? 0);
  };
}

interface Found {
  readonly id: string;
  readonly other?: string;
  readonly line?: string;
  readonly kind?: string;
}
