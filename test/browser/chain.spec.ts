import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { UNSCHEDULABLE_MAX_MS } from '../../server/src/replacements/domain/replace-task.js';
import { ReplaceSweep } from '../../server/src/replacements/replace-sweep.service.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { act, approveToEnd, createDraft, plainContent } from '../support/request-form.ts';

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

/** A request of the tour's department that the head has signed off: the center's acceptance has it. */
async function accepted(): Promise<{ id: string; code: string }> {
  const [applicant, head] = [await console_.signIn('applicant'), await console_.signIn('head')];
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
  return (await act(head, 'submitRequest', sent)).request;
}

async function confirm(someone: Person, press: string): Promise<void> {
  const dialog = someone.page.getByRole('dialog');
  await dialog.getByRole('button', { name: press }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('the chain in a browser', () => {
  it('shows who has a request and until when, asks another too, and reminds once', async () => {
    const { id, code } = await accepted();
    const acceptance = await person('acceptance');
    await acceptance.goTo(`/requests/${id}`);
    const { page } = acceptance;
    await page.getByRole('heading', { name: '审批流程' }).waitFor();
    await page.getByText('单位信息化负责人审签').first().waitFor();
    await page.getByText('历时 0 个工作日').first().waitFor();
    expect(await acceptance.look('chain-request')).toEqual([]);

    await page.getByRole('button', { name: '加签' }).click();
    const dialog = page.getByRole('dialog');
    await acceptance.find(dialog.getByLabel('人员'), '徐海宁');
    expect(await acceptance.look('chain-add-approver')).toEqual([]);
    await confirm(acceptance, '加签');
    await page.getByText('徐海宁（加签人）').first().waitFor();
    await acceptance.leave();

    const leader = await person('leader');
    await leader.goTo('/approvals');
    await leader.page.getByText(code).first().click();
    await leader.page.getByRole('button', { name: '同意', exact: true }).click();
    await leader.page.getByRole('dialog').getByRole('textbox').fill('同意受理');
    await confirm(leader, '同意');
    await leader.leave();

    const applicant = await person('applicant');
    await applicant.goTo(`/requests/${id}`);
    await applicant.page.getByText('同意受理').first().waitFor();
    await applicant.page.getByRole('button', { name: '催办' }).click();
    await confirm(applicant, '催办');
    await applicant.page.getByText('已催办 1 次').first().waitFor();
    await applicant.page.getByText('本工作日已催办过').first().waitFor({ state: 'attached' });
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  }, 120_000);

  it('approves several at once and says of each what became of it, by keyboard', async () => {
    const [one, two] = [await accepted(), await accepted()];
    const acceptance = await person('acceptance');
    const { page } = acceptance;
    await acceptance.goTo('/approvals');
    await page.getByText(one.code).first().waitFor();
    for (const { code } of [one, two]) {
      await page.getByRole('checkbox', { name: `选择 ${code}` }).focus();
      await page.keyboard.press('Space');
    }
    expect(await acceptance.look('approval-queue')).toEqual([]);
    // Meanwhile a colleague's browser has returned one of them.
    const colleague = await console_.signIn('acceptance');
    await act(colleague, 'returnRequest', two as never, '请补充');
    await page.getByRole('button', { name: '批量同意（2）' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '同意 2 张' }).click();
    await dialog.getByText('2 张中 1 张已同意').first().waitFor();
    await dialog.getByText('申请单当前状态不能做这一步').first().waitFor();
    expect(await acceptance.look('approval-batch')).toEqual([]);
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
    await acceptance.leave();
  }, 120_000);

  it('lets somebody delegate for his leave, and revoke it', async () => {
    const reviewer = await person('reviewer');
    const { page } = reviewer;
    await reviewer.goTo('/delegations');
    await page.getByText('没有委托他人').first().waitFor();
    await page.getByRole('button', { name: '新建委托' }).click();
    const dialog = page.getByRole('dialog');
    await reviewer.find(dialog.getByLabel('受托人'), '丁思远');
    const later = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('最后一天').fill(later);
    await dialog.getByLabel('原因').fill('年休假');
    expect(await reviewer.look('delegation-form')).toEqual([]);
    await confirm(reviewer, '新建委托');
    await page.getByText('进行中').first().waitFor();
    expect(await reviewer.look('delegations')).toEqual([]);
    await page.getByRole('button', { name: '撤销' }).click();
    await confirm(reviewer, '撤销');
    await page.getByText('已撤销', { exact: true }).first().waitFor();
    expect(reviewer.errors).toEqual([]);
    await reviewer.leave();
  }, 120_000);

  it('lets the cloud authority draft a chain and the security administrator put it in force', async () => {
    const authority = await person('authority');
    await authority.goTo('/chains');
    await authority.page.getByText('第 1 版').first().waitFor();
    expect(await authority.look('chains')).toEqual([]);
    await authority.page.getByRole('button', { name: '起草新版' }).click();
    await authority.page.getByRole('dialog').getByLabel('修改说明').fill('技术评审缩短为 3 个工作日');
    await confirm(authority, '起草新版');
    await authority.page.getByText('检查通过，可以发布').first().waitFor();
    // The standard chain's technical review, then a step that nobody has named yet.
    const review = authority.page.getByRole('group', { name: '流程 2' }).getByRole('group', { name: '环节 4' });
    await review.getByLabel('时限（工作日）').fill('3');
    await authority.page.getByRole('group', { name: '流程 2' }).getByRole('button', { name: '添加环节' }).click();
    await authority.page.getByRole('button', { name: '保存草稿' }).click();
    await authority.page.getByText('发布前须改正').first().waitFor();
    expect(await authority.look('chain-editor')).toEqual([]);
    await authority.page.getByRole('button', { name: '删除流程 2 环节 6' }).click();
    await authority.page.getByRole('button', { name: '保存草稿' }).click();
    await authority.page.getByText('检查通过，可以发布').first().waitFor();
    expect(await authority.page.getByRole('button', { name: '发布', exact: true }).count()).toBe(0);
    expect(authority.errors).toEqual([]);
    await authority.leave();

    const secadmin = await person('secadmin');
    await secadmin.goTo('/chains');
    await secadmin.page.getByText('与现行版本不同').first().waitFor();
    expect(await secadmin.look('chain-compare')).toEqual([]);
    await secadmin.page.getByRole('button', { name: '发布', exact: true }).click();
    await confirm(secadmin, '发布');
    await secadmin.page.getByText('第 3 版').first().waitFor();
    await secadmin.leave();
  }, 120_000);

  it('shows the working days, and that the next year is not published, to be entered by the system administrator', async () => {
    const sysadmin = await person('sysadmin');
    const { page } = sysadmin;
    await sysadmin.goTo('/working-days');
    await page.getByText('尚未录入').first().waitFor();
    await page.getByText('2026-02-15 – 2026-02-23').first().waitFor();
    expect(await sysadmin.look('working-days')).toEqual([]);
    await page.getByRole('button', { name: '录入' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('依据').fill('演示：尚未公布');
    await dialog.getByRole('button', { name: '添加一天' }).click();
    await dialog.getByLabel('名称').fill('元旦');
    expect(await sysadmin.look('working-days-form')).toEqual([]);
    await confirm(sysadmin, '保存');
    await page.getByText('演示：尚未公布').first().waitFor();
    expect(sysadmin.errors).toEqual([]);
    await sysadmin.leave();
  }, 120_000);

  it('reads well on a telephone, in English and in the dark', async () => {
    const { id } = await accepted();
    const narrow = await person('acceptance', NARROW);
    for (const path of [`/requests/${id}`, '/approvals', '/delegations', '/chains', '/working-days']) {
      await narrow.goTo(path);
      await narrow.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
      expect(await narrow.look(`${path.split('/')[1]}-chain-narrow`)).toEqual([]);
    }
    await narrow.leave();

    const wide = await person('authority');
    await wide.goTo('/');
    await wide.page.getByRole('button', { name: /English|EN/ }).click();
    await wide.page.getByRole('button', { name: 'Switch to dark' }).click();
    await wide.page.getByRole('button', { name: 'Switch to light' }).waitFor();
    for (const path of [`/requests/${id}`, '/approvals', '/delegations', '/chains', '/working-days']) {
      await wide.goTo(path);
      await wide.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await wide.look(`${path.split('/')[1]}-chain-english-dark`)).toEqual([]);
    }
    await wide.leave();
  }, 120_000);
});

describe('a granted machine that no node takes, in a browser', () => {
  const SAID = '0/4 nodes are available: 1 node(s) were unschedulable, 3 Insufficient memory.';

  /** Approved, and refused by its cluster for ten minutes, as the worker would have written down. */
  async function stuck(): Promise<{ id: string; name: string }> {
    const signIn = (username: string) => console_.signIn(username);
    const { id } = await approveToEnd(signIn, (await accepted()) as never);
    const { request } = await (await signIn('allocator')).data(
      'query R($id: ID!) { request(id: $id) { lines { resources { id name } } } }',
      { id },
    );
    const [machine] = request.lines[0].resources;
    const since = new Date(Date.now() - UNSCHEDULABLE_MAX_MS).toISOString();
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: SAID, since };
    await console_.test.db.query('update resource set conditions = ? where id = ?', [
      JSON.stringify([condition]),
      uuidOf('Resource', machine.id),
    ]);
    const sweep = console_.application.get(ReplaceSweep, { strict: false });
    await sweep.run({ userId: null, name: '集云', departmentId: null, address: null, traceId: 'sweep' });
    return machine;
  }

  it('is placed elsewhere by its allocator, who sees every pool by the criteria of submit, and says why', async () => {
    const machine = await stuck();
    const allocator = await person('allocator');
    const { page } = allocator;
    await allocator.goTo(`/tasks/replace?search=${encodeURIComponent(machine.name)}`);
    const row = page.getByRole('row').filter({ hasText: machine.name }).first();
    await row.getByText('待改放', { exact: true }).waitFor();
    await row.getByText(SAID).waitFor();
    expect(await allocator.look('re-place-tasks')).toEqual([]);
    await row.getByRole('button', { name: `改放 ${machine.name}` }).click();
    const dialog = page.getByRole('dialog');
    const choices = dialog.getByRole('radio');
    await choices.first().waitFor();
    // Its own pool has counters enough, and nodes that refused it.
    expect(await choices.evaluateAll((all) => all.some((one) => (one as HTMLInputElement).disabled))).toBe(true);
    await dialog.getByRole('button', { name: '改放', exact: true }).click();
    await dialog.getByText('请选择资源池').first().waitFor();
    await dialog.getByRole('radio', { disabled: false }).first().check();
    await dialog.getByRole('button', { name: '改放', exact: true }).click();
    await dialog.getByText('请填写改放理由').first().waitFor();
    expect(await allocator.look('re-place')).toEqual([]);
    await dialog.getByRole('textbox').fill('该中心两台节点检修，改在同城另一中心开通');
    await dialog.getByRole('button', { name: '改放', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row.getByText('已改放', { exact: true }).waitFor();
    await row.getByText('该中心两台节点检修', { exact: false }).waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    await allocator.goTo(`/resources/${machine.id}`);
    await page.getByText('该中心两台节点检修', { exact: false }).first().waitFor();
    expect(allocator.errors).toEqual([]);
    await allocator.leave();

    const narrow = await person('allocator', NARROW);
    await narrow.goTo('/tasks/replace');
    await narrow.page.getByText(SAID).first().waitFor();
    expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await narrow.look('re-place-narrow')).toEqual([]);
    await narrow.leave();
  }, 120_000);
});
