import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

/** As a person finds it by its label, in whichever dialog is open. */
async function choose({ page }: Person, label: string, text: string, typed = ''): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.type(typed);
  await page.locator('.ant-select-item-option:visible').filter({ hasText: text }).first().click();
}

const CENTER = 'center-a';
const OLD = { namespace: 'legacy-rst', name: 'rst-web-01' };
const MORE = ['rst-app-01', 'rst-app-02'];

let console_: TestConsole;
let browser: Browser;
let clusters: ClusterRegistry;
let cluster: ClusterGateway;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false, worker: true });
  clusters = new ClusterRegistry([{ centerCode: CENTER, kubeconfigPath: console_.kubeconfigPath, context: CENTER }]);
  cluster = clusters.of(CENTER) as ClusterGateway;
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await clusters?.close();
  await console_?.close();
});

/** Somebody made it beside the console, long ago. */
async function makeOldMachine(name = OLD.name): Promise<void> {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: OLD.namespace } });
  const domain = { cpu: { cores: 8 }, memory: { guest: '16Gi' }, devices: {} };
  await cluster.apply({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { ...OLD, name },
    spec: { runStrategy: 'Halted', template: { spec: { domain } } },
  });
}

describe('intake in a browser', () => {
  it('finds what runs beside the books, takes it in by two people, and shows it observed', async () => {
    await makeOldMachine();
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    const row = page.getByRole('row', { name: `${OLD.namespace}/${OLD.name}` });
    // The worker writes down what it sees some seconds later; the page is opened until it shows it.
    await engineer.goTo('/intake');
    await page.getByRole('heading', { level: 1, name: '存量纳管' }).waitFor();
    while ((await row.count()) === 0) {
      await page.reload();
      await page
        .getByText(/共 \d+ 条|集群中没有未登记的虚拟机/)
        .first()
        .waitFor();
    }
    expect(await engineer.look('intake-reconcile')).toEqual([]);

    await row.getByRole('button', { name: '纳管' }).click();
    await page.getByRole('button', { name: '提交批准' }).click();
    await page.getByText('请填写').first().waitFor();
    await choose(engineer, '政务信息系统', 'XT-RST-001', 'XT-RST-001');
    await choose(engineer, '资源池', 'a-');
    await page.getByLabel('启用日期').fill('2023-05-01');
    await page.getByLabel('原平台').fill('VMware vSphere 6.7');
    expect(await engineer.look('intake-take')).toEqual([]);
    await page.getByRole('button', { name: '提交批准' }).click();
    await page.getByText(`已提交纳管 ${OLD.name}`).first().waitFor();
    // It waits: what stands there leads to its batch, and it cannot be chosen again.
    await row.getByRole('link', { name: /^已在 NG-\d{4}-\d{6}，待批准$/ }).waitFor();
    expect(await row.getByRole('button', { name: '纳管' }).count()).toBe(0);
    expect(await row.getByRole('checkbox').isDisabled()).toBe(true);
    expect(await engineer.look('intake-waits')).toEqual([]);
    await engineer.goTo('/intake/batches');
    await page.getByRole('link', { name: /^NG-/ }).click();
    // Whoever prepared it may withdraw it and not approve it.
    await page.getByRole('button', { name: '撤回' }).waitFor();
    expect(await page.getByRole('button', { name: '批准入账' }).count()).toBe(0);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();

    const reviewer = await Person.arrive(browser, console_.url);
    await reviewer.enter('reviewer');
    await reviewer.goTo('/intake/batches');
    await reviewer.page.getByRole('link', { name: /^NG-/ }).click();
    await reviewer.page.getByRole('button', { name: '批准入账' }).click();
    expect(await reviewer.look('intake-approve')).toEqual([]);
    await reviewer.page.getByRole('dialog').getByRole('button', { name: '批准入账' }).click();
    await reviewer.page.getByRole('link', { name: OLD.name }).click();
    await reviewer.page.getByRole('heading', { level: 1, name: OLD.name }).waitFor();
    await reviewer.page.getByText('未运行（只读纳管）').first().waitFor();
    await reviewer.page.getByText('启用时间（期初）').first().waitFor();
    expect(await reviewer.look('intake-resource')).toEqual([]);
    expect(reviewer.errors).toEqual([]);
    await reviewer.leave();
    const object = await cluster.get({ kind: 'VirtualMachine', ...OLD });
    expect(object?.metadata.labels?.['jiyun.internal/resource']).toBeUndefined();

    const narrow = await Person.arrive(browser, console_.url, NARROW);
    await narrow.enter('facility');
    for (const path of ['/intake', '/intake/differences', '/intake/batches']) {
      await narrow.goTo(path);
      await narrow.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
      expect(await narrow.look(`intake-narrow${path.replaceAll('/', '-')}`)).toEqual([]);
    }
    await narrow.leave();
  }, 180_000);

  it('takes in several machines together with a day of their own, and says beforehand what approval would refuse', async () => {
    for (const name of MORE) await makeOldMachine(name);
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/intake');
    const boxes = page.getByRole('checkbox', { name: /rst-app-0/ });
    await page.getByRole('heading', { level: 1, name: '存量纳管' }).waitFor();
    while ((await boxes.count()) < MORE.length) {
      await page.reload();
      await page
        .getByText(/共 \d+ 条|集群中没有未登记的虚拟机/)
        .first()
        .waitFor();
    }
    for (const box of await boxes.all()) await box.check();
    await page.getByRole('button', { name: `纳管所选（${MORE.length}）` }).click();
    await choose(engineer, '政务信息系统', 'XT-RST-001', 'XT-RST-001');
    await choose(engineer, '资源池', 'a-');
    await page.getByLabel('原平台').fill('VMware vSphere 6.7');
    await page.getByRole('button', { name: '提交批准' }).click();
    await page.getByText('请填写').first().waitFor();
    await page.getByLabel('统一启用日期').fill('2023-05-01');
    await page.getByRole('dialog').getByLabel(`${OLD.namespace}/${MORE[1]}`).fill('2022-02-02');
    expect(await engineer.look('intake-take-many')).toEqual([]);
    await page.getByRole('button', { name: '提交批准' }).click();
    await page.getByText(`已提交纳管 ${MORE.length} 台`).first().waitFor();
    await page.getByRole('button', { name: '纳管所选（0）' }).waitFor();

    // Whose price is gone meanwhile: the page says so before anybody presses.
    await console_.test.db.query("update price_item set meter = concat('NOT-', meter) where meter like 'VCPU%'");
    await engineer.goTo('/intake/batches');
    await page.getByRole('link', { name: /^NG-/ }).first().click();
    await page.getByRole('heading', { name: '批准前须解决（2）' }).waitFor();
    await page.getByRole('cell', { name: '2022-02-02' }).waitFor();
    expect(await engineer.look('intake-objections')).toEqual([]);
    await console_.test.db.query("update price_item set meter = substr(meter, 5) where meter like 'NOT-VCPU%'");
    await page.reload();
    await page.getByRole('cell', { name: '2022-02-02' }).waitFor();
    expect(await page.getByRole('heading', { name: /批准前须解决/ }).count()).toBe(0);

    // What is taken in is marked in the list of resources, and can be asked for.
    await engineer.goTo('/resources');
    await page.getByRole('button', { name: '期初纳管' }).click();
    await page.getByRole('link', { name: OLD.name }).waitFor();
    await page.getByText('期初', { exact: true }).first().waitFor();
    expect(await engineer.look('resources-taken-in')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 180_000);
});
