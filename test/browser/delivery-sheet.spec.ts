import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { longSheet } from '../support/long-sheet.ts';
import { SCAN_BYTES } from '../support/paper-desk.ts';

const MACHINES = 120;
const SCAN = { name: '盖章确认单.pdf', mimeType: 'application/pdf', buffer: SCAN_BYTES };

let console_: TestConsole;
let browser: Browser;
let requestId: string;
beforeAll(async () => {
  console_ = await startTestConsole();
  ({ requestId } = await longSheet(console_, MACHINES));
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

describe('a delivery sheet of many things in a browser', () => {
  it('is paged and searched, and objected to where things are far apart', async () => {
    const someone = await Person.arrive(browser, console_.url);
    await someone.enter('applicant');
    const { page } = someone;
    await someone.goTo(`/requests/${requestId}`);
    const things = page.locator('.jy-scans > li');
    const panel = page.locator('.jy-papers').filter({ hasText: `共 ${MACHINES} 项` });
    await panel.getByText(`第 1–20 条，共 ${MACHINES} 条`).first().waitFor();
    expect(await panel.locator(things).count()).toBe(20);
    await panel.getByRole('button', { name: '下一页' }).click();
    await panel.getByText(`第 21–40 条，共 ${MACHINES} 条`).first().waitFor();
    // Where one stands is in the address: it survives a reload, and Back leads to the page before.
    await page.reload();
    await panel.getByText(`第 21–40 条，共 ${MACHINES} 条`).first().waitFor();
    await page.goBack();
    await panel.getByText(`第 1–20 条，共 ${MACHINES} 条`).first().waitFor();
    await page.goForward();
    await panel.getByText(`第 21–40 条，共 ${MACHINES} 条`).first().waitFor();
    expect(await someone.look('delivery-long')).toEqual([]);
    await panel.getByLabel('搜索交付的资源').fill('m119');
    await panel.getByRole('link', { name: 'm119', exact: true }).waitFor();
    await panel.getByRole('link', { name: 'm20', exact: true }).waitFor({ state: 'detached' });
    expect(await panel.locator(things).count()).toBe(1);

    await page.getByRole('button', { name: '提出异议' }).click();
    const dialog = page.getByRole('dialog');
    for (const [name, reason] of [
      ['m7', '网络不通'],
      ['m118', '磁盘容量不对'],
    ] as const) {
      const search = dialog.getByLabel('搜索交付的资源');
      await search.fill(name);
      // Enter looks; it sends nothing.
      await search.press('Enter');
      await dialog.getByLabel(new RegExp(`^${name} `)).fill(reason);
    }
    await dialog.getByText('已写明 2 项：m7、m118').first().waitFor();
    expect(await someone.look('delivery-object-long')).toEqual([]);
    await dialog.getByRole('button', { name: '提出异议' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await panel.getByRole('button', { name: '清除筛选' }).click();
    await panel.getByRole('button', { name: '异议待答复 2' }).click();
    await panel.getByText('网络不通').first().waitFor();
    await panel.getByText('磁盘容量不对').first().waitFor();
    await panel.getByRole('link', { name: 'm0', exact: true }).waitFor({ state: 'detached' });
    expect(await panel.locator(things).count()).toBe(2);
    // Printed, sealed, scanned and sent: the code is read off the paper.
    const printed = await page.request.get(`${console_.url}/papers/requests/${requestId}/delivery-sheet.pdf`);
    expect(printed.status()).toBe(200);
    const version = await panel.getByText(/当前内容为第 1 版，校验码/).textContent();
    await panel.getByRole('button', { name: '上传盖章扫描件' }).click();
    await dialog.locator('input[type=file]').setInputFiles(SCAN);
    await dialog.getByText('盖章确认单.pdf').first().waitFor();
    await dialog.getByPlaceholder('XXXX-XXXX').fill(version?.match(/[0-9A-F]{4}-[0-9A-F]{4}/)?.[0] ?? '');
    await dialog.getByRole('button', { name: '上传', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const scans = panel.getByRole('list', { name: '盖章扫描件' });
    await scans.getByText('有效').first().waitFor();
    expect(await scans.getByRole('link', { name: '盖章确认单.pdf' }).getAttribute('href')).toMatch(/^\/files\//);
    expect(await someone.look('delivery-sealed')).toEqual([]);

    const raised: { n: string }[] = await console_.test.db.query(
      'select count(*) as n from delivery_objection join delivery_sheet on delivery_sheet.id = sheet_id where request_id = ?',
      [uuidOf('Request', requestId)],
    );
    expect(Number(raised[0]?.n)).toBe(2);
    expect(someone.errors).toEqual([]);
    await someone.leave();
  }, 180_000);
});
