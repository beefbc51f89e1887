import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan, Not, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DriftEntity } from './drift.entity.js';
import type { DriftFilter, DriftObject, DriftRow } from './drift.types.js';

const COLUMNS = [
  ...(['id', 'centerId', 'resourceId', 'subjectCode', 'departmentId', 'systemId'] as const),
  ...(['objectKind', 'objectNamespace', 'objectName', 'path', 'fieldClass', 'manager', 'handling'] as const),
  ...(['firstSeenAt', 'lastSeenAt', 'state', 'acceptedUntil', 'decidedBy', 'decidedAt', 'reason'] as const),
  ...(['endedAt', 'version', 'live', 'opens', 'wanted', 'found'] as const),
];

@Injectable()
export class DriftRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, rows: readonly DriftRow[]): Promise<void> {
    // `stored` leaves texts as they are; these two columns hold any JSON.
    const written = rows.map((row) => ({
      ...row,
      wanted: JSON.stringify(row.wanted),
      found: JSON.stringify(row.found),
    }));
    await bulkInsert(tx, 'drift', COLUMNS, written);
  }

  /** Those that stand, of one object. */
  standingOf(object: Pick<DriftObject, 'centerId' | 'objectKind' | 'objectNamespace' | 'objectName'>, tx?: Tx) {
    const { centerId, objectKind, objectName, objectNamespace } = object;
    return (tx?.manager ?? this.db.manager).find(DriftEntity, {
      where: { centerId, objectKind, objectNamespace, objectName, live: 1 },
      order: { id: 'ASC' },
      ...(tx ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    }) as Promise<DriftRow[]>;
  }

  /** Those that stand, of resources. */
  async standingOfResources(resourceIds: readonly string[]): Promise<DriftRow[]> {
    return this.db.manager.find(DriftEntity, {
      where: { resourceId: In(inList(resourceIds) as string[]), live: Not(IsNull()) },
      order: { id: 'ASC' },
    });
  }

  /** Those that stand, of objects of one kind in one center. */
  async standingOfKind(centerId: string, objectKind: string): Promise<DriftRow[]> {
    return this.db.manager.find(DriftEntity, { where: { centerId, objectKind, live: 1 }, order: { id: 'ASC' } });
  }

  /** By its id, or by what it is of, where that is one alone. */
  async waiting(subjectCode: string, id: string | undefined): Promise<DriftRow | null> {
    const of = id === undefined ? { subjectCode } : { id };
    const rows = await this.db.manager.find(DriftEntity, {
      where: { ...of, live: 1, state: 'OPEN', handling: 'REPORT' },
      take: 2,
    });
    return rows.length === 1 ? (rows[0] as DriftRow) : null;
  }

  /**
   * Boundaries that stand open, or stood so since, by center. What a person let be, or has ordered to be closed, is known to
   * somebody: its end is no opening; only where it should be closed by `closedBy` and is not, it counts again.
   */
  async openings(since: Date, closedBy: Date): Promise<ReadonlyMap<string, number>> {
    const rows: { centerId: string; n: string | number }[] = await this.db.query(
      `select center_id as centerId, count(*) as n from drift
       where opens = 1 and accepted_until is null
         and case when decided_at is null then live = 1 or last_seen_at > ?
             else live = 1 and greatest(decided_at, last_seen_at) < ? end
       group by center_id`,
      [since, closedBy],
    );
    return new Map(rows.map(({ centerId, n }) => [centerId, Number(n)]));
  }

  /** How often a field of the object was put back since; of openings only how often it had been opened. */
  async putBackSince(tx: Tx, object: DriftObject, path: string, since: Date, opens: boolean): Promise<number> {
    const [row]: { n: string | number }[] = await tx.manager.query(
      `select count(*) as n from drift where center_id = ? and object_kind = ? and object_namespace = ?
         and object_name = ? and path = ? and state = 'PUT_BACK' and ended_at > ? and opens >= ?`,
      [object.centerId, object.objectKind, object.objectNamespace, object.objectName, path, since, opens ? 1 : 0],
    );
    return Number(row?.n ?? 0);
  }

  /** The latest opening of those, which no person had decided on. */
  lastOpening(tx: Tx, object: DriftObject, path: string, since: Date): Promise<DriftRow | null> {
    const { centerId, objectKind, objectName, objectNamespace } = object;
    return tx.manager.findOne(DriftEntity, {
      where: {
        ...{ centerId, objectKind, objectName, objectNamespace, path },
        state: 'PUT_BACK',
        opens: true,
        endedAt: MoreThan(since),
        decidedAt: IsNull(),
      },
      order: { endedAt: 'DESC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The row, locked until commit; null = not there, or not in the scope. */
  async locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<DriftRow | null> {
    if (id === undefined) return null;
    return this.drifts(scope, tx).andWhere('d.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  /** false = it is not of that version any more. */
  async update(tx: Tx, row: DriftRow, values: Partial<Omit<DriftRow, 'wanted' | 'found'>>): Promise<boolean> {
    const done = await tx.manager.update(
      DriftEntity,
      { id: row.id, version: row.version },
      { ...values, version: row.version + 1 },
    );
    return done.affected === 1;
  }

  /** What is found there is another value now. */
  async foundNow(tx: Tx, row: DriftRow, values: { wanted: unknown; found: unknown }): Promise<void> {
    await tx.manager.query('update drift set wanted = ?, found = ? where id = ?', [
      JSON.stringify(values.wanted),
      JSON.stringify(values.found),
      row.id,
    ]);
  }

  async inScope(scope: TenantScope, id: string): Promise<DriftRow | null> {
    return this.drifts(scope).andWhere('d.id = :id', { id }).getOne();
  }

  page(scope: TenantScope, filter: DriftFilter, page: PageRequest): Promise<Page<DriftRow>> {
    return newestOf(() => this.filtered(scope, filter), 'd.firstSeenAt', 'd.id', page);
  }

  /** Of each center, how many wait for a person. */
  async openByCenter(): Promise<ReadonlyMap<string, number>> {
    const rows: { center_id: string; n: string }[] = await this.db.query(
      "select center_id, count(*) as n from drift where state = 'OPEN' group by center_id",
    );
    return new Map(rows.map((row) => [row.center_id, Number(row.n)]));
  }

  private filtered(scope: TenantScope, filter: DriftFilter): SelectQueryBuilder<DriftEntity> {
    const query = this.drifts(scope);
    if (filter.states.length > 0) query.andWhere('d.state in (:...states)', { states: filter.states });
    if (filter.classes.length > 0) query.andWhere('d.fieldClass in (:...classes)', { classes: filter.classes });
    if (filter.centerId) query.andWhere('d.centerId = :centerId', { centerId: filter.centerId });
    if (filter.resourceId) query.andWhere('d.resourceId = :resourceId', { resourceId: filter.resourceId });
    return matching(
      query,
      ['d.subjectCode', 'd.objectName', 'd.objectNamespace', 'd.path', 'd.manager'],
      filter.search,
    );
  }

  private drifts(scope: TenantScope, tx?: Tx): SelectQueryBuilder<DriftEntity> {
    const every = (tx?.manager ?? this.db.manager).createQueryBuilder(DriftEntity, 'd').where('1 = 1');
    return withinScope(every, 'd.departmentId', scope, 'd.systemId in (:...scopeSystemIds)');
  }
}
