import { describe, expect, it } from '@jest/globals';
import { textRow, workbookOf } from '../../../../test/support/workbook.js';
import { zipOf } from '../../../../test/support/zip.js';
import { readSheet } from './read-sheet.js';
import { cellName, columnName, ROWS_MAX, type SheetFormat } from './sheet.js';
import { csvText } from './write-csv.js';
import { xlsxBytes } from './write-xlsx.js';

/** "7: a|b" of every row, or "B7 what is wrong" of every problem. */
async function read(bytes: Buffer | string, format: SheetFormat): Promise<string[]> {
  const sheet = await readSheet(Buffer.from(bytes), format);
  return sheet.ok
    ? sheet.value.rows.map((row) => `${row.number}: ${row.cells.join('|')}`)
    : sheet.error.map((p) => `${cellName(p.row, p.column) ?? '-'} ${p.message.en}`);
}
const cell = (ref: string, value: string, type = 'n', style = 0): string =>
  `<c r="${ref}" t="${type}" s="${style}"><v>${value}</v></c>`;

describe('column names', () => {
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('column %i is %s', (column, name) => expect(columnName(column)).toBe(name));
});

describe('CSV', () => {
  it('is read with and without the mark, with quotes, commas and line ends inside cells', async () => {
    const text = '名称,备注\r\n"a,1","第一行\n第二行"\r\n b ,"say ""hi"""\r\n';
    const rows = ['1: 名称|备注', '2: a,1|第一行\n第二行', '3: b|say "hi"'];
    expect(await read(text, 'CSV')).toEqual(rows);
    expect(await read(`\uFEFF${text}`, 'CSV')).toEqual(rows);
  });

  it('counts rows as a spreadsheet does, empty ones too, and forgets those at the end', async () => {
    expect(await read('a,b\n\n1,2\n,,\n\n', 'CSV')).toEqual(['1: a|b', '3: 1|2']);
  });

  it('is refused in another encoding, at the cell, with the way out', async () => {
    // 名称,型号 / a,型号 in GBK: the first bad character is in the first cell.
    const gbk = Buffer.from('c3fbb3c62cd0cdbac50a612cd0cdbac50a', 'hex');
    expect(await read(gbk, 'CSV')).toEqual([
      'A1 the file is in GBK/GB18030, not UTF-8; save it as "CSV UTF-8" or as XLSX',
    ]);
    const late = Buffer.concat([Buffer.from('a,b\n"x\ny",z\n1,'), Buffer.from('d0cdbac5', 'hex')]);
    expect(await read(late, 'CSV')).toEqual([expect.stringMatching(/^B3 the file is in GBK/)]);
    expect(await read(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff])]), 'CSV')).toEqual([
      expect.stringMatching(/^B2 the text here is not UTF-8/),
    ]);
    expect(await read(Buffer.from('\uFEFFa,b', 'utf16le'), 'CSV')).toEqual([
      expect.stringMatching(/^A1 the file is in UTF-16/),
    ]);
    expect(await read('a,\uFFFD\n', 'CSV')).toEqual(['1: a|\uFFFD']);
  });

  it('is refused with a formula or a quote that nobody closes, saying where', async () => {
    expect(await read('a,b\n1,=1+1\n', 'CSV')).toEqual(['B2 is a formula; put its value there instead']);
    expect(await read('a,b\n1,"2\n3,4\n', 'CSV')).toEqual([expect.stringMatching(/^2 this row is not valid CSV/)]);
  });

  it('is refused with a quote inside a cell that is not quoted, as inches are written, saying where', async () => {
    expect(await read('a,b\n1,3.5" disk\n', 'CSV')).toEqual([expect.stringMatching(/^2 this row is not valid CSV/)]);
    expect(await read('a,b\n1,"3.5"" disk"\n', 'CSV')).toEqual(['1: a|b', '2: 1|3.5" disk']);
  });

  it('is refused with 200,000 rows, and with too many columns or characters', async () => {
    expect(await read(`a,b\n${'1,2\n'.repeat(200_000)}`, 'CSV')).toEqual([
      `${ROWS_MAX + 2} there are more than ${ROWS_MAX} rows; import them as several files`,
    ]);
    expect(await read(`${'a,'.repeat(100)}z\n`, 'CSV')).toEqual([
      expect.stringMatching(/^CW1 there are more than 100 columns/),
    ]);
    expect(await read(`a\n${'x'.repeat(2_001)}\n`, 'CSV')).toEqual([
      expect.stringMatching(/^A2 holds 2001 characters/),
    ]);
  });
});

