import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { act, createDraft, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let browser: Browser;
let machine: { id: string; name: string };

beforeAll(async () => {
  console_ = await startTestConsole({ worker: true });
  browser = await openBrowser();
  machine = await inUse();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

const person = async (username: string, viewport?: typeof NARROW): Promise<Person> => {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
};

/** A machine of the tour's department that was asked for, approved and has come up in its simulated cluster. */
async function inUse(): Promise<{ id: string; name: string }> {
  const [applicant, head] = [await console_.signIn('applicant'), await console_.signIn('head')];
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  const page = applicant.subscribe(
    'subscription S($id: ID!) { requestChanged(id: $id) { request { state lines { resources { id name } } } } }',
    { id: draft.id },
  );
  const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
  let { request } = await act(head, 'submitRequest', sent);
  for (const name of ['acceptance', 'reviewer', 'allocator'])
    ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
  const delivered = await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', 60_000);
  await page.stop();
  return delivered.data.requestChanged.request.lines[0].resources[0];
}

async function fillAndConfirm(someone: Person, press: string, text?: string): Promise<void> {
  const dialog = someone.page.getByRole('dialog');
  if (text !== undefined) await dialog.getByRole('textbox').first().fill(text);
  await dialog.getByRole('button', { name: press }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('the life after delivery in a browser', () => {
  it('releases a machine into the bin and takes it out again', async () => {
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo(`/resources/${machine.id}`);
    await page.getByRole('heading', { name: '使用期限' }).waitFor();
    expect(await applicant.look('life-resource')).toEqual([]);
    await page.getByRole('button', { name: '释放', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('释放原因').fill('系统下线');
    await dialog.getByLabel('确认名称').fill(machine.name);
    await dialog.getByRole('button', { name: '释放', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    // The worker stops it, and the page says so by itself.
    await page.getByText('已停机：在回收站中').first().waitFor();
    await applicant.goTo('/terms/bin');
    await page.getByRole('link', { name: machine.name, exact: true }).first().waitFor();
    expect(await applicant.look('life-bin')).toEqual([]);
    await page
      .getByRole('button', { name: `恢复 ${machine.name}` })
      .first()
      .click();
    await fillAndConfirm(applicant, '恢复');
    await applicant.goTo(`/resources/${machine.id}`);
    await page.getByText('运行中', { exact: true }).first().waitFor();
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  }, 180_000);

  it('carries a reclaim case from evidence through objection to the bin, by three people', async () => {
    const allocator = await person('allocator');
    await allocator.goTo(`/resources/${machine.id}`);
    await allocator.page.getByRole('button', { name: '发起闲置回收' }).click();
    await allocator.page.getByRole('textbox', { name: '闲置依据' }).fill('连续 30 天 CPU 平均利用率低于 2%');
    await allocator.page.getByPlaceholder('指标名称').fill('CPU 利用率');
    await allocator.page.getByPlaceholder('数值').fill('1.2 %');
    expect(await allocator.look('reclaim-new')).toEqual([]);
    await allocator.page.getByRole('button', { name: '发起并告知' }).click();
    await allocator.page.getByText('等待使用单位答复').first().waitFor();
    const address = new URL(allocator.page.url()).pathname;
    await allocator.leave();

    const head = await person('head', NARROW);
    // From the list: one reason for all that are ticked.
    await head.goTo('/reclaim-cases');
    await head.page
      .getByRole('checkbox', { name: /^选择 HS-/ })
      .first()
      .check();
    await head.page.getByRole('button', { name: '提出异议 1' }).click();
    const dialog = head.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '提出异议' }).click();
    await dialog.getByText('请填写理由').first().waitFor();
    await dialog.getByRole('textbox').fill('下月启用新模块');
    expect(await head.look('reclaim-answer-narrow')).toEqual([]);
    await dialog.getByRole('button', { name: '提出异议' }).click();
    await dialog.getByText('1 个案件中 1 个已答复。').first().waitFor();
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    await head.goTo(address);
    await head.page.getByText('等待大数据中心决定').first().waitFor();
    expect(await head.look('reclaim-narrow')).toEqual([]);
    await head.leave();

    const reviewer = await person('reviewer');
    await reviewer.goTo(address);
    await reviewer.page.getByText('下月启用新模块').first().waitFor();
    await reviewer.page.getByRole('button', { name: '决定收回' }).click();
    await fillAndConfirm(reviewer, '决定收回', '核实后仍长期闲置');
    await reviewer.page.getByText('资源在回收站中').first().waitFor();
    expect(await reviewer.look('reclaim-decided')).toEqual([]);
    await reviewer.goTo('/reclaim-cases');
    await reviewer.page.getByText('已收回').first().waitFor();
    expect(await reviewer.look('reclaim-list')).toEqual([]);
    await reviewer.goTo('/terms/rules');
    await reviewer.page.getByText('回收站保留天数').first().waitFor();
    expect(await reviewer.look('life-rules')).toEqual([]);
    expect(reviewer.errors).toEqual([]);
    await reviewer.leave();
  }, 180_000);
});
