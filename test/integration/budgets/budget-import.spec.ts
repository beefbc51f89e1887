import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetsService } from '../../../server/src/budgets/budgets.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { accountingYear } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { csvFile, runImport } from '../../support/run-import.ts';

const YEAR = accountingYear(new Date()) + 1;
const home = department();
let app: TestApplication;
let budgets: BudgetsService;

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication();
  budgets = get(BudgetsService);
  await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [home]));
});
afterAll(() => app.close());

const HEAD = '预算年度,单位编码,预算名称,预算项目编码,支出功能分类,支出经济分类,资金性质,预算级次,金额（元）';
const whole = (amount: string, year = YEAR) => `${year},${home.code},总预算,,,,一般公共预算,省级,${amount}`;
const item = (code: string, amount: string, year = YEAR) =>
  `${year},${home.code},${code} 运维,${code},2010302,30227,一般公共预算,省级,${amount}`;
const run = (...rows: string[]) => runImport(app, 'budgets', [csvFile([HEAD, ...rows].join('\n'))]);
const all = async () =>
  (await budgets.list(WHOLE_PROVINCE, { departmentId: home.id }, { first: 100, after: null })).rows;

describe('budgets from a table', () => {
  it.each([
    [
      'a sum beyond the department',
      [whole('100.00'), item('XM2027001', '60.00'), item('XM2027002', '40.01')],
      /B?4.*exceed/,
    ],
    ['an amount with seven decimals', [whole('100.0000001')], /at most two decimals/],
    ['a negative amount', [whole('-1')], /not negative/],
    ['an item without its department', [item('XM2027001', '1')], /no budget of the year/],
    [
      'an item named twice',
      [whole('100'), item('XM2027001', '1'), item('XM2027001', '2')],
      /same budget as a row above/,
    ],
    ['an unknown department', [`${YEAR},NOBODY,总预算,,,,一般公共预算,省级,1`], /no department NOBODY/],
    ['classes without a code', [`${YEAR},${home.code},总预算,,2010302,,一般公共预算,省级,1`], /required with classes/],
  ])('refuses %s with the row, and writes nothing', async (_, rows, expected) => {
    const { said, written } = await run(...rows);
    expect(said.join('\n')).toMatch(expected);
    expect(written).toBe(false);
    expect(await all()).toEqual([]);
  });

  it('writes departments with their items, to the fen, and finds them unchanged the next time', async () => {
    const rows = [item('XM2027001', '60.10'), whole('"1,000.30"'), item('XM2027002', '0.20')];
    expect((await run(...rows)).written).toBe(true);
    const made = await all();
    expect(made.map(({ grain, amount, allotted }) => [grain, amount, allotted])).toEqual([
      ['DEPARTMENT', 1_000_30n, 60_30n],
      ['ITEM', 60_10n, 0n],
      ['ITEM', 20n, 0n],
    ]);
    const again = await run(...rows);
    expect([again.written, again.prepared.counts.unchanged]).toEqual([false, 3]);
    expect((await run(item('XM2027001', '61'))).said.join()).toMatch(/adjust its amount/);
  });

  it('gives more items their part of what the department still has, and no more', async () => {
    expect((await run(item('XM2027003', '940.01'))).said.join()).toMatch(/exceed/);
    expect((await run(item('XM2027003', '940.00'))).written).toBe(true);
    const [department] = await all();
    expect(department?.allotted).toBe(1_000_30n);
  });
});
