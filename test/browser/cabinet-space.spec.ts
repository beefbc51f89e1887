import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
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

/** The middle of a unit on the picture. */
async function middleOf(cell: Locator): Promise<{ x: number; y: number }> {
  const box = await cell.boundingBox();
  if (!box) throw new Error('the unit is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe('space in cabinets in a browser', () => {
  it('blocks units with a reason, frees them, and drags a switch with the pointer', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/cabinets?search=A1-A04');
    await page.getByRole('link', { name: 'A1-A04' }).click();
    await page.getByRole('heading', { level: 1, name: '机柜 A1-A04' }).waitFor();
    const front = page.getByRole('grid', { name: /A1-A04 正面/ });
    const unit = (number: number) => front.getByRole('gridcell', { name: new RegExp(`^U${number} `) });
    const labelOf = (number: number) => unit(number).getAttribute('aria-label');

    // Blocked only with a reason; afterwards the units say why.
    await unit(26).focus();
    await page.getByRole('button', { name: '停用U位' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '停用U位' }).click();
    await dialog.getByText('请填写停用原因').first().waitFor();
    await dialog.getByLabel('停用原因').fill('理线架遮挡');
    await dialog.getByRole('button', { name: '停用U位' }).click();
    await page.getByText('已停用 A1-A04 的U位').first().waitFor();
    await front.getByRole('gridcell', { name: /^U26 .*理线架遮挡/ }).waitFor();
    await page.getByRole('heading', { name: '理线架遮挡' }).waitFor();

    // A switch is dragged onto it: refused, and back in its place.
    const from = 41;
    expect(await labelOf(from)).toContain('SW-A1-A04-1');
    const drag = async (to: number): Promise<void> => {
      await unit(to).scrollIntoViewIfNeeded();
      await unit(from).scrollIntoViewIfNeeded();
      const [start, end] = [await middleOf(unit(from)), await middleOf(unit(to))];
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(start.x, start.y + 10);
      await page.mouse.move(end.x, end.y, { steps: 8 });
    };
    await drag(26);
    await page
      .getByText(/与 理线架遮挡 冲突/)
      .first()
      .waitFor();
    await page.mouse.up();
    await page.getByRole('alert').getByText('SW-A1-A04-1 没有移动').first().waitFor();
    expect(await labelOf(from)).toContain('SW-A1-A04-1');

    await unit(26).focus();
    await page.getByRole('button', { name: '解除停用' }).click();
    await dialog.getByRole('button', { name: '解除停用' }).click();
    await page.getByText('已解除停用：理线架遮挡').first().waitFor();
    await front.getByRole('gridcell', { name: 'U26 空闲' }).waitFor();

    // To the free place now: done, and it stays after a reload.
    await drag(26);
    await page
      .getByText(/正在移动 SW-A1-A04-1：A1-A04 U26/)
      .first()
      .waitFor();
    await page.mouse.up();
    await page.getByText('已移动 SW-A1-A04-1').first().waitFor();
    await page.reload();
    await unit(26).waitFor();
    expect(await labelOf(26)).toContain('SW-A1-A04-1');
    expect(await labelOf(from)).toBe('U41 空闲');
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  });

  it('plans a move to another cabinet, completes it there, and finds both in the record', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/cabinets?search=A1-A05');
    await page.getByRole('link', { name: 'A1-A05' }).click();
    const unit = (code: string, number: number) =>
      page
        .getByRole('grid', { name: new RegExp(`${code} 正面`) })
        .getByRole('gridcell', { name: new RegExp(`^U${number} `) });
    await unit('A1-A05', 41).focus();
    await page.getByRole('button', { name: '计划迁移' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '计划迁移' }).click();
    await dialog.getByText('请选择目标机柜').first().waitFor();
    // Offered without a search: what can take it, with its longest piece and its watts.
    await dialog.getByLabel('目标机柜').click();
    const offers = page.locator('.ant-select-item-option:visible');
    await offers.first().waitFor();
    for (const offer of await offers.all()) expect(await offer.textContent()).toMatch(/连续 [\d.]+U · [\d,]+ W$/);
    expect(await engineer.look('plan-move-offers')).toEqual([]);
    await dialog.getByLabel('目标机柜').fill('A1-B06');
    await engineer.pick(dialog.getByLabel('目标机柜'), 'A1-B06');
    await dialog.getByLabel('起始U位').fill('30');
    expect(await engineer.look('plan-move')).toEqual([]);
    await dialog.getByRole('button', { name: '计划迁移' }).click();
    await page.getByText('已计划将 SW-A1-A05-1 迁往 A1-B06').first().waitFor();

    // Each end leads to the other; the new one is held.
    await page.getByText('计划迁往').first().waitFor();
    expect(await engineer.look('planned-from')).toEqual([]);
    await page.getByRole('link', { name: /^A1-B06 U30/ }).click();
    await unit('A1-B06', 30).focus();
    await page.getByText('将从此处迁来').first().waitFor();
    await page.getByRole('link', { name: /^A1-A05 U41/ }).waitFor();
    expect(await unit('A1-B06', 30).getAttribute('aria-label')).toContain('预占');
    expect(await engineer.look('planned-to')).toEqual([]);
    await page.getByRole('button', { name: '完成迁移' }).click();
    await dialog.getByText('确认设备已从 A1-A05 U41 搬到 A1-B06 U30').first().waitFor();
    await dialog.getByRole('button', { name: '完成迁移' }).click();
    await page.getByText('SW-A1-A05-1 已在 A1-B06 U30').first().waitFor();
    await unit('A1-B06', 30).focus();
    await page.getByRole('button', { name: '占位履历' }).click();
    const entries = page.locator('.jy-holder-entries li');
    await entries.first().waitFor();
    expect(await entries.allTextContents()).toEqual([
      expect.stringContaining('A1-B06 U30'),
      expect.stringContaining('A1-A05 U41'),
    ]);
    expect(await engineer.look('holder-entries')).toEqual([]);

    // A year ago it stood where it came from.
    await page.getByRole('link', { name: 'A1-A05' }).click();
    await page.getByRole('heading', { level: 1, name: '机柜 A1-A05' }).waitFor();
    expect(await unit('A1-A05', 41).getAttribute('aria-label')).toBe('U41 空闲');
    await page.getByLabel('查看过去').fill(`${new Date().getFullYear() - 1}-12-01T08:00`);
    await page.getByRole('button', { name: '查看此时' }).click();
    await page
      .getByText(/时的情形/)
      .first()
      .waitFor();
    expect(await unit('A1-A05', 41).getAttribute('aria-label')).toContain('SW-A1-A05-1');
    await unit('A1-A05', 41).focus();
    expect(await page.getByRole('button', { name: '移动' }).count()).toBe(0);
    expect(await engineer.look('cabinet-past')).toEqual([]);
    await page.getByRole('button', { name: '回到现在' }).click();
    await page.getByRole('button', { name: '回到现在' }).waitFor({ state: 'hidden' });
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  });

  it('shows who is in shared cabinets, what is left by weight, use by days, and begins cabinets with a type', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/rooms');
    await page.getByRole('link', { name: '一号机房' }).click();
    await page.getByRole('button', { name: '使用单位' }).click();
    const shared = page.getByRole('link', { name: /^机柜 A1-.*省人力资源和社会保障厅 \d+U/ });
    await shared.waitFor();
    await page.getByRole('searchbox', { name: '查找机柜' }).or(page.getByLabel('查找机柜')).fill('人力资源');
    await page.getByText('找到 1 个').first().waitFor();
    expect(await engineer.look('room-plan-departments')).toEqual([]);

    await engineer.goTo('/cabinets?kg=900');
    await page
      .getByText(/共 \d+/)
      .first()
      .waitFor();
    expect(await page.getByLabel('剩余承重不少于').inputValue()).toBe('900');
    expect(await engineer.look('cabinets-by-weight')).toEqual([]);

    await engineer.goTo('/rooms');
    const use = page.getByRole('table', { name: '机柜使用量' });
    await use.getByText('省人力资源和社会保障厅').first().waitFor();
    await use.getByText('合计').first().waitFor();
    expect(await engineer.look('space-use')).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^space-use-\d{4}-\d{2}\.csv$/);

    await page.getByRole('link', { name: '一号机房' }).click();
    await page.getByRole('link', { name: 'A', exact: true }).click();
    await page.getByRole('button', { name: '新建机柜' }).click();
    await page.getByLabel('机柜型号').fill('FusionModule');
    await engineer.pick(page.getByLabel('机柜型号'), '华为 FusionModule R42');
    expect(await page.getByLabel('承重上限').inputValue()).toBe('1500');
    expect(await engineer.look('new-cabinet-type')).toEqual([]);
    await page.getByRole('button', { name: '新建 1 个机柜' }).click();
    await page.getByText('已新建机柜 A1-A13').first().waitFor();
    await engineer.goTo('/cabinets?search=A1-A13');
    await page.getByRole('link', { name: 'A1-A13' }).click();
    await page.getByText('华为 FusionModule R42').first().waitFor();
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  });

  it('reads on a telephone, in English and in the dark', async () => {
    const engineer = await Person.arrive(browser, console_.url, NARROW);
    await engineer.enter('facility');
    const { page } = engineer;
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await engineer.goTo('/rooms');
    await page.getByRole('table', { name: '机柜使用量' }).waitFor();
    expect(await engineer.look('space-use-narrow')).toEqual([]);
    expect(await fits()).toBe(true);
    await engineer.goTo('/cabinets?search=A1-A07');
    await page.getByRole('link', { name: 'A1-A07' }).first().click();
    await page.getByRole('grid').first().waitFor();
    await page.getByRole('grid').first().getByRole('gridcell', { name: /^U41 / }).focus();
    await page.getByRole('button', { name: '占位履历' }).click();
    await page.locator('.jy-holder-entries li').first().waitFor();
    expect(await engineer.look('cabinet-narrow-entries')).toEqual([]);
    expect(await fits()).toBe(true);
    await engineer.leave();

    const wide = await Person.arrive(browser, console_.url);
    await wide.signIn('facility', DEMONSTRATION_PASSWORD);
    await wide.page.getByRole('button', { name: /English|EN/ }).click();
    await wide.page.getByRole('button', { name: 'Switch to dark' }).click();
    await wide.goTo('/rooms');
    await wide.page.getByRole('table', { name: 'Use of cabinets' }).waitFor();
    expect(await wide.look('space-use-english-dark')).toEqual([]);
    await wide.page.getByRole('link', { name: '一号机房' }).click();
    await wide.page.getByRole('button', { name: 'Department' }).click();
    await wide.page.getByText('Thick edge').first().waitFor();
    expect(await wide.look('room-plan-departments-english-dark')).toEqual([]);
    await wide.goTo('/cabinets?search=A1-A07');
    await wide.page.getByRole('link', { name: 'A1-A07' }).first().click();
    await wide.page.getByRole('grid').first().getByRole('gridcell', { name: /^U41 / }).focus();
    await wide.page.getByRole('button', { name: 'Plan a move' }).click();
    await wide.page.getByRole('dialog').waitFor();
    expect(await wide.look('plan-move-english-dark')).toEqual([]);
    expect(wide.errors).toEqual([]);
    await wide.leave();
  });
});
