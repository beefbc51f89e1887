import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

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

async function person(username: string, viewport?: typeof NARROW): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

describe('people in a browser', () => {
  it('come from an account made by one and a role given by another to a password of their own', async () => {
    const maker = await person('sysadmin');
    await maker.goTo('/users');
    await maker.page.getByRole('link', { name: '沈雨桐' }).waitFor();
    expect(await maker.look('users')).toEqual([]);
    await maker.page.getByRole('button', { name: '新建用户' }).click();
    const form = maker.page.getByRole('dialog');
    await form.getByRole('button', { name: '建立账号' }).click();
    await form.getByRole('link', { name: '请填写用户名' }).waitFor();
    await form.getByLabel('用户名', { exact: true }).fill('lin.yue');
    await form.getByLabel('姓名', { exact: true }).fill('林月');
    await maker.choose(form.getByLabel('所属单位'));
    await form.getByRole('button', { name: '建立账号' }).click();
    const shown = maker.page.getByRole('dialog', { name: '初始口令' });
    const password = (await shown.locator('.jy-once').textContent()) as string;
    expect(await maker.look('initial-password')).toEqual([]);
    await shown.getByRole('button', { name: '已记下，关闭' }).click();
    expect(await maker.page.getByText(password).count()).toBe(0);

    const giver = await person('secadmin');
    await giver.goTo('/users?search=lin.yue');
    await giver.page.getByRole('link', { name: '林月' }).click();
    await giver.page.getByRole('button', { name: '调整角色' }).click();
    await giver.page.getByRole('checkbox', { name: '经办人' }).check();
    expect(await giver.look('roles')).toEqual([]);
    await giver.page.getByRole('button', { name: '保存' }).click();
    await giver.page.getByText('已调整 林月 的角色').first().waitFor();
    expect(await giver.look('user')).toEqual([]);
    await giver.goTo('/roles');
    await giver.page.getByRole('rowheader', { name: '申请单' }).waitFor();
    expect(await giver.look('role-table')).toEqual([]);

    const newcomer = await Person.arrive(browser, console_.url, NARROW);
    await newcomer.goTo('/requests');
    await newcomer.page.getByLabel('用户名').fill('lin.yue');
    await newcomer.page.getByLabel('口令', { exact: true }).fill(password);
    await newcomer.page.getByRole('button', { name: '登录' }).click();
    await newcomer.page.getByText('您使用的是初始口令，修改后才能继续。').first().waitFor();
    expect(await newcomer.look('password-390')).toEqual([]);
    await newcomer.page.getByLabel('当前口令').fill(password);
    await newcomer.page.getByLabel('新口令', { exact: true }).fill('Quiet-Evening-26');
    await newcomer.page.getByLabel('再次输入新口令').fill('Quiet-Evening-26');
    await newcomer.page.getByRole('button', { name: '修改口令' }).click();
    // On to where they wanted to go.
    await newcomer.page.getByRole('heading', { level: 1, name: '申请单' }).waitFor();
    for (const one of [maker, giver, newcomer]) {
      expect(one.errors).toEqual([]);
      await one.leave();
    }
  });

  it('a city makes a bureau below itself, and a head hands work over', async () => {
    const city = await person('city');
    await city.goTo('/departments');
    await city.page.getByRole('button', { name: '南京市的下属单位' }).click();
    await city.page.getByText('nanjing-gaj').first().waitFor();
    expect(await city.look('departments')).toEqual([]);
    await city.page.getByRole('button', { name: '南京市', exact: true }).click();
    expect(await city.look('department')).toEqual([]);
    await city.page.getByRole('button', { name: '新建下属单位' }).click();
    await city.page.getByLabel('编码', { exact: true }).fill('nanjing-wlj');
    await city.page.getByLabel('单位名称', { exact: true }).fill('南京市文化和旅游局');
    await city.page.getByRole('button', { name: '建立', exact: true }).click();
    await city.page.getByRole('button', { name: '南京市文化和旅游局' }).waitFor();
    // With people in it, it does not close, and says why.
    await city.page.getByRole('button', { name: '南京市数据局' }).click();
    await city.page.getByRole('button', { name: '关闭单位' }).click();
    await city.page.getByRole('button', { name: '确认关闭' }).click();
    await city.page.getByText('可用账号 2').first().waitFor();

    const head = await person('head', NARROW);
    await head.goTo('/hand-over');
    await head.choose(head.page.getByLabel('交出工作的人'), '陈晓舟');
    await head.choose(head.page.getByLabel('接替人'));
    await head.page.getByLabel('交接原因').fill('轮岗');
    expect(await head.look('hand-over-390')).toEqual([]);
    await head.page.getByRole('button', { name: '确认交接' }).click();
    await head.page.getByRole('heading', { name: /^已交接：陈晓舟 →/ }).waitFor();
    for (const one of [city, head]) {
      expect(one.errors).toEqual([]);
      await one.leave();
    }
  });
});
