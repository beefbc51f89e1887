import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { monthBefore } from '../../server/src/accounting/domain/accounting-units.js';
import { DemonstrationPerformance } from '../../server/src/demonstration/demonstration-performance.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { downloaded, FinanceDesk } from '../support/finance-desk.ts';

let desk: FinanceDesk;
let browser: Browser;
/** Before the two that the demonstration has evaluated. */
let earlier: string;
/** The account of a head one of whose systems is to be evaluated just now. */
let evaluating: string;
beforeAll(async () => {
  desk = await FinanceDesk.open();
  earlier = monthBefore(monthBefore(desk.month));
  await desk
    .get(DemonstrationPerformance)
    .run(
      await desk.person('reviewer', 'CENTER_REVIEWER'),
      await desk.person('authority', 'CLOUD_AUTHORITY'),
      await desk.person(desk.head, 'DEPARTMENT_HEAD'),
      await desk.person('leader', 'LEADER'),
    );
  const [due] = await desk.console.test.db.query(
    `select d.code from self_evaluation e join department d on d.id = e.department_id
     join app_user u on u.username = concat('head.', d.code) where e.state = 'OPEN' order by d.code limit 1`,
  );
  evaluating = `head.${due.code}`;
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

async function arrives(username: string, viewport = WIDE): Promise<Person> {
  const person = await Person.arrive(browser, desk.url, viewport);
  await person.enter(username);
  return person;
}

describe('performance, in a browser', () => {
  it('is evaluated by one person and published by another, who both read what follows from it', async () => {
    const reviewer = await arrives('reviewer');
    const { page } = reviewer;
    await reviewer.goTo('/performance');
    const runs = page.getByRole('region', { name: '评价批次' }).first();
    await runs.getByRole('button', { name: desk.month, exact: true }).waitFor();
    expect(await reviewer.look('performance')).toEqual([]);
    await runs.getByRole('button', { name: '开始评价' }).click();
    const begin = page.getByRole('dialog', { name: '开始评价' });
    await begin.getByLabel('评价期').fill('2026-13');
    await begin.getByRole('button', { name: '开始评价' }).click();
    // What is no time that is over is refused, with what was typed still there.
    await begin.getByRole('alert').first().waitFor();
    expect(await begin.getByLabel('评价期').inputValue()).toBe('2026-13');
    expect(await reviewer.look('performance-begin')).toEqual([]);
    await begin.getByLabel('评价期').fill(earlier);
    await begin.getByRole('button', { name: '开始评价' }).click();
    await begin.waitFor({ state: 'hidden' });
    const run = (person: Person) => person.page.getByRole('row').filter({ hasText: earlier }).first();
    await run(reviewer).getByText('待审定').waitFor();
    // Nobody publishes what they evaluated themselves.
    expect(await run(reviewer).getByRole('button', { name: '发布', exact: true }).count()).toBe(0);

    const authority = await arrives('authority');
    await authority.goTo('/performance');
    await run(authority).getByRole('button', { name: '退回', exact: true }).click();
    const returning = authority.page.getByRole('dialog', { name: `退回 ${earlier}` });
    await returning.getByRole('button', { name: '退回', exact: true }).click();
    // A return without its reason is refused.
    await returning.getByRole('alert').first().waitFor();
    await authority.page.keyboard.press('Escape');
    await returning.waitFor({ state: 'hidden' });
    await run(authority).getByRole('button', { name: '发布', exact: true }).click();
    const publishing = authority.page.getByRole('dialog', { name: `发布 ${earlier}` });
    await publishing.getByText(/差的不予扩容/).waitFor();
    expect(await authority.look('performance-publish')).toEqual([]);
    await publishing.getByRole('button', { name: '发布', exact: true }).click();
    await publishing.waitFor({ state: 'hidden' });
    await run(authority).getByText('已发布').waitFor();
    for (const { errors } of [reviewer, authority]) expect(errors).toEqual([]);
    await reviewer.leave();
    await authority.leave();
  });

  it('shows a department each mark with its evidence, frozen, and lets its head appeal', async () => {
    const head = await arrives(desk.head);
    const { page } = head;
    await head.goTo('/performance?kinds=SYSTEM');
    const grades = page.getByRole('table', { name: '绩效评价' });
    await grades.getByRole('link').first().click();
    await page.getByRole('region', { name: '评价结果' }).getByText('与冻结内容一致').waitFor();
    const marks = page.getByRole('region', { name: '指标与佐证' }).first();
    for (const indicator of ['资源利用率', '可用性', '费用与预算', '等级保护', '密码应用', '数据共享'])
      await marks.getByText(indicator, { exact: true }).first().waitFor();
    expect(await head.look('performance-grade')).toEqual([]);
    // One of its grades is appealed; that is taken back, and within the time it may be said anew.
    await head.goTo('/performance?kinds=SYSTEM');
    await grades.getByRole('link').first().waitFor();
    const addresses = await grades
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const back = page.getByRole('button', { name: '撤回申诉' });
    for (const address of addresses) {
      await head.goTo(address);
      await page.getByRole('heading', { level: 2, name: '申诉', exact: true }).waitFor();
      if ((await back.count()) > 0) break;
    }
    await back.click();
    const taking = page.getByRole('dialog', { name: '撤回申诉' });
    await taking.getByRole('button', { name: '撤回申诉' }).click();
    await taking.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '提出申诉' }).click();
    const dialog = page.getByRole('dialog', { name: /^提出申诉/ });
    await dialog.getByRole('button', { name: '提出申诉' }).click();
    await dialog.getByRole('alert').first().waitFor();
    expect(await head.look('performance-appeal')).toEqual([]);
    expect(head.errors).toEqual([]);
    await head.leave();
  });

  it('goes by a rule that one person drafts; weights that are not 100 in all are told, and the draft is thrown away', async () => {
    const authority = await arrives('authority');
    const { page } = authority;
    await authority.goTo('/performance/rules');
    await page.getByRole('heading', { level: 1, name: '评价规则' }).waitFor();
    await page.getByText('优 90 · 良 75 · 中 60').waitFor();
    expect(await authority.look('performance-rules')).toEqual([]);
    await page.getByRole('button', { name: /起草/ }).click();
    const begin = page.getByRole('dialog', { name: '起草新版规则' });
    await begin.getByRole('textbox').fill('提高利用率权重');
    await begin.locator('button[type=submit]').click();
    await begin.waitFor({ state: 'hidden' });
    await page.locator('summary').filter({ hasText: '资源利用率' }).click();
    await page.getByLabel('资源利用率 权重').fill('31');
    await page.getByText('权重合计 101%').first().waitFor();
    expect(await authority.look('performance-rules-draft')).toEqual([]);
    await page.getByRole('button', { name: '放弃草稿' }).click();
    const discard = page.getByRole('dialog');
    await discard.getByRole('button', { name: '放弃草稿' }).click();
    await discard.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /起草/ }).waitFor();
    expect(authority.errors).toEqual([]);
    await authority.leave();
  });

  it('is told to the head every month, who says that it was read', async () => {
    const head = await arrives(desk.head);
    const { page } = head;
    await head.goTo('/usage-notices');
    await page.getByRole('link', { name: `${desk.month} 资源使用通报` }).click();
    await page.getByRole('region', { name: '总体情况' }).getByText('核算费用', { exact: true }).waitFor();
    expect(await head.look('usage-notice')).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载 XLSX' }).click(),
    ]);
    expect((await downloaded(file)).subarray(0, 2).toString()).toBe('PK');
    await page.getByRole('button', { name: '阅知', exact: true }).click();
    await page.getByText(/ 已阅知$/).waitFor();
    await head.goTo('/usage-notices');
    await page
      .getByRole('row')
      .filter({ hasText: `${desk.month} 资源使用通报` })
      .getByText('未阅知')
      .waitFor({ state: 'detached' });
    expect(head.errors).toEqual([]);
    await head.leave();
  });

  it('a year after going live the department evaluates its own system, which is frozen when handed in', async () => {
    const head = await arrives(evaluating);
    const { page } = head;
    await head.goTo('/self-evaluations?states=OPEN');
    const list = page.getByRole('table', { name: '自评价' });
    await list.getByText('待提交').or(list.getByText('已逾期')).first().waitFor();
    expect(await head.look('self-evaluations')).toEqual([]);
    await list.getByRole('link').first().click();
    await page.getByRole('heading', { level: 2, name: '指标完成情况' }).waitFor();
    await page.getByRole('button', { name: '提交自评价' }).click();
    const dialog = page.getByRole('dialog', { name: /^提交自评价/ });
    await dialog.getByRole('button', { name: '提交自评价' }).click();
    await dialog.getByRole('alert').first().waitFor();
    await dialog.getByRole('textbox').fill('各项目标均已达到；业务办理时长由五日缩短为一日。');
    expect(await head.look('self-evaluation-hand-in')).toEqual([]);
    await dialog.getByRole('button', { name: '提交自评价' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/^SM3 [0-9a-f]{64}$/).waitFor();
    await page.getByText('业务办理时长由五日缩短为一日', { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: '提交自评价' }).count()).toBe(0);
    expect(head.errors).toEqual([]);
    await head.leave();
  });

  it('fits a telephone', async () => {
    for (const [username, pages] of [
      [
        desk.head,
        [
          ['/performance', '绩效评价', 'performance-narrow'],
          ['/performance/rules', '评价规则', 'performance-rules-narrow'],
          ['/usage-notices', '资源使用通报', 'usage-notices-narrow'],
        ],
      ],
      [evaluating, [['/self-evaluations', '自评价', 'self-evaluations-narrow']]],
    ] as const) {
      const head = await arrives(username, NARROW);
      for (const [path, heading, name] of pages) {
        await head.goTo(path);
        await head.page.getByRole('heading', { level: 1, name: heading }).waitFor();
        await head.page.locator('main table').first().waitFor();
        expect([name, await head.look(name)]).toEqual([name, []]);
        expect([name, await head.scrollsSideways()]).toEqual([name, false]);
      }
      expect(head.errors).toEqual([]);
      await head.leave();
    }
  });
});
