import type { WriteSheet } from 'hucre';
import { type CsvCell, csvText } from './csv';

export const TABLE_FORMATS = ['CSV', 'XLSX'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Yuan and fen, with commas; below zero with a sign, as everywhere in the console. */
const MONEY = '#,##0.00';
/** More yuan than these lose fen as the number that a spreadsheet reckons with: they stay texts. */
const YUAN_EXACT_MAX = 10_000_000_000_000;
/** In characters; Chinese ones are twice as wide. */
const WIDTH_MIN = 8;
const WIDTH_MAX = 60;

/** Saves a table as a file of the browser: the one place in which lists become files. */
export async function saveTable(name: string, format: TableFormat, header: string[], rows: CsvCell[][]): Promise<void> {
  if (format === 'CSV') return saveFile(`${name}.csv`, csvText(header, rows), 'text/csv;charset=utf-8');
  saveFile(`${name}.xlsx`, await xlsxOf(header, rows), XLSX_TYPE);
}

/** A workbook of one sheet: money and counts are numbers, everything else is text and never a formula. */
export async function xlsxOf(header: string[], rows: CsvCell[][]): Promise<Uint8Array<ArrayBuffer>> {
  // Asked for when somebody saves a workbook, and not before: it is larger than a page.
  const { writeXlsx } = await import('hucre/xlsx');
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Sheet1',
        columns: header.map((title, at) => ({
          width: widthOf([title, ...rows.map((row) => textOf(row[at] ?? null))]),
        })),
        rows: [header, ...rows.map((row) => row.map(cellValue))],
        cells: cellsOf(header, rows),
        freezePane: { rows: 1 },
      },
    ],
    stringMode: 'shared',
  });
  return new Uint8Array(bytes);
}

export type SavedSheet = { name: string; rows: CsvCell[][] };

/** A workbook of several sheets, each as its rows stand: money and counts are numbers, everything else is text. */
export async function saveWorkbook(name: string, sheets: readonly SavedSheet[]): Promise<void> {
  saveFile(`${name}.xlsx`, await workbookOf(sheets), XLSX_TYPE);
}

export async function workbookOf(sheets: readonly SavedSheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const { writeXlsx } = await import('hucre/xlsx');
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, rows }) => {
      const cells: NonNullable<WriteSheet['cells']> = new Map();
      for (const [down, row] of rows.entries())
        for (const [at, cell] of row.entries())
          if (isMoney(cell)) cells.set(`${down},${at}`, { value: Number(cell.yuan), style: { numFmt: MONEY } });
      const width = Math.max(...rows.map((row) => row.length));
      return {
        name,
        columns: Array.from({ length: width }, (_, at) => ({
          width: widthOf(rows.map((row) => textOf(row[at] ?? null))),
        })),
        rows: rows.map((row) => row.map(cellValue)),
        cells,
      };
    }),
    stringMode: 'shared',
  });
  return new Uint8Array(bytes);
}

function cellsOf(header: string[], rows: CsvCell[][]): NonNullable<WriteSheet['cells']> {
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  for (const [at, title] of header.entries())
    cells.set(`0,${at}`, { value: title, type: 'string', style: { font: { bold: true } } });
  for (const [down, row] of rows.entries())
    for (const [at, cell] of row.entries())
      if (isMoney(cell)) cells.set(`${down + 1},${at}`, { value: Number(cell.yuan), style: { numFmt: MONEY } });
  return cells;
}

const isMoney = (cell: CsvCell): cell is { yuan: string } =>
  cell !== null && typeof cell === 'object' && Math.abs(Number(cell.yuan)) < YUAN_EXACT_MAX;

function cellValue(cell: CsvCell): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell;
  return isMoney(cell) ? Number(cell.yuan) : cell.yuan;
}

const textOf = (cell: CsvCell): string => (cell === null ? '' : typeof cell === 'object' ? cell.yuan : String(cell));

function widthOf(texts: readonly string[]): number {
  const widest = texts.reduce((most, text) => {
    const width = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 2 : 1), 0);
    return Math.max(most, width);
  }, 0);
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, widest + 2));
}

export function saveFile(fileName: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
