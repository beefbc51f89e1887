import { describe, expect, it } from '@jest/globals';
import { readSheet } from '../platform/spreadsheet/read-sheet.js';
import { Archive } from '../platform/spreadsheet/unpack.js';
import { batchTemplate } from './batch-template.js';
import type { BatchChoices } from './domain/batch-choices.js';
import { checkMark, columnsOf, markOf, TEMPLATE_VERSION } from './domain/batch-columns.js';

const choice = (value: string, more: object = {}) => ({
  value,
  title: { zh: `规格 ${value}`, en: `Size ${value}` },
  ...more,
});
/** Far more than the 255 characters that a list within a cell may have. */
const offers = Array.from({ length: 120 }, (_, at) => choice(`offer-${at}`, { architecture: 'ARM64' }));
const CHOICES: BatchChoices = {
  lists: {
    offer: offers,
    image: [choice('x86', { architecture: 'AMD64' }), choice('arm', { architecture: 'ARM64' })],
    zone: [choice('GOVERNMENT_EXTRANET')],
    tier: [choice('SSD'), choice('HDD')],
    center: [choice('center-a')],
    localMode: [choice('SINGLE'), choice('DUAL_ACTIVE')],
    remoteMode: [choice('NONE')],
  },
  services: new Map(),
};

async function partOf(bytes: Buffer, name: string): Promise<string> {
  const archive = await Archive.open(bytes);
  let text = '';
  for await (const piece of archive.text(name)) text += piece;
  return text;
}

describe('the template of a kind', () => {
  it('offers lists of any length in every row that a request may have', async () => {
    const sheet = await partOf(await batchTemplate('VM', CHOICES, 'zh'), 'xl/worksheets/sheet1.xml');
    const lists = [
      ...sheet.matchAll(/<dataValidation [^>]*type="list"[^>]*sqref="([^"]*)"[^>]*><formula1>([^<]*)</g),
    ].map(([, where, from]) => `${where} ${from?.replaceAll('&apos;', "'")}`);
    expect(lists).toEqual([
      "B2:B1001 '可选值'!$A$2:$A$121",
      "C2:C1001 '可选值'!$B$2:$B$3",
      "D2:D1001 '可选值'!$C$2:$C$2",
      "E2:E1001 '可选值'!$D$2:$D$3",
      "H2:H1001 '可选值'!$E$2:$E$2",
      "I2:I1001 '可选值'!$F$2:$F$3",
      "J2:J1001 '可选值'!$G$2:$G$2",
    ]);
  });

  it('has a heading, one example row that goes together, and its own mark', async () => {
    const read = await readSheet(await batchTemplate('VM', CHOICES, 'zh'), 'XLSX');
    if (!read.ok) throw new Error(read.error[0]?.message.en);
    const [heading, example, ...more] = read.value.rows;
    expect(heading?.cells).toEqual([
      ...columnsOf('VM').map((c) => (c.required ? `${c.title.zh}*` : c.title.zh)),
      markOf('VM'),
    ]);
    // The image is of the architecture of the offer before it.
    expect(example?.cells.slice(0, 3)).toEqual(['web', '规格 offer-0', '规格 arm']);
    expect(more).toEqual([]);
  });
});

describe('the mark of a template', () => {
  it.each([
    ['its own', ['名称*', markOf('VM')], 1, null],
    ['none: a table of one’s own', ['名称*'], -1, null],
    ['another kind’s', ['名称*', markOf('SERVER')], 1, /独立服务器.*云主机/],
    ['an older version’s', ['名称*', `模板:VM-${TEMPLATE_VERSION - 1}`], 1, /第 0 版.*第 1 版/],
    ['a kind’s that is none', ['模板：ROUTER-1'], 0, /ROUTER/],
  ] as const)('is %s', (_, heading, position, wrong) => {
    const found = checkMark('VM', heading);
    expect(found.position).toBe(position);
    if (wrong) expect(found.wrong?.zh).toMatch(wrong);
    else expect(found.wrong).toBeNull();
  });
});
