import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DemonstrationExecutions } from '../../server/src/demonstration/demonstration-executions.js';
import { DemonstrationResilience } from '../../server/src/demonstration/demonstration-resilience.js';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import type { Strangers } from '../../server/src/demonstration/strangers.js';
import { ExecutionEngine } from '../../server/src/executions/execution-engine.service.js';
import { ExecutionsRepository } from '../../server/src/executions/executions.repository.js';
import { ReturningSides } from '../../server/src/executions/returning-sides.service.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { UserNames } from '../../server/src/identity/user-names.service.js';
import type { Role, Viewer } from '../../server/src/kernel/viewer.js';
import { DrSweep } from '../../server/src/resilience/dr-sweep.service.js';
import { viewerWith } from '../support/application.ts';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { type FakeSite, FakeSites } from '../support/fake-sites.ts';

const PAST = { machines: 600, months: 6 };
const ENGINE_EVERY_MS = 250;

let console_: TestConsole;
let browser: Browser;
let rounds: Promise<void>;
let isOver = false;
const sites = new FakeSites();
const open = new Map<string, FakeSite>();

const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });

/** Whoever keeps the arrays, without a cluster: their objects stand in the sites that the engine is given. */
const strangers = {
  make: async (code: string, _manager: string, object: { spec: { replicationState?: string } }) => {
    const state = object.spec.replicationState === 'primary' ? 'Primary' : 'Secondary';
    open.get(code)?.put({ ...object, status: { state, lastSyncTime: '2099-01-01T00:00:00Z' } } as never);
  },
  awaited: async <T>(_what: string, look: () => Promise<T>) => look(),
} as unknown as Strangers;

async function viewer(username: string, role: Role): Promise<Viewer> {
  const user = await get(UserNames).activeByName(username);
  if (!user) throw new Error(username);
  return viewerWith([role], user.departmentId, { userId: user.id, name: user.displayName, username });
}

beforeAll(async () => {
  console_ = await startTestConsole({ machines: PAST.machines, clusters: sites });
  await get(HistoryLoader).load(PAST);
  for (const { code, id } of await get(FacilitiesService).centers())
    open.set(code, sites.open(code, id, console_.test.db));
  const [operator, duty, authority] = [
    await viewer('recovery', 'DR_OPERATOR'),
    await viewer('duty', 'DUTY_ENGINEER'),
    await viewer('authority', 'CLOUD_AUTHORITY'),
  ];
  await get(DemonstrationResilience).run(operator, strangers);
  await get(DemonstrationExecutions).run({ operator, duty, authority });
  await get(DrSweep).run();
  browser = await openBrowser();
  rounds = (async () => {
    while (!isOver) {
      await get(ExecutionEngine).run();
      await get(ReturningSides).run(sites);
      await new Promise((resolve) => setTimeout(resolve, ENGINE_EVERY_MS));
    }
  })();
}, 240_000);
afterAll(async () => {
  isOver = true;
  await rounds;
  await browser?.close();
  await console_?.close();
});

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

const step = (page: Page, title: string) => page.locator('.jy-drexec-step', { hasText: title });

