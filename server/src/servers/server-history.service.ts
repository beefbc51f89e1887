import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { firstIdOf } from '../platform/database/ids.js';
import { inList } from '../platform/database/unit-of-work.js';

/** How many servers of one center and architecture came into use (or left it, negative) in one month. */
export interface ServerChange {
  readonly centerId: string;
  readonly architecture: string;
  /** "YYYY-MM" of the accounting calendar. */
  readonly month: string;
  readonly servers: number;
}

/** The accounting calendar is Shanghai's, which has no summer time; the database keeps UTC. */
const ACCOUNTING_HOURS_AHEAD = 8;

/** What servers were, read from their events, for those who look at capacity. */
@Injectable()
export class ServerHistory {
  constructor(private readonly db: DataSource) {}

  /** When these servers came out of somebody's use, the oldest first: what is away for maintenance is still its user's. */
  async givenBack(serverIds: readonly string[]): Promise<{ serverId: string; at: Date }[]> {
    const rows: { server_id: string; at: Date }[] = await this.db.query(
      `select server_id, at from (
         select id, server_id, at, state, lag(state) over (partition by server_id order by at, id) as previous
         from server_event where server_id in (?)) e
       where e.state not in ('IN_USE', 'MAINTENANCE') and e.previous in ('IN_USE', 'MAINTENANCE')
       order by server_id, at, id`,
      [inList(serverIds)],
    );
    return rows.map((row) => ({ serverId: row.server_id, at: row.at }));
  }

  /** Events from before `before` that were written since; ids begin with the moment of writing. */
  async factsSince(since: Date, before: Date): Promise<number> {
    const [row] = await this.db.query('select count(*) as n from server_event where id >= ? and at < ?', [
      firstIdOf(since),
      before,
    ]);
    return Number(row.n);
  }

  /**
   * By one statement, whatever its length. Held, free and away servers are not in use. What was taken in was used from its
   * real day on: what the house did with it until it was booked, registering it above all, did not end that use.
   */
  async changes(): Promise<ServerChange[]> {
    const rows: { center_id: string; architecture: string; month: string; n: string }[] = await this.db.query(
      `select s.center_id, s.architecture, e.month, sum((e.state = 'IN_USE') - coalesce(e.previous = 'IN_USE', 0)) as n
       from (select server_id, date_format(date_add(at, interval ${ACCOUNTING_HOURS_AHEAD} hour), '%Y-%m') as month, state,
                    lag(state) over (partition by server_id order by at, id) as previous
             from (select id, server_id, at, state,
                          max(case when kind = 'BOOKED' then at end) over (partition by server_id) as booked_at
                   from server_event) known
             where booked_at is null or state = 'IN_USE' or at >= booked_at) e
         join server s on s.id = e.server_id
       group by s.center_id, s.architecture, e.month having n <> 0`,
    );
    return rows.map((row) => ({
      centerId: row.center_id,
      architecture: row.architecture,
      month: row.month,
      servers: Number(row.n),
    }));
  }
}
