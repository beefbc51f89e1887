import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { BatchDesk } from '../support/batch-desk.ts';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { KeystrokeLevel } from '../support/keystroke-level.ts';
import { act, createDraft, plainContent } from '../support/request-form.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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

const applicant = async (viewport?: typeof NARROW): Promise<Person> => {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter('applicant');
  return arrived;
};

/** A request that was sent, as the one that is repeated. */
async function sentRequest(purpose: string): Promise<string> {
  const client = await console_.signIn('applicant');
  const { request } = await createDraft(client, { ...(await plainContent(client)), purpose });
  return (await act(client, 'sendRequestForSignOff', request, null)).request.code;
}

describe('a request by a table, in a browser', () => {
  it('is sent, mended cell by cell where it stands, and taken into a draft', async () => {
    const desk = new BatchDesk(console_, await console_.signIn('applicant'));
    const table = await desk.table('VM', [
      { 名称: 'web', 数量: '两台' },
      { 名称: 'db', 数据中心: '天上的中心' },
      { 名称: 'app' },
    ]);
    const person = await applicant();
    const { page } = person;
    await person.goTo('/requests/new');
    await page.getByRole('group', { name: '为哪个系统申请' }).getByRole('button').first().click();
    await page.waitForURL(/system=/);
    await page.getByRole('link', { name: /^从表格批量申请/ }).click();
    await page.getByRole('heading', { level: 1, name: '从表格批量申请' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载云主机模板（XLSX）' }).click();
    expect((await download).suggestedFilename()).toBe('批量申请模板-云主机.xlsx');
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.getByRole('alert').filter({ hasText: '请选择文件' }).first().waitFor();
    await page.getByLabel('用途', { exact: true }).fill('批量扩容');
    await person.choose(page.getByLabel('信息化项目', { exact: true }));
    await page
      .getByLabel('选择文件', { exact: true })
      .setInputFiles({ name: '扩容.xlsx', mimeType: XLSX, buffer: table });
    expect(await person.look('batch-new')).toEqual([]);
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.getByRole('heading', { level: 1, name: '云主机批量表 · 扩容.xlsx' }).waitFor();
    await page.getByText('“两台”不是数字').first().waitFor();
    await page.getByText('没有这个数据中心：“天上的中心”').first().waitFor();
    expect(await person.look('batch-grid')).toEqual([]);
    // By the keyboard alone: the cell is typed over, Enter goes down and keeps it.
    await page.getByLabel('第 2 行 数量').focus();
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await page.getByText('“两台”不是数字').waitFor({ state: 'hidden' });
    const center = page.getByLabel('第 3 行 数据中心');
    await center.fill('');
    await center.press('Enter');
    await page.getByText('待取入 3 行 · 正确 3 行').first().waitFor();
    // One more like the first, which has the focus at its name; and an empty one, which is taken out again.
    await page.getByRole('button', { name: '照第 2 行新增一行' }).click();
    await page.getByLabel('第 5 行 名称').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '第 5 行 名称');
    await page.keyboard.type('cache');
    await page.keyboard.press('Enter');
    await page.getByText('待取入 4 行 · 正确 4 行').first().waitFor();
    await page.getByRole('button', { name: '新增一行', exact: true }).click();
    await page.getByLabel('第 6 行 名称').waitFor();
    expect(await person.look('batch-added')).toEqual([]);
    await page.getByRole('button', { name: '删除第 6 行' }).click();
    await page.getByRole('button', { name: '取入草稿（4 行）' }).click();
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    for (const name of ['web', 'db', 'app', 'cache']) await page.getByText(name, { exact: true }).first().waitFor();
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 180_000);

  it('stays within a telephone', async () => {
    const person = await applicant(NARROW);
    const { page } = person;
    await person.goTo('/requests/batches/new');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await person.look('batch-new-narrow')).toEqual([]);
    await person.leave();
  }, 120_000);
});

describe('asking again, in a browser', () => {
  it('takes two presses from the start page: again, and send', async () => {
    const code = await sentRequest('月末报表');
    const person = await applicant();
    const { page } = person;
    await person.goTo('/requests/new');
    const again = page.getByRole('link', { name: `再次申请 ${code}` });
    await again.waitFor();
    expect(await person.look('request-start-again')).toEqual([]);
    const presses = await person.countPresses();
    const human = new KeystrokeLevel(page);
    await human.press('再次申请', again);
    await page.getByRole('heading', { name: '核对申请内容' }).waitFor();
    await page.getByText('月末报表').first().waitFor();
    await human.read('核对申请内容', page.locator('.jy-answers dt, .jy-answers > li'));
    await human.press('送本单位审签', page.getByRole('button', { name: '送本单位审签' }));
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    await human.keep('keystroke-level-again', 'The same once more, from the start page');
    expect([await presses(), human.clicks]).toEqual([2, 2]);
    expect(human.seconds).toBeLessThanOrEqual(90);
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 120_000);

  it('takes two presses from the list and from the request itself', async () => {
    const code = await sentRequest('季度报表');
    const person = await applicant();
    const { page } = person;
    for (const from of ['list', 'detail']) {
      await person.goTo('/requests');
      if (from === 'detail') {
        await page.getByRole('link', { name: code, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: code }).waitFor();
      }
      const again =
        from === 'list'
          ? page.getByRole('link', { name: `再次申请 ${code}` })
          : page.getByRole('button', { name: '再次申请' });
      await again.waitFor();
      const presses = await person.countPresses();
      await again.click();
      await page.getByRole('button', { name: '送本单位审签' }).click();
      await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
      expect([from, await presses()]).toEqual([from, 2]);
    }
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 120_000);

  it('marks what was withdrawn since, and leaves it to be chosen', async () => {
    const code = await sentRequest('旧规格');
    const client = await console_.signIn('applicant');
    const { requests } = await client.data(
      'query R($s: String) { requests(filter: { search: $s }) { nodes { id lines { vm { offer { id } } } } } }',
      { s: code },
    );
    const [old] = requests.nodes;
    await console_.test.db.query("update offer set status = 'WITHDRAWN' where id = ?", [
      uuidOf('Offer', old.lines[0].vm.offer.id),
    ]);
    const person = await applicant();
    const { page } = person;
    await person.goTo(`/requests/new?like=${encodeURIComponent(old.id)}&step=check`);
    await page.getByText('明细 1（web）：原规格已下架，请另选').first().waitFor();
    await page.getByRole('heading', { name: '用于什么' }).waitFor();
    expect(await page.getByLabel('用途', { exact: true }).inputValue()).toBe('旧规格');
    expect(await person.look('request-again-withdrawn')).toEqual([]);
    await console_.test.db.query("update offer set status = 'OFFERED'");
    await person.leave();
  }, 120_000);
});

describe('a package, in a browser', () => {
  it('begins a form with its lines, for the system that was chosen', async () => {
    const person = await applicant();
    const { page } = person;
    await person.goTo('/requests/new');
    await page.getByRole('group', { name: '为哪个系统申请' }).getByRole('button').first().click();
    await page.getByRole('link', { name: /^Web 三层 · 双活/ }).click();
    await page.getByRole('heading', { name: '用于什么' }).waitFor();
    for (const [number, name] of ['web', 'app', 'db'].entries())
      expect(await page.locator(`[data-line="${number}"]`).getByLabel('名称', { exact: true }).inputValue()).toBe(name);
    await page.getByRole('list', { name: '各中心可行性' }).waitFor();
    expect(await person.look('request-package')).toEqual([]);
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 120_000);
});

describe('a draft of many lines, in a browser', () => {
  async function draftOf(lines: number): Promise<{ id: string; version: number; code: string }> {
    const desk = new BatchDesk(console_, await console_.signIn('applicant'));
    const rows = Array.from({ length: lines }, (_, at) => ({ 名称: `m${at}`, 数量: '1' }));
    const { lineBatch } = await desk.start('VM', await desk.table('VM', rows));
    return (await desk.take(lineBatch, 'ALL')).request;
  }

  it('is edited as every draft: what it is for in fields, its lines cell by cell and page by page', async () => {
    const request = await draftOf(120);
    const person = await applicant();
    const { page } = person;
    await person.goTo(`/requests/${request.id}/edit`);
    await page.getByLabel('第 1 行 名称').waitFor();
    expect(await person.look('request-many-lines')).toEqual([]);
    const purpose = page.getByLabel('用途', { exact: true });
    await purpose.fill('整体上云');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('共 120 行').first().waitFor();
    // By the keyboard alone: what is typed over is in the draft once it is right, and until then stands at its cell.
    await page.getByLabel('第 2 行 数量').focus();
    await page.keyboard.type('两台');
    await page.keyboard.press('Enter');
    await page.getByText('“两台”不是数字').first().waitFor();
    await page.getByText('1 行有错，还没有存入草稿').first().waitFor();
    expect(await page.getByLabel('第 2 行 数量').getAttribute('aria-invalid')).toBe('true');
    expect(await person.look('request-many-lines-wrong')).toEqual([]);
    await page.getByLabel('第 2 行 数量').fill('2');
    await page.keyboard.press('Enter');
    await page.getByText('“两台”不是数字').first().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '将第 4 行移到最前' }).click();
    await page.waitForFunction(
      (label) => document.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)?.value === 'm3',
      '第 1 行 名称',
    );
    await page.getByRole('button', { name: '删除第 2 行' }).click();
    await page.getByText('共 119 行').first().waitFor();
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByLabel('第 51 行 名称').waitFor();
    const { request: kept } = await (await console_.signIn('applicant')).data(
      'query R($id: ID!) { request(id: $id) { purpose machineCount } }',
      { id: request.id },
    );
    expect(kept).toEqual({ purpose: '整体上云', machineCount: 120 });
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 180_000);

  it('is shown by pages, and repeated in two presses', async () => {
    const { id } = await draftOf(45);
    const client = await console_.signIn('applicant');
    const sent = await act(client, 'sendRequestForSignOff', { id, version: 1 }, null);
    const person = await applicant();
    const { page } = person;
    await person.goTo(`/requests/${id}`);
    await page.getByRole('heading', { level: 1, name: sent.request.code }).waitFor();
    await page.getByText('m19', { exact: true }).first().waitFor();
    expect(await page.getByText('m20', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByText('m20', { exact: true }).first().waitFor();
    const again = page.getByRole('button', { name: '再次申请' });
    const presses = await person.countPresses();
    await again.click();
    await page.getByText('将按原申请的 45 行明细重新申请').first().waitFor();
    await page.getByRole('button', { name: '送本单位审签' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/requests/') && !url.pathname.endsWith('/new'));
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    expect(await presses()).toBe(2);
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 180_000);

  it('stays within a telephone, its table scrolling by itself', async () => {
    const request = await draftOf(25);
    const person = await applicant(NARROW);
    const { page } = person;
    await person.goTo(`/requests/${request.id}/edit`);
    await page.getByLabel('第 1 行 名称').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await person.look('request-many-lines-narrow')).toEqual([]);
    await person.leave();
  }, 120_000);
});

describe('packages, for whoever keeps the catalog', () => {
  it('are made of lines, published, and stand on the start page', async () => {
    const keeper = await Person.arrive(browser, console_.url);
    await keeper.enter('allocator');
    const { page } = keeper;
    await keeper.goTo('/packages');
    await page.getByRole('heading', { level: 2, name: 'Web 三层 · 双活' }).waitFor();
    expect(await keeper.look('packages')).toEqual([]);
    await page.getByRole('button', { name: '新建套餐' }).click();
    await page.getByLabel('套餐名称').fill('报表节点');
    await page.getByLabel('一句话说明').fill('一台通用型云主机');
    await keeper.choose(page.locator('[data-line="0"]').getByLabel('服务项'), '通用型');
    expect(await keeper.look('package-edit')).toEqual([]);
    await page.getByRole('button', { name: '保存' }).click();
    const made = page.getByRole('region', { name: /^报表节点/ });
    await made.getByText('未发布').first().waitFor();
    await made.getByRole('button', { name: '按当前内容发布新版' }).click();
    await made.getByText('在架 · 第 1 版').first().waitFor();
    expect(keeper.errors).toEqual([]);
    await keeper.leave();
    const person = await applicant();
    await person.goTo('/requests/new');
    await person.page.getByRole('link', { name: /^报表节点/ }).waitFor();
    await person.leave();
  }, 120_000);
});

describe('a half-filled form, in a browser', () => {
  it('is there again after signing out, exactly as it was', async () => {
    const first = await applicant();
    await first.goTo('/requests/new?kind=VM');
    const { page } = first;
    await page.getByLabel('用途', { exact: true }).fill('写到一半');
    await page.locator('[data-line="0"]').getByLabel('系统盘', { exact: true }).fill('');
    await page
      .getByText(/已保存 \d\d:\d\d/)
      .first()
      .waitFor();
    await page.waitForURL(/form=/);
    await first.leave();
    const second = await applicant();
    await second.goTo('/requests/new');
    const forms = second.page.getByRole('region', { name: '继续填写' });
    await second.page.getByRole('heading', { name: '从哪种资源开始' }).waitFor();
    expect(await second.look('request-start-unfinished')).toEqual([]);
    await forms.getByRole('listitem').filter({ hasText: '写到一半' }).getByRole('link', { name: '继续填写' }).click();
    expect(await second.page.getByLabel('用途', { exact: true }).inputValue()).toBe('写到一半');
    expect(await second.page.locator('[data-line="0"]').getByLabel('系统盘', { exact: true }).inputValue()).toBe('');
    expect(second.errors).toEqual([]);
    await second.leave();
  }, 120_000);

  it('in two windows says so, keeps both, and asks which is to stay', async () => {
    const one = await applicant();
    await one.goTo('/requests/new?kind=VM');
    await one.page.getByLabel('用途', { exact: true }).fill('第一个窗口');
    await one.page.waitForURL(/form=/);
    const address = new URL(one.page.url());
    const two = await applicant();
    await two.goTo(`${address.pathname}${address.search}`);
    const saved = two.page.waitForResponse((answer) => answer.request().postData()?.includes('第二个窗口') === true);
    await two.page.getByLabel('用途', { exact: true }).fill('第二个窗口');
    await saved;
    await one.page.getByLabel('用途', { exact: true }).fill('第一个窗口又写');
    await one.page
      .getByText(/这张表单在另一个窗口保存过/)
      .first()
      .waitFor();
    expect(await one.look('request-form-conflict')).toEqual([]);
    expect(await one.page.getByLabel('用途', { exact: true }).inputValue()).toBe('第一个窗口又写');
    await one.page.getByRole('button', { name: '载入另一窗口的内容' }).click();
    await one.page.getByText(/这张表单在另一个窗口保存过/).waitFor({ state: 'hidden' });
    await one.page.getByLabel('用途', { exact: true }).waitFor();
    expect(await one.page.getByLabel('用途', { exact: true }).inputValue()).toBe('第二个窗口');
    await one.leave();
    await two.leave();
  }, 120_000);
});
