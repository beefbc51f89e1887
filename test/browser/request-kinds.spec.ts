import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { KeystrokeLevel } from '../support/keystroke-level.ts';
import { createDraft, plainContent } from '../support/request-form.ts';

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

describe('a request of all kinds in a browser', () => {
  it('leads from the start page over four kinds, active in two centers and kept in a third, to the sign-off', async () => {
    const person = await applicant();
    const { page } = person;
    await person.goTo('/requests/new');
    await page.getByRole('heading', { name: '为哪个系统申请' }).waitFor();
    const systems = page.getByRole('group', { name: '为哪个系统申请' });
    await systems.getByRole('button').first().click();
    await systems.getByRole('button', { pressed: true }).waitFor();
    await page.getByRole('link', { name: /^云主机/ }).click();
    await page.getByRole('heading', { name: '用于什么' }).waitFor();
    const line = (number: number) => page.locator(`[data-line="${number - 1}"]`);

    await person.choose(page.getByLabel('信息化项目', { exact: true }));
    await person.choose(page.getByLabel('同城部署').first(), '同城双活');
    await person.choose(page.getByLabel('异地灾备').first(), '异地应用级灾备');
    await page.getByLabel('用途', { exact: true }).fill('一体化平台双活改造');
    await person.choose(line(1).getByLabel('服务项'), '通用型');
    await page.getByRole('button', { name: '独立服务器' }).click();
    await person.choose(line(2).getByLabel('服务器规格'), '鲲鹏');
    // Installed by its cluster with this; of the processor's architecture alone.
    await person.choose(line(2).getByLabel('操作系统'), '麒麟');
    await page.getByRole('button', { name: '机柜空间' }).click();
    await person.choose(line(3).getByLabel('机位规格'), '按 U');
    await line(3).getByLabel('高度').fill('4');
    await page.getByRole('button', { name: '服务', exact: true }).click();
    await person.choose(line(4).getByLabel('服务', { exact: true }), '负载均衡');
    await page.getByRole('button', { name: '检查并确认' }).click();
    // What a service's own definition asks for is asked for by name, at its field.
    await page.getByRole('alert').getByRole('link', { name: '明细 4：请填写监听端口' }).click();
    await line(4).getByLabel('监听端口').fill('443');
    await person.choose(line(4).getByLabel('类型'), '七层');

    const panel = page.getByRole('region', { name: '费用与可行性' });
    const centers = panel.getByRole('list', { name: '各中心可行性' });
    await centers.getByText('备用').first().waitFor();
    await panel.getByText('4 · service1').first().waitFor();
    await panel.getByText('正在计算…').waitFor({ state: 'hidden' });
    expect(await centers.locator(':scope > li').count()).toBe(3);
    expect(await person.look('request-four-kinds')).toEqual([]);

    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByRole('heading', { name: '核对申请内容' }).waitFor();
    await page.getByText('同城双活 · 异地应用级灾备').first().waitFor();
    expect(await person.look('request-four-kinds-check')).toEqual([]);
    // The way back leads to the field, and nothing of the form is lost.
    await page.getByRole('button', { name: '修改 用途' }).click();
    expect(await page.getByLabel('用途', { exact: true }).inputValue()).toBe('一体化平台双活改造');
    await page.getByRole('button', { name: '检查并确认' }).click();
    await page.getByRole('button', { name: '送本单位审签' }).click();
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    for (const kind of ['云主机', '独立服务器', '机柜空间', '服务']) await page.getByText(kind).first().waitFor();
    await page
      .getByText(/C · .*银河麒麟/)
      .first()
      .waitFor();
    expect(await person.look('request-four-kinds-detail')).toEqual([]);
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 180_000);

  it('sends a usual machine for a known system in three presses from home, well within 90 seconds of work', async () => {
    const client = await console_.signIn('applicant');
    await createDraft(client, await plainContent(client));
    const person = await applicant();
    const { page } = person;
    await person.goTo('/');
    const quick = page.getByRole('navigation', { name: '为常用系统申请' });
    await quick.getByRole('link').first().waitFor();
    expect(await person.look('home-quick-start')).toEqual([]);
    const presses = await person.countPresses();
    const human = new KeystrokeLevel(page);
    await human.press('为常用系统申请', quick.getByRole('link').first());
    // The focus stands in the one field that nobody can fill in beforehand.
    await page.getByLabel('用途', { exact: true }).and(page.locator(':focus')).waitFor();
    await human.type('用途', '参保人数增长，报表服务扩容一台应用服务器');
    await page.getByRole('list', { name: '各中心可行性' }).waitFor();
    await human.read('费用与可行性', page.getByRole('list', { name: '各中心可行性' }).getByRole('listitem'));
    await human.press('检查并确认', page.getByRole('button', { name: '检查并确认' }));
    await page.getByRole('heading', { name: '核对申请内容' }).waitFor();
    await human.read('核对申请内容', page.locator('.jy-answers dt, .jy-answers > li'));
    await human.press('送本单位审签', page.getByRole('button', { name: '送本单位审签' }));
    await page.getByRole('heading', { level: 1, name: /SQ-\d{4}-\d{6}/ }).waitFor();
    await human.keep('keystroke-level-new', 'A usual machine for a known system, from home');
    expect([await presses(), human.clicks]).toEqual([3, 3]);
    expect(human.seconds).toBeLessThanOrEqual(90);
    expect(person.errors).toEqual([]);
    await person.leave();
  }, 120_000);

  it('stays within a telephone', async () => {
    const person = await applicant(NARROW);
    const { page } = person;
    for (const path of ['/requests/new', '/requests/new?kind=CABINET', '/requests/new?kind=SERVICE']) {
      await person.goTo(path);
      await page.getByRole('heading', { level: 1, name: '新建申请' }).waitFor();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
      expect(await person.look(`request${path.slice(13).replace(/\W/g, '-')}-narrow`)).toEqual([]);
    }
    await person.leave();
  }, 120_000);
});
