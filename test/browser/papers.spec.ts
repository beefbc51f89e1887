import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { EditionsService } from '../../server/src/approvals/editions.service.js';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { viewerWith } from '../support/application.ts';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { act, approveToEnd, createDraft, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let browser: Browser;
let applicant: ConsoleClient;

beforeAll(async () => {
  console_ = await startTestConsole({ worker: true });
  browser = await openBrowser();
  applicant = await console_.signIn('applicant');
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
const LETTER = { name: '关于扩容的函.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
const SCAN = { name: '盖章件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };

/** A request of the tour's department whose machine has come up in its simulated cluster. */
async function delivered(): Promise<string> {
  const head = await console_.signIn('head');
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  const page = applicant.subscribe('subscription S($id: ID!) { requestChanged(id: $id) { request { state } } }', {
    id: draft.id,
  });
  const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
  const { request } = await act(head, 'submitRequest', sent);
  await approveToEnd((username) => console_.signIn(username), request);
  await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', 60_000);
  await page.stop();
  return draft.id;
}

/** The next requests are taken in with the sealed form only: a second edition of the chains. */
async function wantSeals(): Promise<void> {
  const editions = console_.application.get(EditionsService, { strict: false });
  const [drafter, publisher] = [viewerWith(['CLOUD_AUTHORITY'], null), viewerWith(['SECURITY_ADMINISTRATOR'], null)];
  const { content } = await editions.inForce();
  const begun = await editions.begin(drafter, '受理须有盖章件', newId());
  if (!begun.ok) throw new Error(JSON.stringify(begun.error));
  const wish = (expectedVersion: number) => ({ id: begun.value.id, expectedVersion, idempotencyKey: newId() });
  const chains = content.chains.map((chain) => ({
    ...chain,
    steps: chain.steps.map((step) => (step.key === 'acceptance' ? { ...step, needsSeal: true } : step)),
  }));
  const saved = await editions.save(drafter, wish(1), { note: '受理须有盖章件', content: { ...content, chains } });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  const published = await editions.publish(publisher, wish(2));
  if (!published.ok) throw new Error(JSON.stringify(published.error));
}

describe('papers of a request in a browser', () => {
  it('have letters and plans beside them, which their department adds and takes back until they are sent', async () => {
    const { request } = await createDraft(applicant, await plainContent(applicant));
    const someone = await person('applicant');
    const { page } = someone;
    await someone.goTo(`/requests/${request.id}`);
    const panel = page.getByRole('region', { name: '随表材料' });
    const dialog = page.getByRole('dialog');
    await panel.getByText('还没有材料', { exact: false }).waitFor();
    const add = async (kind: string | null, ...names: string[]) => {
      await panel.getByRole('button', { name: '添加材料' }).click();
      if (kind !== null) await someone.choose(dialog.getByRole('combobox', { name: '材料类别' }), kind);
      for (const name of names) {
        await dialog.locator('input[type=file]').setInputFiles({ ...LETTER, name });
        await dialog.getByText(name).first().waitFor();
      }
      await dialog.getByRole('button', { name: '添加材料' }).click();
      await dialog.waitFor({ state: 'hidden' });
    };
    await panel.getByRole('button', { name: '添加材料' }).click();
    await dialog.getByRole('button', { name: '添加材料' }).click();
    await dialog.getByText('请选择文件').first().waitFor();
    expect(await someone.look('attachments-refused')).toEqual([]);
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await add(null, LETTER.name);
    await add('技术方案', '技术方案.pdf', '拓扑图.pdf');
    for (const name of [LETTER.name, '技术方案.pdf', '拓扑图.pdf']) await panel.getByRole('link', { name }).waitFor();
    expect(await panel.getByText('技术方案', { exact: true }).count()).toBe(2);
    expect(await someone.look('attachments')).toEqual([]);
    const file = await page.request.get(
      `${console_.url}${await panel.getByRole('link', { name: LETTER.name }).getAttribute('href')}`,
    );
    expect([file.status(), (await file.body()).equals(LETTER.buffer)]).toEqual([200, true]);
    await panel.getByRole('button', { name: '撤下 拓扑图.pdf' }).click();
    await panel.getByRole('link', { name: '拓扑图.pdf' }).waitFor({ state: 'detached' });
    expect(someone.errors).toEqual([]);
    await someone.leave();

    // Once it is sent they stand as they are, for everybody who reads it.
    const [version] = await console_.test.db.query('select version from request where id = ?', [
      uuidOf('Request', request.id),
    ]);
    await act(applicant, 'sendRequestForSignOff', { id: request.id, version: version.version });
    const head = await person('head', NARROW);
    await head.goTo(`/requests/${request.id}`);
    const there = head.page.getByRole('region', { name: '随表材料' });
    await there.getByRole('link', { name: '技术方案.pdf' }).waitFor();
    expect(await there.getByRole('button').count()).toBe(0);
    expect(await head.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await head.look('attachments-narrow')).toEqual([]);
    expect(head.errors).toEqual([]);
    await head.leave();
  }, 180_000);

  it('are printed, sealed, sent, and void once the request says something else', async () => {
    const content = await plainContent(applicant);
    const { request } = await createDraft(applicant, content);
    const someone = await person('applicant');
    const { page } = someone;
    await someone.goTo(`/requests/${request.id}`);
    const [printed] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '打印申请表' }).click(),
    ]);
    expect(printed.suggestedFilename()).toMatch(/_第1版\.pdf$/);
    await page.reload();
    const code = (
      await page
        .getByText(/校验码 ?[0-9A-F]{4}-[0-9A-F]{4}/)
        .first()
        .textContent()
    )?.match(/[0-9A-F]{4}-[0-9A-F]{4}/)?.[0];
    await page.getByRole('button', { name: '上传盖章扫描件' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles(SCAN);
    await dialog.getByText('盖章件.pdf').first().waitFor();
    await dialog.getByPlaceholder('XXXX-XXXX').fill(code ?? '');
    await dialog.getByRole('button', { name: '上传', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const scans = page.getByRole('list', { name: '盖章扫描件' });
    await scans.getByText('有效').first().waitFor();
    expect(await someone.look('papers-valid')).toEqual([]);
    await applicant.data(
      'mutation E($input: UpdateRequestDraftInput!) { updateRequestDraft(input: $input) { errors { message } } }',
      {
        input: {
          id: request.id,
          idempotencyKey: newId(),
          expectedVersion: 1,
          content: { ...content, lines: content.lines.map((line) => ({ ...line, count: 2 })) },
        },
      },
    );
    await page.reload();
    await scans.getByText('作废').first().waitFor();
    expect(await someone.look('papers-void')).toEqual([]);
    // Where a step wants the sealed form, its refusal leads to the dialog that is open on arrival.
    await someone.goTo(`/requests/${request.id}?put=papers`);
    await dialog.getByPlaceholder('XXXX-XXXX').waitFor();
    expect(someone.errors).toEqual([]);
    await someone.leave();
  }, 180_000);

  it('hand a machine over: its password is shown once, then the delivery is confirmed', async () => {
    const id = await delivered();
    const someone = await person('applicant');
    const { page } = someone;
    await someone.goTo('/delivery-sheets?states=AWAITING');
    await page.getByText('待使用单位确认').first().waitFor();
    expect(await someone.look('delivery-list')).toEqual([]);
    await someone.goTo(`/requests/${id}`);
    await page.getByRole('button', { name: '领取初始口令' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '显示口令' }).click();
    await dialog.getByText('首次登录须修改口令').first().waitFor();
    const password = await dialog.locator('.jy-secret').textContent();
    expect(password?.length).toBeGreaterThan(10);
    expect(await someone.look('delivery-revealed')).toEqual([]);
    await dialog.getByRole('button', { name: '已记下，关闭' }).click();
    await page.reload();
    await page
      .getByText(/初始口令已由 陈晓舟 领取/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: '领取初始口令' }).count()).toBe(0);
    expect(await page.content()).not.toContain(password ?? '');
    expect(await someone.look('delivery-panel')).toEqual([]);
    await page.getByRole('button', { name: '确认开通' }).click();
    await dialog.getByRole('button', { name: '确认开通' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page
      .getByText(/陈晓舟 确认于/)
      .first()
      .waitFor();
    expect(someone.errors).toEqual([]);
    await someone.leave();
  }, 180_000);

  it('are taken in by a desk that wants the seal only once the sealed scan is there', async () => {
    await wantSeals();
    const draft = (await createDraft(applicant, await plainContent(applicant))).request;
    const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
    const { code } = (await act(await console_.signIn('head'), 'submitRequest', sent)).request;
    const desk = await person('acceptance');
    const approve = async () => {
      await desk.page.getByRole('button', { name: '同意', exact: true }).first().click();
      await desk.page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
    };
    await desk.goTo(`/requests/${draft.id}`);
    await approve();
    await desk.page
      .getByRole('dialog')
      .getByText(/本环节须有盖章申请表/)
      .first()
      .waitFor();
    expect(await desk.look('seal-wanted')).toEqual([]);

    // Its department finds the paper in the list of those that wait; the code is read off what was printed.
    const someone = await person('applicant');
    const { page } = someone;
    await someone.goTo('/waiting-papers');
    const row = page.getByRole('row').filter({ hasText: code });
    await row.getByText('申请表', { exact: true }).waitFor();
    const [printed] = await Promise.all([
      page.waitForEvent('download'),
      row.getByRole('link', { name: `打印 ${code}` }).click(),
    ]);
    expect(printed.suggestedFilename()).toMatch(/_第1版\.pdf$/);
    await row.getByRole('link', { name: `上传 ${code} 的盖章扫描件` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByPlaceholder('XXXX-XXXX').waitFor();
    const check = (
      await page
        .getByText(/校验码 ?[0-9A-F]{4}-[0-9A-F]{4}/)
        .first()
        .textContent()
    )?.match(/[0-9A-F]{4}-[0-9A-F]{4}/)?.[0];
    await dialog.locator('input[type=file]').setInputFiles(SCAN);
    await dialog.getByText(SCAN.name).first().waitFor();
    await dialog.getByPlaceholder('XXXX-XXXX').fill(check ?? '');
    await dialog.getByRole('button', { name: '上传', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('list', { name: '盖章扫描件' }).getByText('有效').first().waitFor();
    await someone.goTo(`/waiting-papers?search=${code}`);
    await page.getByText('没有符合条件的记录').first().waitFor();
    expect(someone.errors).toEqual([]);
    await someone.leave();

    await desk.page.reload();
    await approve();
    await desk.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await desk.page.getByText('盖章件有效').first().waitFor();
    // The next desk has it.
    await desk.page.getByRole('button', { name: '同意', exact: true }).waitFor({ state: 'detached' });
    expect(desk.errors).toEqual([]);
    await desk.leave();
  }, 180_000);
});
