import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { csvText } from '../../server/src/platform/spreadsheet/write-csv.js';
import { SERVER_COLUMNS } from '../../server/src/servers/domain/server-table.js';
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

const DEVICE_TYPE = readFileSync(join(import.meta.dirname, '../integration/imports/netbox/2288H-V7.yaml'));

function servers(memoryGib: string): Buffer {
  const row = (number: number, memory: string) =>
    SERVER_COLUMNS.map(({ key, example }) => {
      if (key === 'assetNumber' || key === 'serial') return `IMP-${number}`;
      return key === 'memoryGib' ? memory : key === 'nics' ? '' : example;
    });
  return Buffer.from(csvText([SERVER_COLUMNS.map(({ title }) => title.zh), row(1, '512'), row(2, memoryGib)]));
}

describe('an import in a browser', () => {
  it('is uploaded, shows what is wrong at its cell, and is written once it is mended', async () => {
    const engineer = await Person.arrive(browser, console_.url);
    await engineer.enter('facility');
    const { page } = engineer;
    await engineer.goTo('/imports');
    await page.getByRole('heading', { level: 1, name: '数据导入' }).waitFor();
    expect(await engineer.look('imports-empty')).toEqual([]);

    await engineer.goTo('/imports/new?kind=device-types');
    await page
      .getByLabel('选择文件（可多选）')
      .setInputFiles({ name: '2288H-V7.yaml', mimeType: 'text/yaml', buffer: DEVICE_TYPE });
    await page.getByRole('button', { name: '上传并预览' }).click();
    await page.getByRole('button', { name: '写入 1 条' }).click();
    await page.getByText('已写入 1 条').first().waitFor();

    await engineer.goTo('/imports/new');
    await page.getByRole('radio', { name: '服务器', exact: true }).click();
    await page.getByRole('radio', { name: '服务器', exact: true, checked: true }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载 XLSX 模板' }).click();
    expect((await download).suggestedFilename()).toBe('服务器.xlsx');
    expect(await engineer.look('imports-new')).toEqual([]);
    await page.getByRole('button', { name: '上传并预览' }).click();
    await page.getByRole('alert').filter({ hasText: '请选择文件' }).waitFor();
    const send = async (memoryGib: string): Promise<void> => {
      await page
        .getByLabel('选择文件', { exact: true })
        .setInputFiles({ name: '服务器.csv', mimeType: 'text/csv', buffer: servers(memoryGib) });
      await page.getByRole('button', { name: '上传并预览' }).click();
    };
    await send('-1');
    await page.getByText('需修正').first().waitFor();
    await page.getByRole('cell', { name: 'L3' }).waitFor();
    expect(await page.getByRole('button', { name: /^写入/ }).count()).toBe(0);
    expect(await engineer.look('imports-problems')).toEqual([]);

    await page.getByRole('button', { name: '修正后重新上传' }).click();
    await page.getByRole('radio', { name: '服务器', exact: true, checked: true }).waitFor();
    await send('1024');
    await page.getByRole('button', { name: '写入 2 条' }).waitFor();
    // The run is the server's: a reload finds it as it was.
    await page.reload();
    await page.getByRole('button', { name: '写入 2 条' }).waitFor();
    expect(await engineer.look('imports-preview')).toEqual([]);
    await page.getByRole('button', { name: '写入 2 条' }).click();
    await page.getByText('已写入 2 条').first().waitFor();
    await page.getByRole('button', { name: '查看服务器' }).waitFor();
    // A button under the pointer has another colour for the moment.
    await page.mouse.move(0, 0);
    expect(await engineer.look('imports-done')).toEqual([]);
    await engineer.goTo('/imports');
    await page.getByRole('link', { name: '服务器.csv' }).first().waitFor();
    expect(await engineer.look('imports-list')).toEqual([]);
    expect(engineer.errors).toEqual([]);
    await page.getByRole('button', { name: /English|EN/ }).click();
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.getByRole('link', { name: '服务器.csv' }).nth(1).click();
    await page.getByRole('cell', { name: 'L3' }).waitFor();
    await page.mouse.move(0, 0);
    expect(await engineer.look('imports-english-dark')).toEqual([]);
    await engineer.leave();

    const narrow = await Person.arrive(browser, console_.url, NARROW);
    await narrow.enter('facility');
    for (const path of ['/imports', '/imports/new?kind=servers']) {
      await narrow.goTo(path);
      await narrow.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
      expect(await narrow.look(`imports-narrow-${path.includes('new') ? 'new' : 'list'}`)).toEqual([]);
    }
    await narrow.goTo('/imports');
    await narrow.page.getByRole('link', { name: '服务器.csv' }).nth(1).click();
    await narrow.page.getByText('需要修正的问题').first().waitFor();
    expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
    expect(await narrow.look('imports-narrow-problems')).toEqual([]);
    await narrow.leave();
  }, 180_000);
});
