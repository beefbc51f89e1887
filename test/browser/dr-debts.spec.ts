import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { createDraft, plainContent } from '../support/request-form.ts';

const PAST = { machines: 400, months: 12 };

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ machines: PAST.machines });
  await console_.application.get(HistoryLoader, { strict: false }).load(PAST);
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

describe('DR debts in a browser', () => {
  it('are due since the recovery center is open, settled by the page, and each answers for itself', async () => {
    const allocator = await person('allocator');
    const { page } = allocator;
    await allocator.goTo('/dr-debts');
    await page.getByRole('heading', { level: 1, name: '容灾欠账' }).waitFor();
    const totals = page.getByRole('region', { name: '各中心待承接的需求' }).first();
    await totals.getByText('异地灾备中心（C）').first().waitFor();
    await page.getByText('到期，可补建').first().waitFor();
    expect(await allocator.look('dr-debts')).toEqual([]);

    await page.getByRole('button', { name: '只看可补建' }).click();
    await page.waitForURL(/due=DUE/);
    const [one, two] = [page.getByRole('checkbox').nth(0), page.getByRole('checkbox').nth(1)];
    await one.check();
    await two.check();
    await page.getByRole('button', { name: '补建所选（2）' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '补建', exact: true }).click();
    await dialog
      .getByText(/2 笔中 \d 笔已开始补建/)
      .first()
      .waitFor();
    // Each answers alone: it was placed, or its budget, its quota or the center has no room, with the figures.
    const answers = await dialog.getByRole('listitem').allTextContents();
    for (const answer of answers) expect(answer).toMatch(/已放置，开始补建|不足|放不下/);
    const done = answers.filter((answer) => answer.includes('已放置')).length;
    expect(await allocator.look('dr-debts-settled')).toEqual([]);
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    const [row] = await console_.test.db.query(
      "select count(*) as n from dr_debt where state in ('SETTLING', 'SETTLED')",
    );
    expect(Number(row.n)).toBe(done);

    // One that nobody wants any more, with the reason.
    await page
      .getByRole('button', { name: /^免予补建 SQ-/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: '免予补建' }).click();
    await page.getByRole('alert').getByText('请').first().waitFor();
    await page.getByRole('dialog').getByLabel('原因').fill('系统年内下线');
    await page.getByRole('dialog').getByRole('button', { name: '免予补建' }).click();
    await page.getByText('已免予补建').first().waitFor();
    expect(allocator.errors).toEqual([]);
  });

  it('are accepted by rules that ops writes as another version', async () => {
    const allocator = await person('allocator');
    const { page } = allocator;
    await allocator.goTo('/dr-debts');
    await page.getByRole('button', { name: '调整规则' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '增加一条' }).click();
    expect(await allocator.look('dr-debts-rules')).toEqual([]);
    await dialog.getByLabel('原因').fill('各单位先行受理');
    await dialog.getByRole('button', { name: '保存为新版' }).click();
    await page.getByText('规则已更新').first().waitFor();
    await page
      .getByText(/第 3 版/)
      .first()
      .waitFor();
    await page.getByText('所有单位 · 各等保级别 · 各容灾模式 · 可记为欠账').first().waitFor();
    expect(allocator.errors).toEqual([]);
  });

  it('are read by finance and by their own department, which settle nothing', async () => {
    const finance = await person('finance');
    await finance.goTo('/dr-debts');
    await finance.page.getByText('到期，可补建').first().waitFor();
    expect(await finance.page.getByRole('checkbox').count()).toBe(0);
    expect(await finance.page.getByRole('button', { name: '调整规则' }).count()).toBe(0);
    const applicant = await person('applicant', NARROW);
    await applicant.goTo('/dr-debts');
    await applicant.page.getByRole('heading', { level: 1, name: '容灾欠账' }).waitFor();
    await applicant.page.getByRole('heading', { level: 2, name: '受理规则' }).waitFor();
    expect(await applicant.look('dr-debts-narrow')).toEqual([]);
    expect([...finance.errors, ...applicant.errors]).toEqual([]);
  });

  it('stand in the form, the plan picture and before the approver, and are never green', async () => {
    await console_.test.db.query(
      "update center set life = 'BUILDING', opens_on = '2099-06-30', version = version + 1 where role = 'RECOVERY'",
    );
    const client = await console_.signIn('applicant');
    const content = await plainContent(client);
    const lines = content.lines.map((line) => ({ ...line, remoteMode: 'APPLICATION' }));
    const { id } = (await createDraft(client, { ...content, lines })).request;
    const applicant = await person('applicant');
    await applicant.goTo(`/requests/${encodeURIComponent(id)}/edit`);
    const fits = applicant.page.getByRole('list', { name: '各中心' }).or(applicant.page.locator('.jy-center-fits'));
    await fits.getByText('容灾欠账').first().waitFor();
    expect(await fits.locator('.jy-tone-good').filter({ hasText: '容灾欠账' }).count()).toBe(0);
    expect(await applicant.look('request-form-owed')).toEqual([]);
    await applicant.goTo(`/requests/${encodeURIComponent(id)}`);
    await applicant.page
      .getByText('容灾欠账：', { exact: false })
      .first()
      .waitFor()
      .catch(() => undefined);
    expect(await applicant.look('request-owed')).toEqual([]);
    expect(applicant.errors).toEqual([]);
  });
});
