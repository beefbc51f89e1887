import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type BookedInterval, type IntervalKey, keyText } from './domain/interval-versions.js';
import type { MeteringStart, MeteringStarts, NamedUse } from './metering.types.js';

const COLUMNS = [
  'resourceId',
  'meter',
  'startAt',
  'version',
  'endAt',
  'quantity',
  'suspended',
  'subjectId',
  'kind',
  'departmentId',
  'systemId',
  'projectId',
  'centerId',
  'architecture',
  'share',
  'standing',
  'recordedAt',
  'supersededAt',
] as const;

/** Keys of one statement: well below the packet limit of every engine. */
const KEYS_PER_STATEMENT = 1_000;

export interface Pass {
  readonly afterId: string;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  /** When the last pass began that came to its end; null = none has. */
  readonly lastWholeAt: Date | null;
}

type IntervalRow = Record<string, string | number | Date | null>;

/** The book of intervals. Rows are inserted, and marked when a later version supersedes them; nothing else is changed. */
@Injectable()
export class MeteringRepository {
  constructor(private readonly db: DataSource) {}

  /** What stands of these uses, by use, in the order of meters and time. */
  async standing(resourceIds: readonly string[], tx?: Tx): Promise<Map<string, BookedInterval[]>> {
    const rows: IntervalRow[] = await (tx?.manager ?? this.db.manager).query(
      'select * from metered_interval where resource_id in (?) and standing = 1 order by resource_id, meter, start_at',
      [inList(resourceIds)],
    );
    return Map.groupBy(rows.map(toInterval), ({ resourceId }) => resourceId);
  }

  /** Everything that was ever written of one use, for whoever asks how a figure changed. */
  async history(resourceId: string): Promise<(BookedInterval & { recordedAt: Date; supersededAt: Date | null })[]> {
    const rows: IntervalRow[] = await this.db.query(
      'select * from metered_interval where resource_id = ? order by meter, start_at, version',
      [resourceId],
    );
    return rows.map((row) => ({
      ...toInterval(row),
      recordedAt: row.recorded_at as Date,
      supersededAt: row.superseded_at as Date | null,
    }));
  }

  /** The highest version ever written of each start of these uses. */
  async latest(tx: Tx, resourceIds: readonly string[]): Promise<(key: IntervalKey) => number> {
    const rows: { resource_id: string; meter: string; start_at: Date; version: number }[] = await tx.manager.query(
      `select resource_id, meter, start_at, max(version) as version from metered_interval
       where resource_id in (?) group by resource_id, meter, start_at`,
      [inList(resourceIds)],
    );
    const versions = new Map(
      rows.map((row) => [
        keyText({ resourceId: row.resource_id, meter: row.meter, from: row.start_at }),
        Number(row.version),
      ]),
    );
    return (key) => versions.get(keyText(key)) ?? 0;
  }

  async supersede(tx: Tx, intervals: readonly BookedInterval[]): Promise<void> {
    for (let at = 0; at < intervals.length; at += KEYS_PER_STATEMENT)
      await tx.manager.query(
        `update metered_interval set standing = null, superseded_at = ?
         where (resource_id, meter, start_at, version) in (?)`,
        [
          tx.now,
          intervals
            .slice(at, at + KEYS_PER_STATEMENT)
            .map(({ resourceId, meter, from, version }) => [resourceId, meter, from, version]),
        ],
      );
  }

  async write(tx: Tx, intervals: readonly BookedInterval[]): Promise<void> {
    await bulkInsert(
      tx,
      'metered_interval',
      COLUMNS,
      intervals.map(({ from, to, ...interval }) => ({
        ...interval,
        startAt: from,
        endAt: to,
        standing: 1,
        recordedAt: tx.now,
        supersededAt: null,
      })),
    );
  }

  /** By which words people know these things now. */
  async name(tx: Tx, uses: readonly NamedUse[]): Promise<void> {
    for (let at = 0; at < uses.length; at += KEYS_PER_STATEMENT)
      await tx.manager.query(
        `insert into metered_resource (resource_id, subject_id, kind, code, name, department_id, system_id, request_id) values ?
         on duplicate key update code = values(code), name = values(name), department_id = values(department_id),
           system_id = values(system_id), request_id = values(request_id)`,
        [
          uses
            .slice(at, at + KEYS_PER_STATEMENT)
            .map(({ resourceId, subjectId, kind, code, name, owner, requestId }) => [
              ...[resourceId, subjectId, kind, code, name, owner.departmentId, owner.systemId, requestId],
            ]),
        ],
      );
  }

  /** Which request asked for each of these uses; those that were taken in, and unknown ones, are missing. */
  async requestsOf(resourceIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, string>> {
    const rows: { id: string; request: string }[] = await (tx?.manager ?? this.db.manager).query(
      `select resource_id as id, request_id as request from metered_resource
       where resource_id in (?) and request_id is not null`,
      [inList(resourceIds)],
    );
    return new Map(rows.map(({ id, request }) => [id, request]));
  }

  async namesOf(
    resourceIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly code: string; readonly name: string }>> {
    const rows: { id: string; code: string; name: string }[] = await this.db.query(
      'select resource_id as id, code, name from metered_resource where resource_id in (?)',
      [inList(resourceIds)],
    );
    return new Map(rows.map(({ code, id, name }) => [id, { code, name }]));
  }

  async starts(): Promise<MeteringStarts> {
    const rows: { what: MeteringStart; from_at: Date }[] = await this.db.query(
      'select what, from_at from metering_start',
    );
    return new Map(rows.map(({ what, from_at }) => [what, from_at]));
  }

  async pass(source: string): Promise<Pass | null> {
    const [row]: IntervalRow[] = await this.db.query('select * from metering_pass where source = ?', [source]);
    return row
      ? {
          afterId: row.after_id as string,
          beganAt: row.began_at as Date,
          endedAt: row.ended_at as Date | null,
          lastWholeAt: row.last_whole_at as Date | null,
        }
      : null;
  }

  async keepPass(tx: Tx, source: string, { afterId, beganAt, endedAt, lastWholeAt }: Pass): Promise<void> {
    await tx.manager.query(
      `insert into metering_pass (source, after_id, began_at, ended_at, last_whole_at) values (?)
       on duplicate key update after_id = values(after_id), began_at = values(began_at), ended_at = values(ended_at),
         last_whole_at = values(last_whole_at)`,
      [[source, afterId, beganAt, endedAt, lastWholeAt]],
    );
  }
}

function toInterval(row: IntervalRow): BookedInterval {
  return {
    resourceId: row.resource_id as string,
    subjectId: row.subject_id as string,
    kind: row.kind as BookedInterval['kind'],
    meter: row.meter as string,
    version: Number(row.version),
    from: row.start_at as Date,
    to: row.end_at as Date | null,
    quantity: Number(row.quantity),
    suspended: Number(row.suspended) === 1,
    departmentId: row.department_id as string,
    systemId: row.system_id as string | null,
    projectId: row.project_id as string | null,
    centerId: row.center_id as string | null,
    architecture: row.architecture as BookedInterval['architecture'],
    share: row.share as BookedInterval['share'],
  };
}
