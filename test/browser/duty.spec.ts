import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DemonstrationDuty } from '../../server/src/demonstration/demonstration-duty.js';
import { DemonstrationTickets } from '../../server/src/demonstration/demonstration-tickets.js';
import type { People } from '../../server/src/demonstration/journey-people.js';
import type { Role } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { viewerWith } from '../support/application.ts';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole();
  await demonstrate();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

/** What the demonstration shows at the desk: tickets of each kind, the log, a hand-over, notices. */
async function demonstrate(): Promise<void> {
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const viewer = async (username: string, role: Role) => {
    const [user] = await console_.test.db.query(
      'select id, display_name as name, department_id as departmentId from app_user where username = ?',
      [username],
    );
    return viewerWith([role], user.departmentId, { userId: user.id, name: user.name, username });
  };
  const [duty, head, leader, recovery] = await Promise.all([
    viewer('duty', 'DUTY_ENGINEER'),
    viewer('head', 'DEPARTMENT_HEAD'),
    viewer('leader', 'LEADER'),
    viewer('recovery', 'DR_OPERATOR'),
  ]);
  await get(DemonstrationDuty).run(recovery);
  const [system] = await console_.test.db.query('select id from government_system where department_id = ? limit 1', [
    head.departmentId,
  ]);
  const people = { duty, head, leader, workers: { recovery } } as unknown as People;
  await get(DemonstrationTickets).run(people, system.id);
}

/** Of a system of the head's own department, as the rounds would have left it; nobody has answered for it. */
async function alertOf(): Promise<void> {
  const { db } = console_.test;
  const [system] = await db.query(
    `select s.id, s.department_id as department, s.name from government_system s
       join app_user u on u.department_id = s.department_id and u.username = 'head' limit 1`,
  );
  const [center] = await db.query("select id from center where role = 'ACTIVE_A'");
  await db.query(
    `insert into dr_alert (id, code, subject_kind, subject_id, rule, open_key, state, severity, calls_out, system_id, department_id,
       center_id, name, reason, seen_at, opened_at, series, version)
     values (?, 'GJ-2026-800001', 'GROUP', ?, 'SERVICE_ANSWER', 1, 'OPEN', 'CRITICAL', 1, ?, ?, ?, ?,
       '{"code":"SIGNAL_BAD","grade":"BROKEN","tierId":null,"role":null,"signal":"SERVICE_ANSWER","count":0,"of":null,"resourceIds":[]}',
       utc_timestamp(3) - interval 20 minute, utc_timestamp(3) - interval 20 minute, 1, 1)`,
    [newId(), newId(), system.id, system.department, center.id, system.name],
  );
}

it('leads an alert at night to its event, notice, fault minutes, problem and the hand-over', async () => {
  await alertOf();
  const duty = await person('duty');
  const { page } = duty;
  await duty.goTo('/duty');
  await page.getByRole('heading', { level: 1, name: '值班台' }).waitFor();
  expect(await duty.look('duty-desk')).toEqual([]);
  // One press: the event is there, and nobody else is called.
  await page.getByRole('button', { name: '受理并建事件 GJ-2026-800001' }).click();
  await page.getByRole('heading', { level: 1, name: /^SJ-/ }).waitFor();
  const code = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await page.getByRole('button', { name: '响应', exact: true }).click();
  await page.getByRole('button', { name: '开始处置' }).click();
  // The next acts go by what the page has of it: on a slow machine it still has the state before.
  await page.getByText('处置中').first().waitFor();
  // Whom it concerns is told before anybody asks.
  await page.getByRole('button', { name: '发通告' }).click();
  const dialog = page.getByRole('dialog');
  expect(await duty.look('duty-notice-dialog')).toEqual([]);
  await dialog.getByRole('button', { name: '告知 1 个单位' }).click();
  await page.getByText('已阅 0 / 1').waitFor();
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await dialog.getByLabel('做了什么才恢复').fill('重启接入层，业务恢复');
  await dialog.getByRole('button', { name: '恢复', exact: true }).click();
  await page.getByText('已恢复').first().waitFor();
  await page.getByRole('button', { name: '认定故障时长' }).click();
  await dialog.getByText(/共 \d+ 分钟/).waitFor();
  await dialog.getByRole('button', { name: '认定故障时长' }).click();
  await page.getByRole('link', { name: /^ZD-/ }).waitFor();
  expect(await duty.look('duty-event')).toEqual([]);

  const head = await person('head', NARROW);
  await head.goTo('/duty/notices');
  await head.page.locator('a[href^="/duty/notices/"]').first().click();
  await head.page.getByRole('button', { name: '已阅，回执' }).click();
  await head.page.getByText('已回执').waitFor();
  expect(await head.look('duty-notice-narrow')).toEqual([]);

  await page.getByText('已阅 1 / 1').waitFor();
  await page.getByRole('button', { name: '转问题' }).click();
  await dialog.getByRole('button', { name: '登记问题' }).click();
  await page.getByRole('heading', { level: 1, name: /^WT-/ }).waitFor();
  await page.getByRole('button', { name: '开始分析' }).click();
  await page.getByRole('button', { name: '查明根因' }).click();
  await dialog.getByLabel('根本原因').fill('接入层连接池泄漏');
  await dialog.getByRole('button', { name: '查明根因' }).click();
  await page.getByText('已知错误').first().waitFor();
  await page.getByRole('link', { name: new RegExp(code) }).click();
  await page.getByRole('heading', { level: 1, name: code }).waitFor();
  await page.locator('#content').getByRole('button', { name: '关闭', exact: true }).click();
  await dialog.getByLabel('结论').fill('已恢复，根因另立问题');
  await dialog.locator('.ant-btn-primary').click();
  await page.getByText('已关闭').first().waitFor();

  await duty.goTo('/duty/log');
  await page.getByRole('button', { name: '记日志' }).click();
  await dialog.getByLabel('内容').fill('连接池参数待厂商确认');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: '记日志' }).click();
  await page.getByText('连接池参数待厂商确认').waitFor();
  expect(await duty.look('duty-log')).toEqual([]);
  const small = await person('duty', NARROW);
  await small.goTo('/duty');
  await small.page.getByText('连接池参数待厂商确认').waitFor();
  expect(await small.look('duty-desk-narrow')).toEqual([]);
  expect([...duty.errors, ...head.errors, ...small.errors]).toEqual([]);
}, 180_000);
