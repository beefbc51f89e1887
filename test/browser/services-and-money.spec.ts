import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { addDays, calendarDate } from '../../server/src/kernel/calendar.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

/** Budgets are used by what was asked for. */
const PAST = { machines: 400, months: 12 };
const today = calendarDate(new Date());

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false, machines: PAST.machines });
  await console_.application.get(HistoryLoader, { strict: false }).load(PAST);
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

/** What a person does on a page, by the words that they read. */
function handsOf({ page }: Person) {
  const box = (name: string, within = page.locator('body')) =>
    within
      .getByRole('textbox', { name })
      .or(within.getByRole('spinbutton', { name }))
      .or(within.getByRole('combobox', { name }));
  return {
    press: (name: string) => page.getByRole('button', { name, exact: true }).click(),
    heading: (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor(),
    dialog: (name: string | RegExp) => page.getByRole('dialog', { name }),
    fill: (name: string, value: string) => box(name).first().fill(value),
    box,
    noDialog: () => page.getByRole('dialog').first().waitFor({ state: 'hidden' }),
    isWide: () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
  };
}

describe('services and money in a browser', () => {
  it('opens a price item, refuses an overlap in words, and shows a gap', async () => {
    const finance = await Person.arrive(browser, console_.url);
    await finance.enter('finance');
    const { page } = finance;
    const { press, heading, fill, dialog, noDialog, box } = handsOf(finance);
    await finance.goTo('/prices');
    await heading('计费标准');
    await press('新增计费项');
    await fill('计量项代码', 'SERVICE:waf');
    await fill('中文名称', '网站防护');
    await fill('英文名称', 'Web firewall');
    await fill('中文单位', '个');
    await fill('英文单位', 'site');
    await dialog('新增计费项').getByRole('button', { name: '新增计费项' }).click();
    await noDialog();
    await page.getByRole('button', { name: '网站防护' }).click();
    const item = dialog('网站防护');
    const addPrice = async (yuan: string, from: string, to: string, follows = true) => {
      await item.getByRole('button', { name: '新增价格' }).click();
      await box('单价', item).fill(yuan);
      await box('生效日', item).fill(from);
      await box('终止日', item).fill(to);
      await box('依据', item).fill('苏财综〔2026〕7号');
      if (!follows) await item.getByLabel('同一适用范围的现行价格到生效日为止').uncheck();
      await item.getByRole('button', { name: '新增价格' }).click();
    };
    await addPrice('320.5', today, addDays(today, 30));
    await item.getByText('320.50 元').first().waitFor();
    // Two prices for one day cannot be: it says with which, and nothing is lost of what was typed.
    await addPrice('280', addDays(today, 10), '', false);
    await item
      .getByText(/的价格重叠；同一适用范围同一天只能有一个价格/)
      .first()
      .waitFor();
    expect(await finance.look('price-overlap-refused')).toEqual([]);
    await box('生效日', item).fill(addDays(today, 60));
    await item.getByRole('button', { name: '新增价格' }).click();
    await item
      .getByText(`价格空档：全部中心和架构，${addDays(today, 30)} 至 ${addDays(today, 60)}（不含）`)
      .first()
      .waitFor();
    expect(await finance.look('price-gap')).toEqual([]);
    // What has not begun is taken back as if it had never been.
    await item.getByRole('button', { name: '撤回' }).click();
    await item.getByRole('button', { name: '撤回' }).click();
    await item
      .getByText(`价格空档：全部中心和架构，${addDays(today, 30)} 起`)
      .first()
      .waitFor();
    expect(finance.errors).toEqual([]);
    await finance.leave();
  });

  it('defines a service by data, revises it, and offers servers and cabinet space', async () => {
    const keeper = await Person.arrive(browser, console_.url);
    await keeper.enter('allocator');
    const { page } = keeper;
    const { press, heading, fill, dialog, noDialog, box } = handsOf(keeper);
    await keeper.goTo('/catalog?kind=ServiceOffer');
    await press('新增服务');
    await heading('新增服务');
    await press('添加一项');
    await press('新增服务');
    await page.getByRole('alert').getByText('请填写第 1 项的字段名').first().waitFor();
    expect(await keeper.look('service-new-refused')).toEqual([]);
    await fill('编号', 'waf');
    await fill('名称（中文）', '网站防护');
    await fill('名称（英文）', 'Web firewall');
    await fill('说明（中文）', '为面向公众的网站拦截攻击');
    await fill('说明（英文）', 'Keeps attacks away from public sites');
    await fill('计量单位（中文）', '个');
    await fill('计量单位（英文）', 'site');
    await fill('每次申请最多数量', '20');
    await page.getByRole('combobox', { name: '计费项' }).fill('防护');
    await keeper.choose(page.getByRole('combobox', { name: '计费项' }), 'SERVICE:waf');
    const question = (number: number) => page.getByRole('group', { name: `第 ${number} 项` });
    await box('问题（中文）', question(1)).fill('站点域名');
    await box('问题（英文）', question(1)).fill('Domain of the site');
    await box('字段名', question(1)).fill('domain');
    await keeper.choose(question(1).getByRole('combobox', { name: '类型' }), '域名');
    await press('添加一项');
    await box('问题（中文）', question(2)).fill('防护模式');
    await box('问题（英文）', question(2)).fill('Mode');
    await box('字段名', question(2)).fill('domain');
    await keeper.choose(question(2).getByRole('combobox', { name: '类型' }), '选项');
    for (const [index, [value, zh, en]] of [
      ['watch', '观察', 'Watch'],
      ['block', '拦截', 'Block'],
    ].entries()) {
      await press('添加选项');
      await box(`选项 ${index + 1} 的值`).fill(value as string);
      await box('显示（中文）')
        .nth(index)
        .fill(zh as string);
      await box('显示（英文）')
        .nth(index)
        .fill(en as string);
    }
    await press('新增服务');
    // The server says that a key stands twice, at its box.
    await page
      .getByRole('alert')
      .getByText(/字段名须为小写字母开头/)
      .first()
      .waitFor();
    await box('字段名', question(2)).fill('mode');
    await page.getByRole('region', { name: '申请人看到的' }).getByText('观察 / 拦截').first().waitFor();
    expect(await keeper.look('service-new')).toEqual([]);
    await press('新增服务');
    const made = dialog('网站防护');
    await made.getByText('第 1 版').first().waitFor();
    await made.getByText('观察 / 拦截').first().waitFor();
    expect(await keeper.look('service-made')).toEqual([]);

    await made.getByRole('button', { name: '修订' }).click();
    await heading('修订 网站防护');
    await page.getByText('现为第 1 版。保存后成为第 2 版').first().waitFor();
    await press('第 2 项上移');
    await box('问题（中文）', question(1)).fill('防护方式');
    await press('保存为第 2 版');
    await dialog('网站防护').getByText('第 2 版').first().waitFor();
    await dialog('网站防护').getByRole('rowheader').first().getByText('防护方式').first().waitFor();

    // Nobody asks for it any more; it is found again among the withdrawn and offered anew.
    await dialog('网站防护').getByRole('button', { name: '下架' }).click();
    await noDialog();
    await page.getByRole('button', { name: '网站防护' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '含已下架' }).click();
    await page.getByRole('row', { name: /网站防护.*已下架/ }).waitFor();
    expect(await keeper.look('catalog-withdrawn')).toEqual([]);

    await keeper.goTo('/catalog?kind=ServerOffer');
    await press('新增服务器规格');
    const server = dialog('新增服务器规格');
    await box('编号', server).fill('hygon-2s-96c');
    await box('名称', server).fill('海光增强服务器 96 核');
    await keeper.choose(server.getByRole('combobox', { name: '架构' }), 'x86');
    await server.getByText('海光').first().waitFor();
    await box('处理器核数', server).fill('96');
    await server.getByText('SERVER:hygon-2s-96c').first().waitFor();
    await box('加速卡数量', server).fill('2');
    await server.getByRole('button', { name: '新增服务器规格' }).click();
    await server.getByText('请说明磁盘配置').first().waitFor();
    await server.getByText('加速卡须写明型号和数量').first().waitFor();
    expect(await keeper.look('server-offer-refused')).toEqual([]);
    await box('磁盘配置', server).fill('2×480G SSD + 4×3.84T NVMe');
    await box('加速卡数量', server).fill('0');
    await server.getByRole('button', { name: '新增服务器规格' }).click();
    await noDialog();
    await page.getByRole('row', { name: /hygon-2s-96c.*96 核.*未定价/ }).waitFor();

    await keeper.goTo('/catalog?kind=CabinetOffer');
    await press('新增机柜空间');
    const cabinet = dialog('新增机柜空间');
    await box('编号', cabinet).fill('cabinet-whole-internet');
    await box('名称', cabinet).fill('互联网区整柜 47U');
    await keeper.choose(cabinet.getByRole('combobox', { name: '提供方式' }), '整柜');
    await keeper.choose(cabinet.getByRole('combobox', { name: '网络区域' }), '互联网');
    await box('高度', cabinet).fill('47');
    await box('价格包含的功率', cabinet).fill('6000');
    expect(await keeper.look('cabinet-offer')).toEqual([]);
    await cabinet.getByRole('button', { name: '新增机柜空间' }).click();
    await noDialog();
    await page.getByRole('row', { name: /互联网区整柜 47U.*47 U.*含 6,000 W/ }).waitFor();
    expect(keeper.errors).toEqual([]);
    await keeper.leave();
  });

  it('asks for an adjustment that another person approves, and says in yuan what cannot be taken away', async () => {
    const finance = await Person.arrive(browser, console_.url);
    await finance.enter('finance');
    const { page } = finance;
    const { press, heading, dialog, noDialog, box } = handsOf(finance);
    const [used] = await console_.test.db.query(
      `select b.name from budget b join budget whole on whole.id = b.parent_id
       where b.grain = 'ITEM' and b.spent_fen > 0 and b.reserved_fen > 0 and b.amount_fen > b.reserved_fen + b.spent_fen
         and whole.amount_fen > whole.allotted_fen + 100000 order by b.budget_key limit 1`,
    );
    await finance.goTo(`/budgets?search=${encodeURIComponent(used.name)}`);
    await heading('预算额度');
    await page.getByRole('link', { name: used.name }).first().click();
    await heading(used.name);
    await page
      .getByRole('row', { name: /(申请单|年在用资源)占用/ })
      .first()
      .waitFor();
    await page
      .getByRole('row', { name: /核算费用列支/ })
      .first()
      .waitFor();
    expect(await finance.look('budget')).toEqual([]);
    await press('申请调整');
    const adjusting = dialog(/^调整/);
    await box('调整额', adjusting).fill('-99999999');
    await box('事由', adjusting).fill('压减一般性支出');
    await adjusting.getByRole('button', { name: '申请调整' }).click();
    await adjusting
      .getByText(/预算不足：.*可用 .* 元，需 99999999.00 元，缺 /)
      .first()
      .waitFor();
    expect(await finance.look('budget-adjust-refused')).toEqual([]);
    await box('调整额', adjusting).fill('500.05');
    await box('事由', adjusting).fill('苏财预〔2026〕31号');
    await adjusting.getByRole('button', { name: '申请调整' }).click();
    await noDialog();
    const adjustments = page.getByRole('table', { name: '预算调整' });
    await adjustments.getByRole('row', { name: /500\.05.*苏财预〔2026〕31号.*待审批/ }).waitFor();
    // Whoever asked takes it back at most.
    expect(await adjustments.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    const second = await Person.arrive(browser, console_.url);
    await second.enter('finance.czt');
    await second.goTo(new URL(page.url()).pathname);
    await second.page
      .getByRole('table', { name: '预算调整' })
      .getByRole('button', { name: '批准', exact: true })
      .click();
    const approving = second.page.getByRole('dialog', { name: /^批准/ });
    expect(await second.look('budget-adjust-approve')).toEqual([]);
    await approving.getByRole('button', { name: '批准', exact: true }).click();
    await second.page
      .getByRole('row', { name: /调整.*500\.05.*苏财预〔2026〕31号/ })
      .first()
      .waitFor();
    await second.page.getByText('已批准', { exact: true }).first().waitFor();
    expect([...finance.errors, ...second.errors]).toEqual([]);
    await second.leave();
    await finance.leave();
  });

  it('fits a telephone, and is not offered to who may not', async () => {
    const keeper = await Person.arrive(browser, console_.url, NARROW);
    await keeper.enter('allocator');
    const hands = handsOf(keeper);
    await keeper.goTo('/catalog/services/new');
    await hands.heading('新增服务');
    await hands.press('添加一项');
    await keeper.choose(keeper.page.getByRole('group').getByRole('combobox', { name: '类型' }), '选项');
    await hands.press('添加选项');
    expect(await keeper.look('service-new-narrow')).toEqual([]);
    expect(await hands.isWide()).toBe(true);
    await keeper.leave();

    const applicant = await Person.arrive(browser, console_.url);
    await applicant.enter('applicant');
    await applicant.goTo('/catalog?kind=ServiceOffer');
    await handsOf(applicant).heading('服务目录');
    expect(await applicant.page.getByRole('button', { name: /^新增/ }).count()).toBe(0);
    await applicant.goTo('/catalog/services/new');
    await applicant.page.getByText('您不能编辑服务目录').first().waitFor();
    await applicant.leave();
  });
});
