import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert, stored } from '../platform/database/bulk-insert.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { snakeOf } from '../platform/database/snake-names.js';
import { inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { type PlanState, PRIVATE_STATES } from './domain/plan-state.js';
import type { PlanYear, YearWish } from './domain/plan-year.js';
import { PlanEntity, PlanStepEntity, PlanYearEntity } from './plans.entity.js';
import type { PlanFilter, PlanRow, PlanStepRow } from './plans.types.js';

const PLAN_COLUMNS = [
  'id',
  'code',
  'kind',
  'annual',
  'year',
  'departmentId',
  'state',
  'stateSince',
  'version',
  'round',
  'reason',
  'authorIds',
  'lineCount',
  'monthlyFen',
  'createdAt',
  'createdByName',
  'quotasSetAt',
] as const;
const STEP_COLUMNS = [
  'id',
  'planId',
  'round',
  'at',
  'actorId',
  'actorName',
  'action',
  'signature',
  'opinion',
  'fromState',
  'toState',
] as const;

/** How many plans of a year stand in a state, and what they cost a month. */
export interface StateSum {
  readonly state: PlanState;
  readonly kind: PlanRow['kind'];
  readonly plans: number;
  readonly monthlyFen: bigint;
  /** Plans in which a price is missing. */
  readonly unpriced: number;
}

@Injectable()
export class PlansRepository {
  constructor(private readonly db: DataSource) {}

  years(): Promise<PlanYear[]> {
    return this.db.manager.find(PlanYearEntity, { order: { year: 'DESC' } });
  }

  year(year: number, manager: EntityManager = this.db.manager): Promise<PlanYear | null> {
    return manager.findOneBy(PlanYearEntity, { year });
  }

  async insertYear(tx: Tx, wish: YearWish, openedByName: string): Promise<void> {
    await tx.manager.insert(PlanYearEntity, { ...wish, version: 1, openedByName, openedAt: tx.now });
  }

  /** False = another version stands there. */
  async updateYear(tx: Tx, { year, ...wish }: YearWish, expectedVersion: number): Promise<boolean> {
    const done = await tx.manager.update(
      PlanYearEntity,
      { year, version: expectedVersion },
      { ...wish, version: expectedVersion + 1 },
    );
    return done.affected === 1;
  }

  async inScope(scope: TenantScope, id: string): Promise<PlanRow | null> {
    return withinScope(this.query().where('p.id = :id', { id }), 'p.departmentId', scope).getOne();
  }

  /** Kept from others until the transaction ends. */
  locked(tx: Tx, scope: TenantScope, id: string): Promise<PlanRow | null> {
    const query = tx.manager
      .createQueryBuilder(PlanEntity, 'p')
      .setLock('pessimistic_write')
      .where('p.id = :id', { id });
    return withinScope(query, 'p.departmentId', scope).getOne();
  }

  /** A department's yearly plan; null = none, or given up. */
  annualOf(departmentId: string, year: number, manager: EntityManager = this.db.manager): Promise<PlanRow | null> {
    return manager.findOneBy(PlanEntity, { departmentId, year, annual: 1 });
  }

  annualsOf(departmentIds: readonly string[], years: readonly number[]): Promise<PlanRow[]> {
    return this.db.manager.findBy(PlanEntity, {
      departmentId: In(inList(departmentIds) as string[]),
      year: In([...years]),
      annual: 1,
    });
  }

  /** Newest first. Two statements. */
  async page(scope: TenantScope, filter: PlanFilter, page: PageRequest): Promise<Page<PlanRow>> {
    const query = withDrafts(withinScope(this.query().where('1 = 1'), 'p.departmentId', scope), filter.drafts);
    if (filter.year !== null) query.andWhere('p.year = :year', { year: filter.year });
    if (filter.kind !== null) query.andWhere('p.kind = :kind', { kind: filter.kind });
    if (filter.states?.length) query.andWhere('p.state in (:...states)', { states: filter.states });
    else query.andWhere("p.state <> 'DISCARDED'");
    if (filter.departmentIds !== null)
      query.andWhere('p.departmentId in (:...departmentIds)', { departmentIds: inList(filter.departmentIds) });
    matching(query, ['p.code', 'p.reason'], filter.search);
    const totalCount = await query.getCount();
    if (page.after) query.andWhere('p.id < :after', { after: page.after[0] });
    const rows = await query
      .orderBy('p.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** By one statement. */
  async sums(scope: TenantScope, drafts: TenantScope | undefined, year: number): Promise<StateSum[]> {
    const ofYear = withinScope(this.query().where('p.year = :year', { year }), 'p.departmentId', scope);
    const query = withDrafts(ofYear, drafts)
      .select('p.state', 'state')
      .addSelect('p.kind', 'kind')
      .addSelect('count(*)', 'plans')
      .addSelect('coalesce(sum(p.monthlyFen), 0)', 'monthly')
      .addSelect('sum(p.monthlyFen is null)', 'unpriced')
      .groupBy('p.state')
      .addGroupBy('p.kind');
    const rows = await query.getRawMany<Record<'state' | 'kind' | 'plans' | 'monthly' | 'unpriced', string>>();
    return rows.map(({ state, kind, plans, monthly, unpriced }) => ({
      state: state as PlanState,
      kind: kind as PlanRow['kind'],
      plans: Number(plans),
      monthlyFen: BigInt(monthly),
      unpriced: Number(unpriced),
    }));
  }

  /** Approved plans of the running year, whose quotas are not in force yet; the oldest first. */
  due(year: number, limit: number): Promise<PlanRow[]> {
    return this.query()
      .where("p.state = 'APPROVED' and p.quotasSetAt is null and p.year = :year", { year })
      .orderBy('p.stateSince', 'ASC')
      .limit(limit)
      .getMany();
  }

  async insert(tx: Tx, plans: readonly PlanRow[]): Promise<void> {
    await bulkInsert(tx, 'plan', PLAN_COLUMNS, plans);
  }

  /**
   * What the department's additions of the year cost a month that ended with the center. Takes its turn on the yearly plan,
   * so that two that are accepted at the same moment see each other.
   */
  async smallBefore(tx: Tx, { id, departmentId, year }: PlanRow): Promise<bigint> {
    await tx.manager.query('select id from plan where department_id = ? and year = ? and annual = 1 for update', [
      departmentId,
      year,
    ]);
    const [row]: { fen: string }[] = await tx.manager.query(
      `select coalesce(sum(p.monthly_fen), 0) as fen from plan p
       where p.department_id = ? and p.year = ? and p.kind = 'ADDITION' and p.state = 'APPROVED' and p.id <> ?
         and not exists (select 1 from plan_step s where s.plan_id = p.id and s.action = 'APPROVE')`,
      [departmentId, year, id],
    );
    return BigInt(row?.fen ?? 0);
  }

  /** With the version that was read; somebody else's change meanwhile runs the act again. */
  async update(tx: Tx, plan: Pick<PlanRow, 'id' | 'version'>, change: Partial<PlanRow>): Promise<void> {
    const columns = Object.keys(change) as (keyof PlanRow)[];
    const result = await tx.manager.query(
      `update plan set version = version + 1${columns.map((column) => `, ${snakeOf(column)} = ?`).join('')}
       where id = ? and version = ?`,
      [...columns.map((column) => stored(change[column])), plan.id, plan.version],
    );
    if (result.affectedRows !== 1) throw new WriteConflict('the plan was changed meanwhile');
  }

  async appendSteps(tx: Tx, steps: readonly PlanStepRow[]): Promise<void> {
    await bulkInsert(tx, 'plan_step', STEP_COLUMNS, steps);
  }

  /** In the order in which they were taken. */
  stepsOf(planIds: readonly string[], manager: EntityManager = this.db.manager): Promise<PlanStepRow[]> {
    return manager.find(PlanStepEntity, {
      where: { planId: In(inList(planIds) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  private query(): SelectQueryBuilder<PlanEntity> {
    return this.db.manager.createQueryBuilder(PlanEntity, 'p');
  }
}

/** What is its department's own until it is sent stays out of everybody else's lists and sums. */
function withDrafts(
  query: SelectQueryBuilder<PlanEntity>,
  drafts: TenantScope | undefined,
): SelectQueryBuilder<PlanEntity> {
  if (drafts?.kind === 'PROVINCE') return query;
  return query.andWhere('(p.state not in (:...privateStates) or p.departmentId in (:...draftsIn))', {
    privateStates: PRIVATE_STATES,
    draftsIn: inList(drafts?.departmentIds ?? []),
  });
}
