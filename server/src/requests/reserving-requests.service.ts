import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';

/** Which requests have reserved for what is in use: the one that asked for it, then the changes that made it dearer. */
@Injectable()
export class ReservingRequests {
  constructor(private readonly db: DataSource) {}

  /**
   * Of machines, of servers and places (by their claims), and of lines of services: the changes that were carried out, in
   * their order. Things that never changed are missing. Three statements whatever their number.
   */
  async changesOf(useIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly string[]>> {
    const manager = tx?.manager ?? this.db.manager;
    const ids = inList(useIds);
    const sources = [
      `select resource_id as id, request_id as request from request_change
       where resource_id in (?) and state = 'DONE' order by resource_id, done_number`,
      `select item_id as id, request_id as request from request_item_change
       where item_id in (?) and state = 'DONE' order by item_id, done_number`,
      `select changed_line_id as id, request_id as request from request_line
       where changed_line_id in (?) and kind = 'SERVICE' and fulfilled_at is not null order by fulfilled_at, id`,
    ];
    const found = new Map<string, string[]>();
    for (const source of sources)
      for (const { id, request } of (await manager.query(source, [ids])) as { id: string; request: string }[])
        found.set(id, [...(found.get(id) ?? []), request]);
    return found;
  }

  /** The other way round: of these changes everything that they changed, as uses know it. */
  async changedBy(requestIds: readonly string[]): Promise<string[]> {
    if (requestIds.length === 0) return [];
    const rows: { id: string }[] = await this.db.query(
      `select resource_id as id from request_change where request_id in (?) and state = 'DONE'
       union select item_id from request_item_change where request_id in (?) and state = 'DONE'
       union select changed_line_id from request_line
        where request_id in (?) and kind = 'SERVICE' and changed_line_id is not null and fulfilled_at is not null`,
      [requestIds, requestIds, requestIds],
    );
    return rows.map(({ id }) => id);
  }
}
