import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { openBrowser, Person } from '../support/browser.ts';
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

const person = async (username: string): Promise<Person> => {
  const arrived = await Person.arrive(browser, console_.url);
  await arrived.signIn(username, DEMONSTRATION_PASSWORD);
  return arrived;
};
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

describe('papers of a request in a browser', () => {
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
    await dialog.getByText('盖章件.pdf').waitFor();
    await dialog.getByPlaceholder('XXXX-XXXX').fill(code ?? '');
    await dialog.getByRole('button', { name: '上传', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const scans = page.getByRole('list', { name: '盖章扫描件' });
    await scans.getByText('有效').waitFor();
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
    await dialog.getByText('首次登录须修改口令').waitFor();
    const password = await dialog.locator('.jy-secret').textContent();
    expect(password?.length).toBeGreaterThan(10);
    expect(await someone.look('delivery-revealed')).toEqual([]);
    await dialog.getByRole('button', { name: '已记下，关闭' }).click();
    await page.reload();
    await page.getByText(/初始口令已由 陈晓舟 领取/).waitFor();
    expect(await page.getByRole('button', { name: '领取初始口令' }).count()).toBe(0);
    expect(await page.content()).not.toContain(password ?? '');
    expect(await someone.look('delivery-panel')).toEqual([]);
    await page.getByRole('button', { name: '确认开通' }).click();
    await dialog.getByRole('button', { name: '确认开通' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/陈晓舟 确认于/).waitFor();
    expect(someone.errors).toEqual([]);
    await someone.leave();
  }, 180_000);
});
