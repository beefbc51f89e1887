import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { matching } from '../platform/database/listing.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuarantinedObjectEntity } from './quarantine.entity.js';
import type { QuarantineFilter, QuarantineRow } from './quarantine.types.js';

const COLUMNS = [
  ...(['id', 'centerId', 'objectKind', 'objectNamespace', 'objectName', 'uid', 'cause', 'claimedId'] as const),
  ...(['power', 'state', 'passes', 'firstSeenAt', 'haltedAt', 'haltTrouble', 'decidedBy', 'decidedAt'] as const),
  ...(['reason', 'endedAt', 'version', 'live'] as const),
];

/** These objects belong to no department yet, so reads take no scope. */
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

  async byId(id: string): Promise<QuarantineRow | null> {
    return this.db.manager.findOneBy(QuarantinedObjectEntity, { id });
  }

  async page(filter: QuarantineFilter, page: PageRequest): Promise<Page<QuarantineRow>> {
    const totalCount = await this.filtered(filter).getCount();
    const query = this.filtered(filter);
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere('(q.firstSeenAt < :key or (q.firstSeenAt = :key and q.id < :id))', { key: new Date(key), id });
    }
    const rows = await query
      .orderBy('q.firstSeenAt', 'DESC')
      .addOrderBy('q.id', 'DESC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Of each center, how many nobody has looked at. */
  async newByCenter(): Promise<ReadonlyMap<string, number>> {
    const rows: { center_id: string; n: string }[] = await this.db.query(
      "select center_id, count(*) as n from quarantined_object where live = 1 and state = 'NEW' group by center_id",
    );
    return new Map(rows.map((row) => [row.center_id, Number(row.n)]));
  }

  private filtered({
    causes,
    centerId,
    search,
    states,
  }: QuarantineFilter): SelectQueryBuilder<QuarantinedObjectEntity> {
    const query = this.db.manager.createQueryBuilder(QuarantinedObjectEntity, 'q').where('1 = 1');
    if (states.length > 0) query.andWhere('q.state in (:...states)', { states });
    if (causes.length > 0) query.andWhere('q.cause in (:...causes)', { causes });
    if (centerId) query.andWhere('q.centerId = :centerId', { centerId });
    return matching(query, ['q.objectName', 'q.objectNamespace', 'q.claimedId'], search);
  }
}
