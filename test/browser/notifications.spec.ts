import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { say } from '../../server/src/kernel/bilingual.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { Notices } from '../../server/src/platform/notices/notices.js';
import { tellPeople } from '../../server/src/work.js';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { openHttpSink } from '../support/message-sink.ts';

let console_: TestConsole;
let browser: Browser;
let sink: Awaited<ReturnType<typeof openHttpSink>>;
beforeAll(async () => {
  console_ = await startTestConsole({ freeDocuments: false });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await sink?.close();
  await browser?.close();
  await console_?.close();
});

const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });

async function tellReviewers(code: string): Promise<void> {
  await get(UnitOfWork).run((tx) =>
    get(Notices).tell(tx, {
      kind: 'WORK_WAITING',
      subject: { type: 'IntakeBatch', id: newId() },
      audience: { roles: [{ role: 'CENTER_REVIEWER', departmentId: null }] },
      text: say(`纳管批次 ${code} 待审批`, `Intake ${code} waits for approval`),
      onceKey: null,
    }),
  );
  await tellPeople(console_.application);
}

describe('notifications in a browser', () => {
  it('arrive at the bell by themselves, are read, and go out through a channel that is looked after', async () => {
    sink = await openHttpSink((_heard, count) => (count === 1 ? 400 : 200));
    const sysadmin = await Person.arrive(browser, console_.url);
    await sysadmin.enter('sysadmin');
    await sysadmin.goTo('/channels');
    const admin = sysadmin.page;
    await admin.getByText('还没有渠道').first().waitFor();
    expect(await sysadmin.look('channels-empty')).toEqual([]);
    await admin
      .getByRole('button', { name: /新增渠道$/ })
      .first()
      .click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '名称' }).fill('省办公平台');
    await dialog.getByRole('textbox', { name: '地址' }).fill('ftp://gateway');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await sysadmin.look('channel-refused')).toEqual([]);
    await dialog.getByRole('textbox', { name: '地址' }).fill(sink.url);
    await dialog.getByLabel('密钥').fill('a key of some length');
    await dialog.getByRole('button', { name: '保存' }).click();
    await admin.getByRole('rowheader', { name: '省办公平台' }).waitFor();
    expect(await sysadmin.look('channels')).toEqual([]);

    const reviewer = await Person.arrive(browser, console_.url);
    await reviewer.signIn('reviewer', DEMONSTRATION_PASSWORD);
    const { page } = reviewer;
    await page.getByRole('button', { name: /通知：\d+ 件待办，0 条未读/ }).waitFor();
    await tellReviewers('NG-2026-000101');
    await tellReviewers('NG-2026-000102');
    // Nobody has touched the page.
    const bell = page.getByRole('button', { name: /通知：\d+ 件待办，2 条未读/ });
    await bell.waitFor();
    await bell.click();
    await page.getByRole('link', { name: '2 条未读通知' }).click();
    await page.getByRole('heading', { level: 1, name: '通知' }).waitFor();
    await page.getByRole('link', { name: /NG-2026-000102 待审批/ }).waitFor();
    expect(await reviewer.look('notifications')).toEqual([]);
    await page.getByRole('button', { name: '标为已读', exact: true }).first().click();
    await page.getByRole('button', { name: /通知：\d+ 件待办，1 条未读/ }).waitFor();
    await page.getByRole('button', { name: '仅未读' }).click();
    await page.getByRole('link', { name: /NG-2026-000101 待审批/ }).waitFor();
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByRole('button', { name: /通知：\d+ 件待办，0 条未读/ }).waitFor();

    await page.getByRole('button', { name: '清除筛选' }).first().click();
    await page.getByRole('link', { name: /通知方式/ }).click();
    await page.getByRole('heading', { level: 1, name: '通知方式' }).waitFor();
    await page.getByRole('checkbox', { name: '电子邮件' }).check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('alert').waitFor();
    expect(await reviewer.look('notification-settings-refused')).toEqual([]);
    await page.getByRole('textbox', { name: '邮箱地址' }).fill('reviewer@example.gov.cn');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('通知方式已保存').first().waitFor();

    // The first of the two was refused by the other side, and says so; sent again it is taken.
    await sysadmin.goTo('/channels/deliveries');
    await admin.getByText('HTTP 400').first().waitFor();
    expect(await sysadmin.look('deliveries')).toEqual([]);
    await admin.getByRole('button', { name: '重新发送' }).click();
    await admin.getByText('已重新排队发送').first().waitFor();
    await tellPeople(console_.application);
    await sysadmin.goTo('/channels/deliveries?states=SENT');
    await admin.getByText('共 2 条').first().waitFor();
    expect(sink.heard).toHaveLength(3);
    expect([...sysadmin.errors, ...reviewer.errors]).toEqual([]);

    const narrow = await Person.arrive(browser, console_.url, NARROW);
    await narrow.enter('reviewer');
    for (const path of ['/notifications', '/notifications/settings']) {
      await narrow.goTo(path);
      await narrow.page.getByRole('heading', { level: 1 }).waitFor();
      await narrow.page
        .getByText(/NG-2026-000102|短信/)
        .first()
        .waitFor();
      expect(await narrow.look(`narrow-${path.replaceAll('/', '-')}`)).toEqual([]);
    }
  }, 180_000);
});
