import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { AccountingSweep } from '../../server/src/accounting/accounting-sweep.service.js';
import { monthBefore, monthOfMoment } from '../../server/src/accounting/domain/accounting-units.js';
import { CostCells } from '../../server/src/costs/cost-cells.service.js';
import { DemonstrationClosings } from '../../server/src/demonstration/demonstration-closings.js';
import { DemonstrationSelfBuild } from '../../server/src/demonstration/demonstration-self-build.js';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import type { Viewer } from '../../server/src/kernel/viewer.js';
import { viewerWith } from '../support/application.ts';
import { openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

const PAST = { machines: 200, months: 4 };
/** The one that waits to be closed; the demonstration has closed all before it. */
const MONTH = monthBefore(monthOfMoment(Date.now()));

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false, machines: PAST.machines });
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  await get(HistoryLoader).load(PAST);
  await get(AccountingSweep).run();
  expect(await get(DemonstrationClosings).run()).toEqual([]);
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

async function arrives(username: string): Promise<Person> {
  const person = await Person.arrive(browser, console_.url);
  await person.enter(username);
  return person;
}

describe('closing a month in a browser', () => {
  it('one person asks with a word on what is open, another approves, and everyone can verify the seal', async () => {
    const finance = await arrives('finance');
    const { page } = finance;
    await finance.goTo('/closings');
    await page.getByRole('heading', { level: 1, name: '月末结账' }).waitFor();
    const panel = page.getByRole('region', { name: `${MONTH} 检查清单` });
    await panel.getByRole('button', { name: '申请结账' }).waitFor();
    expect(await finance.look('closing-checklist')).toEqual([]);
    await panel.getByRole('button', { name: '申请结账' }).click();
    const dialog = page.getByRole('dialog', { name: `申请 ${MONTH} 结账` });
    await dialog.getByRole('button', { name: '申请结账' }).click();
    // Nothing is asked for before every item has its word.
    await dialog.getByText('请作出说明').first().waitFor();
    for (const box of await dialog.getByRole('textbox').all()) await box.fill('已逐户核实');
    await dialog.getByRole('button', { name: '申请结账' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await panel.getByText('待审批', { exact: true }).first().waitFor();
    // Who asked is offered to take it back, and nothing else.
    await panel.getByRole('link', { name: '查看结账' }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${MONTH} 结账`) }).waitFor();
    await page.getByRole('button', { name: '撤回申请' }).waitFor();
    expect(await page.getByRole('button', { name: '批准结账' }).count()).toBe(0);
    const address = new URL(page.url()).pathname;

    const second = await arrives('finance.czt');
    await second.goTo(address);
    await second.page.getByRole('button', { name: '批准结账' }).click();
    const approving = second.page.getByRole('dialog', { name: /批准结账/ });
    await approving.getByRole('button', { name: '批准结账' }).click();
    await approving.waitFor({ state: 'hidden' });
    await second.page.getByText('已结账', { exact: true }).first().waitFor();
    await second.page.getByRole('button', { name: '校验摘要' }).click();
    await second.page.getByText('逐行重算一致，未被改动').first().waitFor();
    expect(await second.look('closing-sealed')).toEqual([]);
    await second.page.getByRole('region', { name: '各单位核算单' }).getByRole('link').first().click();
    await second.page.getByText('已结账', { exact: true }).first().waitFor();
  });

  it('is seen consolidated by any two sides, down to the statement that a figure stands on', async () => {
    await console_.application.get(CostCells, { strict: false }).take();
    const finance = await arrives('finance');
    const { page } = finance;
    await finance.goTo('/costs');
    await page.getByRole('heading', { level: 1, name: '费用总览' }).waitFor();
    const table = page.getByRole('table', { name: '使用单位 × 月份' });
    await table.waitFor();
    const total = await table.getByRole('row').last().getByRole('cell').last().textContent();
    expect(await finance.look('costs')).toEqual([]);
    // Another layout comes to the same.
    await finance.goTo('/costs?rows=SYSTEM&columns=CENTER');
    const other = page.getByRole('table', { name: '系统 × 数据中心' });
    await other.waitFor();
    expect(await other.getByRole('row').last().getByRole('cell').last().textContent()).toBe(total);
    await finance.goTo('/costs');
    const department = table.getByRole('row').nth(1).getByRole('button');
    const name = (await department.textContent()) ?? '';
    await department.click();
    await page.getByRole('table', { name: '系统 × 月份' }).waitFor();
    await page
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .waitFor();
    await finance.goTo('/costs');
    await table.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
  });

  it('stands on the page that finance begins with, from which every figure opens', async () => {
    await console_.application.get(CostCells, { strict: false }).take();
    const finance = await arrives('finance');
    const { page } = finance;
    await finance.goTo('/');
    await page.getByRole('heading', { level: 1, name: '财政首页' }).waitFor();
    const year = page.getByRole('list', { name: '关键数字' }).getByRole('link', { name: /年累计/ });
    const fen = await year.locator('data').first().getAttribute('value');
    expect(await finance.look('finance-home')).toEqual([]);
    await year.click();
    const table = page.getByRole('table', { name: '使用单位 × 月份' });
    await table.waitFor();
    expect(await table.getByRole('row').last().locator('data').last().getAttribute('value')).toBe(fen);
    const head = await arrives('head');
    await head.goTo('/department-costs');
    await head.page.getByRole('heading', { level: 1, name: '本单位费用概览' }).waitFor();
    expect(await head.look('department-costs')).toEqual([]);
  });

  it('is set beside what building would cost, by assumptions that name their sources', async () => {
    const people = ['钱慧敏', '孙静姝'].map((name) => viewerWith(['FINANCE'], null, { name }));
    const [drafts, approves] = people as [Viewer, Viewer];
    await console_.application.get(DemonstrationSelfBuild, { strict: false }).run(drafts, approves);
    const finance = await arrives('finance');
    const { page } = finance;
    await finance.goTo('/self-build');
    await page.getByRole('table', { name: '自建成本构成' }).waitFor();
    expect(await finance.look('self-build')).toEqual([]);
    await page.getByRole('link', { name: '查看测算参数' }).click();
    await page.getByRole('row', { name: /PUE 1.6/ }).waitFor();
    expect(await finance.look('self-build-assumptions')).toEqual([]);
  });
});
