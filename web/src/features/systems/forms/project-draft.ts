import type { BudgetLevel, DepartmentLevel, FundingMode, FundNature } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { plainYuanOfFen } from '../../../lib/money';
import type { ProjectParts, RegisterProjectMutation } from '../projects.gql';

/** The form's own state: texts as they were typed. */
export type ProjectDraft = {
  code: string;
  name: string;
  budgetYear: number | null;
  fundSource: string;
  approvalNumber: string;
  filingNumber: string;
  filedOn: string;
  budgetCode: string;
  functionClass: string;
  economicClass: string;
  fundNature: FundNature | null;
  fundingMode: FundingMode;
  budgetLevel: BudgetLevel;
  budgetLevelReason: string;
  /** Yuan, as typed. */
  totalBudget: string;
  /** One target a line. */
  targets: string;
};

/** 预算级次 that is usual for a department of that level, the likeliest first; another needs a reason. */
export const usualLevels = {
  PROVINCE: ['PROVINCE'],
  CITY: ['CITY'],
  BUREAU: ['CITY', 'COUNTY'],
} as const satisfies Record<DepartmentLevel, readonly BudgetLevel[]>;

export const isUsualLevel = (of: DepartmentLevel, level: BudgetLevel): boolean =>
  (usualLevels[of] as readonly BudgetLevel[]).includes(level);

export const emptyProject = (year: number, of: DepartmentLevel): ProjectDraft => ({
  code: '',
  name: '',
  budgetYear: year,
  fundSource: '',
  approvalNumber: '',
  filingNumber: '',
  filedOn: '',
  budgetCode: '',
  functionClass: '',
  economicClass: '',
  fundNature: null,
  fundingMode: 'OWN_PAYS',
  budgetLevel: usualLevels[of][0],
  budgetLevelReason: '',
  totalBudget: '',
  targets: '',
});

export function draftOfProject(project: ResultOf<typeof ProjectParts>): ProjectDraft {
  return {
    code: project.code,
    name: project.name,
    budgetYear: project.budgetYear,
    fundSource: project.fundSource,
    approvalNumber: project.approvalNumber ?? '',
    filingNumber: project.filingNumber ?? '',
    filedOn: project.filedOn ?? '',
    budgetCode: project.budgetCode ?? '',
    functionClass: project.functionClass ?? '',
    economicClass: project.economicClass ?? '',
    fundNature: project.fundNature,
    fundingMode: project.fundingMode,
    budgetLevel: project.budgetLevel,
    budgetLevelReason: project.budgetLevelReason ?? '',
    totalBudget: project.totalBudget === null ? '' : plainYuanOfFen(project.totalBudget),
    targets: project.performanceTargets.join('\n'),
  };
}

export type ProjectContent = VariablesOf<typeof RegisterProjectMutation>['input']['content'];

const YUAN = /^(\d{1,12})(?:\.(\d{1,2}))?$/;

/** "1,234.5" → "123450"; null = nothing typed; undefined = no sum of money. */
export function fenOfYuan(text: string): string | null | undefined {
  const plain = text.replaceAll(/[,，\s]/g, '');
  if (plain === '') return null;
  const match = YUAN.exec(plain);
  return match ? String(BigInt(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`)) : undefined;
}

const orNull = (text: string): string | null => text.trim() || null;

/** undefined = the sum cannot be read. */
export function contentOfProject(draft: ProjectDraft): ProjectContent | undefined {
  const totalBudgetFen = fenOfYuan(draft.totalBudget);
  if (totalBudgetFen === undefined) return undefined;
  return {
    code: draft.code,
    name: draft.name,
    budgetYear: draft.budgetYear ?? 0,
    fundSource: draft.fundSource,
    approvalNumber: orNull(draft.approvalNumber),
    filingNumber: orNull(draft.filingNumber),
    filedOn: orNull(draft.filedOn),
    budgetCode: orNull(draft.budgetCode),
    functionClass: orNull(draft.functionClass),
    economicClass: orNull(draft.economicClass),
    fundNature: draft.fundNature,
    fundingMode: draft.fundingMode,
    budgetLevel: draft.budgetLevel,
    budgetLevelReason: orNull(draft.budgetLevelReason),
    totalBudgetFen,
    performanceTargets: draft.targets
      .split('\n')
      .map((target) => target.trim())
      .filter(Boolean),
  };
}
