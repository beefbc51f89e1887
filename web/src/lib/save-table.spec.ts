import { describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import { type CsvCell, csvText, yuanCell } from './csv';
import { xlsxOf } from './save-table';

const rows: CsvCell[][] = [
  ['人口库', 12, yuanCell('123456789'), null],
  ['=HYPERLINK("x")', 0, yuanCell('-5'), '0012'],
];
const header = ['系统', '数量', '月费用（元）', '代码'];

describe('a table that is saved as a workbook', () => {
  it('has the columns of its CSV file, with money and counts as numbers to the fen', async () => {
    const { sheets } = await readXlsx(await xlsxOf(header, rows));
    expect(sheets[0]?.rows).toEqual([
      header,
      ['人口库', 12, 1_234_567.89, null],
      ['=HYPERLINK("x")', 0, -0.05, '0012'],
    ]);
  });

  it('keeps money that no number of a spreadsheet holds exactly as text', async () => {
    const { sheets } = await readXlsx(await xlsxOf(['元'], [[yuanCell('999999999999999999')]]));
    expect(sheets[0]?.rows[1]).toEqual(['9999999999999999.99']);
  });

  it('is the same table as CSV, in which money stands plain', () => {
    expect(csvText(header, rows).split('\r\n')[1]).toBe('人口库,12,1234567.89,');
  });
});
