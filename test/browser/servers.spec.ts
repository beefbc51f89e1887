import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person, WIDE } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

/** Typed in once; nothing that comes back may hold it. */
const BMC_PASSWORD = 'Huawei12#$-once';

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

async function person(username: string, viewport = WIDE): Promise<Person> {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
}

describe('standalone servers in a browser', () => {
  it('go from their registration into a cabinet, through their life and into a file', async () => {
    const engineer = await person('facility');
    const { page } = engineer;
    const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
    const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    const fill = (name: string, value: string) => page.getByLabel(name, { exact: true }).first().fill(value);
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/graphql')) answers.push(response.text().catch(() => ''));
    });

    // Refused at every empty field, then by the server at the one that is taken.
    await engineer.goTo('/servers');
    await page.getByRole('row').nth(1).waitFor();
    await page.getByRole('button', { name: /空闲 \d+/ }).waitFor();
    expect(await engineer.look('servers')).toEqual([]);
    await page.getByRole('button', { name: /登记服务器$/ }).click();
    await heading('登记服务器');
    await press('登记服务器');
    await page.getByRole('heading', { level: 2, name: '有 7 处需要更正' }).waitFor();
    await fill('资产编号', 'ZC-A-0001');
    await fill('序列号', 'jy-journey-1');
    await engineer.choose(page.locator('#field-modelId'), 'Atlas 800');
    await engineer.choose(page.locator('#field-centerId'));
    await fill('物理核数（合计）', '256');
    await fill('线程数（合计）', '256');
    await fill('内存', '1024');
    await page.getByRole('button', { name: /添加加速卡$/ }).click();
    await page.locator('[id="field-accelerators-0-name"]').fill('昇腾 910B');
    await page.locator('[id="field-accelerators-0-count"]').fill('8');
    await press('登记服务器');
    await page.getByText('资产编号 ZC-A-0001 已登记').first().waitFor();
    expect(await page.locator('#field-assetNumber').getAttribute('aria-invalid')).toBe('true');
    expect(await engineer.look('server-new-refused')).toEqual([]);
    await fill('资产编号', 'ZC-J-0001');
    await press('登记服务器');
    await heading('ZC-J-0001');

    // From the order to the shelf of what may be asked for.
    await press('到货');
    await dialog.getByRole('button', { name: '到货', exact: true }).click();
    await page.getByText('上架纳管中', { exact: true }).first().waitFor();

    // A cabinet that something stands in already: refused there, with the figure, then where it fits.
    await press('上架');
    await engineer.choose(dialog.locator('#field-cabinetId'));
    await dialog
      .getByText(/^可用U位/)
      .first()
      .waitFor();
    await dialog.getByLabel('起始U位').fill('42');
    await dialog.getByRole('button', { name: '上架', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await engineer.look('server-mount-refused')).toEqual([]);
    const room = dialog.getByRole('region', { name: /的余量$/ }).getByRole('button', { name: /^U\d+–\d+$/ });
    const run = (await room.first().textContent()) ?? '';
    await room.first().click();
    await dialog.getByRole('button', { name: '上架', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const first = Number(/^U(\d+)/.exec(run)?.[1]);
    await page
      .getByText(`U${first}–${first + 3}`, { exact: true })
      .first()
      .waitFor();
    await page.getByText(`上架，起始 U${first}`).first().waitFor();

    await press('验收合格');
    await dialog.getByRole('button', { name: '验收合格', exact: true }).click();
    // Exactly this: the dialog that is leaving says what comes of the press in a longer sentence.
    await page.getByText('空闲，可供申请。', { exact: true }).first().waitFor();

    // The credential goes in and never comes out.
    await press('设置账号');
    await dialog.getByLabel('账号', { exact: true }).fill('Administrator');
    await dialog.getByLabel('口令', { exact: true }).fill(BMC_PASSWORD);
    expect(await engineer.look('server-credential')).toEqual([]);
    await dialog.getByRole('button', { name: '保存账号' }).click();
    await page.getByText('已设置', { exact: true }).first().waitFor();
    await page.getByText('A***').first().waitFor();
    expect(await engineer.look('server')).toEqual([]);
    const path = new URL(page.url()).pathname;

    // On the elevation, and back from there.
    await page.getByRole('link', { name: /^A\d-/ }).click();
    await heading(/^机柜 /);
    await page
      .getByRole('gridcell', { name: new RegExp(`^U${first} .*ZC-J-0001`) })
      .first()
      .click();
    await page.getByRole('link', { name: '查看服务器' }).click();
    await heading('ZC-J-0001');

    // While it stands its size is settled; edits of the rest are kept.
    await press(/修改$/);
    await heading('修改 ZC-J-0001');
    await engineer.choose(page.locator('#field-modelId'), 'TaiShan');
    await press('保存');
    await page.getByText('服务器在架，换成尺寸不同的型号前请先下架').first().waitFor();
    await engineer.choose(page.locator('#field-modelId'), 'Atlas 800');
    await page.getByLabel('处理器型号', { exact: false }).fill('鲲鹏 920 7260');
    await press('保存');
    await heading('ZC-J-0001');
    await page.getByText('鲲鹏 920 7260').first().waitFor();

    // An act under repair, with its reason, and what stands in the way of another.
    await press('开始维修');
    await dialog.getByRole('button', { name: '开始维修', exact: true }).click();
    await dialog.getByText('请填写原因').first().waitFor();
    await dialog.getByRole('textbox').fill('更换内存条');
    await dialog.getByRole('button', { name: '开始维修', exact: true }).click();
    await page.getByText('更换内存条', { exact: false }).first().waitFor();
    const resume = page.getByRole('button', { name: '恢复使用', exact: true });
    expect(await resume.getAttribute('aria-disabled')).toBe('true');
    await resume.focus();
    await page.keyboard.press('Enter');
    await page.getByText('没有使用方，维修完毕后转为空闲').first().waitFor();
    await press('维修完毕');
    await dialog.getByRole('button', { name: '维修完毕', exact: true }).click();
    // Exactly this: the dialog that is leaving says what comes of the press in a longer sentence.
    await page.getByText('空闲，可供申请。', { exact: true }).first().waitFor();

    // A click is too easy for the end of a life; it frees the place and the credential.
    await press('退役');
    await dialog.getByLabel('原因').fill('超期服役');
    await dialog.getByLabel('确认资产编号').fill('ZC-J-0002');
    await dialog.getByRole('button', { name: '退役', exact: true }).click();
    await dialog.getByText('与资产编号 ZC-J-0001 不一致').first().waitFor();
    expect(await engineer.look('server-retire')).toEqual([]);
    await dialog.getByLabel('确认资产编号').fill('ZC-J-0001');
    await dialog.getByRole('button', { name: '退役', exact: true }).click();
    await page.getByText('已退役离场，不占机位。').first().waitFor();
    await page.getByText('未设置', { exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: '退役', exact: true }).count()).toBe(0);

    // Found by its counts, and taken along as a file.
    await engineer.goTo('/servers?search=JOURNEY');
    await page.getByRole('button', { name: '已退役 1' }).click();
    await page.getByRole('link', { name: 'ZC-J-0001' }).waitFor();
    await page.getByText('共 1 条').first().waitFor();
    expect(new URL(page.url()).searchParams.get('states')).toBe('RETIRED');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出全部筛选结果 (CSV)' }).click();
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file).toContain('ZC-J-0001');
    expect(file).toContain('JY-JOURNEY-1');
    expect(file).toContain('昇腾 910B × 8');
    expect(path).toMatch(/^\/servers\//);
    expect((await Promise.all(answers)).join('')).not.toContain(BMC_PASSWORD);
    expect(engineer.errors).toEqual([]);
    await engineer.leave();
  }, 180_000);

  it('narrow by what they are, each choice beside what the others leave', async () => {
    const duty = await person('duty');
    const { page } = duty;
    await duty.goTo('/servers');
    await page.getByRole('button', { name: /^英特尔 \d+$/ }).click();
    const intel = page.getByRole('button', { name: /^英特尔 \d+$/, pressed: true });
    await intel.waitFor();
    const total = /\d+/.exec((await intel.textContent()) ?? '')?.[0];
    expect(Number(total)).toBeGreaterThan(0);
    await page.getByText(`共 ${total} 条`).first().waitFor();
    // The other makers stay to be chosen.
    await page.getByRole('button', { name: /^鲲鹏 \d+$/ }).waitFor();
    expect(await page.getByRole('button', { name: /登记服务器$/ }).count()).toBe(0);
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { level: 2, name: '机位' }).waitFor();
    expect(await page.getByRole('button', { name: /^(退役|上架|下架|设置账号)$/ }).count()).toBe(0);
    await duty.leave();
  }, 60_000);

  it('fit a telephone, and tell who uses none what to do', async () => {
    const engineer = await person('facility', NARROW);
    const { page } = engineer;
    await engineer.goTo('/servers');
    await page.getByRole('link', { name: 'ZC-A-0001' }).waitFor();
    expect(await engineer.look('servers-narrow')).toEqual([]);
    await page.getByRole('link', { name: 'ZC-A-0001' }).click();
    await page.getByRole('heading', { level: 2, name: '履历' }).waitFor();
    expect(await engineer.look('server-narrow')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const path = new URL(page.url()).pathname;
    await engineer.goTo(`${path}/edit`);
    await page.getByRole('button', { name: '保存' }).waitFor();
    expect(await engineer.look('server-edit-narrow')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await engineer.leave();

    const applicant = await person('applicant');
    await applicant.goTo('/servers');
    await applicant.page.getByRole('heading', { level: 2, name: '还没有服务器' }).waitFor();
    await applicant.goTo(path);
    await applicant.page.getByText('内容不存在，或不在您的数据范围内。').first().waitFor();
    await applicant.leave();
  }, 60_000);
});
