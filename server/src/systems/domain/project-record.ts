/** Decides whether the record of a project is well-formed, who may write which part of it, and when it may pay for a system. */
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { FieldChecks, isCalendarDate, typed } from './field-checks.js';
import { type BudgetKeys, overlaps, type PaymentLink, type Project } from './system.js';

/** What a person may write of a project. */
export type ProjectContent = Omit<Project, 'id' | 'departmentId' | 'version'>;

/** Lengths are those of the columns. */
const NAME_LENGTH_MAX = 160;
const FUND_SOURCE_LENGTH_MAX = 60;
const NUMBER_LENGTH_MAX = 60;
const YEAR_MIN = 2000;
const YEAR_MAX = 2100;
/** 预算项目编码 of the integrated budget system: digits and capitals. */
const BUDGET_CODE = /^[0-9A-Z]{6,30}$/;
/** 支出功能分类: 类 3, 款 2, 项 2 digits; each deeper one may be left out. */
const FUNCTION_CLASS = /^\d{3}(\d{2}){0,2}$/;
/** 支出经济分类: 类 3, 款 2 digits. */
const ECONOMIC_CLASS = /^\d{3}(\d{2})?$/;
/** Ten billion yuan: more than any province spends on one project. */
const TOTAL_BUDGET_FEN_MAX = 1_000_000_000_000n;
const TARGETS_MAX = 20;
const TARGET_LENGTH_MAX = 200;

export function checkProject(content: ProjectContent, today: CalendarDate): Result<ProjectContent, readonly Refusal[]> {
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
  return checks.refusals.length > 0 ? refuse(checks.refusals) : ok(kept);
}

function keptKeys(keys: BudgetKeys): BudgetKeys {
  return {
    budgetCode: typed(keys.budgetCode),
    functionClass: typed(keys.functionClass),
    economicClass: typed(keys.economicClass),
    fundNature: keys.fundNature,
    budgetLevel: keys.budgetLevel,
  };
}

function checkKeys(checks: FieldChecks, keys: BudgetKeys): void {
  checks.matching(
    'budgetCode',
    keys.budgetCode,
    BUDGET_CODE,
    'format',
    say('预算项目编码为 6 至 30 位数字或大写字母', 'A budget project code is 6 to 30 digits or upper-case letters'),
  );
  checks.matching(
    'functionClass',
    keys.functionClass,
    FUNCTION_CLASS,
    'format',
    say('支出功能分类为 3、5 或 7 位数字', 'A functional class has 3, 5 or 7 digits'),
  );
  checks.matching(
    'economicClass',
    keys.economicClass,
    ECONOMIC_CLASS,
    'format',
    say('支出经济分类为 3 或 5 位数字', 'An economic class has 3 or 5 digits'),
  );
}

const KEY_FIELDS = ['budgetCode', 'functionClass', 'economicClass', 'fundNature', 'budgetLevel', 'budgetYear'] as const;

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
