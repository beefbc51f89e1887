import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { pageOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { PlanState } from './domain/plan-state.js';
import { PlanLineEntity } from './plans.entity.js';
import type { LineOfDepartment, PlanLineRow } from './plans.types.js';

const COLUMNS = [
  'id',
  'planId',
  'position',
  'systemId',
  'kind',
  'count',
  'vcpu',
  'memoryMib',
  'ssdGib',
  'hddGib',
  'architecture',
  'zone',
  'offerCode',
  'quotaMeter',
  'halfUnits',
  'powerW',
  'localMode',
  'remoteMode',
  'month',
  'reason',
  'acceptedCount',
  'reductionReason',
  'unitFen',
] as const;

/** Which lines of a year are summed: of plans in these states, of these departments or systems; null = all. */
export interface LinesOfYear {
  readonly year: number;
  readonly states: readonly PlanState[];
  readonly departmentIds?: readonly string[];
  readonly systemIds?: readonly string[];
}

/** Lines are reached through their plan, whose scope was asked before. */
@Injectable()
export class PlanLinesRepository {
  constructor(private readonly db: DataSource) {}

  page(planId: string, page: PageRequest): Promise<Page<PlanLineRow>> {
    const query = this.db.manager.createQueryBuilder(PlanLineEntity, 'l').where('l.planId = :planId', { planId });
    return pageOf(query, 'l.position', page);
  }

  of(planId: string, manager: EntityManager = this.db.manager): Promise<PlanLineRow[]> {
    return manager.find(PlanLineEntity, { where: { planId }, order: { position: 'ASC' } });
  }

  /** Of several plans, by one statement. */
  ofPlans(planIds: readonly string[]): Promise<PlanLineRow[]> {
    return this.db.manager.find(PlanLineEntity, {
      where: { planId: In(inList(planIds) as string[]) },
      order: { planId: 'ASC', position: 'ASC' },
    });
  }

  /** By one statement, whatever there is. */
  async ofYear(wish: LinesOfYear, manager: EntityManager = this.db.manager): Promise<LineOfDepartment[]> {
    const query = manager
      .createQueryBuilder(PlanLineEntity, 'l')
      .innerJoinAndSelect('l.plan', 'p')
      .where('p.year = :year and p.state in (:...states)', { year: wish.year, states: wish.states });
    if (wish.departmentIds)
      query.andWhere('p.departmentId in (:...departmentIds)', { departmentIds: inList(wish.departmentIds) });
    if (wish.systemIds) query.andWhere('l.systemId in (:...systemIds)', { systemIds: inList(wish.systemIds) });
    const rows = await query.getMany();
    return rows.map(({ plan, ...line }) => ({ ...line, departmentId: plan?.departmentId ?? '' }));
  }

  async insert(tx: Tx, lines: readonly PlanLineRow[]): Promise<void> {
    await bulkInsert(tx, 'plan_line', COLUMNS, lines);
  }

  async update(tx: Tx, id: string, change: Partial<PlanLineRow>): Promise<void> {
    await tx.manager.update(PlanLineEntity, { id }, change);
  }

  async remove(tx: Tx, planId: string, ids: readonly string[]): Promise<void> {
    await tx.manager.query('delete from plan_line where plan_id = ? and id in (?)', [planId, inList(ids)]);
  }

  async removeAll(tx: Tx, planId: string): Promise<void> {
    await tx.manager.query('delete from plan_line where plan_id = ?', [planId]);
  }
}
