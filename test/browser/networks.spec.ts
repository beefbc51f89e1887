import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { IntakeDesk } from '../support/intake-desk.ts';

/** The demonstration's own network of center A, for the addresses that machines have. */
const OLD_NETWORK = 'a-extranet-app';
const SYSTEM = 'XT-RST-001';
/** What the test draws itself: nobody else's numbers. */
const NEW = { code: 'a-test-app', name: '试验网', ipv4: '10.77.0.0/24', ipv6: '2001:db8:77::/64' };
/** After gateway and reserved range. */
const NEXT = ['10.77.0.10', '2001:db8:77::2'] as const;

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

const fits = (person: Person, width: number): Promise<boolean> =>
  person.page.evaluate((most) => document.documentElement.scrollWidth <= most, width);

describe('networks in a browser', () => {
  let path = '';

  it('go from a prefix to an address in use and to its rest, and say at the field what cannot be', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    const dialog = page.getByRole('dialog');
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const fill = (label: string, value: string) => page.getByLabel(label).first().fill(value);
    const refused = (text: string) => page.getByText(text).nth(1).waitFor();

    await engineer.goTo('/networks');
    await page.getByRole('link', { name: OLD_NETWORK }).waitFor();
    expect(await engineer.look('networks')).toEqual([]);
    // One family only is found by its filter, and marked.
    await engineer.choose(page.getByRole('combobox', { name: '地址族' }), '仅 IPv4');
    await page.getByText('共 4 条').first().waitFor();
    expect(new URL(page.url()).searchParams.get('stack')).toBe('IPV4_ONLY');
    expect(await page.getByRole('table').getByText('仅 IPv4').count()).toBe(4);

    await press('新建网络');
    // The form's own button has the same name as the list's, which stands until the form's page has come.
    await page.getByRole('heading', { level: 1, name: '新建网络' }).waitFor();
    await press('新建网络');
    await page.getByText('请选择数据中心').first().waitFor();
    await engineer.choose(page.getByRole('combobox', { name: '数据中心' }), '（A）');
    await fill('编码', NEW.code);
    await fill('名称', NEW.name);
    await fill('VLAN', '777');
    await fill('IPv4 前缀', '10.20.1.0/24');
    await fill('单栈原因', '先试一种');
    await press('新建网络');
    await refused(`与同中心同区域的网络 ${OLD_NETWORK} 重叠`);
    await fill('IPv4 前缀', NEW.ipv4);
    await fill('IPv4 网关', '10.77.0.1');
    await fill('IPv6 前缀', NEW.ipv6);
    await fill('IPv6 网关', '2001:db8:77::1');
    // With both there is nothing to give a reason for.
    expect(await page.getByLabel('单栈原因').count()).toBe(0);
    await press('增加保留段');
    await fill('起始地址', '10.77.0.2');
    await fill('结束地址', '10.78.0.9');
    await fill('用途', '网络设备');
    await press('新建网络');
    await refused('保留段须在前缀之内，且起始不大于结束');
    expect(await engineer.look('network-new-refused')).toEqual([]);
    await fill('结束地址', '10.77.0.9');
    await press('新建网络');
    await page.getByRole('heading', { level: 1, name: NEW.name }).waitFor();
    await page.getByText('没有占用的地址').first().waitFor();
    path = new URL(page.url()).pathname;

    // The next free one of each family, for a system that is found by its number.
    const claim = async (): Promise<void> => {
      await dialog.getByLabel('使用者', { exact: true }).click();
      await page.keyboard.type(SYSTEM);
      await page.locator('.ant-select-item-option:visible').filter({ hasText: SYSTEM }).first().click();
      await dialog.getByLabel('用途').fill('前置机浮动地址');
      await dialog.getByRole('button', { name: '分配地址' }).click();
    };
    await page.getByRole('button', { name: '分配地址' }).first().click();
    await dialog.getByRole('button', { name: '分配地址' }).click();
    await dialog.getByText('请选择地址的使用者').first().waitFor();
    expect(await engineer.look('address-claim')).toEqual([]);
    await claim();
    await page
      .getByText(`已分配 ${NEXT.join('、')}`)
      .first()
      .waitFor();
    await dialog.waitFor({ state: 'hidden' });
    for (const address of NEXT) {
      const row = page.getByRole('row', { name: address });
      await row.getByText('已用').first().waitFor();
      await row.getByText(SYSTEM).first().waitFor();
    }
    expect(await engineer.look('network')).toEqual([]);

    // By name: somebody has it.
    await page.getByRole('button', { name: '分配地址' }).first().click();
    await dialog.getByLabel('指定地址').check();
    await dialog.getByLabel('地址', { exact: true }).fill(NEXT[0]);
    await claim();
    await refused(`${NEXT[0]} 已被占用或在隔离期`);
    await page.keyboard.press('Escape');

    // Nor is the network drawn anew over what is in use.
    await press('修改');
    await page.getByRole('heading', { level: 1, name: `修改 ${NEW.name}` }).waitFor();
    await fill('结束地址', NEXT[0]);
    await press('保存');
    await page.getByText(`地址 ${NEXT[0]} 正在使用或隔离中`).first().waitFor();
    await fill('结束地址', '10.77.0.8');
    await press('保存');
    await page.getByText('10.77.0.2 – 10.77.0.8').first().waitFor();

    await press(`释放 ${NEXT[0]}`);
    await dialog.getByText('释放后隔离 7 天').first().waitFor();
    expect(await engineer.look('address-release')).toEqual([]);
    await dialog.getByRole('button', { name: '释放', exact: true }).click();
    await page.getByText(`已释放 ${NEXT[0]}，隔离 7 天后可再分配`).first().waitFor();
    const rests = page.getByRole('row', { name: NEXT[0] });
    await rests.getByText('隔离中').first().waitFor();
    await rests
      .getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
      .first()
      .waitFor();
    expect(await rests.getByRole('button').count()).toBe(0);

    // The map says the same, is walked by keys, and leads from a free address to its claim.
    await press('地址图');
    const map = page.getByRole('grid', { name: '地址图 10.77.0.0 至 10.77.0.255' });
    await map.getByRole('gridcell', { name: `${NEXT[0]} 隔离中` }).waitFor();
    expect(await engineer.look('address-map')).toEqual([]);
    await map.getByRole('gridcell', { name: '10.77.0.0 首末地址' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    expect(await dialog.getByLabel('地址', { exact: true }).inputValue()).toBe('10.77.0.63');
    await page.keyboard.press('Escape');
    expect(
      await map.getByRole('gridcell', { name: '10.77.0.63 空闲' }).evaluate((it) => it === document.activeElement),
    ).toBe(true);
    await map.getByRole('gridcell', { name: `${NEXT[0]} 隔离中` }).click();
    await page.getByText('共 1 条').first().waitFor();
    expect(new URL(page.url()).searchParams.get('search')).toBe(NEXT[0]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 180_000);

  it('show a department its own addresses, without figures and without acts', async () => {
    const applicant = await Person.arrive(browser, console_.url);
    await applicant.enter('applicant');
    const { page } = applicant;
    await applicant.goTo('/networks');
    await page.getByRole('link', { name: NEW.code }).click();
    await page.getByRole('heading', { level: 2, name: '本单位的地址' }).waitFor();
    await page.getByRole('row', { name: NEXT[1] }).waitFor();
    expect(await page.getByRole('heading', { name: '地址使用' }).count()).toBe(0);
    for (const name of ['分配地址', '修改', '地址图']) expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await applicant.look('network-department')).toEqual([]);
    await applicant.goTo(`${path}/edit`);
    await page.getByText('只有机房工程师可以新建和修改网络').first().waitFor();
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  });
});

describe('the reconcile of addresses in a browser', () => {
  it('shows what machines have and nobody claimed, and takes it in by two people', async () => {
    const desk = new IntakeDesk(console_);
    const machine = (name: string) => ({
      name,
      addresses: '',
      systemCode: SYSTEM,
      startedOn: '2022-03-04',
      sourcePlatform: 'VMware',
      poolCode: 'a-amd64-extranet',
      vcpu: '1',
      memoryGib: '1',
      diskGib: '10',
      storageTier: 'SSD',
      namespace: '',
      objectName: '',
    });
    // As a cluster tells later: nobody wrote their addresses down when they were taken in.
    const seen = { 'old-1': ['10.20.2.1', '10.20.2.2'], 'old-2': ['10.20.2.2'] };
    const rows = Object.keys(seen).map(machine);
    expect(await desk.approve(await desk.submit('intake-machines', rows))).toMatchObject({ ok: true });
    for (const [name, addresses] of Object.entries(seen))
      await desk.query('update resource set addresses = ? where name = ?', [JSON.stringify(addresses), name]);

    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/intake');
    await page.getByRole('link', { name: '地址核对' }).click();
    await page.getByRole('heading', { level: 1, name: '地址核对' }).waitFor();
    const taken = page.getByRole('row', { name: '10.20.2.1 ' });
    await taken.getByText('实有账无').first().waitFor();
    await page.getByRole('row', { name: '10.20.2.2' }).getByText('多台同用').first().waitFor();
    expect(await engineer.look('address-reconcile')).toEqual([]);
    // A figure narrows the list to what it counts.
    await page.getByRole('button', { name: `${OLD_NETWORK}：多台同用 1 个，在下面列出` }).click();
    await page.getByText('共 1 条').first().waitFor();
    expect(new URL(page.url()).searchParams.get('matches')).toBe('TWICE');

    await page.getByRole('button', { name: `纳管 ${OLD_NETWORK} 的地址` }).click();
    await page.getByRole('dialog').getByText('有 1 个地址由一台机器使用而没有登记').first().waitFor();
    expect(await engineer.look('address-take')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '提交批准' }).click();
    const batch = page.getByRole('heading', { level: 1, name: /^NG-/ });
    await batch.waitFor();
    await page.getByRole('row', { name: 'old-1' }).getByText('IP 地址').first().waitFor();
    const batchPath = new URL(page.url()).pathname;
    // What waits in one batch is not put into another.
    await engineer.goTo('/intake/addresses');
    await page.getByRole('button', { name: `纳管 ${OLD_NETWORK} 的地址` }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交批准' }).click();
    await page.getByRole('alert').getByText('没有可纳管的地址').first().waitFor();
    expect(engineer.errors).toEqual([]);
    await engineer.leave();

    const reviewer = await Person.arrive(browser, console_.url);
    await reviewer.enter('reviewer');
    await reviewer.goTo(batchPath);
    await reviewer.page.getByRole('button', { name: '批准入账' }).click();
    await reviewer.page.getByRole('dialog').getByRole('button', { name: '批准入账' }).click();
    await reviewer.page.getByText('已入账').first().waitFor();
    await reviewer.goTo('/intake/addresses?matches=MATCHED');
    const agreed = reviewer.page.getByRole('row', { name: '10.20.2.1 ' });
    await agreed.getByText('相符').first().waitFor();
    expect(await reviewer.page.getByRole('button', { name: /纳管/ }).count()).toBe(0);
    // From what differs to the claim itself.
    await agreed.getByRole('link', { name: /人力资源/ }).click();
    await reviewer.page.getByRole('row', { name: '10.20.2.1 ' }).getByText(SYSTEM).first().waitFor();
    expect(reviewer.errors).toEqual([]);
    await reviewer.leave();
  }, 180_000);
});

describe('networks on a telephone', () => {
  it('fit the screen', async () => {
    const engineer = await Person.arrive(browser, console_.url, NARROW);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/networks');
    await page.getByRole('link', { name: OLD_NETWORK }).waitFor();
    expect(await fits(engineer, NARROW.width)).toBe(true);
    expect(await engineer.look('networks-narrow')).toEqual([]);
    await page.getByRole('link', { name: OLD_NETWORK }).click();
    await page.getByRole('button', { name: '地址图' }).click();
    await page.getByRole('gridcell', { name: '10.20.0.1 网关' }).waitFor();
    expect(await fits(engineer, NARROW.width)).toBe(true);
    expect(await engineer.look('network-narrow')).toEqual([]);
    await engineer.goTo('/networks/new');
    await page.getByRole('button', { name: '增加保留段' }).click();
    expect(await fits(engineer, NARROW.width)).toBe(true);
    expect(await engineer.look('network-new-narrow')).toEqual([]);
    await engineer.goTo('/intake/addresses');
    await page.getByRole('row', { name: '10.20.2.2' }).waitFor();
    expect(await fits(engineer, NARROW.width)).toBe(true);
    expect(await engineer.look('address-reconcile-narrow')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 120_000);
});