describe('a planned switchover in a browser', () => {
  it('was put off once by the demonstration: the list says so', async () => {
    const rows = await console_.test.db.query('select kind, state, outcome from dr_execution order by created_at');
    expect(rows).toEqual([
      // Of the time before, there and back.
      { kind: 'SWITCHOVER', state: 'CLOSED', outcome: 'COMMITTED' },
      { kind: 'FAILBACK', state: 'CLOSED', outcome: 'COMMITTED' },
      { kind: 'SWITCHOVER', state: 'CANCELLED', outcome: 'ABANDONED' },
    ]);
  });

  it('is started from a group, approved by two, played live, verified by the owner and committed', async () => {
    const [{ group_id: groupId, to_center_id: to }] = await console_.test.db.query(
      "select group_id, to_center_id from dr_execution where outcome = 'ABANDONED'",
    );
    const center = (await get(FacilitiesService).centers()).find(({ id }) => id === to);
    const node = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64url');
    const duty = await person('duty');
    const { page } = duty;
    await duty.goTo(`/dr-groups/${node('DrGroup', groupId)}`);
    await page.getByRole('button', { name: '发起切换' }).click();
    const dialog = page.getByRole('dialog');
    await duty.choose(dialog.getByLabel('切换到'), center?.name);
    await dialog.getByText('先停机、同步到最后再切换').waitFor();
    await dialog.getByLabel('理由').fill('年度计划内切换，窗口期为今晚');
    expect(await duty.look('drexec-start')).toEqual([]);
    await dialog.getByRole('button', { name: '提交申请' }).click();
    await page.getByRole('heading', { level: 1, name: /^QH-.* · 计划内切换$/ }).waitFor();
    const path = new URL(page.url()).pathname;
    for (const username of ['recovery', 'leader']) {
      const approver = await person(username);
      await approver.goTo(path);
      await approver.page.getByRole('button', { name: '批准' }).click();
      await approver.page
        .getByText(username === 'leader' ? '执行中' : '待批准')
        .first()
        .waitFor();
      await approver.leave();
    }
    // Whoever asked has pressed nothing since: the page plays by itself.
    await step(page, '将目标中心的数据升为写入方').getByText('完成').waitFor();
    await step(page, '按依赖次序启动目标中心的虚拟机').getByText('完成').waitFor();
    await page.getByText('现在要做').first().waitFor();
    expect(await duty.look('drexec-live')).toEqual([]);
    const narrow = await person('recovery', NARROW);
    await narrow.goTo(path);
    await narrow.page.getByText('现在要做').first().waitFor();
    expect(await narrow.look('drexec-live-narrow')).toEqual([]);
    await narrow.page.getByLabel('结果').fill('域名解析已指向目标中心，变更单 20261130-01');
    await narrow.page.getByRole('button', { name: '完成', exact: true }).click();
    await step(narrow.page, '切换访问流量').getByText('完成').first().waitFor();
    await narrow.leave();
    const [{ code: owner }] = await console_.test.db.query(
      'select d.code from dr_execution e join department d on d.id = e.department_id where e.open = 1',
    );
    const own = await get(UserNames).activeByName(`head.${owner}`);
    const verifier = await person(own ? `head.${owner}` : 'head');
    await verifier.goTo(path);
    await verifier.page.getByLabel('结果').fill('登录业务正常，近十笔缴费记录一致');
    await verifier.page.getByRole('button', { name: '完成', exact: true }).click();
    await step(verifier.page, '业务单位验证').getByText('完成').first().waitFor();
    await verifier.leave();
    await page.getByRole('button', { name: '提交切换', exact: true }).click();
    await page.getByText('已结束').first().waitFor();
    await page.getByRole('heading', { level: 2, name: '移出的中心' }).waitFor();
    expect(await duty.look('drexec-closed')).toEqual([]);
    expect(duty.errors).toEqual([]);
    const [row] = await get(ExecutionsRepository).openIds(new Date());
    expect(row).toBeUndefined();
    await duty.leave();
  }, 240_000);

  it('rests on a runbook that is edited, and on advance approvals that a leader signs and revokes', async () => {
    const leader = await person('leader');
    const { page } = leader;
    await leader.goTo('/dr-executions');
    await page.getByRole('link', { name: '预授权' }).click();
    await page.getByText('没有预授权').first().waitFor();
    await page.getByRole('button', { name: '签署预授权' }).click();
    const dialog = page.getByRole('dialog');
    await leader.choose(dialog.getByLabel('持有人'));
    await dialog.getByLabel('自').fill('2026-12-01T00:00');
    await dialog.getByLabel('至').fill('2027-01-31T00:00');
    await dialog.getByLabel('适用情形').fill('主中心整体失联超过十分钟且两条线路均不通');
    expect(await leader.look('drexec-sign-order')).toEqual([]);
    await dialog.getByRole('button', { name: '签署预授权' }).click();
    await page.getByRole('button', { name: /^撤销 / }).waitFor();
    expect(await leader.look('drexec-orders')).toEqual([]);
    await page.getByRole('button', { name: /^撤销 / }).click();
    // It is asked once more: nobody takes it back.
    await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByText('已撤销').first().waitFor();
    await leader.goTo('/dr-runbooks');
    await page.locator('tbody a[href^="/dr-runbooks/"]').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await leader.look('drexec-runbook')).toEqual([]);
    expect(leader.errors).toEqual([]);
    await leader.leave();
  });
});
