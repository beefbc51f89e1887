/** Decides whether the record of a project is well-formed, who may write which part of it, and when it may pay for a system. */
import type { DepartmentLevel } from '../../departments/domain/department.js';
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { BUDGET_CODE, ECONOMIC_CLASS, FUNCTION_CLASS, USUAL_LEVELS } from './budget-keys.js';
import { FieldChecks, isCalendarDate, typed } from './field-checks.js';
import { type BudgetKeys, type FundingMode, overlaps, type PaymentLink, type Project } from './system.js';

/** What a person may write of a project. */
export type ProjectContent = Omit<Project, 'id' | 'departmentId' | 'version'>;

/** Who writes it may say nothing of who pays: then it stays as it is. */
export type ProjectWish = Omit<ProjectContent, 'fundingMode'> & { readonly fundingMode: FundingMode | null };

/** Lengths are those of the columns. */
const NAME_LENGTH_MAX = 160;
const FUND_SOURCE_LENGTH_MAX = 60;
const NUMBER_LENGTH_MAX = 60;
const LEVEL_REASON_LENGTH_MAX = 200;
const YEAR_MIN = 2000;
const YEAR_MAX = 2100;
/** Ten billion yuan: more than any province spends on one project. */
const TOTAL_BUDGET_FEN_MAX = 1_000_000_000_000n;
const TARGETS_MAX = 20;
const TARGET_LENGTH_MAX = 200;

/** `level`: of the project's department. */
export function checkProject(
  content: ProjectContent,
  today: CalendarDate,
  level: DepartmentLevel,
): Result<ProjectContent, readonly Refusal[]> {
  const kept: ProjectContent = {
    ...content,
    code: content.code.trim(),
    name: content.name.trim(),
    fundSource: content.fundSource.trim(),
    approvalNumber: typed(content.approvalNumber),
    filingNumber: typed(content.filingNumber),
    filedOn: typed(content.filedOn),
    performanceTargets: content.performanceTargets.map((target) => target.trim()).filter((target) => target !== ''),
    ...keptKeys(content),
  };
  const checks = new FieldChecks();
  checks.code('code', kept.code);
  checks.text('name', kept.name, NAME_LENGTH_MAX);
  checks.text('fundSource', kept.fundSource, FUND_SOURCE_LENGTH_MAX);
  checks.wholeNumber('budgetYear', kept.budgetYear, YEAR_MIN, YEAR_MAX);
  checks.optionalText('approvalNumber', kept.approvalNumber, NUMBER_LENGTH_MAX);
  checks.optionalText('filingNumber', kept.filingNumber, NUMBER_LENGTH_MAX);
  checks.pastDate('filedOn', kept.filedOn, today);
  checks.together(
    { filingNumber: kept.filingNumber, filedOn: kept.filedOn },
    say('备案号与备案日期须一并填写', 'Filing number and date are given together'),
  );
  if (kept.totalBudgetFen !== null && (kept.totalBudgetFen < 0n || kept.totalBudgetFen > TOTAL_BUDGET_FEN_MAX))
    checks.refuse('totalBudgetFen', 'range', say('总预算为 0 至 100 亿元', 'The total budget is 0 to 10 billion yuan'));
  if (kept.performanceTargets.length > TARGETS_MAX)
    checks.refuse(
      'performanceTargets',
      'range',
      say(`绩效目标最多 ${TARGETS_MAX} 条`, `${TARGETS_MAX} targets at most`),
    );
  for (const [index, target] of kept.performanceTargets.slice(0, TARGETS_MAX).entries())
    checks.text(['performanceTargets', String(index)], target, TARGET_LENGTH_MAX);
  checkKeys(checks, kept);
  checkLevel(checks, kept, level);
  return checks.refusals.length > 0 ? refuse(checks.refusals) : ok(kept);
}

function keptKeys(keys: BudgetKeys): BudgetKeys {
  return {
    budgetCode: typed(keys.budgetCode),
    functionClass: typed(keys.functionClass),
    economicClass: typed(keys.economicClass),
    fundNature: keys.fundNature,
    budgetLevel: keys.budgetLevel,
    budgetLevelReason: typed(keys.budgetLevelReason),
  };
}

function checkKeys(checks: FieldChecks, keys: BudgetKeys): void {
  const rules = { budgetCode: BUDGET_CODE, functionClass: FUNCTION_CLASS, economicClass: ECONOMIC_CLASS };
  for (const [field, { pattern, message }] of Object.entries(rules))
    checks.matching(field, keys[field as keyof typeof rules], pattern, 'format', message);
}

