import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { InstalledServers } from '../../server/src/demonstration/installed-servers.js';
import { Strangers } from '../../server/src/demonstration/strangers.js';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { at, type ObjectKey } from '../../server/src/provisioning/domain/cluster-object.js';
import { ResourcesService } from '../../server/src/resources/resources.service.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { act, approveToEnd, createDraft, plainContent } from '../support/request-form.ts';
import { until } from '../support/until.ts';

/** What has no record is found by whole looks alone. */
const PACE_HERE = { resyncEveryMs: 3_000, besideEveryMs: 500 };
const CENTER_CODES = ['center-a', 'center-b', 'center-c'];

let console_: TestConsole;
let browser: Browser;
let machine: { id: string; name: string };

beforeAll(async () => {
  console_ = await startTestConsole({ worker: true, pace: PACE_HERE });
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
    await page.getByText('可用', { exact: true }).first().waitFor();
    expect(await applicant.look('operations-running')).toEqual([]);
    await does(applicant, '先关机');
    await page.getByText('已关机', { exact: true }).first().waitFor();
    await page.locator('button:not([aria-disabled=true])', { hasText: /^恢复$/ }).waitFor();
    await page.getByRole('button', { name: '恢复', exact: true }).click();
    expect(await applicant.look('operations-restore')).toEqual([]);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '恢复', exact: true }).click();
    await page.getByText('已从快照“升级 5.2 之前”恢复，请核对后开机').first().waitFor();
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
    await dialog
      .getByText(/^virtctl vnc /)
      .first()
      .waitFor();
    expect(await applicant.look('operations-console-narrow')).toEqual([]);
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
    await page.getByText('查看控制台接入方式').first().waitFor();
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
    await dialog.getByText('关机：1 / 1 台已受理').first().waitFor();
    expect(await head.look('operations-batch')).toEqual([]);
    expect(head.errors).toEqual([]);
    await head.leave();
  }, 120_000);
});

describe('a server that its cluster installs, in a browser', () => {
  const SERVER = `query { servers(first: 1, filter: { states: [IN_USE] }) {
    nodes { id assetNumber host { imageName } installableImages { name } } } }`;

  /** The tour's department has it as soon as it runs. */
  async function installed() {
    const applicant = await console_.signIn('applicant');
    const content = await plainContent(applicant);
    const { catalog } = await applicant.data(
      '{ catalog { serverOffers { id cpuMaker acceleratorCount cores architecture } } }',
    );
    const [offer] = catalog.serverOffers
      .filter(
        (one: { cpuMaker: string; acceleratorCount: number }) => one.cpuMaker === 'KUNPENG' && !one.acceleratorCount,
      )
      .toSorted((a: { cores: number }, b: { cores: number }) => a.cores - b.cores);
    const lines = content.lines.map((line) => ({ ...line, kind: 'SERVER', vm: null, server: { offerId: offer.id } }));
    const draft = (await createDraft(applicant, { ...content, lines })).request;
    const page = applicant.subscribe('subscription S($id: ID!) { requestChanged(id: $id) { request { state } } }', {
      id: draft.id,
    });
    const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
    const { request } = await act(await console_.signIn('head'), 'submitRequest', sent);
    // Its host has been inspected; before that it would become people's work.
    await console_.application.get(InstalledServers, { strict: false }).found();
    await approveToEnd((username) => console_.signIn(username), request);
    await page.until((e) => e.data?.requestChanged.request.state === 'DELIVERED', 60_000);
    await page.stop();
    const { servers } = await applicant.data(SERVER);
    return servers.nodes[0];
  }

  it('is installed anew with another image by its department, with reason and number, and runs it', async () => {
    const server = await installed();
    const other = server.installableImages.find(({ name }: { name: string }) => name !== server.host.imageName).name;
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo(`/servers/${server.id}`);
    const host = page.getByRole('region', { name: '裸金属主机' });
    await host.getByText(server.host.imageName).first().waitFor();
    await host.getByRole('button', { name: '重装系统' }).click();
    const dialog = page.getByRole('dialog');
    const send = () => dialog.getByRole('button', { name: '重装系统' }).click();
    await send();
    await dialog.getByText('请填写原因').first().waitFor();
    await dialog.getByText(`与资产编号 ${server.assetNumber} 不一致`).first().waitFor();
    await applicant.choose(dialog.getByRole('combobox', { name: '系统镜像' }), other);
    await dialog.getByLabel('原因').fill('换用与数据库相同的版本');
    await dialog.getByLabel('确认资产编号').fill(server.assetNumber);
    expect(await applicant.look('server-reimage')).toEqual([]);
    await send();
    await dialog.waitFor({ state: 'hidden' });
    await host.getByText(other).first().waitFor();
    await page.getByText(`重装系统为 ${other}：换用与数据库相同的版本`).first().waitFor();
    await page.getByText(`装机完成，已开机：${other}`).first().waitFor();
    await host.getByText('运行中', { exact: true }).first().waitFor();
    expect(await applicant.look('server-reimaged')).toEqual([]);
    expect(applicant.errors).toEqual([]);
    await applicant.leave();

    const narrow = await person('applicant', NARROW);
    await narrow.goTo(`/servers/${server.id}`);
    await narrow.page.locator('button:not([aria-disabled=true])', { hasText: /^重装系统$/ }).click();
    await narrow.page.getByRole('dialog').getByLabel('确认资产编号').waitFor();
    expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await narrow.look('server-reimage-narrow')).toEqual([]);
    await narrow.leave();
  }, 180_000);
});

