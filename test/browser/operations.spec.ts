import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
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
  await arrived.signIn(username, DEMONSTRATION_PASSWORD);
  return arrived;
};

/** A machine of the tour's department that has come up in its simulated cluster. */
async function inUse(): Promise<{ id: string; name: string }> {
  const applicant = await console_.signIn('applicant');
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  const page = applicant.subscribe(
    'subscription S($id: ID!) { requestChanged(id: $id) { request { state lines { resources { id name } } } } }',
    { id: draft.id },
  );
  let { request } = await act(applicant, 'sendRequestForSignOff', draft);
  ({ request } = await act(await console_.signIn('head'), 'submitRequest', request));
  for (const name of ['acceptance', 'reviewer', 'allocator'])
    ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
  const delivered = await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', 60_000);
  await page.stop();
  return delivered.data.requestChanged.request.lines[0].resources[0];
}

/** Presses, fills in what the dialog asks for, and presses again. */
async function does({ page }: Person, name: string, filled: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  for (const [label, text] of Object.entries(filled)) await dialog.getByLabel(label).fill(text);
  await dialog.getByRole('button', { name: name === '先关机' ? '关机' : name, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('what is done to a machine that runs, in a browser', () => {
  it('takes a snapshot, stops the machine, restores it and starts it again', async () => {
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo(`/resources/${machine.id}`);
    await page.getByRole('heading', { name: '快照' }).waitFor();
    await does(applicant, '创建快照', { 快照名称: '升级 5.2 之前' });
    await page.getByText('可用', { exact: true }).waitFor();
    expect(await applicant.look('operations-running')).toEqual([]);
    await does(applicant, '先关机');
    await page.getByText('已关机', { exact: true }).first().waitFor();
    await page.locator('button:not([aria-disabled=true])', { hasText: /^恢复$/ }).waitFor();
    await page.getByRole('button', { name: '恢复', exact: true }).click();
    expect(await applicant.look('operations-restore')).toEqual([]);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '恢复', exact: true }).click();
    await page.getByText('已从快照“升级 5.2 之前”恢复，请核对后开机').waitFor();
    await does(applicant, '开机');
    await page.getByText('运行中', { exact: true }).first().waitFor();
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  }, 180_000);

  it('shows the way to the console, and what the center did with its reason, on a telephone', async () => {
    const duty = await person('duty');
    await duty.goTo(`/resources/${machine.id}`);
    await does(duty, '重启', { 原因: '主机内核故障处置' });
    await duty.leave();
    const applicant = await person('applicant', NARROW);
    const { page } = applicant;
    await applicant.goTo(`/resources/${machine.id}`);
    await page.getByText('主机内核故障处置').first().waitFor();
    await page.locator('button:not([aria-disabled=true])', { hasText: /^控制台$/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '显示接入方式' }).click();
    await dialog.getByText(/^virtctl vnc /).waitFor();
    expect(await applicant.look('operations-console-narrow')).toEqual([]);
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
    await page.getByText('查看控制台接入方式').waitFor();
    expect(await applicant.look('operations-narrow')).toEqual([]);
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  }, 120_000);

  it('stops several from the list, and says of each whether it went', async () => {
    const head = await person('head');
    const { page } = head;
    await head.goTo(`/resources?search=${encodeURIComponent(machine.name)}`);
    await page.getByRole('checkbox', { name: new RegExp(machine.name) }).check();
    await page.getByRole('button', { name: /^关机 1 台$/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '关机', exact: true }).click();
    await dialog.getByText('关机：1 / 1 台已受理').waitFor();
    expect(await head.look('operations-batch')).toEqual([]);
    expect(head.errors).toEqual([]);
    await head.leave();
  }, 120_000);
});
