import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DrSweep } from '../../server/src/resilience/dr-sweep.service.js';
import { GroupForming } from '../../server/src/resilience/group-forming.service.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { act, createDraft, plainContent } from '../support/request-form.ts';

/** Copies are made, restored and started by a simulated cluster and looked at every two seconds: longer than a page takes. */
const CLUSTER_PATIENCE_MS = 120_000;

let console_: TestConsole;
let browser: Browser;
let system = '';
beforeAll(async () => {
  console_ = await startTestConsole({ worker: true });
  browser = await openBrowser();
  system = await dualActive();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

/** Two machines of the tour's department in each center of the city, asked for, approved and up: its system's group forms of them. */
async function dualActive(): Promise<string> {
  const [applicant, head] = [await console_.signIn('applicant'), await console_.signIn('head')];
  const content = await plainContent(applicant);
  const lines = content.lines.map((line) => ({ ...line, centerId: null, count: 2, localMode: 'DUAL_ACTIVE' }));
  const draft = (await createDraft(applicant, { ...content, lines })).request;
  const page = applicant.subscribe(
    'subscription S($id: ID!) { requestChanged(id: $id) { request { state system { name } } } }',
    { id: draft.id },
  );
  const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
  let { request } = await act(head, 'submitRequest', sent);
  for (const name of ['acceptance', 'reviewer', 'allocator'])
    ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
  const delivered = await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', CLUSTER_PATIENCE_MS);
  await page.stop();
  await console_.application.get(GroupForming, { strict: false }).run();
  await console_.application.get(DrSweep, { strict: false }).run();
  await promised(await console_.signIn('recovery'));
  return delivered.data.requestChanged.request.system.name;
}

/** What the clock of the drill runs against. */
async function promised(recovery: ConsoleClient): Promise<void> {
  const { drGroups } = await recovery.data('{ drGroups(first: 1) { nodes { id version } } }');
  const [group] = drGroups.nodes;
  const elements = ['DATA_BACKUP', 'STANDBY_PROCESSING', 'STANDBY_NETWORK', 'STANDBY_PREMISES', 'TECHNICAL_SUPPORT'];
  const { setDrTargets } = await recovery.data(
    'mutation T($input: SetDrTargetsInput!) { setDrTargets(input: $input) { errors { message } } }',
    {
      input: {
        ...{ id: group.id, expectedVersion: group.version, idempotencyKey: crypto.randomUUID(), reason: '三级系统' },
        ...{ level: 5, rtoSeconds: 3_600, rpoSeconds: null, dooSeconds: null, nroSeconds: null },
        elements: [...elements, 'OPERATIONS', 'DR_PLAN'].map((element) => ({ element, level: 4 })),
      },
    },
  );
  expect(setDrTargets.errors).toEqual([]);
}

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

/** Presses what stands on the page, and once more in the dialog that asks. */
async function press(page: Page, name: string, confirm = name): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('a simulated drill in a browser', () => {
  let path = '';
  let recovery: Person;

  it('is planned where there is room, and approved by whose system it is, not by who planned it', async () => {
    recovery = await person('recovery');
    const { page } = recovery;
    await recovery.goTo('/dr-drills/calendar');
    const due = page.locator('tr', { hasText: system }).filter({ hasText: '模拟演练' });
    await due.first().waitFor();
    expect(await recovery.look('dr-drill-calendar')).toEqual([]);
    await due.getByRole('button', { name: '计划演练' }).first().click();
    const plan = page.getByRole('dialog');
    await plan.getByText(/复制 2 台虚拟机；资源池余量足够/).waitFor();
    await plan.getByRole('button', { name: '提交，等待批准' }).click();
    await plan.getByRole('alert').first().waitFor();
    await plan.getByLabel('演练场景').fill('同城主中心供电中断');
    await plan.getByRole('button', { name: '添加环节' }).click();
    await plan.getByRole('textbox', { name: '环节 1' }).fill('核对窗口业务办件');
    expect(await recovery.look('dr-drill-plan')).toEqual([]);
    await plan.getByRole('button', { name: '提交，等待批准' }).click();
    await page.waitForURL(/\/dr-drills\/(?!calendar)./);
    path = new URL(page.url()).pathname;
    await page.getByText('待批准').first().waitFor();
    expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    const head = await person('head');
    await head.goTo(path);
    await press(head.page, '批准');
    await head.page.getByText('已批准').first().waitFor();
    expect(head.errors).toEqual([]);
    await head.leave();
  });

  it('runs by its checklist while the clock runs against its target, on a page that changes by itself', async () => {
    const { page } = recovery;
    await recovery.goTo(path);
    await press(page, '演练前检查');
    // The console isolates; nobody loads the page anew.
    const begin = page.getByRole('button', { name: '开始计时', exact: true });
    await begin.waitFor({ timeout: CLUSTER_PATIENCE_MS });
    expect(await recovery.look('dr-drill-isolated')).toEqual([]);
    await press(page, '开始计时');
    const [duty, leader] = [await person('duty'), await person('leader')];
    await duty.goTo(path);
    await press(duty.page, '完成');
    await recovery.goTo(path);
    await press(page, '完成');
    // Who declared does not decide.
    await page.getByText('决策切换').first().waitFor();
    expect(await page.getByRole('button', { name: '完成', exact: true }).count()).toBe(0);
    await page.getByText('目标 1:00:00').first().waitFor();
    expect(await recovery.look('dr-drill-running')).toEqual([]);
    await leader.goTo(path);
    await press(leader.page, '完成');
    await page.getByRole('button', { name: '完成', exact: true }).waitFor({ timeout: CLUSTER_PATIENCE_MS });
    expect(await recovery.look('dr-drill-own')).toEqual([]);
    await press(page, '完成');
    const head = await person('head');
    await head.goTo(path);
    await press(head.page, '验证通过', '完成');
    for (const who of [duty, leader, head]) {
      expect(who.errors).toEqual([]);
      await who.leave();
    }
  });

  it('is cleaned up, and closes with a signed report to take away', async () => {
    const { page } = recovery;
    await page.getByRole('button', { name: '结束并清理', exact: true }).waitFor();
    await press(page, '结束并清理');
    const link = page.getByRole('link', { name: '演练报告' });
    await link.waitFor({ timeout: CLUSTER_PATIENCE_MS });
    // Four of the seven elements below what was promised: passed by its clock, with something to put right.
    await page.getByText('灾备等级低于目标').first().waitFor();
    for (const mark of ['T0', 'T3', 'T7']) await page.getByText(mark, { exact: true }).first().waitFor();
    expect(await recovery.look('dr-drill-closed')).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const report = Buffer.concat(chunks);
    expect(report.subarray(0, 5).toString()).toBe('%PDF-');
    expect(download.suggestedFilename()).toMatch(/YL-\d{4}-\d{6}.*\.pdf$/);
    expect(recovery.errors).toEqual([]);
    await recovery.leave();
    const telephone = await person('recovery', NARROW);
    await telephone.goTo(path);
    await telephone.page.getByRole('list', { name: '关键时刻' }).waitFor();
    expect(await telephone.look('dr-drill-narrow')).toEqual([]);
    await telephone.leave();
  });
});

describe('what two people change together', () => {
  it('is the mode of a link, seen at once by whoever looks at the picture and at a group that rests on it', async () => {
    const [recovery, leader, onlooker] = [await person('recovery'), await person('leader'), await person('duty')];
    const { page } = recovery;
    await onlooker.goTo('/dr-picture');
    await onlooker.page.getByText('同步').first().waitFor();
    await recovery.goTo('/dr-picture');
    await page
      .getByRole('button', { name: /^申请改模式/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '申请改模式' }).click();
    await dialog.getByRole('alert').first().waitFor();
    await dialog.getByLabel('原因').fill('光缆割接，预计两小时');
    expect(await recovery.look('dr-link-mode')).toEqual([]);
    await dialog.getByRole('button', { name: '申请改模式' }).click();
    await page.getByText('待另一部门的人同意').first().waitFor();
    expect(await page.getByRole('button', { name: '同意改模式' }).count()).toBe(0);
    await leader.goTo('/dr-picture');
    await leader.page.getByText('光缆割接，预计两小时').first().waitFor();
    expect(await leader.look('dr-link-asked')).toEqual([]);
    await press(leader.page, '同意改模式');
    // Nobody has touched the onlooker's page since.
    await onlooker.page.getByText('已改为异步').first().waitFor();
    expect(await onlooker.look('dr-picture-async')).toEqual([]);
    await onlooker.goTo('/dr-groups');
    await onlooker.page.getByText('同城链路已改为异步').first().waitFor();
    for (const who of [recovery, leader, onlooker]) {
      expect(who.errors).toEqual([]);
      await who.leave();
    }
  });

  it('is the rule by which drills are due: one drafts it, another puts it in force', async () => {
    const [recovery, authority] = [await person('recovery'), await person('authority')];
    const { page } = recovery;
    await recovery.goTo('/dr-drills/rule');
    await page.getByRole('button', { name: '起草新版' }).click();
    const begin = page.getByRole('dialog');
    await begin.getByLabel('改动说明').fill('模拟演练改为每季度一次');
    await begin.getByRole('button', { name: '起草新版' }).click();
    await begin.waitFor({ state: 'detached' });
    await page.getByLabel('周期').first().fill('90');
    expect(await recovery.look('dr-drill-rule')).toEqual([]);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('已保存').first().waitFor();
    expect(await page.getByRole('button', { name: '启用', exact: true }).count()).toBe(0);
    await authority.goTo('/dr-drills/rule');
    await press(authority.page, '启用');
    await authority.goTo('/dr-drills/calendar');
    await authority.page.getByText(/规则第 2 版.*模拟演练每 90 天一次/).waitFor();
    for (const who of [recovery, authority]) expect(who.errors).toEqual([]);
  });
});
