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

describe('a drill in a browser', () => {
  it('is planned, approved by its department, talked through by four people, and ends with a report', async () => {
    const [recovery, head, duty, leader] = (await Promise.all(
      ['recovery', 'head', 'duty', 'leader'].map((username) => person(username)),
    )) as [Person, Person, Person, Person];
    const { page } = recovery;
    await head.goTo('/dr-groups');
    const group = await head.page.locator('tbody a[href^="/dr-groups/"]').first().innerText();
    await recovery.goTo('/dr-drills/calendar');
    const due = page.locator('tr', { hasText: group }).filter({ hasText: '桌面推演' });
    await due.first().waitFor();
    expect(await recovery.look('dr-drill-calendar')).toEqual([]);
    await due.getByRole('button', { name: '计划演练' }).first().click();
    const plan = page.getByRole('dialog');
    await plan.getByRole('button', { name: '提交，等待批准' }).click();
    await plan.getByRole('alert').first().waitFor();
    await plan.getByLabel('演练场景').fill('同城主中心供电中断');
    await plan.getByRole('button', { name: '添加环节' }).click();
    await plan.getByRole('textbox', { name: '环节 1' }).fill('核对通讯录');
    expect(await recovery.look('dr-drill-plan')).toEqual([]);
    await plan.getByRole('button', { name: '提交，等待批准' }).click();
    await page.waitForURL(/\/dr-drills\/(?!calendar)./);
    const { pathname } = new URL(page.url());
    const press = async (who: Person, name: string, confirm = name) => {
      await who.goTo(pathname);
      await who.page.getByRole('button', { name, exact: true }).first().click();
      const dialog = who.page.getByRole('dialog');
      await dialog.getByRole('button', { name: confirm, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await press(head, '批准');
    await press(recovery, '演练前检查');
    await press(recovery, '开始计时');
    await press(duty, '完成');
    await press(recovery, '完成');
    await press(leader, '完成');
    await recovery.goTo(pathname);
    await page.getByText('决策切换').first().waitFor();
    expect(await recovery.look('dr-drill-running')).toEqual([]);
    await press(recovery, '完成');
    await press(head, '验证通过', '完成');
    await press(recovery, '结束并清理');
    await page.getByRole('link', { name: '演练报告' }).waitFor();
    await page.getByText('达标').first().waitFor();
    expect(await recovery.look('dr-drill-closed')).toEqual([]);
    const report = await page.request.get(
      `${console_.url}${await page.getByRole('link', { name: '演练报告' }).getAttribute('href')}`,
    );
    expect([report.status(), (await report.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    for (const who of [recovery, head, duty, leader]) expect(who.errors).toEqual([]);
    const telephone = await person('recovery', NARROW);
    await telephone.goTo(pathname);
    await telephone.page.getByText('关键时刻').first().waitFor({ state: 'attached' });
    expect(await telephone.look('dr-drill-narrow')).toEqual([]);
  });
});
