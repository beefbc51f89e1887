import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { HandOverPolicy, ObjectionRow, SheetFacts, SheetHead, SheetRow } from './documents.types.js';
import type { SheetState } from './domain/delivery-sheet.js';
import { DeliveryObjectionEntity, DeliverySheetEntity, HandOverPolicyEntity } from './hand-over.entity.js';

/** Everything but what was confirmed, which may be a thousand things. */
const HEAD = [
  'sheet.id',
  'sheet.code',
  'sheet.requestId',
  'sheet.requestCode',
  'sheet.departmentId',
  'sheet.applicantId',
  'sheet.state',
  'sheet.version',
  'sheet.openedAt',
  'sheet.remindAt',
  'sheet.dueAt',
  'sheet.confirmedAt',
  'sheet.confirmedBy',
  'sheet.byRule',
  'sheet.contentHash',
];

export interface SheetFilter {
  readonly states: readonly SheetState[];
  /** Those that the rule confirmed; null = whichever. */
  readonly byRule: boolean | null;
  readonly search: string | null;
}

/** Delivery sheets with their objections. Whose one is is asked of its request, by callers; lists take a scope. */
@Injectable()
export class HandOverRepository {
  constructor(private readonly db: DataSource) {}

  async policy(manager: EntityManager = this.db.manager): Promise<HandOverPolicy> {
    const [policy] = await manager.find(HandOverPolicyEntity);
    if (!policy) throw new Error('the terms of handing over are missing: the migration writes them');
    return policy;
  }

  sheets(requestIds: readonly string[]): Promise<SheetRow[]> {
    return this.db
      .createQueryBuilder(DeliverySheetEntity, 'sheet')
      .where('sheet.requestId in (:...ids)', { ids: inList(requestIds) })
      .getMany();
  }

  heads(requestIds: readonly string[]): Promise<SheetHead[]> {
    return this.db
      .createQueryBuilder(DeliverySheetEntity, 'sheet')
      .select(HEAD)
      .where('sheet.requestId in (:...ids)', { ids: inList(requestIds) })
      .getMany();
  }

  headById(id: string): Promise<SheetHead | null> {
    return this.db
      .createQueryBuilder(DeliverySheetEntity, 'sheet')
      .select(HEAD)
      .where('sheet.id = :id', { id })
      .getOne();
  }

  /** Of sheets that were confirmed, as they were then. */
  async confirmedFacts(sheetIds: readonly string[]): Promise<ReadonlyMap<string, SheetFacts>> {
    if (sheetIds.length === 0) return new Map();
    const rows: { id: string; unit: string; system: string; items: number }[] = await this.db.query(
      `select id, json_unquote(json_extract(content, '$.unit')) as unit,
         json_unquote(json_extract(content, '$.system')) as \`system\`, json_length(content, '$.items') as items
         from delivery_sheet where id in (?) and content is not null`,
      [inList(sheetIds)],
    );
    return new Map(rows.map(({ id, unit, system, items }) => [id, { unit, system, itemCount: Number(items) }]));
  }

  async openObjectionCounts(sheetIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; n: string }[] = await this.db.query(
      `select sheet_id as id, count(*) as n from delivery_objection
        where sheet_id in (?) and answer is null group by sheet_id`,
      [inList(sheetIds)],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }

  /** The newest first. Who reaches single systems only finds none: a company confirms nothing. */
  async page(scope: TenantScope, filter: SheetFilter, page: PageRequest): Promise<Page<SheetHead>> {
    const filtered = () => {
      const query = withinScope(
        this.db.createQueryBuilder(DeliverySheetEntity, 'sheet').where('1 = 1'),
        'sheet.departmentId',
        scope,
      );
      if (filter.states.length > 0) query.andWhere('sheet.state in (:...states)', { states: filter.states });
      if (filter.byRule !== null) query.andWhere('sheet.byRule = :byRule', { byRule: filter.byRule });
      return matching(query, ['sheet.code', 'sheet.requestCode'], filter.search);
    };
    const totalCount = await filtered().getCount();
    const query = filtered().select(HEAD);
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere('(sheet.openedAt < :key or (sheet.openedAt = :key and sheet.id < :id))', {
        key: new Date(key),
        id,
      });
    }
    const rows = await query
      .orderBy('sheet.openedAt', 'DESC')
      .addOrderBy('sheet.id', 'DESC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async byId(id: string): Promise<SheetRow | null> {
    return this.db.manager.findOne(DeliverySheetEntity, { where: { id } });
  }

  /** Locked until commit; null = there is none. */
  async locked(tx: Tx, id: string): Promise<SheetRow | null> {
    return tx.manager.findOne(DeliverySheetEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** One a request, however often it is delivered. */
  async open(tx: Tx, sheet: SheetRow): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      `insert ignore into delivery_sheet (id, code, request_id, request_code, department_id, applicant_id, state, version, opened_at, remind_at, due_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        sheet.id,
        sheet.code,
        sheet.requestId,
        sheet.requestCode,
        sheet.departmentId,
        sheet.applicantId,
        sheet.state,
        sheet.version,
        sheet.openedAt,
        sheet.remindAt,
        sheet.dueAt,
      ],
    );
    return result.affectedRows === 1;
  }

  async update(tx: Tx, id: string, values: Partial<SheetRow>): Promise<void> {
    await tx.manager.update(DeliverySheetEntity, { id }, values as object);
  }

  /** The first first. */
  objections(sheetIds: readonly string[], manager: EntityManager = this.db.manager): Promise<ObjectionRow[]> {
    return manager
      .createQueryBuilder(DeliveryObjectionEntity, 'objection')
      .where('objection.sheetId in (:...ids)', { ids: inList(sheetIds) })
      .orderBy('objection.id')
      .getMany();
  }

  async objection(id: string): Promise<ObjectionRow | null> {
    return this.db.manager.findOne(DeliveryObjectionEntity, { where: { id } });
  }

  async insertObjections(tx: Tx, objections: readonly ObjectionRow[]): Promise<void> {
    await tx.manager.insert(
      DeliveryObjectionEntity,
      objections.map((objection) => ({ ...objection })),
    );
  }

  /** False = it is answered already. */
  async answer(tx: Tx, id: string, answer: string, by: string): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      'update delivery_objection set answer = ?, answered_at = ?, answered_by = ? where id = ? and answer is null',
      [answer, tx.now, by, id],
    );
    return result.affectedRows === 1;
  }

  async dueBefore(now: Date, limit: number): Promise<SheetRow[]> {
    return this.db
      .createQueryBuilder(DeliverySheetEntity, 'sheet')
      .where("sheet.state = 'AWAITING' and sheet.dueAt <= :now", { now })
      .orderBy('sheet.dueAt')
      .limit(limit)
      .getMany();
  }

  async toRemind(now: Date, limit: number): Promise<SheetRow[]> {
    return this.db
      .createQueryBuilder(DeliverySheetEntity, 'sheet')
      .where("sheet.state = 'AWAITING' and sheet.remindAt <= :now", { now })
      .orderBy('sheet.remindAt')
      .limit(limit)
      .getMany();
  }
}
