import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

it('a contract is entered by one person, confirmed by another, accepted, paid, and seen in the reconciliation', async () => {
  const clerk = await Person.arrive(browser, console_.url);
  await clerk.enter('finance');
  const { page } = clerk;
  await clerk.goTo('/suppliers');
  await page.getByRole('button', { name: '登记供应商' }).click();
  const supplier = page.getByRole('dialog');
  await supplier.getByLabel('供应商名称').fill('华东云服务公司');
  await supplier.getByLabel('统一社会信用代码').fill('914403001922038217');
  await supplier.getByRole('button', { name: '登记供应商' }).click();
  await supplier
    .getByText(/校验位不符/)
    .first()
    .waitFor();
  await supplier.getByLabel('统一社会信用代码').fill('914403001922038216');
  await supplier.getByRole('button', { name: '登记供应商' }).click();
  await page.getByRole('link', { name: '华东云服务公司', exact: true }).waitFor();
  expect(await clerk.look('suppliers')).toEqual([]);

  await clerk.goTo('/contracts/new');
  await page.getByLabel('供应商').click();
  await page.getByText('华东云服务公司 914403001922038216', { exact: true }).first().click();
  await page.getByLabel('合同编号').fill('HT-浏览器-1');
  await page.getByLabel('合同名称').fill('云平台试用服务');
  await page.getByLabel('合同上限').fill('1,200');
  await page.getByLabel(/^同城主中心（A） · 权重/).fill('1');
  // Neither services nor a plan were agreed.
  await page.getByRole('button', { name: '删除第 1 行' }).first().click();
  await page.getByRole('button', { name: '删除第 1 行' }).first().click();
  expect(await clerk.look('contract-new')).toEqual([]);
  await page.getByRole('button', { name: '录入合同' }).click();
  await page.getByRole('heading', { level: 1, name: '云平台试用服务' }).waitFor();
  // Nobody confirms what they entered themselves.
  expect(await page.getByRole('button', { name: '复核', exact: true }).count()).toBe(0);
  const address = new URL(page.url()).pathname;

  const checker = await Person.arrive(browser, console_.url);
  await checker.enter('finance.czt');
  await checker.goTo(address);
  await checker.page.getByRole('button', { name: '复核', exact: true }).click();
  await checker.page.getByRole('button', { name: '录入验收' }).waitFor();

  await clerk.goTo(address);
  await page.getByRole('button', { name: '录入验收' }).click();
  const acceptance = page.getByRole('dialog');
  await acceptance.getByLabel('金额').fill('600');
  await acceptance
    .locator('input[type=file]')
    .setInputFiles({ name: '验收单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 验收') });
  await acceptance.getByText('验收单.pdf', { exact: true }).first().waitFor();
  await acceptance.getByRole('button', { name: '录入验收' }).click();
  await acceptance.waitFor({ state: 'detached' });
  await checker.goTo(address);
  await checker.page.getByRole('table').getByRole('button', { name: '复核', exact: true }).click();
  await checker.page.getByRole('button', { name: '冲销', exact: true }).waitFor();

  await clerk.goTo(address);
  await page.getByRole('button', { name: '录入付款' }).click();
  const payment = page.getByRole('dialog');
  await payment.getByLabel('金额').fill('600.01');
  await payment.getByLabel('凭证号').fill('记-浏览器-1');
  await payment.getByRole('button', { name: '录入付款' }).click();
  await payment
    .getByText(/还能付 600.00 元/)
    .first()
    .waitFor();
  await payment.getByLabel('金额').fill('600');
  await payment.getByRole('button', { name: '录入付款' }).click();
  await payment.waitFor({ state: 'detached' });
  await checker.goTo('/payments?states=ENTERED');
  await checker.page.getByRole('button', { name: '复核', exact: true }).click();
  await checker.page.getByText('没有符合条件的记录', { exact: true }).first().waitFor();
  await clerk.goTo(address);
  await page.getByText('记-浏览器-1', { exact: true }).first().waitFor();
  expect(await clerk.look('contract')).toEqual([]);

  await clerk.goTo('/reconciliation');
  await page.getByRole('heading', { level: 2, name: '同城主中心（A）' }).waitFor();
  expect(await clerk.look('reconciliation')).toEqual([]);
}, 180_000);
