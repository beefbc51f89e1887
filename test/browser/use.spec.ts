import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { MadeUpUse } from '../../server/src/demonstration/made-up-use.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

const PAST = { machines: 120, months: 3 };

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ machines: PAST.machines });
  await console_.application.get(HistoryLoader, { strict: false }).load(PAST);
  await console_.application.get(MadeUpUse, { strict: false }).load(new Date());
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

describe('what machines use, in a browser', () => {
  it('leads from a department’s idle machines to a case that begins with the evidence', async () => {
    const reviewer = await person('reviewer');
    const { page } = reviewer;
    await reviewer.goTo('/resource-use');
    await page.getByRole('heading', { level: 1, name: '资源利用' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    expect(await reviewer.look('use-departments')).toEqual([]);

    await page.locator('a[href*="use=IDLE"]').first().click();
    await page.getByRole('heading', { level: 1, name: '资源台账' }).waitFor();
    await page.getByRole('columnheader', { name: 'CPU p95' }).waitFor();
    expect(await reviewer.look('use-idle-list')).toEqual([]);

    await page.locator('td a[href^="/resources/"]').first().click();
    const panel = page.getByRole('region', { name: '使用情况' });
    await panel.getByText('疑似闲置。').first().waitFor();
    await panel.getByRole('img').first().waitFor();
    await panel.getByText('90 天').click();
    await panel
      .getByRole('img', { name: /近 90 天/ })
      .first()
      .waitFor();
    expect(await reviewer.look('use-machine')).toEqual([]);

    await panel.getByRole('button', { name: '发起闲置回收' }).click();
    await page.getByRole('heading', { level: 1, name: /^发起闲置回收/ }).waitFor();
    expect(await page.getByRole('textbox', { name: '闲置依据' }).inputValue()).toContain('CPU 利用率 p95 都低于 5%');
    expect(reviewer.errors).toEqual([]);
    await reviewer.leave();
  }, 180_000);

  it('fits a phone', async () => {
    const head = await person('reviewer', NARROW);
    await head.goTo('/resource-use');
    await head.page.getByText('疑似闲置').first().waitFor();
    expect(await head.look('use-narrow')).toEqual([]);
    expect(head.errors).toEqual([]);
    await head.leave();
  }, 120_000);
});
