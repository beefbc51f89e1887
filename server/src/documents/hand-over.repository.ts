import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { HandOverPolicy, ObjectionRow, SheetRow } from './documents.types.js';
import { DeliveryObjectionEntity, DeliverySheetEntity, HandOverPolicyEntity } from './hand-over.entity.js';

/** Delivery sheets with their objections. Whose they are is asked of the request, by callers. */
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
