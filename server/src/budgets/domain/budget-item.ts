/** Decides which budget item pays for a project's use of a year: the one that all keys which the project gives fit. */
import { say } from '../../kernel/bilingual.js';
import type { BudgetItemMissing } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { Project } from '../../systems/domain/system.js';
import type { Budget, BudgetKey } from './budget.js';

/** What a project that belongs to a budget says of itself. */
export type PayingProject = Pick<
  Project,
  'id' | 'code' | 'budgetCode' | 'functionClass' | 'economicClass' | 'fundNature' | 'budgetLevel'
>;

/** In the order in which finance writes them. */
const KEYS = ['budgetCode', 'functionClass', 'economicClass', 'fundNature', 'budgetLevel'] as const;

/**
 * `items` are those of the year that are written to the project, and those of its department under its code. Items that
 * are written to the project go before the others. A key that the project does not give fits every item; where its keys
 * fit none of what is its own, or fit several, nobody guesses.
 */
export function chooseItem(
  project: PayingProject,
  year: number,
  items: readonly Budget[],
): Result<Budget, BudgetItemMissing> {
  const own = items.filter((item) => item.projectId === project.id);
  const candidates = (own.length > 0 ? own : items).filter((item) => fits(project, item));
  const [item] = candidates;
  return item && candidates.length === 1 ? ok(item) : refuse(missing(project, year, candidates.length));
}

function fits(project: PayingProject, item: BudgetKey): boolean {
  return KEYS.every((key) => {
    const given = project[key];
    return given === null || given === item[key];
  });
}

function missing(project: PayingProject, year: number, matching: number): BudgetItemMissing {
  const budgetKeys = [`${year}`, ...KEYS.map((key) => project[key]).filter((key) => key !== null)].join('/');
  return {
    code: 'BUDGET_ITEM_MISSING',
    path: ['content', 'projectId'],
    projectId: project.id,
    year,
    budgetKeys,
    matching,
    message:
      matching === 0
        ? say(
            `项目 ${project.code} 为单位自付，没有 ${year} 年的预算项目与其科目（${budgetKeys}）相符，请核对项目的预算科目或由财政下达预算`,
            `Project ${project.code} is paid by its department, and no budget item of ${year} has its keys (${budgetKeys}): check the project's keys, or ask finance to open the item`,
          )
        : say(
            `项目 ${project.code} 的预算科目（${budgetKeys}）对应 ${matching} 个预算项目，请补全科目`,
            `The keys of project ${project.code} (${budgetKeys}) fit ${matching} budget items: complete them`,
          ),
  };
}
