import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { CENTERS_STEPS } from '../support/request-form.ts';

let console_: TestConsole;
let browser: Browser;
beforeAll(async () => {
  // Exactly what production serves: the built console, its own documents only.
  console_ = await startTestConsole({ worker: true, freeDocuments: false });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

/** By the form, and with everything that moves. */
const person = async (username: string): Promise<Person> => {
  const arrived = await Person.arrive(browser, console_.url, WIDE, { reducedMotion: 'no-preference' });
  await arrived.signIn(username, DEMONSTRATION_PASSWORD);
  return arrived;
};

describe('the thread in a browser', () => {
  it('leads from sign-in to a running machine on a page that changes by itself, and to its release', async () => {
    const visitor = await Person.arrive(browser, console_.url);
    await visitor.goTo('/');
    await visitor.page.getByLabel('用户名').waitFor();
    expect(await visitor.look('sign-in')).toEqual([]);
    await visitor.leave();

    const applicant = await person('applicant');
    await applicant.page.getByRole('heading', { name: '两地三中心' }).waitFor();
    expect(await applicant.look('home')).toEqual([]);

    const { page } = applicant;
    await page
      .getByRole('link', { name: '新建申请' })
      .or(page.getByRole('button', { name: '新建申请' }))
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: '新建申请' }).waitFor();
    expect(await applicant.look('request-start')).toEqual([]);
    await page.getByRole('link', { name: /^云主机/ }).click();
    await applicant.choose(page.getByLabel('政务信息系统', { exact: true }));
    // The panel lists what is still missing; a system with one project fills that in by itself.
    const missing = page.getByRole('listitem').filter({ hasText: '信息化项目' });
    await page.getByLabel('用途', { exact: true }).click();
    if (await missing.isVisible()) await applicant.choose(page.getByLabel('信息化项目', { exact: true }));
    await page.getByLabel('用途', { exact: true }).fill('参保人数增长，网上服务大厅扩容一台应用服务器');
    await applicant.choose(page.getByLabel('服务项', { exact: true }));
    await applicant.choose(page.getByLabel('镜像', { exact: true }));
    await page.getByLabel('名称', { exact: true }).fill('portal');
    await page.getByText('今天可以落位').first().waitFor();
    await page.getByText('正在计算…').waitFor({ state: 'hidden' });
    expect(await applicant.look('request-form')).toEqual([]);

    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByRole('heading', { name: '核对申请内容' }).waitFor();
    expect(await applicant.look('request-check')).toEqual([]);
    await page.getByRole('button', { name: '送本单位审签' }).click();
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    const code = (await page.getByRole('heading', { level: 1 }).textContent())?.match(/SQ-\d{4}-\d{6}/)?.[0] as string;

    const head = await person('head');
    await head.goTo('/approvals');
    await head.page.getByText(code).first().waitFor();
    expect(await head.look('sign-off-queue')).toEqual([]);
    await head.page.getByText(code).first().click();
    await head.page.getByRole('button', { name: '审签并提交' }).click();
    await confirm(head, '审签并提交', '同意，由本项目支付');
    await head.page.getByText(`${code} 已提交`).first().waitFor();
    expect(await head.look('submitted')).toEqual([]);
    await head.leave();

    // The applicant has touched nothing since: the page has changed by itself.
    await page.getByText('当前处理：大数据中心受理').first().waitFor();

    // The center's steps, each by the person whose it is.
    for (const username of CENTERS_STEPS) {
      const one = await person(username);
      await one.goTo('/approvals');
      await one.page.getByText(code).first().click();
      await one.page.getByRole('button', { name: '同意', exact: true }).waitFor();
      expect(await one.look(`review-${username}`)).toEqual([]);
      await one.page.getByRole('button', { name: '同意', exact: true }).click();
      await confirm(one, '同意', '配置合理，同意分配');
      await one.page.getByText(`${code} 已同意`).first().waitFor();
      await one.leave();
    }

    await page.getByText('1 / 1 台可用').first().waitFor();
    expect(await applicant.look('request-detail')).toEqual([]);

    await applicant.goTo('/resources');
    await page.getByText('portal-1').first().waitFor();
    expect(await applicant.look('resource-list')).toEqual([]);
    await page.getByText('portal-1').first().click();
    await page.getByRole('heading', { level: 1, name: 'portal-1' }).waitFor();
    expect(await applicant.look('resource-detail')).toEqual([]);

    await page.getByRole('button', { name: '释放' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().waitFor();
    expect(await applicant.look('release-dialog')).toEqual([]);
    for (const box of await dialog.getByRole('textbox').all()) {
      const label = `${await box.getAttribute('aria-label')} ${await box.getAttribute('id')}`;
      await box.fill(
        /reason/i.test(label) || (await box.evaluate((e) => e.tagName)) === 'TEXTAREA' ? '业务下线' : 'portal-1',
      );
    }
    await dialog.getByRole('button', { name: '释放' }).click();
    // It is stopped and lies in the bin, from where its department may delete it at once.
    await page.getByText('已停机：在回收站中').first().waitFor();
    expect(await applicant.look('binned')).toEqual([]);
    await page.getByRole('button', { name: '立即清除' }).first().click();
    await dialog.getByRole('textbox').fill('portal-1');
    await dialog.getByRole('button', { name: '立即清除' }).click();
    await page.getByText('已释放').first().waitFor();
    expect(await applicant.look('released')).toEqual([]);
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  }, 240_000);

  it('reads well on a telephone, in English and in the dark', async () => {
    const narrow = await Person.arrive(browser, console_.url, NARROW);
    await narrow.signIn('applicant', DEMONSTRATION_PASSWORD);
    expect(await narrow.look('home-narrow')).toEqual([]);
    for (const path of ['/requests', '/requests/new', '/resources']) {
      await narrow.goTo(path);
      await narrow.page.getByRole('heading', { level: 1 }).waitFor();
      // Nothing may be wider than the screen: a table scrolls in itself.
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
      expect(await narrow.look(`${path.slice(1).replace('/', '-')}-narrow`)).toEqual([]);
    }
    await narrow.leave();

    const wide = await person('reviewer');
    await wide.page.getByRole('button', { name: /English|EN/ }).click();
    await wide.page.getByRole('button', { name: 'Switch to dark' }).waitFor();
    expect(await wide.look('home-english')).toEqual([]);
    await wide.page.getByRole('button', { name: 'Switch to dark' }).click();
    await wide.page.getByRole('button', { name: 'Switch to light' }).waitFor();
    expect(await wide.look('home-english-dark')).toEqual([]);
    for (const path of ['/requests', '/resources', '/approvals', '/catalog']) {
      await wide.goTo(path);
      await wide.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await wide.look(`${path.slice(1)}-english-dark`)).toEqual([]);
    }
    await wide.leave();
  }, 120_000);
});

/** The dialog that asks for an opinion before an act. */
async function confirm(someone: Person, act: string, opinion: string): Promise<void> {
  const dialog = someone.page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(opinion);
  await dialog.getByRole('button', { name: act }).click();
  await dialog.waitFor({ state: 'hidden' });
}
