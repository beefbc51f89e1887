import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { NARROW, openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';

let console_: TestConsole;
let browser: Browser;

beforeAll(async () => {
  console_ = await startTestConsole();
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await console_?.close();
});

const person = async (username: string, viewport?: typeof NARROW): Promise<Person> => {
  const arrived = await Person.arrive(browser, console_.url, viewport);
  await arrived.enter(username);
  return arrived;
};
const REPORT = { name: '试运行报告.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
const casesOf = async (state: string): Promise<{ id: string; parties: string[]; system: { name: string } }> => {
  const { goLiveCases } = await (await console_.signIn('reviewer')).data(
    'query G($filter: GoLiveCaseFilter) { goLiveCases(filter: $filter) { nodes { id parties system { name } } } }',
    { filter: { states: [state] } },
  );
  return goLiveCases.nodes[0];
};

describe('a system going live in a browser', () => {
  it('keeps the book of its trial, takes papers, and says what is still missing', async () => {
    const golive = await casesOf('TRIAL');
    const applicant = await person('applicant');
    const { page } = applicant;
    await applicant.goTo('/go-lives');
    await page.getByRole('link', { name: golive.system.name }).first().waitFor();
    expect(await applicant.look('golive-list')).toEqual([]);
    await applicant.goTo(`/go-lives/${golive.id}`);
    await page.getByText('提交验收前还需要').first().waitFor();
    expect(await applicant.look('golive-trial')).toEqual([]);
    await page.getByRole('button', { name: '解决', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('原因与处理结果').fill('厂商补丁已上线，5 万条 42 秒完成');
    await dialog.getByRole('button', { name: '解决', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('故障已解决').first().waitFor();
    await page.getByRole('button', { name: '添加材料' }).click();
    await dialog.locator('input[type=file]').setInputFiles(REPORT);
    await dialog.getByText('试运行报告.pdf').first().waitFor();
    await dialog.getByRole('button', { name: '添加材料' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: '试运行报告.pdf' }).waitFor();
    // Its days are not over: the button says so and stays.
    const present = page.getByRole('button', { name: '提交验收' });
    expect(await present.getAttribute('aria-disabled')).toBe('true');
    expect(await page.getByText(/试运行还须 \d+ 天/).count()).toBeGreaterThan(0);
    expect(applicant.errors).toEqual([]);
    await applicant.leave();
  }, 180_000);

  it('is opened and signed by each party, and then is live', async () => {
    const golive = await casesOf('ACCEPTANCE');
    const sign = async (username: string, opinion: string) => {
      const someone = await person(username);
      const { page } = someone;
      await someone.goTo(`/go-lives/${golive.id}`);
      await page.getByRole('button', { name: '打开验收材料' }).click();
      await page.getByRole('button', { name: '签署', exact: true }).waitFor();
      if (username === 'reviewer') expect(await someone.look('golive-acceptance')).toEqual([]);
      await page.getByRole('button', { name: '签署', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('验收意见').fill(opinion);
      if (username === 'reviewer') expect(await someone.look('golive-sign')).toEqual([]);
      await dialog.getByRole('button', { name: '签署', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByText(opinion).first().waitFor();
      expect(someone.errors).toEqual([]);
      await someone.leave();
    };
    if (golive.parties.includes('ASSESSOR')) {
      const applicant = await person('applicant');
      const { page } = applicant;
      await applicant.goTo(`/go-lives/${golive.id}`);
      await page.getByRole('button', { name: '打开验收材料' }).click();
      await page.getByRole('button', { name: '登记纸质签署' }).last().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('验收意见').fill('测评结论为基本符合');
      await dialog.getByLabel('签署人姓名').fill('庄明远');
      await dialog.getByLabel('签署单位').fill('江海信息安全测评中心');
      await dialog.locator('input[type=file]').setInputFiles(REPORT);
      await dialog.getByText('试运行报告.pdf').first().waitFor();
      await dialog.getByRole('button', { name: '登记纸质签署' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByText('测评结论为基本符合').first().waitFor();
      await applicant.leave();
    }
    await sign('vendor', '交付与培训已完成，同意上线');
    await sign('reviewer', '监控与备份已核对，同意上线');
    const head = await person('head', NARROW);
    await head.goTo(`/go-lives/${golive.id}`);
    await head.page.getByText('已上线').first().waitFor();
    expect(await head.look('golive-live-narrow')).toEqual([]);
    expect(head.errors).toEqual([]);
    await head.leave();
  }, 180_000);
});
