import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

let console_: TestConsole;
let browser: Browser;
/** What one enters the other confirms; both stay for the second part. */
let clerk: Person;
let checker: Person;
/** Of the contract's page. */
let address: string;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

it('a contract is entered by one person, confirmed by another, accepted, paid, and seen in the reconciliation', async () => {
  clerk = await Person.arrive(browser, console_.url);
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
  address = new URL(page.url()).pathname;

  checker = await Person.arrive(browser, console_.url);
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

it('the contract gets a supplement and is paid in advance, an asset is disposed of, and a price goes by tiers', async () => {
  const { page } = clerk;
  const dialog = page.getByRole('dialog');
  await clerk.goTo(address);
  await page.getByRole('button', { name: '录入补充协议' }).click();
  await dialog.getByLabel('补充协议编号').fill('HT-浏览器-1 补 1');
  await dialog.getByLabel('合同上限').fill('1,500');
  await dialog.getByLabel('预付款上限').fill('400');
  await dialog.getByLabel('变更原因').fill('增加演练服务，按规定预付');
  await dialog.getByRole('button', { name: '录入补充协议' }).click();
  await dialog.waitFor({ state: 'detached' });
  const supplements = (person: Person) => person.page.getByRole('region', { name: '补充协议' });
  await supplements(clerk).getByText('待复核', { exact: true }).waitFor();
  expect(await clerk.look('contract-supplement')).toEqual([]);
  await checker.goTo(address);
  await supplements(checker).getByRole('button', { name: '复核', exact: true }).click();
  await supplements(checker).getByText('已复核', { exact: true }).waitFor();

  await clerk.goTo(address);
  await supplements(clerk)
    .getByText(/¥1,200\.00 → ¥1,500\.00/)
    .waitFor();
  await page.getByRole('button', { name: '录入付款' }).click();
  await dialog.getByLabel('作为预付款（验收前支付）').check();
  await dialog.getByLabel('金额').fill('400.01');
  await dialog.getByLabel('凭证号').fill('记-浏览器-2');
  await dialog.getByRole('button', { name: '录入付款' }).click();
  await dialog
    .getByText(/还能预付 400\.00 元/)
    .first()
    .waitFor();
  await dialog.getByLabel('金额').fill('400');
  await dialog.getByRole('button', { name: '录入付款' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('预付款', { exact: true }).first().waitFor();

  await clerk.goTo('/owned-assets?create=1');
  await dialog.getByLabel('资产编号').fill('ZC-LLQ-1');
  await dialog.getByLabel('资产名称').fill('浏览器试用阵列');
  await dialog.getByLabel('取得日期').fill('2024-03-18');
  await dialog.getByLabel('原值').fill('7,200');
  await dialog.getByRole('button', { name: '登记资产' }).click();
  await dialog.waitFor({ state: 'detached' });
  await checker.goTo('/owned-assets');
  const asset = (person: Person) => person.page.getByRole('row').filter({ hasText: 'ZC-LLQ-1' });
  await asset(checker).getByRole('button', { name: '复核', exact: true }).click();
  await asset(checker).getByText('已复核', { exact: true }).waitFor();
  await clerk.goTo('/owned-assets');
  await asset(clerk).getByRole('button', { name: '报废', exact: true }).click();
  await dialog.getByRole('button', { name: '报废', exact: true }).click();
  // Without the document that allows it nothing is sent.
  await dialog.getByRole('alert').first().waitFor();
  await dialog.getByLabel('批准文号').fill('苏财资〔2026〕1 号');
  await dialog.getByLabel('报废原因').fill('已停产停保');
  await dialog.getByRole('button', { name: '报废', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await checker.goTo('/owned-assets');
  await asset(checker).getByRole('button', { name: '复核报废' }).click();
  await asset(checker)
    .getByText(/^已报废/)
    .waitFor();
  expect(await checker.look('owned-assets')).toEqual([]);

  await clerk.goTo('/prices');
  await page.getByRole('button', { name: 'SSD 存储' }).click();
  await dialog.getByRole('button', { name: '新增价格' }).click();
  await dialog.getByLabel('按阶梯计价').check();
  await dialog.getByLabel('至（GiB）').fill('500');
  const prices = dialog.getByLabel(/^单价（元/);
  await prices.nth(0).fill('0.65');
  await prices.nth(1).fill('0.5');
  await dialog.getByLabel('生效日', { exact: true }).fill('2198-01-01');
  await dialog.getByLabel('依据').fill('阶梯定价试行');
  expect(await clerk.look('price-tiers')).toEqual([]);
  await dialog.getByRole('button', { name: '新增价格' }).click();
  await dialog.getByText(/第 2 档 · 500 GiB 以上/).waitFor();
  for (const { errors } of [clerk, checker]) expect(errors).toEqual([]);
}, 180_000);
