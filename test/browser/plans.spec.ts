import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accountingYear } from '../../server/src/kernel/calendar.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { act, createDraft, FORM, plainContent } from '../support/request-form.ts';

const YEAR = accountingYear(new Date());

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

const person = async (username: string, viewport?: typeof NARROW): Promise<Person> => {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
};

/** Presses a button of the page, says something where it is asked for, and confirms. */
async function decide({ page }: Person, press: string, opinion?: string): Promise<void> {
  await page.getByRole('button', { name: press, exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (opinion !== undefined) await dialog.getByRole('textbox').fill(opinion);
  await dialog.getByRole('button', { name: press, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function writeLine(someone: Person, system: string, count: string): Promise<void> {
  const { page } = someone;
  await page.getByRole('button', { name: '添加明细' }).click();
  const dialog = page.getByRole('dialog');
  await someone.find(dialog.getByLabel('系统', { exact: true }), system);
  await dialog.getByLabel('数量').fill(count);
  await dialog.getByLabel('需求理由').fill('业务量增长，扩容应用集群');
  expect(await someone.look('plan-line-form')).toEqual([]);
  await dialog.getByRole('button', { name: '保存明细' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('cell', { name: system }).first().waitFor();
}

async function done(someone: Person): Promise<void> {
  expect(someone.errors).toEqual([]);
  await someone.leave();
}

/** The system that a plain request is for, which the made-up plans leave out. */
async function unplannedSystem(): Promise<string> {
  const { systems } = await (await console_.signIn('applicant')).data(FORM);
  return systems.nodes.find((one: { projects: unknown[] }) => one.projects.length > 0).name;
}

const QUOTAS =
  'query Q($search: String) { quotas(filter: { level: SYSTEM, search: $search }) { nodes { id name version department { code } meters { meter limit } } } }';

async function quotaOf(system: string) {
  const { quotas } = await (await console_.signIn('allocator')).data(QUOTAS, { search: system });
  return quotas.nodes.find((one: { department: { code: string } }) => one.department.code === 'rst');
}

/** A limit that is too small for what the plan will say. */
async function limitVcpu(system: string, limit: number): Promise<void> {
  const { id, version } = await quotaOf(system);
  const { setQuota } = await (await console_.signIn('allocator')).data(
    'mutation S($input: SetQuotaInput!) { setQuota(input: $input) { errors { message } } }',
    { input: { id, expectedVersion: version, limits: [{ meter: 'VCPU', limit }], idempotencyKey: newId() } },
  );
  expect(setQuota.errors).toEqual([]);
}

async function vcpuLimit(system: string): Promise<number> {
  const { meters } = await quotaOf(system);
  return meters.find((one: { meter: string }) => one.meter === 'VCPU').limit;
}

describe('a yearly plan in a browser', () => {
  it('is declared, signed, reduced and approved; everyone sees what comes next', async () => {
    const system = await unplannedSystem();
    const applicant = await person('applicant');
    await applicant.goTo(`/plans?year=${YEAR + 1}`);
    await applicant.page.getByRole('heading', { name: `还没有 ${YEAR + 1} 年的计划` }).waitFor();
    expect(await applicant.look('plans-empty')).toEqual([]);
    await applicant.page
      .getByRole('button', { name: `编制 ${YEAR + 1} 年计划` })
      .first()
      .click();
    await applicant.page.getByRole('radio', { name: /从空白开始/ }).check();
    await applicant.page.getByRole('button', { name: '开始编制' }).click();
    await applicant.page.getByRole('heading', { level: 1, name: new RegExp(`${YEAR + 1} 年用云计划`) }).waitFor();
    await applicant.page.getByRole('heading', { name: '还没有明细' }).waitFor();
    // Without lines there is nothing to send: the button says why.
    const send = applicant.page.getByRole('button', { name: '报送审签' });
    expect(await send.isDisabled()).toBe(true);
    await writeLine(applicant, system, '6');
    await decide(applicant, '报送审签');
    await applicant.page.getByText('待单位审签').first().waitFor();
    const path = new URL(applicant.page.url()).pathname;
    await done(applicant);

    const head = await person('head');
    await head.goTo(path);
    await decide(head, '审签同意', '同意申报');
    await head.page.getByText('中心审核').first().waitFor();
    await done(head);

    const reviewer = await person('reviewer');
    await reviewer.goTo(path);
    await reviewer.page.getByRole('button', { name: '核减 1' }).click();
    const dialog = reviewer.page.getByRole('dialog');
    await dialog.getByLabel('核定数量').fill('4');
    await dialog.getByLabel('核减理由').fill('现有资源利用率偏低');
    await dialog.getByRole('button', { name: '保存核减' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await reviewer.page.getByText('现有资源利用率偏低').first().waitFor();
    await reviewer.page
      .getByText(`${YEAR + 1} 年开始时按此调整。`)
      .first()
      .waitFor();
    expect(await reviewer.look('plan-review')).toEqual([]);
    await decide(reviewer, '审核通过', '同意');
    await reviewer.page.getByText('待主管部门审定').first().waitFor();
    await done(reviewer);

    const authority = await person('authority');
    await authority.goTo(path);
    await decide(authority, '审定批准', '同意');
    await authority.page.getByText('已批准').first().waitFor();
    await authority.goTo(`/plans?year=${YEAR + 1}`);
    await authority.page.getByRole('heading', { name: `${YEAR + 1} 年申报情况` }).waitFor();
    expect(await authority.look('plans-authority')).toEqual([]);
    await authority.goTo('/plans/demand');
    await authority.page.getByRole('table', { name: '需求与容量对照' }).waitFor();
    expect(await authority.look('plan-demand')).toEqual([]);
    await done(authority);
  }, 180_000);

  it('is added to in the year: its quota is raised, and a request inside it takes the short chain', async () => {
    const system = await unplannedSystem();
    await limitVcpu(system, 1);
    const applicant = await person('applicant');
    await applicant.goTo(`/plans?year=${YEAR}&states=APPROVED`);
    await applicant.page.locator('a.jy-code').first().click();
    await applicant.page.getByRole('button', { name: '追加需求' }).click();
    await applicant.page.getByLabel('追加理由').fill('年中新增重点任务');
    await applicant.page.getByRole('button', { name: '开始编制' }).click();
    await applicant.page.getByRole('heading', { level: 1, name: /用云计划追加/ }).waitFor();
    await writeLine(applicant, system, '3');
    await applicant.page.getByRole('table', { name: '定额对照' }).waitFor();
    await decide(applicant, '报送审签');
    await applicant.page.getByText('待单位审签').first().waitFor();
    const path = new URL(applicant.page.url()).pathname;
    await done(applicant);

    const head = await person('head');
    await head.goTo(path);
    await decide(head, '审签同意', '同意');
    await head.page.getByText('中心审核').first().waitFor();
    await done(head);

    const reviewer = await person('reviewer');
    await reviewer.goTo(path);
    await decide(reviewer, '审核通过', '同意');
    // Small enough to end with the center.
    await reviewer.page.getByText('已批准').first().waitFor();
    await done(reviewer);

    expect(await vcpuLimit(system)).toBeGreaterThan(1);

    const client = await console_.signIn('applicant');
    const draft = (await createDraft(client, await plainContent(client))).request;
    await act(client, 'sendRequestForSignOff', draft);
    const again = await person('applicant');
    await again.goTo(`/requests/${draft.id}`);
    await again.page.getByText('简易流程').first().waitFor();
    await again.goTo(`/plans/use?year=${YEAR}&level=SYSTEM`);
    await again.page.getByRole('cell', { name: system }).first().waitFor();
    expect(await again.look('plan-use')).toEqual([]);
    await done(again);
  }, 180_000);

  it('is told on a phone, in the dark and in English too', async () => {
    const authority = await person('authority', NARROW);
    await authority.goTo('/');
    await authority.page.getByRole('button', { name: /EN/ }).first().click();
    // English comes when it is asked for: a page that is left before stays Chinese.
    await authority.page.getByRole('button', { name: 'Switch to dark' }).click();
    await authority.page.getByRole('button', { name: 'Switch to light' }).waitFor();
    for (const path of ['/plans', '/plans/use', '/plans/demand']) {
      await authority.goTo(path);
      await authority.page.getByRole('navigation', { name: 'Yearly plans' }).waitFor();
      expect(await authority.look(`narrow${path.replaceAll('/', '-')}`)).toEqual([]);
      const wider = await authority.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect([path, wider]).toEqual([path, false]);
    }
    await done(authority);
  }, 120_000);
});
