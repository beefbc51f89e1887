import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

/** The smallest file that is a PDF by its first bytes. */
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

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

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

describe('systems, projects and quotas in a browser', () => {
  it('register a system: refused at every wrong field, then kept, declared with a signed file, and found again', async () => {
    const head = await person('head');
    const { page } = head;
    await head.goTo('/systems');
    await page.getByRole('heading', { level: 1, name: '政务信息系统' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    expect(await head.look('systems')).toEqual([]);
    await page.getByRole('button', { name: '登记系统' }).click();
    await page.getByRole('heading', { level: 1, name: '登记系统' }).waitFor();
    await page.getByLabel('目录编号').fill('xt 1');
    await page.getByLabel('备案号', { exact: false }).first().fill('32010099999-00001');
    await page.getByRole('button', { name: '登记系统' }).click();
    await page.getByRole('heading', { level: 2, name: '有 4 处需要更正' }).waitFor();
    expect(await head.look('system-form-refused')).toEqual([]);

    await page.getByLabel('目录编号').fill('XT-RST-900');
    await page.getByLabel('系统名称').fill('技能人才评价系统');
    await page.getByLabel('备案机关', { exact: false }).fill('省公安厅');
    await page.getByLabel('备案日期', { exact: false }).fill('2025-03-01');
    await page.getByRole('button', { name: '登记系统' }).click();
    await page.getByRole('heading', { level: 1, name: '技能人才评价系统' }).waitFor();

    await page.getByRole('button', { name: '提交非涉密声明' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '声明.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.getByRole('listitem').filter({ hasText: '声明.pdf' }).waitFor();
    await page.getByLabel('有效期至').fill('2099-12-31');
    expect(await head.look('declare-dialog')).toEqual([]);
    await page.getByRole('button', { name: '提交声明' }).click();
    await page.getByRole('link', { name: '声明.pdf' }).waitFor();
    expect(await head.look('system')).toEqual([]);

    await head.goTo('/systems?search=XT-RST-900&declaration=VALID');
    await page.getByRole('link', { name: '技能人才评价系统' }).waitFor();
    await page.getByText('共 1 条').first().waitFor();
    await head.leave();
  }, 120_000);

  it('set a quota: refused with figures below what a bureau has, and never one’s own', async () => {
    const city = await person('city');
    const { page } = city;
    await city.goTo('/quotas');
    await page.getByRole('heading', { level: 1, name: '用云定额' }).waitFor();
    expect(await city.look('quotas')).toEqual([]);
    expect(await page.getByRole('button', { name: '设置定额：南京市', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: '设置定额：南京市公安局' }).click();
    await page.getByLabel('云主机（台）').fill('5000');
    await page.getByRole('button', { name: '保存定额' }).click();
    await page.getByText('不能超过上级 南京市').first().waitFor();
    expect(await city.look('quota-refused')).toEqual([]);
    await page.getByLabel('云主机（台）').fill('77');
    await page.getByRole('button', { name: '保存定额' }).click();
    await page.getByText('/ 77', { exact: false }).first().waitFor();
    expect(city.errors).toEqual([]);
    await city.leave();
  }, 60_000);

  it('reads on a telephone', async () => {
    const head = await person('head', NARROW);
    await head.goTo('/projects');
    await head.page.getByRole('link', { name: /项目$/ }).first().click();
    await head.page.getByRole('heading', { level: 2, name: '预算科目' }).waitFor();
    expect(await head.look('project-narrow')).toEqual([]);
    const beyond = await head.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    await head.leave();
  }, 60_000);
});
