import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { BudgetItemMissing, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { Project } from '../systems/domain/system.js';
import { SystemsService } from '../systems/systems.service.js';
import { BudgetAmounts } from './budget-amounts.service.js';
import { type BudgetListFilter, BudgetsRepository, type BudgetTotals } from './budgets.repository.js';
import {
  type Budget,
  type BudgetEntry,
  type BudgetKey,
  budgetKeyText,
  checkBudget,
  checkReason,
  plain,
} from './domain/budget.js';
import { chooseItem } from './domain/budget-item.js';
import { beyondLevel, checkChange, keyTaken, unknown, unknownBudget } from './domain/budget-refusals.js';
import { LedgerRepository } from './ledger.repository.js';

export interface CreateBudgetWish extends BudgetKey {
  readonly idempotencyKey: string;
  /** The department's whole budget that an item is part of; null = this is a department's whole budget. */
  readonly parentId: string | null;
  readonly departmentId: string;
  readonly projectId: string | null;
  readonly name: string;
  readonly amount: Fen;
}

export interface AdjustBudgetWish {
  readonly idempotencyKey: string;
  readonly budgetId: string;
  readonly expectedVersion: number;
  /** More, or less. */
  readonly change: Fen;
  readonly reason: string;
}

/** Counts are of all that the filter finds; money is the province's own, with the cities' apart. */
export interface SidedTotals extends BudgetTotals {
  /** null = none of what was found is a city's, or all that was asked for is one department's. */
  readonly cities: BudgetTotals | null;
}

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Budgets and their amounts. What is reserved and spent of them goes through the ledger. */
@Injectable()
export class BudgetsService {
  constructor(
    private readonly db: DataSource,
    private readonly repository: BudgetsRepository,
    private readonly ledger: LedgerRepository,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly amounts: BudgetAmounts,
    private readonly acts: Acts,
  ) {}

  list(scope: TenantScope, filter: BudgetListFilter, page: PageRequest): Promise<Page<Budget>> {
    return this.repository.list(scope, filter, page);
  }

  /**
   * Whoever sees the province is told of the cities' budgets beside the province's own, and never of both in one sum: a city
   * keeps its own accounts. Whoever asks for one department, or sees no more than a city, has one sum of all that.
   */
  async totals(scope: TenantScope, filter: BudgetListFilter): Promise<SidedTotals> {
    const isOfAll = scope.kind === 'PROVINCE' && !filter.departmentId && !filter.departmentIds && !filter.parentId;
    const { apart, others } = await this.repository.totals(scope, filter, isOfAll ? await this.ofCities() : []);
    return {
      ...others,
      count: others.count + apart.count,
      overrunCount: others.overrunCount + apart.overrunCount,
      cities: apart.count > 0 ? apart : null,
    };
  }

  /** Of one side alone, as the province's books are kept apart from the cities'. */
  async ofSide(side: 'PROVINCE' | 'CITIES', filter: BudgetListFilter): Promise<BudgetListFilter> {
    const cities = await this.ofCities();
    return side === 'CITIES' ? { ...filter, departmentIds: cities } : { ...filter, without: cities };
  }

  mostUsed(scope: TenantScope, filter: BudgetListFilter, most: number): Promise<Budget[]> {
    return this.repository.mostUsed(scope, filter, most);
  }

  /** Budget years that the scope knows, the newest first. */
  years(scope: TenantScope): Promise<number[]> {
    return this.repository.years(scope);
  }

  /** null = not there, or another department's. */
  async budget(scope: TenantScope, id: string): Promise<Budget | null> {
    const [budget] = await this.repository.byIds(scope, [id]);
    return budget ?? null;
  }

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  budgets = async (ids: readonly string[]): Promise<(Budget | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(WHOLE_PROVINCE, ids), (budget) => budget.id);

  /** The one budget item that a project's use of a year is reserved in. */
  async itemFor(project: Project, year: number): Promise<Result<Budget, BudgetItemMissing>> {
    return chooseItem(project, year, await this.repository.itemsOfProject(project, year));
  }

  /** The same of many projects: each with its item, or with why there is none. */
  async itemsFor(
    projects: readonly Project[],
    year: number,
  ): Promise<ReadonlyMap<string, Result<Budget, BudgetItemMissing>>> {
    const items = await this.repository.itemsOfYear(projects, year);
    return new Map(
      projects.map((project) => [
        project.id,
        chooseItem(
          project,
          year,
          items.filter((item) => isCandidate(item, project)),
        ),
      ]),
    );
  }

  /** Entries of the budget and of all below it, newest first. The caller has found the budget within its scope. */
  async entries(budget: Budget, page: PageRequest): Promise<Page<BudgetEntry>> {
    const ids = budget.grain === 'ITEM' ? [budget.id] : await this.ledger.idsBelow(budget.path);
    return this.ledger.page(ids, page);
  }

  /** Batch for loaders: what was spent of each budget and of all below it without having been reserved. */
  unreservedOf = async (budgets: readonly Budget[]): Promise<Fen[]> => {
    const below = await this.repository.itemsOf(budgets.map(({ id }) => id));
    const sums = await this.ledger.unreservedOf(below.map(({ id }) => id));
    const sumOf = (rows: readonly { readonly id: string }[]) =>
      rows.reduce((sum, { id }) => sum + (sums.get(id) ?? 0n), 0n);
    return budgets.map((budget) =>
      sumOf(below.filter(({ id, parentId }) => id === budget.id || parentId === budget.id)),
    );
  };

  /** Opens a budget with its amount; an item's amount is part of what its department has. */
  async create(actor: Actor, scope: TenantScope, wish: CreateBudgetWish): Answer {
    const grain = wish.parentId === null ? 'DEPARTMENT' : 'ITEM';
    const malformed: Refusal[] = [
      ...checkBudget({ ...wish, grain }),
      ...beyondLevel(scope, wish.budgetLevel, ['budgetLevel']),
    ];
    const department = await this.departments.department(scope, wish.departmentId);
    if (!department) malformed.push(unknown('departmentId'));
    const project = wish.projectId === null ? null : await this.systems.project(scope, wish.projectId);
    if (wish.projectId !== null && project?.departmentId !== wish.departmentId) malformed.push(unknown('projectId'));
    try {
      return await this.acts.perform(
        { name: 'budget.create', actor, idempotencyKey: wish.idempotencyKey, input: plain(wish) },
        async (tx) => {
          if (malformed.length > 0 || !department) return refuse(malformed);
          const { idempotencyKey: _, amount, parentId, ...facts } = wish;
          const parent = parentId === null ? null : await this.parentOf(tx, scope, wish);
          if (parentId !== null && !parent) return refuse([unknownBudget(['parentId'])]);
          const id = newId(tx.now.getTime());
          const budget: Budget = {
            ...facts,
            id,
            key: budgetKeyText(wish, department.code),
            name: wish.name.trim(),
            grain,
            parentId,
            path: `${parent?.path ?? '/'}${id}/`,
            amount,
            allotted: 0n,
            reserved: 0n,
            spent: 0n,
            version: 1,
          };
          await this.repository.insert(tx, [budget]);
          await this.amounts.enter(tx, id, amount, actor.name, '年初预算');
          return ok({
            value: { id },
            audit: {
              objectType: 'Budget',
              objectId: id,
              departmentId: wish.departmentId,
              summary: say(`新建预算 ${budget.key}`, `Opened the budget ${budget.key}`),
              after: plain({ key: budget.key, name: budget.name, amount }),
            },
            last: async () => this.amounts.allot(tx, parent, amount, ['amount']),
          });
        },
      );
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return refuse([keyTaken()]);
      throw error;
    }
  }

  /**
   * Adds to a budget or takes from it; never less than what is reserved, spent or given to its items. One person's act: for
   * what is made up, and for tests; people ask for an adjustment, and another person approves it.
   */
  adjust(actor: Actor, scope: TenantScope, wish: AdjustBudgetWish): Answer {
    const malformed: Refusal[] = [...checkReason(wish.reason), ...checkChange(wish.change)];
    return this.acts.perform(
      { name: 'budget.adjust', actor, idempotencyKey: wish.idempotencyKey, input: plain(wish) },
      async (tx) => {
        if (malformed.length > 0) return refuse(malformed);
        const changed = await this.amounts.change(tx, scope, { ...wish, by: actor.name });
        return changed.ok ? ok({ ...changed.value, value: { id: wish.budgetId } }) : changed;
      },
    );
  }

  private async ofCities(): Promise<string[]> {
    return [...(await this.departments.citiesOf(this.db)).keys()];
  }

  /** An item belongs to its own department's whole budget of the same year. */
  private async parentOf(tx: Tx, scope: TenantScope, wish: CreateBudgetWish): Promise<Budget | null> {
    const [parent] = await this.repository.byIds(scope, [wish.parentId ?? ''], tx.manager);
    const fits =
      parent?.grain === 'DEPARTMENT' && parent.year === wish.year && parent.departmentId === wish.departmentId;
    return parent && fits ? parent : null;
  }
}

/** What `itemsOfProject` asks the database. */
function isCandidate(item: Budget, project: Project): boolean {
  if (item.projectId !== null) return item.projectId === project.id;
  return item.departmentId === project.departmentId && item.budgetCode === project.budgetCode;
}
