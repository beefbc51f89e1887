import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

/** The smallest file that is a PDF by its first bytes. */
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

let console_: TestConsole;
let browser: Browser;
/** Of the tour's department the one whose declaration is over. */
let name: string;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false });
  browser = await openBrowser();
  const [row] = await console_.test.db.query(
    "select s.name from government_system s join department d on d.id = s.department_id where d.code = 'rst' and s.declaration_valid_until = '2026-06-30'",
  );
  name = row.name;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

describe('a closed gate in a browser', () => {
  it('refuses a draft, leads its head to the declaration and back, and lets the draft pass', async () => {
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo('/requests/new');
    await page.getByRole('heading', { level: 1, name: '新建申请' }).waitFor();
    await page.getByRole('link', { name: /^云主机/ }).click();
    const picker = page.getByLabel('政务信息系统', { exact: true });
    await picker.click();
    await picker.fill(name);
    await page
      .getByRole('option', { name })
      .or(page.locator('.ant-select-item-option').filter({ hasText: name }))
      .first()
      .click();
    await page.getByLabel('用途', { exact: true }).fill('网上服务大厅扩容一台应用服务器');
    await applicant.choose(page.getByLabel('服务项', { exact: true }));
    await page.getByLabel('名称', { exact: true }).fill('portal');
    // Told while the form is being written, with who pays beside the quotas.
    await page.getByRole('link', { name: '去提交非涉密声明' }).waitFor();
    await page.getByText('须先补办').first().waitFor();
    await page
      .getByText('至 2026 年底')
      .or(page.getByText(/至 \d{4} 年底/))
      .first()
      .waitFor();
    await page.getByText('正在计算…').waitFor({ state: 'hidden' });
    expect(await applicant.look('request-form-gate-closed')).toEqual([]);

    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByRole('button', { name: '送本单位审签' }).click();
    const summary = page.getByRole('alert');
    await summary.getByText('政务云不承载涉密系统', { exact: false }).first().waitFor();
    expect(await applicant.look('request-form-refused-by-gate')).toEqual([]);
    // The draft is kept; its address is its own.
    await summary.getByRole('link', { name: '去提交非涉密声明' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('您没有修改权限', { exact: false }).first().waitFor();
    await page.getByRole('link', { name: '返回申请单' }).click();
    await page.getByLabel('用途', { exact: true }).waitFor();
    const draft = new URL(page.url()).pathname;
    expect(draft).toMatch(/^\/requests\/.+\/edit$/);

    // The head finds the same in the draft, and may put it right.
    const head = await person('head');
    await head.goTo(draft);
    await head.page.getByRole('link', { name: '去提交非涉密声明' }).click();
    await head.page.getByRole('heading', { level: 1, name }).waitFor();
    await head.page
      .locator('input[type=file]')
      .setInputFiles({ name: '声明.pdf', mimeType: 'application/pdf', buffer: PDF });
    await head.page.getByRole('listitem').filter({ hasText: '声明.pdf' }).waitFor();
    await head.page.getByLabel('有效期至').fill('2099-12-31');
    await head.page.getByRole('button', { name: '提交声明' }).click();
    await head.page.getByRole('link', { name: '声明.pdf' }).waitFor();
    expect(await head.look('system-declared-from-a-request')).toEqual([]);
    await head.page.getByRole('link', { name: '返回申请单' }).click();
    await head.page.getByLabel('用途', { exact: true }).waitFor();
    expect(new URL(head.page.url()).pathname).toBe(draft);

    await page.reload();
    await page.getByText('今天可以落位').first().waitFor();
    expect(await page.getByText('须先补办').count()).toBe(0);
    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByRole('button', { name: '送本单位审签' }).click();
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    await page.getByText('准入判定').first().waitFor();
    const code = (await page.getByRole('heading', { level: 1 }).textContent())?.match(/SQ-\d{4}-\d{6}/)?.[0] as string;

    await head.goTo(`/approvals`);
    await head.page.getByText(code).first().click();
    await head.page.getByRole('button', { name: '审签并提交' }).click();
    const dialog = head.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '审签并提交' }).click();
    await head.page.getByText(`${code} 已提交`).first().waitFor();
    const [held] = await console_.test.db.query('select state, held_since from request where code = ?', [code]);
    expect(held.state).toBe('UNDER_REVIEW');
    expect(held.held_since).not.toBeNull();
    // What it reserved stands on the request, with the way to the ledger.
    await head.page.goto(page.url());
    await head.page.getByText('预算占用').first().waitFor();
    expect(await head.look('request-encumbered')).toEqual([]);
    expect([...applicant.errors, ...head.errors]).toEqual([]);
    await applicant.leave();
    await head.leave();
  }, 180_000);

  it('shows by which rules, and lets the cloud authority draft the next', async () => {
    const authority = await person('authority');
    const { page } = authority;
    await authority.goTo('/gates');
    await page.getByRole('heading', { level: 1, name: '准入规则' }).waitFor();
    await page.getByText('安全可靠情况说明有效').first().waitFor();
    expect(await authority.look('gates')).toEqual([]);
    await page.getByRole('button', { name: '起草新版' }).click();
    await page.getByRole('dialog').getByLabel('修改说明').fill('过渡期先提示');
    await page.getByRole('dialog').getByRole('button', { name: '起草新版' }).click();
    await page.getByRole('button', { name: '保存草稿' }).waitFor();
    const rule = page.locator('details').filter({ hasText: '2. 非涉密声明有效' });
    await rule.getByText('2. 非涉密声明有效').click();
    // Two are added, one stays empty: an empty one is none.
    await rule.getByRole('button', { name: '添加单位' }).click();
    await rule.getByRole('button', { name: '添加单位' }).click();
    await authority.find(rule.getByLabel(/^单位\s*（选填）/).first(), '省司法厅');
    expect(await authority.look('gates-draft')).toEqual([]);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('草稿已保存').first().waitFor();
    const [kept] = await console_.test.db.query(
      "select json_extract(content, '$.rules[1].condition.departmentIds') as ids from gate_edition where number is null",
    );
    const [justice] = await console_.test.db.query("select id from department where name = '省司法厅'");
    expect(kept.ids).toEqual([justice.id]);
    expect(authority.errors).toEqual([]);
    await authority.leave();
  }, 90_000);

  it('reads on a telephone', async () => {
    const head = await person('head', NARROW);
    await head.goTo('/gates');
    await head.page.getByText('安全可靠情况说明有效').first().waitFor();
    expect(await head.look('gates-narrow')).toEqual([]);
    const beyond = () => head.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await beyond()).toBeLessThanOrEqual(0);
    await head.goTo(`/systems?search=${encodeURIComponent(name)}`);
    await head.page.getByRole('link', { name }).first().click();
    await head.page.getByRole('button', { name: '提交安全可靠情况说明' }).click();
    await head.page.getByRole('dialog').getByText('产品清单').first().waitFor();
    expect(await head.look('reliability-narrow')).toEqual([]);
    expect(await beyond()).toBeLessThanOrEqual(0);
    await head.leave();
  }, 90_000);
});
