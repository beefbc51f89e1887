import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { Cells } from '../imports/domain/cells.js';
import type { CellProblem, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { amountEntry } from './amount-entry.js';
import { BudgetsRepository } from './budgets.repository.js';
import { type Budget, budgetKeyText, budgetShortage } from './domain/budget.js';
import { beyondLevel } from './domain/budget-refusals.js';
import { BUDGET_COLUMNS, type BudgetDraft, rowDraft } from './domain/budget-table.js';
import { LedgerRepository } from './ledger.repository.js';

interface BudgetToAdd {
  readonly draft: BudgetDraft;
  readonly departmentId: string;
  readonly key: string;
  /** Of the department as a whole; its own key where it is that. */
  readonly wholeKey: string;
}

const YEARS_AHEAD_MAX = 3;
const YEARS_BACK_MAX = 1;

/** Budgets of a year from a table: departments as a whole and their items, all of them or none. */
@Injectable()
export class BudgetImport implements TableImport<BudgetToAdd>, OnModuleInit {
  readonly source = 'TABLE';
  readonly name = 'budgets';
  readonly title = say('年度预算', 'Budgets of a year');
  readonly permission = { object: 'BUDGET', action: 'IMPORT' } as const;
  readonly page = '/budgets';
  readonly columns = BUDGET_COLUMNS;

  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly ledger: LedgerRepository,
    private readonly departments: DepartmentsService,
    private readonly registry: ImportRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async plan(rows: readonly TableRow[], { scope }: ImportContext): Promise<RowPlan<BudgetToAdd>[]> {
    const now = accountingYear(this.clock.now());
    const drafts = rows.map((row) => {
      const cells = new Cells(row);
      return { row, cells, draft: rowDraft(cells, now - YEARS_BACK_MAX, now + YEARS_AHEAD_MAX) };
    });
    const departments = await this.departments.departmentsByCodes(
      scope,
      drafts.flatMap(({ draft }) => draft?.departmentCode ?? []),
    );
    const keyed = drafts.map((one) => {
      const department = one.draft && departments.get(one.draft.departmentCode);
      if (!one.draft || !department) return { ...one, value: null };
      const whole = { ...one.draft, budgetCode: '' };
      const value: BudgetToAdd = {
        draft: one.draft,
        departmentId: department.id,
        key: budgetKeyText(one.draft, department.code),
        wholeKey: budgetKeyText(whole, department.code),
      };
      return { ...one, value };
    });
    const keys = [...new Set(keyed.flatMap(({ value }) => (value ? [value.key, value.wholeKey] : [])))];
    const standing = new Map((await this.budgets.byKeys(null, keys)).map((budget) => [budget.key, budget]));
    const room = roomOf(
      keyed.flatMap(({ value }) => value ?? []),
      standing,
    );
    const seen = new Set<string>();
    return keyed.map(({ row, cells, draft, value }): RowPlan<BudgetToAdd> => {
      const problems: CellProblem[] = [...cells.problems];
      if (draft && !value)
        problems.push({
          column: 'departmentCode',
          message: say(`没有编码为 ${draft.departmentCode} 的单位`, `There is no department ${draft.departmentCode}`),
        });
      if (draft)
        problems.push(
          ...beyondLevel(scope, draft.budgetLevel, []).map(({ message }) => ({ column: 'budgetLevel', message })),
        );
      const known = value && standing.get(value.key);
      if (value && known && problems.length === 0) {
        if (known.amount === value.draft.amount && known.name === value.draft.name)
          return { row: row.number, outcome: 'UNCHANGED' };
        problems.push({
          column: 'amountYuan',
          message: say('这项预算已存在，请用预算调整更改金额', 'This budget is there already: adjust its amount'),
        });
      }
      if (value && seen.has(value.key))
        problems.push({ column: null, message: say('与前面的行是同一项预算', 'Names the same budget as a row above') });
      if (value) seen.add(value.key);
      if (value && problems.length === 0) {
        const beyond = tooMuch(value, room);
        if (beyond) problems.push(beyond);
      }
      if (problems.length > 0 || !value) return { row: row.number, outcome: 'PROBLEM', problems };
      return { row: row.number, outcome: 'ADD', value };
    });
  }

  async apply(
    tx: Tx,
    additions: readonly Addition<BudgetToAdd>[],
    { actor }: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>> {
    const wholes = additions.filter(({ value }) => value.key === value.wholeKey);
    const items = additions.filter(({ value }) => value.key !== value.wholeKey);
    const keys = [...new Set(items.map(({ value }) => value.wholeKey))];
    const standing = new Map((await this.budgets.byKeys(tx, keys)).map((budget) => [budget.key, budget]));
    const given = new Map<string, Fen>();
    for (const { value } of items) given.set(value.wholeKey, (given.get(value.wholeKey) ?? 0n) + value.draft.amount);
    const made = new Map<string, Budget>();
    for (const { value } of wholes) made.set(value.key, budgetOf(tx, value, null, given.get(value.key) ?? 0n));
    const rows = [...made.values()];
    for (const { row, value } of items) {
      const parent = made.get(value.wholeKey) ?? standing.get(value.wholeKey);
      if (!parent) return refuse([{ row, column: null, message: noWhole() }]);
      rows.push(budgetOf(tx, value, parent, 0n));
    }
    await this.budgets.insert(tx, rows);
    await this.ledger.append(
      tx,
      rows.flatMap(({ id, amount }) =>
        amount === 0n
          ? []
          : [amountEntry({ entryId: newId(tx.now.getTime()), at: tx.now }, id, amount, actor.name, '年初预算')],
      ),
    );
    return ok({
      last: async () => {
        for (const [key, amount] of [...given].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
          const whole = standing.get(key);
          if (!whole || made.has(key) || amount === 0n) continue;
          if (!(await this.budgets.allot(tx, whole.id, amount)))
            return refuse([budgetShortage(whole, whole.amount - whole.allotted, amount)]);
        }
        return ok(undefined);
      },
    });
  }
}

/** What each department still has to give to items: as it stands, or as the same table says. */
function roomOf(values: readonly BudgetToAdd[], standing: ReadonlyMap<string, Budget>): Map<string, Fen> {
  const room = new Map<string, Fen>();
  for (const [key, { amount, allotted }] of standing) room.set(key, amount - allotted);
  for (const { key, wholeKey, draft } of values) if (key === wholeKey && !room.has(key)) room.set(key, draft.amount);
  return room;
}

/** Takes its part of what the department has; null = there is that much. The row at which it is not is the one that is told. */
function tooMuch({ key, wholeKey, draft }: BudgetToAdd, room: Map<string, Fen>): CellProblem | null {
  if (key === wholeKey) return null;
  const left = room.get(wholeKey);
  if (left === undefined) return { column: 'departmentCode', message: noWhole() };
  if (draft.amount > left) {
    const { message } = budgetShortage({ id: '', key: wholeKey, name: wholeKey }, left, draft.amount);
    return {
      column: 'amountYuan',
      message: say(`各项目之和超出单位总预算。${message.zh}`, `The items exceed their department. ${message.en}`),
    };
  }
  room.set(wholeKey, left - draft.amount);
  return null;
}

function budgetOf(tx: Tx, { draft, departmentId, key }: BudgetToAdd, parent: Budget | null, allotted: Fen): Budget {
  const id = newId(tx.now.getTime());
  const { departmentCode: _, ...facts } = draft;
  return {
    ...facts,
    ...{ id, key, departmentId, allotted, projectId: null, grain: parent ? 'ITEM' : 'DEPARTMENT' },
    ...{ parentId: parent?.id ?? null, path: `${parent?.path ?? '/'}${id}/`, reserved: 0n, spent: 0n, version: 1 },
  };
}

function noWhole() {
  return say(
    '该单位这一年还没有总预算，请先导入总预算行',
    'Its department has no budget of the year yet: add that row first',
  );
}
