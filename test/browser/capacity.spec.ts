import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
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

/** What is typed into a field of local time, in Shanghai, so many hours from now. */
const local = (hours: number) =>
  new Date(Date.now() + (hours + 8) * 3_600_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);

describe('running the place in a browser', () => {
  it('plans a window on a cabinet row, sees whose things go dark, and starts it early only after a second look', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.signIn('facility', DEMONSTRATION_PASSWORD);
    const { page } = engineer;
    const dialog = page.getByRole('dialog');
    const field = (name: string) => page.getByRole('combobox', { name, exact: true });
    await engineer.goTo('/maintenance');
    await page.getByRole('button', { name: '计划维护' }).first().click();
    await dialog.getByRole('button', { name: '计划维护' }).click();
    // Nothing is chosen yet: it says so at the field.
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox', { name: '名称' }).fill('A 列配电检修');
    await engineer.choose(field('范围'), '机柜列');
    await engineer.choose(field('数据中心'), '同城主中心');
    await engineer.choose(field('机房'));
    await engineer.choose(field('机柜列'));
    await dialog.getByLabel('开始', { exact: true }).fill(local(24));
    await dialog.getByLabel('结束', { exact: true }).fill(local(26));
    await dialog.getByRole('textbox', { name: '原因' }).fill('更换断路器');
    const impact = dialog.getByRole('region', { name: '影响' });
    await impact.getByRole('table', { name: '受影响单位' }).waitFor();
    await impact.getByText(/12 个机柜停用：单位设备 \d+ 台/).waitFor();
    await engineer.choose(field('停电范围'), '仅 A 路');
    await impact.getByText(/失去冗余的机柜/).waitFor();
    expect(await engineer.look('maintenance-plan')).toEqual([]);
    await engineer.choose(field('停电范围'), '全部停用');
    await dialog.getByRole('button', { name: '计划维护' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'A 列配电检修' }).click();
    await dialog.getByRole('button', { name: '提前开始…' }).click();
    await dialog.getByText(/以下是现在开始、到 .* 结束的影响/).waitFor();
    expect(await engineer.look('maintenance-early')).toEqual([]);
    await dialog.getByRole('button', { name: '确认提前开始' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /A 列配电检修.*进行中/ }).waitFor();

    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 120_000);

  it('registers a source of readings, sees what it measures, and revokes it', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.signIn('facility', DEMONSTRATION_PASSWORD);
    const { page } = engineer;
    const dialog = page.getByRole('dialog');
    await engineer.goTo('/capacity');
    const space = page.getByRole('region', { name: '机柜空间' });
    await space.getByRole('columnheader', { name: '单位专用' }).waitFor();
    await space
      .getByRole('img', { name: /^U 位 从/ })
      .first()
      .waitFor();
    expect(await engineer.look('capacity-trends')).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      space.getByRole('button', { name: '导出 CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.split('\r\n')[0]).toBe(
      '\uFEFF数据中心,网络区域,机柜,指标,总量,已用,预占,空闲,单位专用,单路供电,停用,月增,预计用满',
    );
    expect(csv.split('\r\n').length).toBeGreaterThan(6);

    await page.getByRole('button', { name: '登记来源' }).click();
    await dialog.getByRole('textbox', { name: '名称' }).fill('一号楼动环');
    await dialog.getByRole('button', { name: '登记来源' }).click();
    await dialog.getByText('至少选择一个数据中心').first().waitFor();
    expect(await engineer.look('source-refused')).toEqual([]);
    await dialog.getByRole('checkbox', { name: /同城主中心/ }).check();
    await dialog.getByRole('button', { name: '登记来源' }).click();
    const token = await dialog.locator('code').textContent();
    expect(await engineer.look('source-token')).toEqual([]);
    await dialog.getByRole('button', { name: '已保存好' }).click();
    const row = page.getByRole('row', { name: /一号楼动环/ });
    await row.getByText('尚未推送').waitFor();

    const at = new Date(Date.now() - 60_000).toISOString();
    const push = () =>
      fetch(`${console_.url}/readings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({
          readings: [
            { kind: 'CENTER_TOTAL', subject: 'center-a', at, powerW: 912_000 },
            { kind: 'FEED', subject: 'center-a/UPS-1', at, powerW: 320_000 },
          ],
        }),
      });
    expect((await push()).status).toBe(200);
    await engineer.goTo('/capacity');
    await row.getByText('正常').waitFor();
    const energy = page.getByRole('region', { name: '能耗与 PUE' });
    await energy.getByText(/总 912/).waitFor();
    await energy.getByRole('button', { name: '逐月' }).first().click();
    await dialog.getByRole('row', { name: /UPS-1.*320/ }).waitFor();
    expect(await engineer.look('energy-feeds')).toEqual([]);
    await page.keyboard.press('Escape');

    await row.getByRole('button', { name: '吊销' }).click();
    await dialog.getByRole('textbox', { name: '原因' }).fill('令牌泄露');
    await dialog.getByRole('button', { name: '吊销' }).click();
    await row.getByText('已吊销').waitFor();
    expect((await push()).status).toBe(401);
    await page.setViewportSize(NARROW);
    expect(await engineer.look('capacity-narrow')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 120_000);

  it('refuses to stop a center while anything of anybody is left there, and shows what', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.signIn('facility', DEMONSTRATION_PASSWORD);
    const { page } = engineer;
    const dialog = page.getByRole('dialog');
    await engineer.goTo('/centers');
    await page.getByRole('link', { name: '同城主中心（A）' }).first().click();
    await page.getByRole('button', { name: '停用' }).click();
    await dialog.getByText('还不能停用：').waitFor();
    await dialog
      .getByText(/单位的或预占的机位/)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('搬迁');
    await dialog.getByRole('button', { name: '停用' }).click();
    await dialog.getByText(/迁出或释放后才能停用/).waitFor();
    expect(await engineer.look('center-stop-refused')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 60_000);
});
