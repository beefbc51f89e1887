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

describe('making rooms in a browser', () => {
  it('goes from a room to its row and many equal cabinets, and hears in figures what cannot be', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
    const fill = (name: string, value: string) =>
      page.getByRole('textbox', { name }).or(page.getByRole('spinbutton', { name })).first().fill(value);

    await engineer.goTo('/rooms');
    await page
      .getByRole('button', { name: /新建机房$/ })
      .first()
      .click();
    await heading('新建机房');
    await press('新建机房');
    await page.getByRole('alert').waitFor();
    expect(await engineer.look('room-new-refused')).toEqual([]);
    await fill('编号', 'T9');
    await fill('名称', '试验机房');
    await fill('平面宽（格）', '10');
    await fill('平面深（格）', '6');
    await press('新建机房');
    await heading('试验机房');

    // A row beyond the plan is refused at its field; inside, it leads on to its cabinets.
    await press('新建机柜列');
    await heading('新建机柜列');
    await fill('编号', 'A');
    await fill('平面位置：从左数（格）', '10');
    await fill('整列楼面承重', '2000');
    await press('新建机柜列');
    await page
      .getByText(/此处为 0 至 9，不能是 10/)
      .first()
      .waitFor();
    expect(await engineer.look('row-new-refused')).toEqual([]);
    await fill('平面位置：从左数（格）', '2');
    await press('新建机柜列');
    await heading('新建机柜');
    await fill('数量', '4');
    await fill('编号前缀', 'T9-A');
    await fill('B 路', '4000');
    await page.getByText('编号：T9-A01 至 T9-A04').first().waitFor();
    await page
      .getByText(/上限 3.2 kW/)
      .first()
      .waitFor();
    expect(await engineer.look('cabinets-new')).toEqual([]);
    await press('新建 4 个机柜');
    await heading(/A 列/);
    await page.getByRole('grid').nth(3).waitFor();

    // The floor carries four frames now: 520 kg.
    await press('修改');
    await heading(/^修改/);
    await fill('整列楼面承重', '500');
    await press('保存');
    await page
      .getByText(/现有 520 kg/)
      .nth(1)
      .waitFor();
    expect(await engineer.look('row-edit-refused')).toEqual([]);
    await fill('整列楼面承重', '900');
    await fill('平面位置：从上数（格）', '1');
    await press('保存');
    await heading(/A 列/);
    await page.getByText('520 / 900 kg').first().waitFor();

    // Something at the top of a cabinet keeps it from being made lower.
    await page.goto(page.url());
    const top = page.getByRole('grid', { name: /T9-A01 正面/ }).getByRole('gridcell', { name: /^U42 / });
    await top.click();
    await press('放入设备');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('SW-1');
    await dialog.getByRole('button', { name: '放入设备' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: '机柜 T9-A01' }).click();
    await heading('机柜 T9-A01');
    await press('修改');
    await heading('修改 机柜 T9-A01');
    await fill('高度', '40');
    await press('保存');
    await page
      .getByText(/至少需要 42 U，不能缩为 40 U/)
      .first()
      .waitFor();
    expect(await engineer.look('cabinet-edit-refused')).toEqual([]);
    await fill('高度', '47');
    await fill('起始编号', '101');
    await press('保存');
    await heading('机柜 T9-A01');
    await page
      .getByRole('grid', { name: /T9-A01 正面/ })
      .getByRole('gridcell', { name: /^U142 .*SW-1/ })
      .waitFor();

    // The room is as small as its cabinets allow.
    await page.getByRole('link', { name: '试验机房' }).click();
    await heading('试验机房');
    await press('修改');
    await heading('修改 试验机房');
    await fill('平面宽（格）', '5');
    await press('保存');
    await page.getByText('T9-A04 会落在平面之外：至少需要 6 格，不能缩为 5 格').first().waitFor();
    await fill('平面宽（格）', '6');
    await press('保存');
    await heading('试验机房');
    await page
      .getByText(/4 个机柜/)
      .first()
      .waitFor();
    expect(await engineer.look('room-made')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  });

  it('fits a telephone, and is not offered to who may not', async () => {
    const engineer = await Person.arrive(browser, console_.url, NARROW);
    await engineer.enter('facility');
    await engineer.goTo('/rooms');
    await engineer.page.getByRole('link', { name: '一号机房' }).click();
    await engineer.page.getByRole('heading', { level: 1, name: '一号机房' }).waitFor();
    await engineer.page.locator('.jy-row-list a').first().click();
    await engineer.page.getByRole('button', { name: '新建机柜', exact: true }).click();
    await engineer.page.getByRole('heading', { level: 1, name: '新建机柜' }).waitFor();
    expect(await engineer.look('cabinets-new-narrow')).toEqual([]);
    expect(await engineer.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const path = new URL(engineer.page.url()).pathname;
    await engineer.leave();

    const applicant = await Person.arrive(browser, console_.url);
    await applicant.enter('applicant');
    await applicant.goTo('/rooms');
    await applicant.page.getByRole('heading', { level: 1, name: '机房' }).waitFor();
    expect(await applicant.page.getByRole('button', { name: /新建机房/ }).count()).toBe(0);
    await applicant.goTo(path);
    await applicant.page.getByText('内容不存在，或不在您的数据范围内。').first().waitFor();
    expect(await applicant.page.getByRole('button', { name: /新建 \d+ 个机柜/ }).count()).toBe(0);
    await applicant.leave();
  });
});
