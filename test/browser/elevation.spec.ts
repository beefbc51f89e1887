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

/** Pages of a PDF, as its page objects count. */
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

describe('cabinets in a browser', () => {
  it('leads from the room to a cabinet, moves a switch by keys, hears a refusal, and prints', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/rooms');
    await page.getByRole('link', { name: '一号机房' }).waitFor();
    expect(await engineer.look('rooms')).toEqual([]);
    await page.getByRole('link', { name: '一号机房' }).click();

    // The plan: by another measure, and by keys into a cabinet.
    await page.getByRole('button', { name: '电力负载' }).click();
    await page.getByText('85% 以上').first().waitFor();
    expect(await engineer.look('room-plan')).toEqual([]);
    await page.getByRole('link', { name: /^机柜 A1-A03/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '机柜 A1-A03' }).waitFor();

    const front = page.getByRole('grid', { name: /A1-A03 正面/ });
    const unit = (number: number) => front.getByRole('gridcell', { name: new RegExp(`^U${number} `) });
    await unit(41).focus();
    expect(await unit(41).getAttribute('aria-label')).toContain('SW-A1-A03-1');

    // Onto its neighbour: the server says no, and it is back in its place with the focus.
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page
      .getByText(/与 SW-A1-A03-2 冲突/)
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('SW-A1-A03-1 没有移动').first().waitFor();
    expect(await unit(41).getAttribute('aria-label')).toContain('SW-A1-A03-1');
    expect(await engineer.look('elevation-refused')).toEqual([]);

    // To a free place: done, and it stays after a reload.
    await unit(41).focus();
    await page.keyboard.press('Enter');
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('已移动 SW-A1-A03-1').first().waitFor();
    await page.reload();
    await unit(29).waitFor();
    expect(await unit(29).getAttribute('aria-label')).toContain('SW-A1-A03-1');
    expect(await unit(41).getAttribute('aria-label')).toBe('U41 空闲');

    // On paper: one sheet of a cabinet.
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1);
    await page.getByRole('link', { name: '整列立面图' }).click();
    await page.getByRole('heading', { level: 1, name: /A 列/ }).waitFor();
    await page.getByRole('grid').nth(11).waitFor();
    expect(await engineer.look('cabinet-row')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  });

  it('fits a telephone, and shows a department nothing of its neighbours', async () => {
    const applicant = await Person.arrive(browser, console_.url, NARROW);
    await applicant.enter('applicant');
    await applicant.goTo('/cabinets');
    await applicant.page.getByRole('heading', { level: 1, name: '机柜' }).waitFor();
    await applicant.page.getByRole('link', { name: /^A1-/ }).first().click();
    await applicant.page.getByRole('grid').first().waitFor();
    expect(await applicant.look('elevation-narrow')).toEqual([]);
    expect(await applicant.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  });
});
