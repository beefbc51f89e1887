import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Architecture } from '../facilities/domain/facility.js';
import { inList } from '../platform/database/unit-of-work.js';

/** One meter of a use that goes on. */
export interface RunningMeter {
  readonly meter: string;
  readonly quantity: bigint;
  readonly since: Date;
}

/** What runs, with who asked for it and who pays. */
export interface RunningUse {
  readonly useId: string;
  readonly code: string;
  readonly name: string;
  /** null = it was taken in. */
  readonly requestId: string | null;
  readonly departmentId: string;
  readonly projectId: string | null;
  readonly centerId: string | null;
  readonly architecture: Architecture | null;
  readonly meters: readonly RunningMeter[];
}

/** The same by meter and place, all uses of a payer together: for what is reckoned and never charged. */
export interface RunningSum extends Omit<RunningMeter, 'since'> {
  readonly centerId: string | null;
  readonly architecture: Architecture | null;
}

/** Of the uses of a project only these, or all but these. */
export interface UsesCounted {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** What asked for something comes first, by request; then what was taken in, use by use. */
const BY_REQUEST = 'R';
const BY_USE = 'U';

/** What is in use now, by the book of intervals. Unscoped: whoever reads it sees everything. */
@Injectable()
export class RunningUses {
  constructor(private readonly db: DataSource) {}

  /**
   * The next of them: all uses of so many requests, or so many uses that nobody asked for; uses of one request are never
   * apart. `cursor` goes to the next call, null = there are no more. Two statements a page.
   */
  async after(cursor: string, limit: number): Promise<{ uses: readonly RunningUse[]; cursor: string | null }> {
    const byUse = cursor.startsWith(BY_USE);
    const after = cursor.slice(1);
    const owners: { id: string }[] = await this.db.query(
      byUse
        ? 'select resource_id as id from metered_resource where request_id is null and resource_id > ? order by resource_id limit ?'
        : 'select distinct request_id as id from metered_resource where request_id > ? order by request_id limit ?',
      [after, limit],
    );
    const last = owners.at(-1)?.id;
    if (last === undefined) return byUse ? { uses: [], cursor: null } : { uses: [], cursor: BY_USE };
    const uses = await this.read(
      byUse ? 'r.resource_id in (?)' : 'r.request_id in (?)',
      owners.map(({ id }) => id),
    );
    return { uses, cursor: `${byUse ? BY_USE : BY_REQUEST}${last}` };
  }

  /** All uses that go on of these requests. */
  ofRequests(requestIds: readonly string[]): Promise<RunningUse[]> {
    return requestIds.length === 0 ? Promise.resolve([]) : this.read('r.request_id in (?)', requestIds);
  }

  /** Whose uses a project pays for now: requests, in their order, and uses that nobody asked for. */
  async ownersIn(
    projectId: string,
  ): Promise<{ readonly requestIds: readonly string[]; readonly useIds: readonly string[] }> {
    const rows: { request: string | null; id: string }[] = await this.db.query(
      `select distinct r.request_id as request, case when r.request_id is null then r.resource_id else '' end as id
       from metered_interval i join metered_resource r on r.resource_id = i.resource_id
       where i.project_id = ? and i.standing = 1 and i.end_at is null order by request, id`,
      [projectId],
    );
    return {
      requestIds: rows.flatMap(({ request }) => request ?? []),
      useIds: rows.flatMap(({ request, id }) => (request === null ? [id] : [])),
    };
  }

  /** These uses, as far as they go on. */
  ofUses(useIds: readonly string[]): Promise<RunningUse[]> {
    return useIds.length === 0 ? Promise.resolve([]) : this.read('r.resource_id in (?)', useIds);
  }

  /** Of these projects, sums by meter, center and architecture. */
  async sumsOf(projectIds: readonly string[], uses: UsesCounted = {}): Promise<RunningSum[]> {
    const [only, except] = [uses.only ?? null, uses.except ?? []];
    const narrowed = `${only === null ? '' : 'and resource_id in (?)'} ${except.length === 0 ? '' : 'and resource_id not in (?)'}`;
    const rows: { meter: string; n: string; center: string | null; architecture: Architecture | null }[] =
      await this.db.query(
        `select meter, center_id as center, architecture, sum(quantity) as n from metered_interval
         where project_id in (?) and standing = 1 and end_at is null and suspended = 0 ${narrowed}
         group by meter, center_id, architecture order by meter, center_id, architecture`,
        [inList(projectIds), ...(only === null ? [] : [inList(only)]), ...(except.length === 0 ? [] : [except])],
      );
    return rows.map(({ meter, n, center, architecture }) => ({
      ...{ meter, quantity: BigInt(n), centerId: center, architecture },
    }));
  }

  private async read(where: string, ids: readonly string[]): Promise<RunningUse[]> {
    const rows: Row[] = await this.db.query(
      `select r.resource_id as id, r.code, r.name, r.request_id as request, i.department_id as department,
              i.project_id as project, i.center_id as center, i.architecture, i.meter, i.quantity, i.start_at as since
       from metered_resource r join metered_interval i on i.resource_id = r.resource_id
       where ${where} and i.standing = 1 and i.end_at is null
       order by r.request_id, r.resource_id, i.meter`,
      [inList(ids)],
    );
    return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((of) => {
      const [one] = of;
      if (!one) return [];
      return [
        {
          ...{ useId: one.id, code: one.code, name: one.name, requestId: one.request, departmentId: one.department },
          ...{ projectId: one.project, centerId: one.center, architecture: one.architecture },
          meters: of.map(({ meter, quantity, since }) => ({ meter, quantity: BigInt(quantity), since })),
        },
      ];
    });
  }
}

interface Row {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly request: string | null;
  readonly department: string;
  readonly project: string | null;
  readonly center: string | null;
  readonly architecture: Architecture | null;
  readonly meter: string;
  readonly quantity: string | number;
  readonly since: Date;
}
