import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { monthBefore } from '../../server/src/accounting/domain/accounting-units.js';
import { CostChangePasses } from '../../server/src/costchanges/cost-change-passes.service.js';
import { DemonstrationSelfBuild } from '../../server/src/demonstration/demonstration-self-build.js';
import { MadeUpUse } from '../../server/src/demonstration/made-up-use.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { FinanceDesk } from '../support/finance-desk.ts';

let desk: FinanceDesk;
let browser: Browser;
/** The last one that is closed. */
let month: string;
beforeAll(async () => {
  desk = await FinanceDesk.open();
  month = monthBefore(desk.month);
  await desk.get(MadeUpUse).load(new Date());
  await desk.get(CostChangePasses).take();
  await desk
    .get(DemonstrationSelfBuild)
    .run(await desk.person('finance', 'FINANCE'), await desk.person('finance.czt', 'FINANCE'));
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

async function arrives(username = 'finance', viewport = WIDE): Promise<Person> {
  const person = await Person.arrive(browser, desk.url, viewport);
  await person.enter(username);
  return person;
}

const fenOf = async (part: Locator): Promise<bigint> => BigInt((await part.getAttribute('value')) ?? '');
/** Each `data` of a part, as fen. */
const fensOf = (part: Locator): Promise<bigint[]> =>
  part
    .locator('data')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''))
    .then((all) => all.map(BigInt));
const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);

