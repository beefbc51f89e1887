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
  machine = await inUse('ARM64');
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

/** A machine of arm64 is restarted for another size, one of amd64 gets it while it runs. */
async function inUse(architecture: 'AMD64' | 'ARM64'): Promise<{ id: string; name: string }> {
  const applicant = await console_.signIn('applicant');
  const draft = (await createDraft(applicant, await plainContent(applicant, 'center-a', architecture))).request;
  const page = applicant.subscribe(
    'subscription S($id: ID!) { requestChanged(id: $id) { request { state lines { resources { id name } } } } }',
    { id: draft.id },
  );
  await approveAll((await act(applicant, 'sendRequestForSignOff', draft)).request);
  const delivered = await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', 60_000);
  await page.stop();
  return delivered.data.requestChanged.request.lines[0].resources[0];
}

async function approveAll(sent: { id: string; version: number }): Promise<void> {
  let { request } = await act(await console_.signIn('head'), 'submitRequest', sent);
  for (const name of ['acceptance', 'reviewer', 'allocator'])
    ({ request } = await act(await console_.signIn(name), 'approveRequest', request));
}

describe('a change in a browser', () => {
  let requestId = '';

  it('is asked for from the machine’s page, with its difference and room, checked and sent', async () => {
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo(`/resources/${machine.id}`);
    await page.getByRole('button', { name: '变更', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '变更申请' }).waitFor();
    const bigger = await biggerOffer(machine.id);
    await applicant.find(page.getByLabel('变更后规格'), bigger);
    await page.getByLabel('变更后磁盘').fill('200');
    await page.getByLabel('变更原因').fill('业务量翻倍，CPU 长期高于 80%');
    await page.getByText('同意重启云主机').click();
    const panel = page.locator('.jy-preview');
    await panel.getByText('每月差额').first().waitFor();
    await panel.getByText('今天可以落位').first().waitFor();
    expect(await applicant.look('change-form')).toEqual([]);
    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByRole('heading', { name: '核对申请内容' }).waitFor();
    expect(await applicant.look('change-check')).toEqual([]);
    await page.getByRole('button', { name: '送本单位审签' }).click();
    await page.waitForURL(/\/requests\/(?!change)[^/]+$/);
    await page.getByRole('heading', { name: '变更明细' }).waitFor();
    await page.getByText('待批准').first().waitFor();
    requestId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    expect(await applicant.look('change-request')).toEqual([]);
    // Meanwhile it is neither changed nor released.
    await applicant.goTo(`/resources/${machine.id}`);
    await page.getByRole('button', { name: '变更', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: '释放', exact: true }).getAttribute('aria-disabled')).toBe('true');
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  });

  it('stands in the queue as a change, is carried out by the cluster, and closes', async () => {
    const head = await person('head', NARROW);
    await head.goTo('/approvals');
    await head.page.getByText('变更', { exact: true }).first().waitFor();
    await head.goTo(`/requests/${encodeURIComponent(requestId)}`);
    await head.page.getByRole('heading', { name: '变更明细' }).waitFor();
    expect(await head.look('change-request-narrow')).toEqual([]);
    const seen = await (await console_.signIn('head')).ask('query R($id: ID!) { request(id: $id) { id version } }', {
      id: requestId,
    });
    await approveAll(seen.data.request);
    await head.page.getByText('已完成').first().waitFor();
    const { page } = head;
    await head.goTo(`/resources/${machine.id}`);
    await page.getByText('变更已完成').first().waitFor();
    expect(head.errors).toEqual([]);
    await head.leave();
  });

  it('begins at the start page too, with the machines of a system', async () => {
    const applicant = await person('applicant', NARROW);
    const { page } = applicant;
    await applicant.goTo('/requests/new');
    await page.getByRole('link', { name: /^变更/ }).click();
    await page.getByRole('checkbox', { name: new RegExp(machine.name) }).check();
    expect(await applicant.look('change-choose-narrow')).toEqual([]);
    await page.getByRole('button', { name: '变更 1 项' }).click();
    await page.getByLabel('变更后规格').waitFor();
    expect(await applicant.look('change-form-narrow')).toEqual([]);
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  });

  it('asks for no restart where the machine grows while it runs, and does so', async () => {
    const live = await inUse('AMD64');
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo(`/requests/change?resources=${encodeURIComponent(live.id)}`);
    await applicant.find(page.getByLabel('变更后规格'), await biggerOffer(live.id));
    await page.getByLabel('变更原因').fill('CPU 长期高于 80%');
    await page
      .getByText(/^1 台云主机在线调整/)
      .first()
      .waitFor();
    expect(await page.getByText('同意重启云主机').count()).toBe(0);
    await page.locator('.jy-preview').getByText('今天可以落位').first().waitFor();
    expect(await applicant.look('change-live')).toEqual([]);
    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByText('不需要，在线调整').first().waitFor();
    await page.getByRole('button', { name: '送本单位审签' }).click();
    await page.waitForURL(/\/requests\/(?!change)[^/]+$/);
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    const client = await console_.signIn('head');
    await approveAll((await client.ask('query R($id: ID!) { request(id: $id) { id version } }', { id })).data.request);
    await applicant.goTo(`/resources/${live.id}`);
    await page.getByText('变更已完成').first().waitFor();
    await page
      .getByText(/在线迁移到/)
      .first()
      .waitFor();
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  });

  /** The next bigger size of the same architecture and family, by its name. */
  async function biggerOffer(id: string): Promise<string> {
    const { data } = await (await console_.signIn('applicant')).ask(
      'query O($id: ID!) { resource(id: $id) { vcpu memoryMib offer { architecture domesticCpu family } } catalog { offers { name architecture domesticCpu family vcpu memoryMib } } }',
      { id },
    );
    const { offer, vcpu, memoryMib } = data.resource;
    const found = data.catalog.offers
      .filter(
        (one: typeof offer & { vcpu: number; memoryMib: number }) =>
          one.architecture === offer.architecture &&
          one.domesticCpu === offer.domesticCpu &&
          one.vcpu > vcpu &&
          one.memoryMib > memoryMib,
      )
      .sort((a: { vcpu: number }, b: { vcpu: number }) => a.vcpu - b.vcpu);
    return found[0].name;
  }
});
