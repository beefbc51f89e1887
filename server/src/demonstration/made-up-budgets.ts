import { type Budget, budgetKeyText, lesser } from '../budgets/domain/budget.js';
import type { PastUse } from '../budgets/ledger.repository.js';
import type { Department } from '../departments/domain/department.js';
import type { Fen } from '../kernel/money.js';
import type { BudgetLevel, Project } from '../systems/domain/system.js';
import type { Seeded } from './seeded.js';

export interface MadeUpBudgets {
  readonly budgets: readonly Budget[];
  /** One for each budget's first entry. */
  readonly entryIds: readonly string[];
  readonly uses: readonly PastUse[];
}

/** 政府办公厅及相关机构事务, 一般行政管理; 委托业务费 and 信息网络及软件购置更新. */
const FUNCTION_CLASSES = ['2010302', '2010399', '2019999'] as const;
const ECONOMIC_CLASSES = ['30227', '31007', '30213'] as const;
const LEVELS: { readonly [L in Department['level']]: BudgetLevel } = {
  PROVINCE: 'PROVINCE',
  CITY: 'CITY',
  BUREAU: 'CITY',
};
const FEN_PER_WAN_YUAN = 1_000_000n;
/** A project's cloud use costs 20 to 220 万元 a year. */
const OVERRUN_PERCENT = 4;
/** The year of the made-up projects that go on. */
const THIS_YEAR = 2026;
const WAN_YUAN_MIN = 20;
const WAN_YUAN_SPREAD = 200;
/** What a department keeps undistributed, in percent of what its projects have. */
const RESERVE_PERCENT = 15n;

/** For each department and year with projects: its whole budget, and an item for each project. Departments come first. */
export function makeUpBudgets(
  seeded: Seeded,
  departments: readonly Department[],
  projects: readonly Project[],
): MadeUpBudgets {
  const wholes: Budget[] = [];
  const items: Budget[] = [];
  for (const department of departments) {
    const byYear = Map.groupBy(
      projects.filter((project) => project.departmentId === department.id),
      (project) => project.budgetYear,
    );
    for (const [year, own] of byYear) {
      const id = seeded.id();
      const budgetLevel = LEVELS[department.level];
      const made = own.map((project) => makeUpItem(seeded, department, { id, year, budgetLevel }, project));
      const allotted = made.reduce((sum, item) => sum + item.amount, 0n);
      items.push(...made);
      wholes.push({
        ...nothingUsed(department, year, budgetLevel),
        id,
        key: budgetKeyText({ ...WHOLE, year, budgetLevel }, department.code),
        name: `${department.name} ${year} 年信息化运行预算`,
        grain: 'DEPARTMENT',
        parentId: null,
        path: `/${id}/`,
        ...WHOLE,
        projectId: null,
        amount: roundUp((allotted * (100n + RESERVE_PERCENT)) / 100n),
        allotted,
      });
    }
  }
  const uses = items.map((item) => makeUpUse(seeded, item));
  const used = new Map(uses.map((use) => [use.budgetId, use]));
  const withUse = items.map((item) => ({ ...item, ...figuresOf(used.get(item.id)) }));
  const budgets = [...wholes.map((whole) => ({ ...whole, ...sumsBelow(whole.id, withUse) })), ...withUse];
  return { budgets, entryIds: budgets.map(() => seeded.id()), uses };
}

/** Most of a year's budget is reserved; of this year's a part is spent, of last year's nearly all. Few ran over. */
function makeUpUse(seeded: Seeded, { id, amount, year }: Budget): PastUse {
  const percent = (of: Fen, share: number) => (of * BigInt(share)) / 100n;
  const reserved = percent(amount, 50 + seeded.below(46));
  const overrun = seeded.chance(OVERRUN_PERCENT);
  const share = year < THIS_YEAR ? 88 + seeded.below(12) : 30 + seeded.below(50);
  const spent = overrun ? percent(amount, 100 + seeded.below(9)) : percent(reserved, share);
  const [subjectId, encumbranceId, reserveId, spendId] = [seeded.id(), seeded.id(), seeded.id(), seeded.id()];
  return { budgetId: id, reserved, spent, subjectId, encumbranceId, reserveId, spendId };
}

function figuresOf(use: PastUse | undefined) {
  if (!use) return { reserved: 0n, spent: 0n };
  return { reserved: use.reserved - lesser(use.reserved, use.spent), spent: use.spent };
}

function sumsBelow(parentId: string, items: readonly Budget[]) {
  const own = items.filter((item) => item.parentId === parentId);
  const sum = (of: (item: Budget) => Fen) => own.reduce((total, item) => total + of(item), 0n);
  return { reserved: sum((item) => item.reserved), spent: sum((item) => item.spent) };
}

const WHOLE = { budgetCode: '', functionClass: '', economicClass: '', fundNature: 'GENERAL_BUDGET' } as const;

function makeUpItem(
  seeded: Seeded,
  department: Department,
  whole: { readonly id: string; readonly year: number; readonly budgetLevel: BudgetLevel },
  project: Project,
): Budget {
  const id = seeded.id();
  const key = {
    year: whole.year,
    budgetLevel: whole.budgetLevel,
    budgetCode: project.budgetCode ?? project.code.replaceAll('-', ''),
    functionClass: project.functionClass ?? seeded.pick(FUNCTION_CLASSES),
    economicClass: project.economicClass ?? seeded.pick(ECONOMIC_CLASSES),
    fundNature: project.fundNature ?? ('GENERAL_BUDGET' as const),
  };
  return {
    ...nothingUsed(department, whole.year, whole.budgetLevel),
    ...key,
    id,
    key: budgetKeyText(key, department.code),
    name: project.name,
    grain: 'ITEM',
    parentId: whole.id,
    path: `/${whole.id}/${id}/`,
    projectId: project.id,
    amount: BigInt(WAN_YUAN_MIN + seeded.below(WAN_YUAN_SPREAD)) * FEN_PER_WAN_YUAN,
  };
}

function nothingUsed(department: Department, year: number, budgetLevel: BudgetLevel) {
  return { departmentId: department.id, year, budgetLevel, allotted: 0n, reserved: 0n, spent: 0n, version: 1 };
}

function roundUp(fen: Fen): Fen {
  return ((fen + FEN_PER_WAN_YUAN - 1n) / FEN_PER_WAN_YUAN) * FEN_PER_WAN_YUAN;
}
