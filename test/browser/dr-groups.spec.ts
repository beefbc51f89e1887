import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { DrSweep } from '../../server/src/resilience/dr-sweep.service.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

const PAST = { machines: 300, months: 6 };

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ machines: PAST.machines });
  await console_.application.get(HistoryLoader, { strict: false }).load(PAST);
  await console_.application.get(DrSweep, { strict: false }).run();
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

describe('DR groups in a browser', () => {
  it('are listed with why, opened, and given targets by whoever runs DR', async () => {
    const recovery = await person('recovery');
    const { page } = recovery;
    await recovery.goTo('/dr-groups');
    await page.getByRole('heading', { level: 1, name: '容灾组' }).waitFor();
    await page.getByText('未达标').first().waitFor();
    await page
      .getByText(/登记为同城双活，这一层按单中心开通/)
      .first()
      .waitFor();
    expect(await recovery.look('dr-groups')).toEqual([]);
    await page.locator('tbody a[href^="/dr-groups/"]').first().click();
    await page.getByRole('heading', { level: 2, name: '层与位置' }).waitFor();
    await page.getByRole('heading', { level: 2, name: '信号' }).waitFor();
    await page.getByRole('button', { name: '设定目标' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('目标等级').fill('5');
    await dialog.getByLabel('RPO').fill('5');
    expect(await recovery.look('dr-targets')).toEqual([]);
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByRole('alert').first().waitFor();
    await dialog.getByLabel('原因').fill('三级系统按五级建设');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText('5 分钟').first().waitFor();
    expect(await recovery.look('dr-group')).toEqual([]);
    expect(recovery.errors).toEqual([]);
  });

  it('stand in the picture of the three centers, where the loss of one is thought through', async () => {
    const recovery = await person('recovery');
    const { page } = recovery;
    await recovery.goTo('/dr-picture');
    await page.getByRole('heading', { level: 1, name: '两地三中心全景' }).waitFor();
    await page.locator('.jy-center-touch').first().click();
    await page.getByRole('heading', { level: 2, name: /^推演：/ }).waitFor();
    await page
      .getByText(/异地需启动/)
      .first()
      .waitFor();
    expect(await recovery.look('dr-picture')).toEqual([]);
    await page
      .getByRole('button', { name: /^仲裁路径/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('电信专线\n联通专线');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page
      .getByText(/电信专线/)
      .first()
      .waitFor();
    expect(recovery.errors).toEqual([]);
  });

  it('are read by a department of its own, narrow, with the way to a request that puts it right', async () => {
    const applicant = await person('applicant', NARROW);
    const { page } = applicant;
    await applicant.goTo('/dr-groups');
    await page.getByRole('heading', { level: 1, name: '容灾组' }).waitFor();
    expect(await applicant.look('dr-groups-narrow')).toEqual([]);
    expect(await page.getByRole('button', { name: '设定目标' }).count()).toBe(0);
    expect(applicant.errors).toEqual([]);
  });
});
