import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Page } from '../kernel/page.js';
import { inList } from '../platform/database/unit-of-work.js';
import { ResourceEntity } from './resources.entity.js';
import type { ResourceRow } from './resources.types.js';

export interface MachinesWanted {
  readonly requestId: string;
  readonly first: number;
  /** Code of the last one of the page before. */
  readonly after: string | null;
}

export interface MachineCounts {
  readonly all: number;
  readonly inUse: number;
}

/** Machines of requests page by page, by code. Batches for loaders; callers have already been let see the requests. */
@Injectable()
export class ResourcesOfRequests {
  constructor(private readonly db: DataSource) {}

  readonly counts = async (requestIds: readonly string[]): Promise<MachineCounts[]> => {
    const rows: { id: string; n: string; inUse: string }[] = await this.db.query(
      `select request_id as id, count(*) as n, sum(state = 'IN_USE') as inUse from resource
        where request_id in (?) group by request_id`,
      [inList(requestIds)],
    );
    const found = new Map(rows.map(({ id, n, inUse }) => [id, { all: Number(n), inUse: Number(inUse) }]));
    return requestIds.map((id) => found.get(id) ?? { all: 0, inUse: 0 });
  };

  /** The same statements for any number of requests of which the same page is asked. */
  readonly pages = async (wanted: readonly MachinesWanted[]): Promise<Page<ResourceRow>[]> => {
    const same = Map.groupBy(wanted, ({ first, after }) => JSON.stringify([first, after]));
    const [counts, ...found] = await Promise.all([
      this.counts(wanted.map(({ requestId }) => requestId)),
      ...[...same.values()].map((alike) => this.page(alike)),
    ]);
    const byPage = new Map([...same.keys()].map((key, at) => [key, found[at]]));
    return wanted.map(({ requestId, first, after }, at) => {
      const rows = byPage.get(JSON.stringify([first, after]))?.get(requestId) ?? [];
      return { rows: rows.slice(0, first), totalCount: counts[at]?.all ?? 0, hasNextPage: rows.length > first };
    });
  };

  private async page(alike: readonly MachinesWanted[]): Promise<ReadonlyMap<string, ResourceRow[]>> {
    const [first] = alike;
    if (!first) return new Map();
    const ids: { id: string }[] = await this.db.query(
      `select id from (
         select id, row_number() over (partition by request_id order by code) as place from resource
          where request_id in (?) and code > ?) as ranked
        where place <= ?`,
      [inList(alike.map(({ requestId }) => requestId)), first.after ?? '', first.first + 1],
    );
    const rows = await this.db.manager.find(ResourceEntity, {
      where: { id: In(inList(ids.map(({ id }) => id)) as string[]) },
      order: { code: 'ASC' },
    });
    return Map.groupBy(rows, ({ requestId }) => requestId);
  }
}
