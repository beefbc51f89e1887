import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import { BudgetEntity } from './budgets.entity.js';
import type { Budget, BudgetFigures, BudgetGrain } from './domain/budget.js';

export interface BudgetListFilter {
  readonly year?: number | null;
  readonly departmentId?: string | null;
  readonly parentId?: string | null;
  /** Only departments as a whole. */
  readonly departmentsOnly?: boolean;
  readonly overrunOnly?: boolean;
  /** Reserved and spent come to this part of the amount at least. */
  readonly reachedPercent?: number | null;
  /** Of these departments. */
  readonly departmentIds?: readonly string[] | null;
  /** Of all but these. */
  readonly without?: readonly string[] | null;
  readonly search?: string | null;
}

/** Of whichever departments; without `of`, of all. */
export interface BudgetsOfYear {
  readonly year: number;
  readonly grain: BudgetGrain;
  readonly of?: { readonly of: readonly string[] } | { readonly without: readonly string[] };
}

/** Sums over the budgets of departments, and how many budgets of any level are overrun. */
export interface BudgetTotals extends Omit<BudgetFigures, 'allotted'> {
  readonly count: number;
  readonly overrunCount: number;
}

interface FiguresMove {
  readonly reserved: Fen;
  readonly spent: Fen;
  /** What is new must fit; what was used or runs already is entered all the same. */
  readonly mustFit: boolean;
  readonly blockPercent: number | null;
}

@Injectable()
export class BudgetsRepository {
  constructor(private readonly db: DataSource) {}