describe('what others do in the clusters, in a browser', () => {
  let strangers: Strangers;
  let key: ObjectKey;
  let center: string;
  let code: string;

  beforeAll(async () => {
    strangers = new Strangers(
      CENTER_CODES.map((centerCode) => ({
        ...{ centerCode, kubeconfigPath: console_.kubeconfigPath, context: `${centerCode}-admin` },
      })),
    );
    const resources = console_.application.get(ResourcesService, { strict: false });
    const [row] = await resources.rows([uuidOf('Resource', machine.id) as string]);
    if (!row) throw new Error('it is not there');
    code = row.code;
    key = { kind: 'VirtualMachine', namespace: row.objectNamespace, name: row.objectName };
    const found = await Promise.all(CENTER_CODES.map((each) => strangers.get(each, key)));
    center = CENTER_CODES[found.findIndex((object) => object !== undefined)] as string;
  });
  afterAll(() => strangers?.close());

  const template =
    (...path: string[]) =>
    async () =>
      at(await strangers.get(center, key), 'spec', 'template', 'spec', ...path);

  it('is put back, accepted, known and let be by who answers for the place, and the cluster holds what they said', async () => {
    const memory = template('domain', 'memory', 'guest');
    const before = await memory();
    const edited = { domain: { memory: { guest: '64Gi' } }, evictionStrategy: 'None' };
    await strangers.edit(center, 'kubectl-edit', key, { spec: { template: { spec: edited } } });
    const stray = { ...key, name: 'nobodys' };
    const { apiVersion, spec } = (await strangers.get(center, key)) as { apiVersion: string; spec: object };
    const halted = { ...spec, runStrategy: 'Halted' };
    const metadata = { namespace: stray.namespace as string, name: stray.name };
    await strangers.make(center, 'kubectl-create', { apiVersion, kind: 'VirtualMachine', metadata, spec: halted });

    const facility = await person('facility');
    const { page } = facility;
    const decides = async (row: string, act: string, reason: string) => {
      const line = page.getByRole('row').filter({ hasText: row }).first();
      await line.getByRole('button', { name: new RegExp(act) }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('原因').fill(reason);
      await dialog.getByRole('button', { name: act, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    };

    await facility.goTo('/clusters');
    await page.getByRole('heading', { name: '集群健康' }).waitFor();
    await facility.goTo(`/drift?search=${encodeURIComponent('kubectl-edit')}`);
    await page.getByText('memory.guest').first().waitFor();
    expect(await facility.look('drift')).toEqual([]);
    await decides('memory.guest', '恢复', '规格须经变更申请');
    await decides('evictionStrategy', '暂时接受', '存储割接期间不迁移');
    await until('the memory is back', async () => (await memory()) === before);
    expect(await template('evictionStrategy')()).toBe('None');
    await page.getByRole('link', { name: code }).first().click();
    await page.getByRole('heading', { name: machine.name, exact: true }).waitFor();

    await facility.goTo('/quarantine?search=nobodys');
    await decides('nobodys', '知悉', '迁移组临时机');
    await page.getByText('已知悉').first().waitFor();
    expect(await facility.look('quarantine')).toEqual([]);
    expect(at(await strangers.get(center, stray), 'spec', 'runStrategy')).toBe('Halted');

    await facility.goTo('/hosts?search=new-rack');
    await page.getByText('JY9007X540312').first().waitFor();
    expect(await facility.look('hosts')).toEqual([]);
    await decides('new-rack', '不再提示', '厂商借测');
    await page.getByText('厂商借测').first().waitFor();

    await facility.goTo(`/tasks?search=${encodeURIComponent(machine.name)}`);
    await page.getByRole('link', { name: machine.name }).first().click();
    await page.getByRole('heading', { name: machine.name, exact: true }).waitFor();
    expect(facility.errors).toEqual([]);
    await facility.leave();
  }, 180_000);
});
