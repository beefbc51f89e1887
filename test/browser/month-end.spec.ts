import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import type { Browser, Locator } from 'playwright-core';
import { CostCells } from '../../server/src/costs/cost-cells.service.js';
import { checkFocusFile } from '../../server/src/exports/focus-check-command.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { addDays } from '../../server/src/kernel/calendar.js';
import { toNodeId } from '../../server/src/kernel/node-id.js';
import { auditSchemaOf } from '../../server/src/platform/database/data-source.js';
import { openBrowser, Person } from '../support/browser.ts';
import { fenOf } from '../support/export-desk.ts';
import { downloaded, FinanceDesk } from '../support/finance-desk.ts';
import { SpendDesk } from '../support/spend-desk.ts';

const CONTRACT = '云平台月度运维服务';
const PAID_FEN = 123_456n;

let desk: FinanceDesk;
let browser: Browser;
let contract: string;
let lastDay: string;
const people = {} as Record<'clerk' | 'checker' | 'head', Person>;
/** What the sealed close says that the month comes to. */
let sealed = 0n;

beforeAll(async () => {
  desk = await FinanceDesk.open();
  const { application, test } = desk.console;
  const centers = await desk.get(FacilitiesService).centers();
  const spend = await SpendDesk.open({ context: application, test, close: async () => {} }, centers[0]);
  const from = `${desk.month}-01`;
  const to = `${addDays(from, 31).slice(0, 7)}-01`;
  lastDay = addDays(to, -1);
  const shares = centers.map(({ id }) => ({ centerId: id, weight: 1 }));
  contract = toNodeId('Contract', await spend.contract({ name: CONTRACT, ceiling: 500_000n, from, to, shares }));
  browser = await openBrowser();
  for (const [role, username] of [
    ['clerk', 'finance'],
    ['checker', 'finance.czt'],
    ['head', desk.head],
  ] as const) {
    people[role] = await Person.arrive(browser, desk.url);
    await people[role].enter(username);
  }
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

const fenIn = async (part: Locator): Promise<bigint> =>
  BigInt((await part.locator('data').first().getAttribute('value')) ?? '');

/** Everybody reads their page before the next acts: what one did stands on the other's. */
describe('a month is closed and reconciled by those whose work it is', () => {
  it('the department looks through its statement, and disputes one line of it', async () => {
    const { head } = people;
    const { page } = head;
    await head.goTo('/department-costs');
    await page
      .getByRole('region', { name: '待本单位确认的核算单' })
      .getByRole('link', { name: new RegExp(desk.month) })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${desk.month} 费用核算单`) }).waitFor();
    expect(await head.look('month-end-statement')).toEqual([]);
    const uses = page.getByRole('table', { name: '资源明细' });
    await page.getByRole('button', { name: '云主机', exact: true }).click();
    await page.getByText(/^筛选合计（\d+ 项资源）/).waitFor();
    await uses.getByRole('button').first().click();
    const lines = page.getByRole('dialog', { name: new RegExp(`${desk.month} 计费明细`) });
    // Each line is what was used × its price version × the days of it, and says so.
    const first = lines.getByRole('row').nth(1);
    expect(await first.textContent()).toMatch(/元\/\S+·月自 \d{4}-\d{2}-\d{2} 起：.+\d+(\/\d+)? 月/);
    await lines.getByRole('button', { name: '提出异议' }).first().click();
    expect(await head.look('month-end-dispute')).toEqual([]);
    await lines.getByRole('textbox', { name: /异议理由/ }).fill('该资源月中已停用，请按实际天数核减');
    await lines.getByRole('form').getByRole('button', { name: '提出异议' }).click();
    await lines.getByText('明细异议，暂不计费').first().waitFor();
    await page.keyboard.press('Escape');
    await lines.waitFor({ state: 'hidden' });
  });

  it('finance sees on the checklist what is open, and answers the dispute', async () => {
    const { clerk } = people;
    const { page } = clerk;
    await clerk.goTo(`/closings?month=${desk.month}`);
    const check = page.getByRole('region', { name: `${desk.month} 检查清单` });
    await check.getByRole('row', { name: /明细异议未答复.*需说明.*1/ }).waitFor();
    await check.getByRole('row', { name: /^该月已结束 通过/ }).waitFor();
    await clerk.goTo('/disputes?state=OPEN');
    await page.getByRole('link', { name: /^FY-/ }).first().click();
    await page.getByText('该资源月中已停用，请按实际天数核减').waitFor();
    const amount = await fenIn(page.getByRole('region', { name: '有异议的明细' }));
    await page.getByRole('button', { name: '予以更正' }).click();
    const dialog = page.getByRole('dialog', { name: /^予以更正/ });
    await dialog.getByLabel('更正后的金额').fill('很少');
    await dialog.getByRole('textbox', { name: '答复理由' }).fill('经核对停用记录，按半月核减');
    await dialog.getByRole('button', { name: '予以更正' }).click();
    await dialog.getByText('请填写金额，最多两位小数').first().waitFor();
    const half = amount / 2n;
    await dialog.getByLabel('更正后的金额').fill(`${half / 100n}.${String(half % 100n).padStart(2, '0')}`);
    expect(await clerk.look('month-end-answer')).toEqual([]);
    await dialog.getByRole('button', { name: '予以更正' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('已更正', { exact: true }).first().waitFor();
    expect(await fenIn(page.locator('dd').filter({ hasText: '¥' }).last())).toBe(half);
  });

  it('the department confirms the amount that stands there now', async () => {
    const { head } = people;
    const { page } = head;
    await page.reload();
    const word = page.getByRole('region', { name: '单位确认' });
    await word.getByText('待确认', { exact: true }).waitFor();
    await word.getByRole('button', { name: '确认核算单' }).click();
    const dialog = page.getByRole('dialog', { name: `确认 ${desk.month} 费用核算单` });
    const confirmed = await fenIn(dialog);
    await dialog.getByRole('button', { name: '确认核算单' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await word.getByText('已确认', { exact: true }).waitFor();
    expect(await fenIn(page.getByRole('list', { name: '合计' }))).toBe(confirmed);
  });

  it('one of finance asks for the close with a word on each open item, another approves, and it is sealed', async () => {
    const { checker, clerk } = people;
    const { page } = clerk;
    await clerk.goTo(`/closings?month=${desk.month}`);
    const check = page.getByRole('region', { name: `${desk.month} 检查清单` });
    // The dispute is answered, and its department has confirmed.
    await check.getByRole('row', { name: /^明细异议均已答复 通过/ }).waitFor();
    await check.getByRole('button', { name: '申请结账' }).click();
    const asking = page.getByRole('dialog', { name: `申请 ${desk.month} 结账` });
    for (const box of await asking.getByRole('textbox').all()) await box.fill('已逐户核实，不影响结账');
    expect(await clerk.look('month-end-ask')).toEqual([]);
    await asking.getByRole('button', { name: '申请结账' }).click();
    await asking.waitFor({ state: 'hidden' });
    await check.getByRole('link', { name: '查看结账' }).click();
    await page.getByRole('button', { name: '撤回申请' }).waitFor();

    await checker.goTo(new URL(page.url()).pathname);
    await checker.page.getByRole('button', { name: '批准结账' }).click();
    const approving = checker.page.getByRole('dialog', { name: /批准结账/ });
    await approving.getByRole('button', { name: '批准结账' }).click();
    await approving.waitFor({ state: 'hidden' });
    await checker.page.getByText('已结账', { exact: true }).first().waitFor();
    await checker.page.getByRole('button', { name: '校验摘要' }).click();
    await checker.page.getByText('逐行重算一致，未被改动').first().waitFor();
    sealed = await fenIn(checker.page.locator('dl').first());
    expect(await checker.look('month-end-sealed')).toEqual([]);
  });

  it('the sealed total is the same to the fen on the page, in GraphQL, Excel, FOCUS and the database', async () => {
    const { clerk } = people;
    const { page } = clerk;
    await clerk.goTo('/data-exports');
    const row = page.getByRole('row', { name: new RegExp(`^${desk.month}`) });
    await row.waitFor();
    expect(await fenIn(row)).toBe(sealed);
    const take = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        row.getByRole('link', { name, exact: true }).click(),
      ]);
      return file;
    };
    const focus = await checkFocusFile((await (await take('FOCUS')).path()) as string);
    expect([focus.findings, focus.billedFen]).toEqual([[], sealed]);
    const { sheets } = await readXlsx(new Uint8Array(await downloaded(await take('Excel（元）'))));
    const total = (sheets[0]?.rows ?? []).find(([first]) => first === '合计');
    expect(fenOf(total?.at(-1))).toBe(sealed);
    const asked = { first: 1, month: desk.month, side: 'PROVINCE' };
    const { draftStatement } = await desk.ask('finance', 'query StatementList(', asked);
    expect(BigInt(draftStatement.total.amount)).toBe(sealed);
    const { db, address } = desk.console.test;
    const [stored] = await db.query(
      `select sum(l.amount_fen) as fen from \`${auditSchemaOf(address.database)}\`.closed_line l
       join closing c on c.id = l.document_id where c.live = 1 and c.kind = 'STATEMENT' and c.book = 'PROVINCE' and c.of_month = ?`,
      [desk.month],
    );
    expect(BigInt(stored.fen)).toBe(sealed);
    await clerk.goTo(`/statements?month=${desk.month}`);
    expect(await fenIn(page.getByRole('list', { name: '合计' }))).toBe(sealed);
  });

  it('what the month’s service cost is accepted and paid: each entered by one, confirmed by another', async () => {
    const { checker, clerk } = people;
    const { page } = clerk;
    const address = `/contracts/${encodeURIComponent(contract)}`;
    const yuan = `${PAID_FEN / 100n}.${PAID_FEN % 100n}`;
    // Found as a person finds it.
    await clerk.goTo('/contracts');
    await page.getByRole('link', { name: CONTRACT }).click();
    await page.getByRole('button', { name: '录入验收' }).click();
    const acceptance = page.getByRole('dialog');
    await acceptance.getByLabel('金额').fill(yuan);
    const evidence = { name: '月度验收单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 验收') };
    await acceptance.locator('input[type=file]').setInputFiles(evidence);
    await acceptance.getByText(evidence.name, { exact: true }).first().waitFor();
    await acceptance.getByRole('button', { name: '录入验收' }).click();
    await acceptance.waitFor({ state: 'detached' });
    await checker.goTo(address);
    await checker.page.getByRole('table').getByRole('button', { name: '复核', exact: true }).click();
    await checker.page.getByRole('table').getByText('已复核').first().waitFor();
    await clerk.goTo(address);
    await page.getByRole('button', { name: '录入付款' }).click();
    const payment = page.getByRole('dialog');
    await payment.getByLabel('金额').fill(yuan);
    await payment.getByLabel('凭证号').fill('记-月末-1');
    await payment.getByLabel('服务期 · 开始日期').fill(`${desk.month}-01`);
    await payment.getByLabel('服务期 · 结束日期（含当日）').fill(lastDay);
    expect(await clerk.look('month-end-payment')).toEqual([]);
    await payment.getByRole('button', { name: '录入付款' }).click();
    await payment.waitFor({ state: 'detached' });
    await checker.goTo('/payments?states=ENTERED');
    await checker.page.getByRole('button', { name: '复核', exact: true }).click();
    await checker.page.getByText('没有符合条件的记录', { exact: true }).first().waitFor();
  });

  it('spend and accounted cost are laid side by side, and what is different is explained until nothing is left', async () => {
    const { clerk } = people;
    const { page } = clerk;
    // As the worker does every five minutes.
    await desk.get(CostCells).take();
    await clerk.goTo(`/reconciliation?year=${desk.month.slice(0, 4)}`);
    const whole = page.getByRole('table', { name: '对账表 · 全部中心' });
    const month = whole.getByRole('row', { name: new RegExp(`^${desk.month}`) });
    await month.waitFor();
    expect(await clerk.look('month-end-differences')).toEqual([]);
    const figures = async () => {
      const at = (column: number) => fenIn(month.getByRole('cell').nth(column));
      const [spend, accounted, unallocated] = [await at(0), await at(1), await at(2)];
      return { spend, accounted, unallocated, cities: await at(3), explained: await at(4), unexplained: await at(5) };
    };
    const before = await figures();
    expect(before).toMatchObject({ spend: PAID_FEN, accounted: sealed, unallocated: PAID_FEN - sealed, explained: 0n });
    let spent = 0n;
    for (const opener of await page.getByRole('button', { name: `看 ${desk.month} 明细` }).all()) {
      await opener.click();
      const cell = page.getByRole('dialog', { name: new RegExp(`${desk.month} 对账`) });
      const paid = cell.getByRole('row', { name: /付款.*记-月末-1/ });
      await cell.getByRole('heading', { name: '支出构成' }).waitFor();
      // A figure opens down to the contract and the voucher that it is of.
      if ((await paid.count()) > 0) {
        expect(await paid.getByRole('link', { name: CONTRACT }).getAttribute('href')).toBe(
          `/contracts/${encodeURIComponent(contract)}`,
        );
        spent += await fenIn(paid);
      }
      const rest = await fenIn(
        cell.getByRole('table', { name: /对账$/ }).getByRole('row').last().getByRole('cell').nth(5),
      );
      if (rest !== 0n) {
        await cell.getByRole('button', { name: '说明差额' }).click();
        await cell.getByRole('textbox', { name: /^说明/ }).fill('当月仅付一期服务费，其余按季支付');
        await cell.locator('form').getByRole('button', { name: '说明差额' }).click();
        await cell.getByText('当月仅付一期服务费，其余按季支付').waitFor();
        expect(await clerk.look('month-end-explained')).toEqual([]);
      }
      await page.keyboard.press('Escape');
      await cell.waitFor({ state: 'hidden' });
    }
    expect(spent).toBe(PAID_FEN);
    // The page behind the dialogs asks anew by itself: its figures are read when they have come.
    await month.getByRole('cell').nth(5).locator('data[value="0"]').waitFor();
    const after = await figures();
    expect(after).toMatchObject({ unexplained: 0n, spend: PAID_FEN, accounted: sealed });
    expect(after.explained).toBe(after.unallocated - after.cities);
    expect(await clerk.look('month-end-reconciled')).toEqual([]);
    for (const { errors } of Object.values(people)) expect(errors).toEqual([]);
  });
});
