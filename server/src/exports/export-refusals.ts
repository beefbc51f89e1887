import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export const noMonth = (): Refusal => ({
  code: 'INVALID_INPUT',
  path: ['month'],
  rule: 'month',
  message: say('月份须为 YYYY-MM', 'A month is YYYY-MM'),
});

export const noYear = (): Refusal => ({
  code: 'INVALID_INPUT',
  path: ['year'],
  rule: 'year',
  message: say('年度须为四位数字', 'A year has four digits'),
});

export const notClosed = (month: string): Refusal => ({
  code: 'INVALID_INPUT',
  path: ['month'],
  rule: 'closedMonth',
  message: say(
    `${month} 尚未结账；FOCUS 导出只含已结账的月份，未结账的请看费用核算单`,
    `${month} is not closed; FOCUS has closed months only, what is drafted stands on the statements`,
  ),
});

export const tooLong = (rows: number): Refusal => ({
  code: 'INVALID_INPUT',
  path: [],
  rule: 'length',
  message: say(
    `超过 ${rows} 行，不宜成表；请缩小范围，或在结账后以 FOCUS 导出全部明细`,
    `More than ${rows} rows are no table; ask for less, or take all lines as FOCUS once the month is closed`,
  ),
});

/** The same for what is another's and for what there is not. */
export const unknownDepartment = (): Refusal => ({
  code: 'UNKNOWN_REFERENCE',
  path: ['department'],
  message: say('找不到这个单位，或您无权查看', 'There is no such department, or you may not see it'),
});

export const unknownCenter = (): Refusal => ({
  code: 'UNKNOWN_REFERENCE',
  path: ['center'],
  message: say('找不到这个数据中心', 'There is no such center'),
});

/** Said, but none of the words that there are: left out it would widen what was asked for. */
export const badWord = (name: string): Refusal => ({
  code: 'INVALID_INPUT',
  path: [name],
  rule: 'values',
  message: say(`${name} 的取值不在允许范围内`, `${name} has a value that there is none of`),
});

/** Of what belongs to the province as a whole, to a token that was made for one department. */
export const provinceOnly = (): Refusal => ({
  code: 'UNKNOWN_REFERENCE',
  path: [],
  message: say(
    '支出属于全省，限定单位的令牌不能导出',
    'Spend is the province’s; a token for one department does not export it',
  ),
});

export const badCosts = (): Refusal => ({
  code: 'INVALID_INPUT',
  path: ['from'],
  rule: 'range',
  message: say(
    '请给出 from、to 两个月份（YYYY-MM，最多五年），行列为两个不同的维度，且不超过十三列',
    'Give the months from and to (YYYY-MM, five years at most), two different sides, and no more than thirteen columns',
  ),
});
