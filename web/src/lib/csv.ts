import { plainYuanOfFen } from './money';

/** Money to the fen: text in a CSV file, a number of yuan in a workbook. */
export type YuanCell = { readonly yuan: string };
export type CsvCell = string | number | YuanCell | null;

export const yuanCell = (fen: string): YuanCell => ({ yuan: plainYuanOfFen(fen) });

// A spreadsheet runs a cell that begins with one of these as a formula; names come from users, so none may. The full-width
// signs are formulas to spreadsheets with an East Asian locale, and NUL is skipped before one.
const FORMULA_START = /^[=+\-@＝＋－＠\t\r\n\0]/;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.yuan;
  const harmless = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180 with a byte order mark, without which Excel reads Chinese as Latin. */
export function csvText(header: string[], rows: CsvCell[][]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}
