import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type GoLiveState, isOpen } from './domain/go-live-state.js';
import {
  GoLiveCaseEntity,
  GoLiveDocumentEntity,
  GoLiveEntryEntity,
  GoLiveEventEntity,
  GoLiveReadingEntity,
  GoLiveSignatureEntity,
} from './go-live.entity.js';
import type { CaseRow, DocumentRow, EntryRow, EventRow, SignatureRow } from './go-live.types.js';

export interface CaseFilter {
  readonly states: readonly GoLiveState[];
  readonly systemId: string | null;
  /** Those whose deadline has passed at this moment; null = whichever. */
  readonly overdueAt: Date | null;
  readonly search: string | null;
}

@Injectable()
export class GoLiveRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: CaseRow): Promise<void> {
    await tx.manager.insert(GoLiveCaseEntity, { ...row, open: isOpen(row.state) ? 1 : null } as GoLiveCaseEntity);
  }

  async locked(tx: Tx, id: string): Promise<CaseRow | null> {
    return tx.manager.findOne(GoLiveCaseEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Whatever is written of a case is another version of it. */
  async update(tx: Tx, row: CaseRow, values: Partial<CaseRow>): Promise<void> {
    const over = values.state && !isOpen(values.state) ? { open: null, closedAt: tx.now } : {};
    const next = { ...values, version: row.version + 1, ...over } as Partial<GoLiveCaseEntity>;
    await tx.manager.update(GoLiveCaseEntity, { id: row.id }, next);
  }

  /** That people were told changes nothing that anybody looks at. */
  async told(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(GoLiveCaseEntity, { id }, { toldAt: tx.now });
  }

  /** Its days are over: from now on it is to be presented within its term. */
  async awaitPresenting(tx: Tx, id: string, dueAt: Date): Promise<void> {
    await tx.manager.update(GoLiveCaseEntity, { id }, { dueStep: 'PRESENT', dueAt });
  }

  async append(tx: Tx, event: Omit<EventRow, 'id' | 'at'>, at = tx.now): Promise<void> {
    await tx.manager.insert(GoLiveEventEntity, { ...event, id: newId(tx.now.getTime()), at });
  }

  async addEntry(tx: Tx, row: EntryRow): Promise<void> {
    await tx.manager.insert(GoLiveEntryEntity, { ...row, fileIds: [...row.fileIds] });
  }

  /** An incident that nobody has resolved yet; null = there is none of this id. */
  async openIncident(tx: Tx, id: string): Promise<EntryRow | null> {
    return tx.manager.findOneBy(GoLiveEntryEntity, { id, kind: 'INCIDENT', resolvedAt: IsNull() });
  }

  async resolve(tx: Tx, id: string, resolvedBy: string, resolution: string): Promise<void> {
    await tx.manager.update(GoLiveEntryEntity, { id }, { resolvedAt: tx.now, resolvedBy, resolution });
  }

  async addDocument(tx: Tx, row: DocumentRow): Promise<void> {
    await tx.manager.insert(GoLiveDocumentEntity, { ...row, removedAt: null });
  }

  /** The paper that counts; null = it is none, or was taken out. */
  async document(tx: Tx, id: string): Promise<DocumentRow | null> {
    return tx.manager.findOneBy(GoLiveDocumentEntity, { id, removedAt: IsNull() });
  }

  async removeDocument(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(GoLiveDocumentEntity, { id }, { removedAt: tx.now });
  }

  async sign(tx: Tx, row: SignatureRow): Promise<void> {
    await tx.manager.insert(GoLiveSignatureEntity, { ...row });
  }

  async read(tx: Tx, caseId: string, userId: string, contentHash: string): Promise<void> {
    await tx.manager.upsert(GoLiveReadingEntity, { caseId, userId, contentHash, at: tx.now }, [
      'caseId',
      'userId',
      'contentHash',
    ]);
  }

  async hasRead(manager: EntityManager | null, caseId: string, userId: string, contentHash: string): Promise<boolean> {
    return (manager ?? this.db.manager).existsBy(GoLiveReadingEntity, { caseId, userId, contentHash });
  }

  /** Whether a case of the system still runs, as this transaction sees it. */
  async hasOpen(tx: Tx, systemId: string): Promise<boolean> {
    return tx.manager.existsBy(GoLiveCaseEntity, { systemId, open: 1 });
  }

  async inScope(scope: TenantScope, id: string): Promise<CaseRow | null> {
    return this.cases(scope).andWhere('c.id = :id', { id }).getOne();
  }

  async page(scope: TenantScope, filter: CaseFilter, page: PageRequest): Promise<Page<CaseRow>> {
    const filtered = () => {
      const query = this.cases(scope);
      if (filter.states.length > 0) query.andWhere('c.state in (:...states)', { states: filter.states });
      if (filter.systemId !== null) query.andWhere('c.systemId = :systemId', { systemId: filter.systemId });
      if (filter.overdueAt !== null)
        query.andWhere("c.open = 1 and c.dueStep <> 'TRIAL_OVER' and c.dueAt <= :overdueAt", {
          overdueAt: filter.overdueAt,
        });
      return matching(query, ['c.code', 'c.systemName', 'c.openedByName'], filter.search);
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

  /** Of each system its cases, the newest first. */
  async ofSystems(systemIds: readonly string[]): Promise<CaseRow[]> {
    return this.db.manager.find(GoLiveCaseEntity, {
      where: { systemId: In(inList(systemIds) as string[]) },
      order: { openedAt: 'DESC', id: 'DESC' },
    });
  }

  /** In the order of the days. */
  async entriesOf(caseIds: readonly string[], manager = this.db.manager): Promise<EntryRow[]> {
    return manager.find(GoLiveEntryEntity, {
      where: { caseId: In(inList(caseIds) as string[]) },
      order: { day: 'ASC', id: 'ASC' },
    });
  }

  async documentsOf(caseIds: readonly string[], manager = this.db.manager): Promise<DocumentRow[]> {
    return manager.find(GoLiveDocumentEntity, {
      where: { caseId: In(inList(caseIds) as string[]), removedAt: IsNull() },
      order: { addedAt: 'ASC', id: 'ASC' },
    });
  }

  async signaturesOf(caseIds: readonly string[], manager = this.db.manager): Promise<SignatureRow[]> {
    return manager.find(GoLiveSignatureEntity, {
      where: { caseId: In(inList(caseIds) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  async eventsOf(caseIds: readonly string[]): Promise<EventRow[]> {
    return this.db.manager.find(GoLiveEventEntity, {
      where: { caseId: In(inList(caseIds) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  /** Deadlines that have passed and that nobody was told of. */
  async due(now: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select id from go_live_case where open = 1 and told_at is null and due_at <= ? order by due_at, id limit ?',
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  private cases(scope: TenantScope) {
    const every = this.db.manager.createQueryBuilder(GoLiveCaseEntity, 'c').where('1 = 1');
    return withinScope(every, 'c.departmentId', scope, 'c.systemId in (:...scopeSystemIds)');
  }
}
