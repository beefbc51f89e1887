import type { Opening } from '../budgets/amount-entry.js';
import { type Budget, budgetKeyText } from '../budgets/domain/budget.js';
import type { Department } from '../departments/domain/department.js';
import { startOfDay } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import type { BudgetLevel, Project } from '../systems/domain/system.js';
import { Seeded } from './seeded.js';

export interface MadeUpBudgets {
  readonly budgets: readonly Budget[];
  /** Of each budget, on the first day of its year. */
  readonly openings: readonly Opening[];
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
/** What a project's cloud use may cost a year, for each unit of the province's scale. */
const WAN_YUAN_MIN = 4;
const WAN_YUAN_SPREAD = 20;
/** What a department keeps undistributed, in percent of what its projects have. */
const RESERVE_PERCENT = 15n;

/** Another stream of dice, so that what was made up before stays as it was. */
const LATER_SALT = 0x1a7e_b0d6;

/**
 * For each department and year with projects: its whole budget, and an item for each project. Departments come first.
 * Nothing is used of them yet: that is the made-up past's to do, request by request.
 */
export function makeUpBudgets(
  seeded: Seeded,
  departments: readonly Department[],
  projects: readonly Project[],
  scale: number,
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
      const made = own.map((project) => makeUpItem(seeded, department, { id, year, budgetLevel, scale }, project));
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
  const budgets = [...wholes.map((whole) => ({ ...whole, reserved: 0n, spent: 0n })), ...items];
  return { budgets, openings: openingsOf(seeded, budgets) };
}

/**
 * The budgets of the newest year, approved anew for each year after it until that one: a province that is loaded then
 * has projects that still run, and what they ask for is paid out of an item of the running year.
 */
export function approvedAnew(
  seed: number,
  made: MadeUpBudgets,
  departments: readonly Department[],
  until: number,
): MadeUpBudgets {
  const seeded = new Seeded(seed ^ LATER_SALT);
  const codes = new Map(departments.map(({ id, code }) => [id, code]));
  const newest = Math.max(...made.budgets.map(({ year }) => year));
  const running = made.budgets.filter(({ year }) => year === newest);
  const later: Budget[] = [];
  for (let year = newest + 1; year <= until; year += 1) {
    const ids = new Map(running.map(({ id }) => [id, seeded.id()]));
    later.push(
      ...running.map((budget): Budget => {
        const id = ids.get(budget.id) as string;
        const parentId = budget.parentId === null ? null : (ids.get(budget.parentId) as string);
        return {
          ...budget,
          id,
          parentId,
          path: parentId === null ? `/${id}/` : `/${parentId}/${id}/`,
          year,
          key: budgetKeyText({ ...budget, year }, codes.get(budget.departmentId) as string),
          name: budget.name.replace(`${newest} 年`, `${year} 年`),
        };
      }),
    );
  }
  return { budgets: [...made.budgets, ...later], openings: [...made.openings, ...openingsOf(seeded, later)] };
}

function openingsOf(seeded: Seeded, budgets: readonly Budget[]): Opening[] {
  return budgets.map(({ year }) => {
    const at = startOfDay(`${year}-01-01`);
    return { entryId: seeded.idAt(at.getTime()), at };
  });
}

const WHOLE = { budgetCode: '', functionClass: '', economicClass: '', fundNature: 'GENERAL_BUDGET' } as const;

function makeUpItem(
  seeded: Seeded,
  department: Department,
  whole: { readonly id: string; readonly year: number; readonly budgetLevel: BudgetLevel; readonly scale: number },
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
    amount: BigInt((WAN_YUAN_MIN + seeded.below(WAN_YUAN_SPREAD)) * whole.scale) * FEN_PER_WAN_YUAN,
  };
}

function nothingUsed(department: Department, year: number, budgetLevel: BudgetLevel) {
  return { departmentId: department.id, year, budgetLevel, allotted: 0n, reserved: 0n, spent: 0n, version: 1 };
}

function roundUp(fen: Fen): Fen {
  return ((fen + FEN_PER_WAN_YUAN - 1n) / FEN_PER_WAN_YUAN) * FEN_PER_WAN_YUAN;
}
