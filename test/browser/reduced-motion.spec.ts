import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
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

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

async function boxOf(part: Locator): Promise<Box> {
  const box = await part.boundingBox();
  if (!box) throw new Error('it is not shown');
  return box;
}

/** The list that a field opens: where it is beside the field, and what its window has. */
async function openedBy({ page }: Person, field: Locator) {
  await field.click();
  const listbox = await field.getAttribute('aria-controls');
  const list = page.locator('.ant-select-dropdown').filter({ has: page.locator(`[id="${listbox}"]`) });
  await list.locator('.ant-select-item-option').first().waitFor();
  return { list, box: await boxOf(list), of: await boxOf(field) };
}

/** Within the window, and above or below its field. */
function expectBeside({ box, of }: { readonly box: Box; readonly of: Box }, window: typeof WIDE): void {
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(window.width);
  expect(box.y + box.height).toBeLessThanOrEqual(window.height);
  expect(box.x).toBeLessThan(of.x + of.width);
  expect(box.x + box.width).toBeGreaterThan(of.x);
}

describe('whoever wants no motion', () => {
  it.each([
    ['wide', WIDE],
    ['narrow', NARROW],
  ])('finds the lists of selects beside their fields, on a %s screen', async (_, window) => {
    const keeper = await Person.arrive(browser, console_.url, window, { reducedMotion: 'reduce' });
    await keeper.enter('allocator');
    const { page } = keeper;
    await keeper.goTo('/catalog/services/new');
    await page.getByRole('heading', { level: 1, name: '新增服务' }).waitFor();
    const add = page.getByRole('button', { name: '添加一项', exact: true });
    for (let more = 0; more < 3; more += 1) await add.click();
    const types = page.getByRole('combobox', { name: '类型' });
    // The last ones stand at the lower edge of the window: their lists open above them.
    for (let n = (await types.count()) - 1; n >= 0; n -= 1) {
      const opened = await openedBy(keeper, types.nth(n));
      expectBeside(opened, window);
      await opened.list.locator('.ant-select-item-option').filter({ hasText: '选项' }).click();
      await opened.list.waitFor({ state: 'hidden' });
    }
    // By keys, too.
    await types.first().press('ArrowDown');
    await types.first().press('Home');
    await types.first().press('Enter');
    expect(await page.getByRole('button', { name: '添加选项' }).count()).toBeGreaterThan(0);
    expect(keeper.errors).toEqual([]);
    await keeper.leave();
  });

  it('finds those of a dialog, and leaves the dialog', async () => {
    const keeper = await Person.arrive(browser, console_.url, WIDE, { reducedMotion: 'reduce' });
    await keeper.enter('allocator');
    const { page } = keeper;
    await keeper.goTo('/catalog?kind=ServerOffer');
    await page.getByRole('button', { name: '新增服务器规格', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const opened = await openedBy(keeper, dialog.getByRole('combobox', { name: '架构' }));
    expectBeside(opened, WIDE);
    await opened.list.locator('.ant-select-item-option').filter({ hasText: 'x86' }).click();
    await opened.list.waitFor({ state: 'hidden' });
    await dialog.getByRole('button', { name: '取消', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(keeper.errors).toEqual([]);
    await keeper.leave();
  });
});
