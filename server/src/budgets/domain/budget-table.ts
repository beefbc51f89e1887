/** Decides which columns the table of budgets has, and what a row of it says. */
import type { Cells } from '../../imports/domain/cells.js';
import type { ImportColumn } from '../../imports/domain/import-table.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import { BUDGET_CODE, ECONOMIC_CLASS, FUNCTION_CLASS } from '../../systems/domain/budget-keys.js';
import { BUDGET_LEVELS, type BudgetLevel, FUND_NATURES, type FundNature } from '../../systems/domain/system.js';
import { AMOUNT_FEN_MAX, type BudgetKey } from './budget.js';

const FUND_WORDS: { readonly [N in FundNature]: Bilingual } = {
  GENERAL_BUDGET: say('一般公共预算', 'general budget'),
  GOVERNMENT_FUND: say('政府性基金', 'government fund'),
  STATE_CAPITAL: say('国有资本经营预算', 'state capital'),
  SPECIAL_BOND: say('专项债券', 'special bond'),
  OWN_FUNDS: say('单位自有资金', 'own funds'),
};
const LEVEL_WORDS: { readonly [L in BudgetLevel]: Bilingual } = {
  PROVINCE: say('省级', 'province'),
  CITY: say('市级', 'city'),
  COUNTY: say('县级', 'county'),
};
const CODE_LENGTH_MAX = 63;
const NAME_LENGTH_MAX = 160;

const column = (
  key: string,
  zh: string,
  en: string,
  example: string,
  more: Partial<Pick<ImportColumn, 'required' | 'note' | 'choices'>> = {},
): ImportColumn => ({ key, title: say(zh, en), example, required: more.required ?? false, ...more });

const OF_ITEM = say('单位总预算不填', 'empty for a department as a whole');

/** As finance writes its budgets: which year, whose, under which keys, how much. */
export const BUDGET_COLUMNS: readonly ImportColumn[] = [
  column('year', '预算年度', 'Year', '2027', { required: true }),
  column('departmentCode', '单位编码', 'Department code', 'RST', { required: true }),
  column('name', '预算名称', 'Name', '政务云运行维护', { required: true }),
  column('budgetCode', '预算项目编码', 'Budget item code', 'XM2027001', {
    note: say(
      '6 至 30 位数字或大写字母；不填为单位总预算',
      '6 to 30 digits or capitals; empty: a department as a whole',
    ),
  }),
  column('functionClass', '支出功能分类', 'Functional class', '2010302', { note: OF_ITEM }),
  column('economicClass', '支出经济分类', 'Economic class', '30227', { note: OF_ITEM }),
  column('fundNature', '资金性质', 'Fund nature', 'GENERAL_BUDGET', {
    required: true,
    choices: FUND_NATURES.map((value) => ({ value, title: FUND_WORDS[value] })),
  }),
  column('budgetLevel', '预算级次', 'Budget level', 'PROVINCE', {
    required: true,
    choices: BUDGET_LEVELS.map((value) => ({ value, title: LEVEL_WORDS[value] })),
  }),
  column('amountYuan', '金额（元）', 'Amount (yuan)', '1280000.00', {
    required: true,
    note: say('最多两位小数', 'at most two decimals'),
  }),
];

/** What a row says of a budget. */
export interface BudgetDraft extends BudgetKey {
  readonly departmentCode: string;
  readonly name: string;
  readonly amount: Fen;
}

/** null = something of it cannot be read; the cells say what. */
export function rowDraft(cells: Cells, yearMin: number, yearMax: number): BudgetDraft | null {
  const year = cells.whole('year', { min: yearMin, max: yearMax });
  const departmentCode = cells.text('departmentCode', CODE_LENGTH_MAX);
  const name = cells.text('name', NAME_LENGTH_MAX);
  const budgetCode = cells.matching('budgetCode', BUDGET_CODE.pattern, BUDGET_CODE.message);
  const functionClass = cells.matching('functionClass', FUNCTION_CLASS.pattern, FUNCTION_CLASS.message);
  const economicClass = cells.matching('economicClass', ECONOMIC_CLASS.pattern, ECONOMIC_CLASS.message);
  const fundNature = cells.choice<FundNature>('fundNature');
  const budgetLevel = cells.choice<BudgetLevel>('budgetLevel');
  const amount = yuan(cells);
  const classes = [functionClass, economicClass].filter((one) => one !== null).length;
  if (budgetCode === null && classes > 0)
    cells.tell('budgetCode', say('填了分类就须填项目编码', 'is required with classes'));
  if (budgetCode !== null && classes < 2)
    cells.tell(
      functionClass === null ? 'functionClass' : 'economicClass',
      say('预算项目须填写功能分类和经济分类', 'is required of an item'),
    );
  if (year === null || departmentCode === null || name === null || fundNature === null || budgetLevel === null)
    return null;
  if (amount === null || cells.problems.length > 0) return null;
  return {
    ...{ year, departmentCode, name, fundNature, budgetLevel, amount },
    ...{ budgetCode: budgetCode ?? '', functionClass: functionClass ?? '', economicClass: economicClass ?? '' },
  };
}

/** Exactly, and never through a float: 0.1 + 0.2 yuan is 30 fen. Thousands may be told apart by commas. */
function yuan(cells: Cells): Fen | null {
  const form = /^\d{1,3}(,\d{3})*(\.\d{1,2})?$|^\d{1,14}(\.\d{1,2})?$/;
  const written = cells.matching(
    'amountYuan',
    form,
    say('须为不小于 0 的金额，最多两位小数', 'is an amount that is not negative, with at most two decimals'),
  );
  if (written === null || !form.test(written)) return null;
  const [whole = '', part = ''] = written.replaceAll(',', '').split('.');
  const fen = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0') || '0');
  if (fen <= AMOUNT_FEN_MAX) return fen;
  cells.tell('amountYuan', say('不能超过十万亿元', 'is at most ten trillion yuan'));
  return null;
}