describe('XLSX', () => {
  it('is read from the first visible sheet: shared, rich, inline and plain texts, numbers, truth values', async () => {
    const bytes = workbookOf({
      strings: [
        '<t>名称</t>',
        '<r><t>两</t></r><r><t xml:space="preserve">段 </t></r><rPh sb="0" eb="1"><t>reading</t></rPh>',
      ],
      rows: `<row r="1">${cell('A1', '0', 's')}${cell('C1', '1', 's')}</row><row r="3">${cell('A3', '0.30000000000000004')}${cell('B3', '1.5E3')}${cell('C3', '1', 'b')}<c r="D3" t="inlineStr"><is><t>x &amp; y</t></is></c></row>`,
    });
    expect(await read(bytes, 'XLSX')).toEqual(['1: 名称||两段', '3: 0.3|1500|TRUE|x & y']);
  });

  it('says dates as dates, by the built-in, Chinese and own formats, in both calendars', async () => {
    const parts = {
      formats: [0, 14, 31, 165, 166],
      customFormats: { 165: 'yyyy&quot;年&quot;m&quot;月&quot;', 166: '0&quot;d&quot;' },
      rows: `<row r="1">${cell('A1', '45000', 'n', 0)}${cell('B1', '45000', 'n', 1)}${cell('C1', '45000.25', 'n', 2)}${cell('D1', '45000', 'n', 3)}${cell('E1', '45000', 'n', 4)}</row>`,
    };
    expect(await read(workbookOf(parts), 'XLSX')).toEqual(['1: 45000|2023-03-15|2023-03-15 06:00|2023-03-15|45000']);
    expect(await read(workbookOf({ ...parts, from1904: true }), 'XLSX')).toEqual([
      '1: 45000|2027-03-16|2027-03-16 06:00|2027-03-16|45000',
    ]);
  });

  it('is refused at each cell that is not what it looks like', async () => {
    const bytes = workbookOf({
      formats: [0, 14],
      rows: `${textRow(1, ['a', 'b', 'c'])}<row r="7">${cell('A7', '#N/A', 'e')}<c r="B7"><f>1+1</f><v>2</v></c>${cell('C7', '1234567890123456')}</row><row r="8">${cell('A8', '-1', 'n', 1)}</row>`,
      behind: '<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>',
    });
    expect(await read(bytes, 'XLSX')).toEqual([
      'A7 holds the error #N/A',
      'B7 is a formula; paste its value there instead',
      expect.stringMatching(/^C7 is a number of more than 15 digits/),
      'A8 is no valid date',
      'A2 A2:B3 are merged; unmerge them and fill in each cell',
    ]);
  });

  it('is refused with 200,000 rows, whatever stands in them', async () => {
    const rows = Array.from(
      { length: 200_000 },
      (_, i) => `<row r="${i + 1}">${cell(`A${i + 1}`, String(i))}</row>`,
    ).join('');
    expect(await read(workbookOf({ rows }), 'XLSX')).toEqual([
      `${ROWS_MAX + 2} there are more than ${ROWS_MAX} rows; import them as several files`,
    ]);
    const empty = Array.from({ length: 200_000 }, (_, i) => `<row r="${i + 2}"/>`).join('');
    expect(await read(workbookOf({ rows: textRow(1, ['a']) + empty }), 'XLSX')).toEqual(['1: a']);
  });

  it('is refused when it is none, is old, is broken off or declares entities', async () => {
    expect(await read('a,b\n', 'XLSX')).toEqual(['- this is no XLSX file']);
    expect(await read(Buffer.from('d0cf11e0a1b11ae1ffff', 'hex'), 'XLSX')).toEqual([
      '- this is an old .xls file or has a password; save it as .xlsx without one',
    ]);
    const whole = workbookOf({ rows: textRow(1, ['a']) });
    expect(await read(whole.subarray(0, whole.length - 30), 'XLSX')).toEqual([expect.stringMatching(/damaged/)]);
    expect(await read(zipOf([{ name: 'a.txt', content: 'x' }]), 'XLSX')).toEqual([
      '- there is no visible sheet in the file',
    ]);
    expect(await read(workbookOf({ rows: '<row r="1"><c></row>' }), 'XLSX')).toEqual([
      expect.stringMatching(/damaged \(XML/),
    ]);
    const entities = zipOf([
      { name: 'xl/workbook.xml', content: '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>' },
    ]);
    expect(await read(entities, 'XLSX')).toEqual(['- the file declares a document type and is refused']);
  });

  it('reads what it writes: texts stay texts, and the list of choices is in the file', async () => {
    const bytes = await xlsxBytes([
      {
        name: '服务器',
        columns: [
          { title: '序列号', width: 20, required: true },
          { title: '状态', width: 10, values: ['空闲', '使用中'] },
        ],
        rows: [
          ['=1+1', '空闲'],
          ['00012', ''],
        ],
        rowsToCome: 100,
      },
    ]);
    expect(await read(bytes, 'XLSX')).toEqual(['1: 序列号|状态', '2: =1+1|空闲', '3: 00012']);
  });
});

describe('CSV that is written', () => {
  it('holds no formula for whoever opens it', () => {
    const rows = [['=cmd|calc', '+1+1', '-2+3', '@SUM(A1)', '\tx', '-5', '+86', 'a,b', '"q"', 'a\nb', '平']];
    const wide = [['＝1+1', '＋1+1', '－2+3', '＠SUM(A1)', '\0=1', '－5']];
    expect(csvText(wide)).toBe("\uFEFF'＝1+1,'＋1+1,'－2+3,'＠SUM(A1),'\0=1,'－5\r\n");
    expect(csvText(rows)).toBe('\uFEFF\'=cmd|calc,\'+1+1,\'-2+3,\'@SUM(A1),\'\tx,-5,+86,"a,b","""q""","a\nb",平\r\n');
  });
});
