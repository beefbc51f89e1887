import { beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { FULL_FORM } from '../../../../test/support/builders/form.ts';
import { FIELD_WORDS } from '../domain/form-words.js';
import { type FormPrint, printRequestForm } from './request-form.js';

const HASH = '3f9a27c1'.padEnd(64, '0');
const PRINT: FormPrint = {
  content: FULL_FORM,
  contentHash: HASH,
  number: 2,
  printedAt: new Date('2026-11-29T03:00:00Z'),
  printedBy: '张喆',
  inCity: false,
  opinions: [
    {
      step: '单位信息化负责人审签',
      verdict: '同意',
      by: '李主任（代 王厅长）',
      opinion: '同意申报。',
      at: new Date('2026-11-28T03:00:00Z'),
    },
    { step: '大数据中心受理', verdict: null, by: '', opinion: '', at: null },
  ],
};

/** What a reader finds, without the breaks that a narrow cell made. */
async function read(bytes: Buffer): Promise<{ pages: string[]; whole: string }> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
  return { pages: text, whole: text.join('').replace(/\s/g, '') };
}
const squeezed = (text: string): string => text.replace(/\s/g, '');

describe('the printed form', () => {
  let bytes: Buffer;
  let pages: string[];
  let whole: string;
  beforeAll(async () => {
    bytes = await printRequestForm(PRINT);
    ({ pages, whole } = await read(bytes));
  });

  it('names what lies beside it, each by its kind, its name and its SM3', async () => {
    const sm3 = 'ab'.repeat(32);
    const attachments = [
      { kind: 'LETTER', name: '关于申请云资源的函.pdf', sm3 },
      { kind: 'TECHNICAL_PLAN', name: '技术方案.docx', sm3: 'cd'.repeat(32) },
    ] as const;
    const found = await read(await printRequestForm({ ...PRINT, content: { ...FULL_FORM, attachments } }));
    for (const text of ['随表材料', '公函关于申请云资源的函.pdf', sm3, '技术方案技术方案.docx'])
      expect(found.whole).toContain(text);
    expect(whole).not.toContain('随表材料');
  });

  it('says every fact of the request in readable Chinese', () => {
    const { request, unit, system, project, lines } = FULL_FORM;
    const texts = [
      request.code,
      request.applicantName,
      request.purpose,
      unit.name,
      unit.contactName,
      unit.contactPhone,
      system.name,
      system.code,
      system.description,
      system.ownerName,
      '业务负责人陈立13800000000',
      '三级',
      '已备案，32010099001-00001，省公安厅网络安全保卫总队，2024-05-06',
      '基本符合，2025-03-01，MP-2025-017',
      '重要数据，关键信息基础设施，共享数据',
      '同城双活+异地应用级灾备',
      '可用性99.99%，用户120000，并发3000',
      system.vendorCompany,
      '非涉密声明有效期至2027-06-30',
      project.name,
      project.code,
      project.approvalNumber,
      project.filingNumber,
      '12,800,000.00元',
      project.fundSource,
      project.budgetCode,
      project.functionClass,
      project.economicClass,
      '一般公共预算',
      '月费用12,345.67元，年费用148,148.04元',
      ...lines.flatMap((line) => [line.name, line.specification, line.configuration, line.place]),
      '4台',
      '1,371.74',
      '长期',
      '李主任（代王厅长）',
      '同意申报。',
      '2026-11-28 11:00',
      '待办理',
    ];
    for (const text of texts) expect(whole).toContain(squeezed(text ?? 'nothing'));
  });

  it('has a word for each field of unit, system and project', () => {
    // Names of fields that are said together with another or in other words.
    const together = new Set([
      '单位编码',
      '等级保护级别',
      '备案编号',
      '备案机关',
      '备案日期',
      '密评结论',
      '密评日期',
      '密评报告编号',
      '关键信息基础设施',
      '共享数据',
      '同城容灾模式',
      '异地容灾模式',
      '可用性目标',
      '用户数',
      '并发数',
      '非涉密声明',
      '联系电话',
    ]);
    for (const part of ['unit', 'system', 'project'] as const)
      for (const { zh } of Object.values(FIELD_WORDS[part])) if (!together.has(zh)) expect(whole).toContain(zh);
  });

  it('names version, check code and hash on every page, numbers the pages, and has room for two seals', () => {
    expect(pages).toHaveLength(2);
    pages.forEach((page, index) => {
      const text = squeezed(page);
      expect(text).toContain('SQ-2026-000123第2版校验码3F9A-27C1');
      expect(text).toContain(`SM3${HASH}`);
      expect(text).toContain(`第${index + 1}页共2页`);
    });
    expect(whole).toContain('申请单位（盖章）');
    expect(whole).toContain('省大数据中心（盖章）');
    expect(whole).not.toContain('市级主管部门（盖章）');
  });

  it('says the head of the table again on the page that it runs on to', () => {
    for (const page of pages) expect(squeezed(page)).toContain('类别名称规格配置部署位置期限数量月费用');
  });

  it('carries only the characters that it needs', () => {
    expect(bytes.length).toBeLessThan(150_000);
  });

  it('is A4 with a title for readers', async () => {
    const proxy = await getDocumentProxy(new Uint8Array(bytes));
    const view = (await proxy.getPage(1)).view.map(Math.round);
    expect(view).toEqual([0, 0, 595, 842]);
    expect((await getMeta(proxy)).info).toMatchObject({
      Title: '政务云资源需求申请表 SQ-2026-000123',
      Author: '省公安厅',
    });
  });

  it('has a third box for a city, and says what is not known as such', async () => {
    const unknown = await printRequestForm({
      ...PRINT,
      inCity: true,
      opinions: [],
      content: {
        ...FULL_FORM,
        request: { ...FULL_FORM.request, monthlyFen: null },
        system: { ...FULL_FORM.system, filed: false, cryptoResult: null, dataClass: null, declarationValidUntil: null },
      },
    });
    const text = (await read(unknown)).whole;
    for (const word of [
      '市级主管部门（盖章）',
      '未备案',
      '未开展',
      '未分级',
      '非涉密声明尚未签署',
      '价格未定',
      '尚未送审',
    ])
      expect(text).toContain(word);
  });

  it('names a character of a name that the font has not by its code', async () => {
    const rare = await printRequestForm({
      ...PRINT,
      content: { ...FULL_FORM, request: { ...FULL_FORM.request, applicantName: '李𠮷堃' } },
    });
    expect((await read(rare)).whole).toContain('李〔U+20BB7〕堃');
  });

  it('lays out a thousand lines in whole rows', async () => {
    const [line] = FULL_FORM.lines;
    if (!line) throw new Error('the fixture has lines');
    const long = await printRequestForm({
      ...PRINT,
      content: { ...FULL_FORM, lines: Array.from({ length: 1_000 }, (_, n) => ({ ...line, name: `vm-${n}` })) },
    });
    const { pages: many, whole: text } = await read(long);
    expect(text).toContain('vm-999');
    expect(squeezed(many.at(-1) ?? '')).toContain(`第${many.length}页共${many.length}页`);
  });
});
