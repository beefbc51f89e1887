import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';
import type { RequestState } from './domain/request-state.js';

/** What these asked for is had by nobody. */
const ENDED: readonly RequestState[] = ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'];

/** How much of services a system has: most of them are counted against no quota, so that requests alone tell. */
@Injectable()
export class ServiceUseRepository {
  constructor(private readonly db: DataSource) {}

  /** Held and granted, by offer, without what the given request has. */
  async ofSystem(
    systemId: string,
    offerIds: readonly string[],
    withoutRequestId: string,
  ): Promise<ReadonlyMap<string, number>> {
    if (offerIds.length === 0) return new Map();
    const rows: { offer_id: string; n: string }[] = await this.db.query(
      `select offer_id, sum(n) as n from (
         select l.offer_id, l.item_count as n from request_line l join request r on r.id = l.request_id
         where r.system_id = ? and r.id <> ? and r.nature = 'NEW' and r.held_since is not null and r.state not in (?)
           and l.kind = 'SERVICE' and l.ended_at is null and l.offer_id in (?)
         union all
         select c.offer_id,
           case when c.fulfilled_at is null then greatest(c.item_count - c.from_count, 0) else c.item_count - c.from_count end
         from request_line c join request r on r.id = c.request_id join request_line o on o.id = c.changed_line_id
         where r.system_id = ? and r.id <> ? and r.held_since is not null and c.kind = 'SERVICE' and o.ended_at is null
           and (c.fulfilled_at is not null or r.state not in (?)) and c.offer_id in (?)
       ) as had group by offer_id`,
      [systemId, withoutRequestId, ENDED, inList(offerIds), systemId, withoutRequestId, ENDED, inList(offerIds)],
    );
    return new Map(rows.map((row) => [row.offer_id, Number(row.n)]));
  }
}
