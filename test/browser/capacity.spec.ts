import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
    await engineer.enter('facility');
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
    await impact
      .getByText(/12 个机柜停用：单位设备 \d+ 台/)
      .first()
      .waitFor();
    await engineer.choose(field('停电范围'), '仅 A 路');
    await impact
      .getByText(/失去冗余的机柜/)
      .first()
      .waitFor();
    expect(await engineer.look('maintenance-plan')).toEqual([]);
    await engineer.choose(field('停电范围'), '全部停用');
    await dialog.getByRole('button', { name: '计划维护' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'A 列配电检修' }).click();
    await dialog.getByRole('button', { name: '提前开始…' }).click();
    await dialog
      .getByText(/以下是现在开始、到 .* 结束的影响/)
      .first()
      .waitFor();
    expect(await engineer.look('maintenance-early')).toEqual([]);
    await dialog.getByRole('button', { name: '确认提前开始' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /A 列配电检修.*进行中/ }).waitFor();

    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 120_000);

  it('registers a source of readings, sees what it measures, and revokes it', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
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
    await row.getByText('尚未推送').first().waitFor();

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
    await row.getByText('正常').first().waitFor();
    const energy = page.getByRole('region', { name: '能耗与 PUE' });
    await energy
      .getByText(/总 912/)
      .first()
      .waitFor();
    await energy.getByRole('button', { name: '逐月' }).first().click();
    await dialog.getByRole('row', { name: /UPS-1.*320/ }).waitFor();
    expect(await engineer.look('energy-feeds')).toEqual([]);
    await page.keyboard.press('Escape');

    await row.getByRole('button', { name: '吊销' }).click();
    await dialog.getByRole('textbox', { name: '原因' }).fill('令牌泄露');
    await dialog.getByRole('button', { name: '吊销' }).click();
    await row.getByText('已吊销').first().waitFor();
    expect((await push()).status).toBe(401);
    await page.setViewportSize(NARROW);
    expect(await engineer.look('capacity-narrow')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 120_000);

  it('refuses to stop a center while anything of anybody is left there, and shows what', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    const dialog = page.getByRole('dialog');
    await engineer.goTo('/centers');
    await page.getByRole('link', { name: '同城主中心（A）' }).first().click();
    await page.getByRole('button', { name: '停用' }).click();
    await dialog.getByText('还不能停用：').first().waitFor();
    await dialog
      .getByText(/单位的或预占的机位/)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('搬迁');
    await dialog.getByRole('button', { name: '停用' }).click();
    await dialog
      .getByText(/迁出或释放后才能停用/)
      .first()
      .waitFor();
    expect(await engineer.look('center-stop-refused')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 60_000);
});

describe('the placement simulator in a browser', () => {
  it('says where what might come would go, what of the pools is left, and takes a hint; nothing is held', async () => {
    const live = async () => console_.test.db.query('select sum(live_amount) as amount from capacity_counter');
    const before = await live();
    const allocator = await Person.arrive(browser, console_.url);
    await allocator.enter('allocator');
    const { page } = allocator;
    await allocator.goTo('/placement-simulator');
    await page.getByText('还没有推演').first().waitFor();
    const cells = page.getByRole('region', { name: '云主机', exact: true });
    // As wide as its panel: no column of it lies beyond.
    expect(await cells.evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBe(0);
    await page.getByRole('button', { name: '加一行机柜空间' }).click();
    await page.getByRole('button', { name: /^推演 [\d,]+ 项需求$/ }).click();
    const answer = page.getByRole('region', { name: '推演结果' });
    await answer.getByText('全部放得下').first().waitFor();
    await answer
      .getByText(/放下 10 \/ 10/)
      .first()
      .waitFor();
    await page.getByRole('region', { name: '各资源池前后对比' }).getByText('+10').first().waitFor();
    await page.getByRole('heading', { name: '另一同城中心失效时的余量（N-1）' }).waitFor();
    expect(await allocator.look('simulator')).toEqual([]);
    for (const [cell, value] of [
      ['台数 1', '1000'],
      ['vCPU 1', '64'],
      ['内存 GiB 1', '512'],
    ] as const)
      await page.getByLabel(cell, { exact: true }).fill(value);
    await page.keyboard.press('Tab');
    await answer.getByText('需求已改，结果是改之前的').first().waitFor();
    await page.getByRole('button', { name: /^推演 [\d,]+ 项需求$/ }).click();
    await answer.getByText('放不下全部').first().waitFor();
    expect(await allocator.look('simulator-short')).toEqual([]);
    expect(await live()).toEqual(before);
    expect(allocator.errors).toEqual([]);
    await allocator.leave();
  }, 120_000);

  it('stays within a telephone, its tables scrolling by themselves', async () => {
    const allocator = await Person.arrive(browser, console_.url, NARROW);
    await allocator.enter('allocator');
    const { page } = allocator;
    await allocator.goTo('/placement-simulator');
    await page.getByRole('button', { name: /^推演 [\d,]+ 项需求$/ }).click();
    await page.getByRole('region', { name: '推演结果' }).getByText('全部放得下').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    const panels = await page
      .locator('main .jy-panel')
      .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    expect(Math.max(...panels)).toBeLessThanOrEqual(0);
    expect(await allocator.look('simulator-narrow')).toEqual([]);
    await allocator.leave();
  }, 120_000);
});
