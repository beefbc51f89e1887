import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { carriesAlike, type ReplicationObject, sameObject } from './domain/replication-object.js';
import { ReplicationReportEntity } from './replication.entity.js';

const COLUMNS = [
  'center_id',
  'kind',
  'namespace',
  'name',
  'volume',
  'towards',
  'role',
  'last_sync_at',
  'interval_seconds',
  'problem',
];
const ROWS_PER_STATEMENT = 1_000;
/** As plain rows: some thousands are read at every round. */
const SELECT = `select center_id as centerId, kind, namespace, name, volume, towards, role, last_sync_at as lastSyncAt,
  interval_seconds as intervalSeconds, problem from replication_object`;

export type ReplicationRow = ReplicationObject & { readonly centerId: string };

/** What the clusters say of the objects that carry data between centers. */
@Injectable()
export class Replication {
  constructor(private readonly db: DataSource) {}

  /** All that a cluster shows now; only what differs is written. Nothing is concluded from an incomplete list: callers wait for a whole one. */
  async record(tx: Tx, centerId: string, seen: readonly ReplicationObject[]): Promise<void> {
    const rows: ReplicationRow[] = await tx.manager.query(`${SELECT} where center_id = ?`, [centerId]);
    const known = new Map(rows.map((row) => [keyOf(row), row]));
    const written = seen.filter((object) => {
      const before = known.get(keyOf(object));
      return before === undefined || !sameObject(before, object);
    });
    const there = new Set(seen.map(keyOf));
    const gone = [...known.values()].filter((row) => !there.has(keyOf(row)));
    // Groups are judged by it at once; that something was brought over once more waits for the next round.
    if (gone.length > 0 || written.some((object) => !carriesAlike(known.get(keyOf(object)), object)))
      tx.changed('replication', 'COPIES');
    for (let at = 0; at < written.length; at += ROWS_PER_STATEMENT)
      await tx.manager.query(`replace into replication_object (${COLUMNS.join(', ')}) values ?`, [
        written
          .slice(at, at + ROWS_PER_STATEMENT)
          .map((one) => [
            ...[centerId, one.kind, one.namespace, one.name, one.volume, one.towards, one.role],
            ...[one.lastSyncAt, one.intervalSeconds, one.problem],
          ]),
      ]);
    for (let at = 0; at < gone.length; at += ROWS_PER_STATEMENT)
      await tx.manager.query('delete from replication_object where center_id = ? and (kind, namespace, name) in (?)', [
        centerId,
        gone.slice(at, at + ROWS_PER_STATEMENT).map(({ kind, name, namespace }) => [kind, namespace, name]),
      ]);
    await tx.manager.query(
      'insert into replication_report (center_id, reported_at, objects) values (?) on duplicate key update reported_at = values(reported_at), objects = values(objects)',
      [[centerId, tx.now, seen.length]],
    );
  }

  /** Whole: every group is judged by them. */
  objects(): Promise<ReplicationRow[]> {
    return this.db.query(SELECT);
  }

  /** By center, when its objects were last read whole. */
  async readAt(): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.db.manager.find(ReplicationReportEntity);
    return new Map(rows.map(({ centerId, reportedAt }) => [centerId, reportedAt]));
  }
}

const keyOf = ({ kind, name, namespace }: Pick<ReplicationObject, 'kind' | 'namespace' | 'name'>) =>
  `${kind}/${namespace}/${name}`;
