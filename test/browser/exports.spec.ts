import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { Wall } from '../support/account-desk.ts';
import { openBrowser, Person } from '../support/browser.ts';
import { closeMonths } from '../support/closed-months.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

const wall = new Wall();
let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false, clock: wall });
  await closeMonths({ context: console_.application, test: console_.test, close: async () => {} }, wall);
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

it('finance takes a closed month out, makes a token that is shown once, and the security administrator agrees to it', async () => {
  const finance = await Person.arrive(browser, console_.url);
  await finance.signIn('finance', DEMONSTRATION_PASSWORD);
  const { page } = finance;
  await finance.goTo('/data-exports');
  const month = page.getByRole('row', { name: /^2026-09/ });
  await month.waitFor();
  expect(await finance.look('data-exports')).toEqual([]);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    month.getByRole('link', { name: 'FOCUS', exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('focus-2026-09.csv');
  expect(await readFile((await file.path()) as string, 'utf8')).toMatch(/^AllocatedMethodId,/);
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    month.getByRole('link', { name: 'Excel（万元）' }).click(),
  ]);
  expect(paper.suggestedFilename()).toBe('省级政务云费用核算汇总表-2026-09.xlsx');

  await page.getByRole('button', { name: '新建令牌' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '新建令牌' }).click();
  await dialog.getByText('请写明用途', { exact: true }).first().waitFor();
  await finance.choose(dialog.getByLabel('类型'), '服务令牌');
  await dialog.getByLabel('用途').fill('财政平台取数');
  expect(await finance.look('data-exports-create')).toEqual([]);
  await dialog.getByRole('button', { name: '新建令牌' }).click();
  await page.getByText(/^jyt_[0-9a-f]{16}_/).waitFor();
  await page.getByRole('button', { name: '我已保存' }).click();
  const own = page.getByRole('row', { name: /^财政平台取数/ });
  await own.getByText('待批准', { exact: true }).waitFor();

  const guard = await Person.arrive(browser, console_.url);
  await guard.signIn('secadmin', DEMONSTRATION_PASSWORD);
  await guard.goTo('/data-exports');
  const asked = guard.page.getByRole('row', { name: /^财政平台取数/ });
  await asked.getByRole('button', { name: '批准' }).click();
  await asked.getByText('有效', { exact: true }).waitFor();
  expect(await guard.look('data-exports-guard')).toEqual([]);

  await finance.goTo('/data-exports');
  await own.getByRole('button', { name: '撤销' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
  await own.getByText('已撤销', { exact: true }).waitFor();
  expect([...finance.errors, ...guard.errors]).toEqual([]);
}, 180_000);