describe('a figure of the cost overview', () => {
  it('opens down to resource-days and price versions, and what is there comes to the figure', async () => {
    const finance = await arrives();
    const { page } = finance;
    // One center and only DR: the statement that it opens holds more than the figure.
    await finance.goTo(`/costs?rows=CENTER&columns=SHARE&from=${month}&to=${month}`);
    const byCenter = page.getByRole('table', { name: '数据中心 × 容灾份额' });
    // Its first figure that is something: the name of the row narrows, too, and is no figure.
    await byCenter.locator('tbody td button').first().click();
    const byDepartment = page.getByRole('table', { name: '使用单位 × 月份' });
    // While the next table is on its way, the rows of the former one stand there still: centers, not departments.
    const cell = byDepartment.locator('tbody tr').filter({ hasText: /^省/ }).first().getByRole('cell').first();
    await cell.waitFor();
    const figure = await fenOf(cell.locator('data'));
    await cell.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${month} 费用核算单`) }).waitFor();
    // The page says to what it is narrowed, and that comes to the figure.
    const bar = page.locator('.jy-filter-sum');
    await bar.waitFor();
    expect(await fenOf(bar.locator('data'))).toBe(figure);
    await page.getByRole('button', { name: /^取消筛选 数据中心/ }).waitFor();
    await page.getByRole('button', { name: /^取消筛选 容灾份额/ }).waitFor();
    expect(await finance.look('costs-statement-narrowed')).toEqual([]);
    const uses = page.getByRole('table', { name: '资源明细' });
    expect(sum(await fensOf(uses))).toBe(figure);
    // Down to the end: quantity × price of a version × the days of it.
    const first = uses.getByRole('row').nth(1);
    const [useFen] = await fensOf(first);
    await first.getByRole('button').first().click();
    const lines = page.getByRole('dialog', { name: new RegExp(`${month} 计费明细`) });
    const line = lines.getByRole('table', { name: '计费明细' }).getByRole('row').nth(1);
    await line.getByText(/^自 \d{4}-\d{2}-\d{2} 起：/).waitFor();
    const amounts = await fensOf(lines.getByRole('table').first());
    const corrected = (await lines.getByRole('table').count()) > 1 ? await fensOf(lines.getByRole('table').nth(1)) : [];
    if (corrected.length === 0) expect(sum(amounts)).toBe(useFen);
    await page.keyboard.press('Escape');
    // Taken away, the statement is whole again.
    await page.getByRole('button', { name: /^取消筛选 数据中心/ }).click();
    await page.getByRole('button', { name: /^取消筛选 容灾份额/ }).click();
    await bar.waitFor({ state: 'detached' });
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });
});

describe('pages of costs', () => {
  it('cost changes: the parts add up to the difference, and each opens to resources and their lines', async () => {
    const finance = await arrives();
    const { page } = finance;
    await finance.goTo(`/cost-changes?to=${month}`);
    const table = page.getByRole('table', { name: new RegExp(`^各使用单位 .* → ${month}$`) });
    await table.waitFor();
    expect(await finance.look('cost-changes')).toEqual([]);
    const foot = await fensOf(table.getByRole('row').last());
    const [before = 0n, ...rest] = foot;
    const [difference = 0n, after = 0n, ...parts] = rest.toReversed();
    expect(after - before).toBe(difference);
    expect(sum(parts)).toBe(difference);
    // The first part that moved anything.
    await table
      .locator('tbody')
      .getByRole('button')
      .filter({ has: page.locator('data') })
      .first()
      .click();
    await page.getByRole('link', { name: month, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${month} 费用核算单`) }).waitFor();
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });

  it('idle costs: by department and machine by machine, each leading to its lines and to the machine', async () => {
    const finance = await arrives();
    const { page } = finance;
    // The menu leads there.
    await finance.goTo('/');
    await page.getByRole('navigation').getByRole('link', { name: '闲置成本' }).click();
    await page.getByRole('heading', { level: 1, name: '闲置成本' }).waitFor();
    await finance.goTo(`/idle-costs?month=${month}`);
    const groups = page.getByRole('table', { name: '各使用单位的闲置成本' });
    await groups.waitFor();
    const [total = 0n, ...others] = (await fensOf(groups)).toReversed();
    expect(sum(others)).toBe(total);
    const machines = page.getByRole('table', { name: /^费用最高的闲置云主机/ });
    // Whose each is stands beside it.
    expect(await machines.getByRole('row').nth(1).getByRole('cell').first().textContent()).toMatch(/^省|市/);
    expect(await finance.look('idle-costs')).toEqual([]);
    await machines.getByRole('link', { name: month }).first().click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${month} 费用核算单`) }).waitFor();
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });

  it('common costs: what was spread and what nobody bears come to the month’s amount; a new one begins with its month', async () => {
    const finance = await arrives();
    const { page } = finance;
    await finance.goTo(`/shared-costs?month=${month}`);
    await page.getByRole('heading', { level: 1, name: '公共费用分摊' }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'network-a' });
    await row.waitFor();
    const cells = row.getByRole('cell');
    expect(await finance.look('shared-costs')).toEqual([]);
    const fens = await fensOf(row);
    expect(fens[0]).toBe(sum(fens.slice(1)));
    expect(await cells.count()).toBeGreaterThan(8);
    await page.getByRole('button', { name: '新增公共费用' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByRole('alert').first().waitFor();
    expect(await finance.look('shared-costs-new')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });

  it('self-build: both sides from the use that is shown, and the parts add up to what building would cost', async () => {
    const finance = await arrives();
    const { page } = finance;
    await finance.goTo('/self-build');
    const parts = page.getByRole('table', { name: '自建成本构成' });
    await parts.waitFor();
    const fens = await fensOf(parts);
    expect(sum(fens.slice(0, -1))).toBe(fens.at(-1));
    expect(await finance.look('self-build')).toEqual([]);
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });

  it('a department sees its own costs and nobody else’s, a city its own book', async () => {
    const head = await arrives(desk.head);
    await head.goTo('/department-costs');
    await head.page.getByRole('heading', { level: 1, name: '本单位费用概览' }).waitFor();
    expect(await head.look('department-costs')).toEqual([]);
    await head.goTo(`/costs?from=${month}&to=${month}`);
    const own = head.page.getByRole('table', { name: '使用单位 × 月份' });
    await own.waitFor();
    expect(await own.locator('tbody tr').count()).toBe(1);
    // Closing and spend are no business of a department.
    expect(await head.page.getByRole('link', { name: /^(月末结账|支出对账|付款)$/ }).count()).toBe(0);
    await head.goTo('/reconciliation');
    await head.page.getByText('没有权限查看').first().waitFor();
    const city = await arrives('cityfinance');
    await city.goTo('/closings');
    await city.page.getByRole('heading', { level: 1, name: '月末结账' }).waitFor();
    await city.page.getByText('南京市').first().waitFor();
    expect(await city.look('closings-city')).toEqual([]);
    await head.leave();
    await city.leave();
  });

  it('fit a telephone', async () => {
    const finance = await arrives('finance', NARROW);
    for (const [path, heading, name] of [
      ['/', '财政首页', 'finance-home-narrow'],
      ['/costs', '费用总览', 'costs-narrow'],
      [`/cost-changes?to=${month}`, '费用变动', 'cost-changes-narrow'],
      [`/idle-costs?month=${month}`, '闲置成本', 'idle-costs-narrow'],
      [`/shared-costs?month=${month}`, '公共费用分摊', 'shared-costs-narrow'],
      ['/self-build', '自建成本对比', 'self-build-narrow'],
      ['/closings', '月末结账', 'closings-narrow'],
    ] as const) {
      await finance.goTo(path);
      await finance.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await finance.page.locator('main table').first().waitFor();
      expect([name, await finance.look(name)]).toEqual([name, []]);
      expect([name, await finance.scrollsSideways()]).toEqual([name, false]);
    }
    // No name of the pivot is squeezed to a letter a line.
    await finance.goTo('/costs');
    const name = finance.page.getByRole('table', { name: '使用单位 × 月份' }).locator('tbody th button').first();
    expect((await name.boundingBox())?.height).toBeLessThan(90);
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });
});
