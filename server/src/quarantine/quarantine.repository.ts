import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { QuarantinedObjectEntity } from './quarantine.entity.js';
import type { QuarantineEventRow, QuarantineFilter, QuarantineRow } from './quarantine.types.js';
import { QuarantineEventEntity } from './quarantine-event.entity.js';

const COLUMNS = [
  ...(['id', 'centerId', 'departmentId', 'objectKind', 'objectNamespace', 'objectName', 'uid', 'cause'] as const),
  ...(['claimedId', 'power', 'state', 'passes', 'firstSeenAt', 'haltedAt', 'haltTrouble', 'decidedBy'] as const),
  ...(['decidedAt', 'reason', 'endedAt', 'version', 'live'] as const),
];

/** In a department's namespace it is the department's to see; what stands in nobody's is seen by those of the whole province alone. */
@Injectable()
export class QuarantineRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, rows: readonly QuarantineRow[]): Promise<void> {
    await bulkInsert(tx, 'quarantined_object', COLUMNS, rows);
  }

  standingOf(centerId: string): Promise<QuarantineRow[]> {
    return this.db.manager.find(QuarantinedObjectEntity, { where: { centerId, live: 1 }, order: { id: 'ASC' } });
  }

  /** The row, locked until commit. */
  async locked(tx: Tx, id: string | undefined): Promise<QuarantineRow | null> {
    if (id === undefined) return null;
    return tx.manager.findOne(QuarantinedObjectEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** false = a person was faster; the next look says it again. */
  async update(tx: Tx, row: Pick<QuarantineRow, 'id' | 'version'>, values: Partial<QuarantineRow>): Promise<boolean> {
    const { id, version } = row;
    const done = await tx.manager.update(QuarantinedObjectEntity, { id, version }, { ...values, version: version + 1 });
    return done.affected === 1;
  }

  /** What a look counts; the version stays, because it changes nothing that a person decides on. */
  async counted(tx: Tx, id: string, values: Pick<QuarantineRow, 'passes' | 'power'>): Promise<void> {
    await tx.manager.update(QuarantinedObjectEntity, { id }, values);
  }

  byId(scope: TenantScope, id: string): Promise<QuarantineRow | null> {
    return this.within(scope).andWhere('q.id = :id', { id }).getOne();
  }

  page(scope: TenantScope, filter: QuarantineFilter, page: PageRequest): Promise<Page<QuarantineRow>> {
    return newestOf(() => this.filtered(scope, filter), 'q.firstSeenAt', 'q.id', page);
  }

  async note(tx: Tx, event: Omit<QuarantineEventRow, 'id' | 'at'>): Promise<void> {
    await tx.manager.insert(QuarantineEventEntity, { ...event, id: newId(tx.now.getTime()), at: tx.now });
  }

  /** The newest first. Unscoped: reached from an object that the viewer may already see. */
  eventsOf(objectIds: readonly string[]): Promise<QuarantineEventRow[]> {
    return this.db.manager
      .createQueryBuilder(QuarantineEventEntity, 'e')
      .where('e.objectId in (:...ids)', { ids: inList(objectIds) })
      .orderBy('e.at', 'DESC')
      .addOrderBy('e.id', 'DESC')
      .getMany();
  }

  /** Of each center, how many nobody has looked at. */
  async newByCenter(): Promise<ReadonlyMap<string, number>> {
    const rows: { center_id: string; n: string }[] = await this.db.query(
      "select center_id, count(*) as n from quarantined_object where live = 1 and state = 'NEW' group by center_id",
    );
    return new Map(rows.map((row) => [row.center_id, Number(row.n)]));
  }

  private within(scope: TenantScope): SelectQueryBuilder<QuarantinedObjectEntity> {
    return withinScope(this.db.manager.createQueryBuilder(QuarantinedObjectEntity, 'q'), 'q.departmentId', scope);
  }

  private filtered(
    scope: TenantScope,
    { causes, centerId, search, states }: QuarantineFilter,
  ): SelectQueryBuilder<QuarantinedObjectEntity> {
    const query = this.within(scope);
    if (states.length > 0) query.andWhere('q.state in (:...states)', { states });
    if (causes.length > 0) query.andWhere('q.cause in (:...causes)', { causes });
    if (centerId) query.andWhere('q.centerId = :centerId', { centerId });
    return matching(query, ['q.objectName', 'q.objectNamespace', 'q.claimedId'], search);
  }
}
