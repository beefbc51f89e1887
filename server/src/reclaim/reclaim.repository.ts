import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type CaseState, isOpen } from './domain/case-state.js';
import { ReclaimCaseEntity, ReclaimEventEntity } from './reclaim.entity.js';
import type { CaseEventRow, CaseRow } from './reclaim.types.js';

export interface CaseFilter {
  readonly states: readonly CaseState[];
  readonly search: string | null;
}

@Injectable()
export class ReclaimRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: CaseRow): Promise<void> {
    await tx.manager.insert(ReclaimCaseEntity, { ...row, figures: [...row.figures], open: 1 });
  }

  async locked(tx: Tx, id: string): Promise<CaseRow | null> {
    return tx.manager.findOne(ReclaimCaseEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async move(tx: Tx, row: CaseRow, state: CaseState): Promise<void> {
    const over = isOpen(state) ? {} : { open: null, closedAt: tx.now };
    await tx.manager.update(ReclaimCaseEntity, { id: row.id }, { state, version: row.version + 1, ...over });
  }

  async append(tx: Tx, event: Omit<CaseEventRow, 'id' | 'at'>): Promise<void> {
    const fileIds = [...event.fileIds];
    await tx.manager.insert(ReclaimEventEntity, { ...event, fileIds, id: newId(tx.now.getTime()), at: tx.now });
  }

  /** Whether a case of the resource still waits, as this transaction sees it. */
  async hasOpen(tx: Tx, resourceId: string): Promise<boolean> {
    return tx.manager.existsBy(ReclaimCaseEntity, { resourceId, open: 1 });
  }

  async stateOf(tx: Tx, id: string): Promise<CaseState | null> {
    const row = await tx.manager.findOneBy(ReclaimCaseEntity, { id });
    return row?.state ?? null;
  }

  /** Of each line that still runs, the case that it is in: one that waits, or one that was decided and is not carried out yet. */
  async runningOfLines(lineIds: readonly string[], manager: EntityManager = this.db.manager): Promise<CaseRow[]> {
    return manager
      .createQueryBuilder(ReclaimCaseEntity, 'c')
      .where("c.lineId in (:...ids) and (c.open = 1 or c.state = 'RECLAIMED')", { ids: inList(lineIds) })
      .orderBy('c.openedAt', 'ASC')
      .addOrderBy('c.id', 'ASC')
      .getMany();
  }

  /** Whether its end has been a case already: decided either way, it is none again. */
  async wasOverSince(tx: Tx, lineId: string, since: Date): Promise<boolean> {
    return tx.manager.existsBy(ReclaimCaseEntity, { lineId, cause: 'TERM_OVER', openedAt: MoreThanOrEqual(since) });
  }

  /** Of each line, when its end last became a case. */
  async overOpenedAt(lineIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows: { lineId: string; openedAt: Date }[] = await this.db.manager
      .createQueryBuilder(ReclaimCaseEntity, 'c')
      .select('c.lineId', 'lineId')
      .addSelect('max(c.openedAt)', 'openedAt')
      .where("c.lineId in (:...ids) and c.cause = 'TERM_OVER'", { ids: inList(lineIds) })
      .groupBy('c.lineId')
      .getRawMany();
    return new Map(rows.map(({ lineId, openedAt }) => [lineId, openedAt]));
  }

  async inScope(scope: TenantScope, id: string): Promise<CaseRow | null> {
    return this.cases(scope).andWhere('c.id = :id', { id }).getOne();
  }

  async page(scope: TenantScope, filter: CaseFilter, page: PageRequest): Promise<Page<CaseRow>> {
    const filtered = () => {
      const query = this.cases(scope);
      if (filter.states.length > 0) query.andWhere('c.state in (:...states)', { states: filter.states });
      return matching(query, ['c.code', 'c.evidence', 'c.openedByName'], filter.search);
    };
    const totalCount = await filtered().getCount();
    const query = filtered();
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere('(c.openedAt < :key or (c.openedAt = :key and c.id < :id))', { key: new Date(key), id });
    }
    const rows = await query
      .orderBy('c.openedAt', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async eventsOf(caseIds: readonly string[], manager: EntityManager = this.db.manager): Promise<CaseEventRow[]> {
    return manager.find(ReclaimEventEntity, {
      where: { caseId: In(inList(caseIds) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  /** Of each resource the case that still waits. */
  async openOf(resourceIds: readonly string[]): Promise<CaseRow[]> {
    return this.db.manager.findBy(ReclaimCaseEntity, { resourceId: In(inList(resourceIds) as string[]), open: 1 });
  }

  /** Noticed, and nobody has answered in time. */
  async unanswered(now: Date, limit: number): Promise<string[]> {
    return this.ids("state = 'NOTICED' and due_at <= ? order by due_at, id limit ?", [now, limit]);
  }

  /** Every case that waits, in pages by id. */
  async open(afterId: string, limit: number): Promise<CaseRow[]> {
    return this.db.manager
      .createQueryBuilder(ReclaimCaseEntity, 'c')
      .where('c.open = 1 and c.id > :afterId', { afterId })
      .orderBy('c.id', 'ASC')
      .limit(limit)
      .getMany();
  }

  private async ids(where: string, values: readonly unknown[]): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(`select id from reclaim_case where ${where}`, [...values]);
    return rows.map((row) => row.id);
  }

  private cases(scope: TenantScope) {
    const every = this.db.manager.createQueryBuilder(ReclaimCaseEntity, 'c').where('1 = 1');
    return withinScope(every, 'c.departmentId', scope, 'c.systemId in (:...scopeSystemIds)');
  }
}
