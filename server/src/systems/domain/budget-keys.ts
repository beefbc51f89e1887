/** Decides how the keys by which finance knows money are written, for projects and budgets alike. */
import type { DepartmentLevel } from '../../departments/domain/department.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { BudgetLevel } from './system.js';

export interface KeyRule {
  readonly pattern: RegExp;
  readonly message: Bilingual;
}

/** 预算项目编码 of the integrated budget system (预算管理一体化): digits and capitals. */
export const BUDGET_CODE: KeyRule = {
  pattern: /^[0-9A-Z]{6,30}$/,
  message: say(
    '预算项目编码为 6 至 30 位数字或大写字母',
    'A budget project code is 6 to 30 digits or upper-case letters',
  ),
};
/** 支出功能分类: 类 3, 款 2, 项 2 digits; each deeper one may be left out. */
export const FUNCTION_CLASS: KeyRule = {
  pattern: /^\d{3}(\d{2}){0,2}$/,
  message: say('支出功能分类为 3、5 或 7 位数字', 'A functional class has 3, 5 or 7 digits'),
};
/** 支出经济分类: 类 3, 款 2 digits. */
export const ECONOMIC_CLASS: KeyRule = {
  pattern: /^\d{3}(\d{2})?$/,
  message: say('支出经济分类为 3 或 5 位数字', 'An economic class has 3 or 5 digits'),
};

/** 预算级次 that a department's money usually has; a bureau is the city's, or a county's of it. Another needs a reason. */
export const USUAL_LEVELS: { readonly [L in DepartmentLevel]: readonly BudgetLevel[] } = {
  PROVINCE: ['PROVINCE'],
  CITY: ['CITY'],
  BUREAU: ['CITY', 'COUNTY'],
};