  byIds(scope: TenantScope, ids: readonly string[], manager: EntityManager = this.db.manager): Promise<Budget[]> {
    return withinScope(manager.createQueryBuilder(BudgetEntity, 'budget'), 'budget.departmentId', scope)
      .andWhere('budget.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** The row itself, until the end of the transaction; null = not there, or another department's. */
  locked(tx: Tx, scope: TenantScope, id: string): Promise<Budget | null> {
    return withinScope(tx.manager.createQueryBuilder(BudgetEntity, 'budget'), 'budget.departmentId', scope)
      .andWhere('budget.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** In the order of the key: a department, then its items. */
  list(scope: TenantScope, filter: BudgetListFilter, page: PageRequest): Promise<Page<Budget>> {
    return pageOf(this.filtered(scope, filter), 'budget.key', page);
  }

  /** Of whose amount most is reserved and spent; what has no amount goes before all that has. */
  mostUsed(scope: TenantScope, filter: BudgetListFilter, most: number): Promise<Budget[]> {
    return this.filtered(scope, filter)
      .addSelect('(budget.reserved_fen + budget.spent_fen) / nullif(budget.amount_fen, 0)', 'used_part')
      .orderBy('used_part is null', 'DESC')
      .addOrderBy('used_part', 'DESC')
      .addOrderBy('budget.key')
      .limit(most)
      .getMany();
  }

  /** The budget items that a project's use may be reserved in: its own, and those of its department under its code. */
  itemsOfProject(
    project: { readonly id: string; readonly departmentId: string; readonly budgetCode: string | null },
    year: number,
  ): Promise<Budget[]> {
    return this.db
      .createQueryBuilder(BudgetEntity, 'budget')
      .where("budget.year = :year and budget.grain = 'ITEM'", { year })
      .andWhere(
        '(budget.projectId = :id or budget.projectId is null and budget.departmentId = :departmentId and budget.budgetCode = :budgetCode)',
        project,
      )
      .orderBy('budget.key')
      .getMany();
  }

  /** The same of many projects, in one statement: which of them are whose, `chooseItem` says. */
  itemsOfYear(
    projects: readonly { readonly id: string; readonly departmentId: string }[],
    year: number,
  ): Promise<Budget[]> {
    return this.db
      .createQueryBuilder(BudgetEntity, 'budget')
      .where("budget.year = :year and budget.grain = 'ITEM'", { year })
      .andWhere(
        '(budget.projectId in (:...ids) or budget.projectId is null and budget.departmentId in (:...departments))',
        {
          ids: inList(projects.map(({ id }) => id)),
          departments: inList([...new Set(projects.map(({ departmentId }) => departmentId))]),
        },
      )
      .orderBy('budget.key')
      .getMany();
  }

  /** The next of a year and grain by id; with a transaction, locked until its end. */
  ofYear({ year, grain, of }: BudgetsOfYear, after: string, limit: number, tx: Tx | null): Promise<Budget[]> {
    const query = (tx?.manager ?? this.db.manager)
      .createQueryBuilder(BudgetEntity, 'budget')
      .where('budget.year = :year and budget.grain = :grain and budget.id > :after', { year, grain, after })
      .orderBy('budget.id')
      .take(limit);
    if (of && 'without' in of) query.andWhere('budget.departmentId not in (:...ids)', { ids: inList(of.without) });
    else if (of) query.andWhere('budget.departmentId in (:...ids)', { ids: inList(of.of) });
    return (tx ? query.setLock('pessimistic_write') : query).getMany();
  }

  byKeys(tx: Tx | null, keys: readonly string[]): Promise<Budget[]> {
    return (tx?.manager ?? this.db.manager)
      .createQueryBuilder(BudgetEntity, 'budget')
      .where('budget.key in (:...keys)', { keys: inAsciiList(keys) })
      .getMany();
  }

  /** Sums of budgets of these departments, and of all others, which nothing ever adds up. */
  async totals(
    scope: TenantScope,
    filter: BudgetListFilter,
    apart: readonly string[],
  ): Promise<{ readonly apart: BudgetTotals; readonly others: BudgetTotals }> {
    const sum = (column: string, name: string) =>
      `coalesce(sum(case when budget.grain = 'DEPARTMENT' then budget.${column} end), 0) as ${name}`;
    const rows = await this.filtered(scope, filter)
      .select([])
      .addSelect('budget.departmentId in (:...apart)', 'is_apart')
      .setParameters({ apart: inList(apart) })
      .groupBy('is_apart')
      .addSelect(sum('amount_fen', 'amount'))
      .addSelect(sum('reserved_fen', 'reserved'))
      .addSelect(sum('spent_fen', 'spent'))
      .addSelect('count(*)', 'number')
      .addSelect(
        'coalesce(sum(case when budget.amount_fen < budget.reserved_fen + budget.spent_fen then 1 end), 0)',
        'overruns',
      )
      .getRawMany();
    const of = (isApart: number): BudgetTotals => {
      const row = rows.find((one) => Number(one.is_apart) === isApart);
      return {
        amount: BigInt(row?.amount ?? 0),
        reserved: BigInt(row?.reserved ?? 0),
        spent: BigInt(row?.spent ?? 0),
        count: Number(row?.number ?? 0),
        overrunCount: Number(row?.overruns ?? 0),
      };
    };
    return { apart: of(1), others: of(0) };
  }

  async years(scope: TenantScope): Promise<number[]> {
    const rows = await withinScope(this.db.createQueryBuilder(BudgetEntity, 'budget'), 'budget.departmentId', scope)
      .select('distinct budget.year', 'year')
      .orderBy('budget.year', 'DESC')
      .getRawMany();
    return rows.map((row) => Number(row.year));
  }

  /** Of these budgets the items, and those that are items themselves: a department has no entries of its own but amounts. */
  async itemsOf(ids: readonly string[]): Promise<{ readonly id: string; readonly parentId: string | null }[]> {
    const query = this.db.createQueryBuilder(BudgetEntity, 'budget').select(['budget.id', 'budget.parentId']);
    return query
      .where("budget.grain = 'ITEM' and (budget.id in (:...ids) or budget.parentId in (:...ids))", { ids: inList(ids) })
      .getMany();
  }

  async insert(tx: Tx, budgets: readonly Budget[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(BudgetEntity)
      .values([...budgets] as object[])
      .updateEntity(false)
      .execute();
  }

  async changeAmount(tx: Tx, id: string, change: Fen): Promise<void> {
    await tx.manager.query('update budget set amount_fen = amount_fen + ?, version = version + 1 where id = ?', [
      change,
      id,
    ]);
  }

  /** Gives part of a department's budget to an item, or takes it back. False = the department has not that much to give. */
  async allot(tx: Tx, parentId: string, change: Fen): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      `update budget set allotted_fen = allotted_fen + ?, version = version + 1
       where id = ? and allotted_fen + ? between 0 and amount_fen`,
      [change, parentId, change],
    );
    return result.affectedRows === 1;
  }

  /**
   * Moves what is reserved and spent. False = it must fit and does not, or it is used to `blockPercent` already and takes
   * nothing new.
   */
  async move(tx: Tx, id: string, { reserved, spent, mustFit, blockPercent }: FiguresMove): Promise<boolean> {
    const taken = reserved + spent;
    const conditions: string[] = [];
    const values: unknown[] = [];
    if (mustFit && taken > 0n) {
      conditions.push('amount_fen - reserved_fen - spent_fen >= ?');
      values.push(taken);
      if (blockPercent !== null) {
        conditions.push('(reserved_fen + spent_fen <= 0 or (reserved_fen + spent_fen) * 100 < amount_fen * ?)');
        values.push(blockPercent);
      }
    }
    const result: { affectedRows: number } = await tx.manager.query(
      `update budget set reserved_fen = reserved_fen + ?, spent_fen = spent_fen + ?
       where ${['id = ?', ...conditions].join(' and ')}`,
      [reserved, spent, id, ...values],
    );
    return result.affectedRows === 1;
  }

  private filtered(scope: TenantScope, filter: BudgetListFilter): SelectQueryBuilder<BudgetEntity> {
    const query = withinScope(this.db.createQueryBuilder(BudgetEntity, 'budget'), 'budget.departmentId', scope);
    const {
      year,
      departmentId,
      departmentIds,
      parentId,
      departmentsOnly,
      overrunOnly,
      reachedPercent,
      search,
      without,
    } = filter;
    if (year != null) query.andWhere('budget.year = :year', { year });
    if (departmentId != null) query.andWhere('budget.departmentId = :departmentId', { departmentId });
    if (parentId != null) query.andWhere('budget.parentId = :parentId', { parentId });
    if (departmentsOnly) query.andWhere("budget.grain = 'DEPARTMENT'");
    if (overrunOnly) query.andWhere('budget.amount < budget.reserved + budget.spent');
    if (departmentIds)
      query.andWhere('budget.departmentId in (:...ofDepartments)', { ofDepartments: inList(departmentIds) });
    if (without) query.andWhere('budget.departmentId not in (:...without)', { without: inList(without) });
    // As `hasReached` of the thresholds decides it of one budget.
    if (reachedPercent != null)
      query
        .andWhere('budget.reserved + budget.spent > 0')
        .andWhere('(budget.reserved + budget.spent) * 100 >= budget.amount * :reachedPercent', { reachedPercent });
    return matching(query, ['budget.name', 'budget.key'], search ?? null);
  }
}