function checkLevel(checks: FieldChecks, { budgetLevel, budgetLevelReason }: BudgetKeys, level: DepartmentLevel): void {
  checks.optionalText('budgetLevelReason', budgetLevelReason, LEVEL_REASON_LENGTH_MAX);
  if (!USUAL_LEVELS[level].includes(budgetLevel) && budgetLevelReason === null)
    checks.refuse(
      'budgetLevelReason',
      'required',
      say('预算级次与单位级次不一致，请说明原因', 'The budget level is not the department’s: say why'),
    );
}

/** A project of which nobody says who pays is paid for by its department. */
const FUNDING_OF_NEW: FundingMode = 'OWN_PAYS';

/**
 * That the finance office pays is the finance office's word: a department registers what it pays for itself, and who pays
 * is changed by whoever keeps the budgets.
 */
export function fundingOf(
  wished: FundingMode | null,
  before: FundingMode | null,
  keepsBudgets: boolean,
): Result<FundingMode, readonly Refusal[]> {
  const standing = before ?? FUNDING_OF_NEW;
  const asked = wished ?? standing;
  if (asked === standing || keepsBudgets) return ok(asked);
  return refuse([
    {
      code: 'NOT_PERMITTED',
      path: ['content', 'fundingMode'],
      reason: 'FINANCE_ONLY',
      message: say(
        '经费方式由财政部门确定，新登记的项目为单位自付',
        'Who pays is decided by the finance office; a new project is paid for by its department',
      ),
    },
  ]);
}

const KEY_FIELDS = [
  'fundingMode',
  'budgetCode',
  'functionClass',
  'economicClass',
  'fundNature',
  'budgetLevel',
  'budgetLevelReason',
  'budgetYear',
] as const;

/** Who is not of the department (the finance office) corrects the keys of the money and nothing else. */
export function checkKeysOnly(before: Project, after: ProjectContent): Refusal[] {
  const same = (field: keyof ProjectContent): boolean =>
    JSON.stringify(before[field], plain) === JSON.stringify(after[field], plain);
  return (Object.keys(after) as (keyof ProjectContent)[])
    .filter((field) => !(KEY_FIELDS as readonly string[]).includes(field) && !same(field))
    .map((field) => ({
      code: 'NOT_PERMITTED' as const,
      path: ['content', field],
      reason: 'BUDGET_KEYS_ONLY',
      message: say(
        '您只能更正预算年度和预算科目，其他内容由项目单位填写',
        'You may correct the budget year and keys; everything else is written by the project’s department',
      ),
    }));
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** A new period of one system and one project: well-formed, and no day is paid for twice by the same project. */
export function checkLink(link: PaymentLink, existing: readonly Pick<PaymentLink, 'from' | 'to'>[]): Refusal[] {
  const checks = new FieldChecks([]);
  checks.date('from', link.from);
  checks.date('to', link.to);
  if (checks.refusals.length > 0) return checks.refusals;
  if (link.to !== null && link.to <= link.from)
    checks.refuse('to', 'period', say('结束日期须晚于开始日期', 'The end comes after the beginning'));
  const clash = existing.find((other) => overlaps(link, other));
  if (clash)
    checks.refuse(
      'from',
      'overlap',
      say(
        `与已有期间 ${clash.from} 至 ${clash.to ?? '长期'} 重叠`,
        `It overlaps the period from ${clash.from} to ${clash.to ?? 'no end'}`,
      ),
    );
  return checks.refusals;
}

export const TAKE_BACK_REASON_LENGTH_MAX = 200;

/**
 * A period that was written by mistake may be taken back with a reason, as if it had never been: while it has not begun,
 * or while nothing was ever asked for that the project would have to pay for.
 */
export function checkTakeBack(
  link: Pick<PaymentLink, 'from'>,
  { today, used, reason }: { readonly today: CalendarDate; readonly used: number; readonly reason: string },
): Refusal[] {
  const checks = new FieldChecks([]);
  checks.text('reason', reason, TAKE_BACK_REASON_LENGTH_MAX);
  if (link.from <= today && used > 0)
    checks.refuse(
      'from',
      'used',
      say(
        `该期间已开始，已有 ${used} 项申请或资源由该项目付费，只能设定结束日期`,
        `It has begun, and the project pays for ${used} requests or resources: it can only be ended`,
      ),
    );
  return checks.refusals;
}

/** The end of a running period: after its beginning, and not later than it was. */
export function checkEnd(link: Pick<PaymentLink, 'from' | 'to'>, end: string): Refusal[] {
  const checks = new FieldChecks([]);
  checks.date('to', end);
  if (isCalendarDate(end) && end <= link.from)
    checks.refuse('to', 'period', say('结束日期须晚于开始日期', 'The end comes after the beginning'));
  else if (isCalendarDate(end) && link.to !== null && end > link.to)
    checks.refuse(
      'to',
      'period',
      say('只能提前结束，延长请新建期间', 'It can only end earlier; a later time is a new period'),
    );
  return checks.refusals;
}
