import { setImmediate } from 'node:timers/promises';
import type { WriteSheet } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import { type Cell, Paper } from '../platform/paper/paper.js';
import { csvText } from '../platform/spreadsheet/write-csv.js';
import { hundredthsText, type LaidCell, type LaidLine, type LaidReport } from './domain/report-layout.js';

export const REPORT_FORMATS = ['xlsx', 'csv', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
export const MEDIA_TYPES: { readonly [F in ReportFormat]: string } = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
};

/** One layout, three files: none of them decides a figure. */
export function reportFile(report: LaidReport, format: ReportFormat, at: Date): Promise<Buffer> | Buffer {
  switch (format) {
    case 'xlsx':
      return xlsxOf(report);
    case 'csv':
      return Buffer.from(csvText(tableOf(report)), 'utf8');
    case 'pdf':
      return pdfOf(report, at);
  }
}

/** For programs: the header and the rows alone, without commas in figures. */
function* tableOf({ columns, lines, unit }: LaidReport): Generator<string[]> {
  // No line above says it: 万元 without their unit are read as 元.
  const of = `（${unit.replace(/^.*：/, '')}）`;
  yield columns.map(({ money, title }) => (money ? `${title}${of}` : title));
  for (const { cells, kind } of lines) if (kind !== 'SUBTOTAL') yield cells.map((cell) => textOf(cell, false));
}

function textOf(cell: LaidCell, commas: boolean): string {
  return typeof cell === 'object' ? hundredthsText(cell.hundredths, commas) : cell;
}

const MONEY = '#,##0.00';
/** What a spreadsheet holds exactly as a number. */
const COUNT = /^(?:0|[1-9]\d{0,14})$/;
/** More lose hundredths as the number that a spreadsheet reckons with: they stay texts. */
const HUNDREDTHS_EXACT_MAX = 10n ** 15n;
/** In characters; Chinese ones are twice as wide. */
const WIDTH_MIN = 8;
const WIDTH_MAX = 44;
const SHADE = 'F1F3F6';
/** 宋体: on every office machine. */
const FONT = '宋体';
const TEXT_SIZE = 10;
const TITLE_SIZE = 16;
type Cells = NonNullable<WriteSheet['cells']>;
type Style = NonNullable<NonNullable<ReturnType<Cells['get']>>['style']>;

async function xlsxOf(report: LaidReport): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [sheetOf(report)], stringMode: 'shared' }));
}

/** Cells are written as texts or numbers, so that none of them is a formula. */
function sheetOf(report: LaidReport): WriteSheet {
  const { columns, lines, notes, signs, words } = report;
  const width = columns.length;
  const last = width - 1;
  const blank = () => Array<string>(width).fill('');
  const signRow = blank();
  for (const [at, sign] of signs.entries()) signRow[Math.floor((at * width) / signs.length)] = sign;
  const wordsAt = width >= WIDE ? 2 : 1;
  const rows: (string | number)[][] = [
    blank().with(0, report.title),
    blank().with(0, report.subtitle),
    blank().with(0, report.made).with(last, report.unit),
    columns.map(({ title }) => title),
    ...lines.map(({ cells }) => cells.map((cell, at) => cellValue(cell, columns[at]?.figure))),
    blank().with(0, words[0]).with(wordsAt, words[1]),
    blank(),
    signRow,
    ...notes.map((note) => blank().with(0, note)),
  ];
  const end = FIRST_LINE + lines.length;
  const merge = (row: number, from: number, to: number) => ({ startRow: row, startCol: from, endRow: row, endCol: to });
  const labels = leadingTexts(report);
  return {
    name: '报表',
    columns: columns.map(({ title }, at) => ({
      width: widthOf([title, ...texts(lines, at)]),
    })),
    rows,
    cells: cellsOf(report, rows),
    rowDefs: new Map([
      [0, { height: TITLE_HEIGHT }],
      [3, { height: ROW_HEIGHT }],
      ...lines.map((_, down): [number, { height: number }] => [FIRST_LINE + down, { height: ROW_HEIGHT }]),
      [end, { height: ROW_HEIGHT }],
      [end + 2, { height: TITLE_HEIGHT }],
    ]),
    merges: [
      merge(0, 0, last),
      merge(1, 0, last),
      ...(labels > 1
        ? lines.flatMap(({ kind }, down) => (kind === 'ROW' ? [] : [merge(FIRST_LINE + down, 0, labels - 1)]))
        : []),
      ...(wordsAt > 1 ? [merge(end, 0, wordsAt - 1)] : []),
      ...(last > wordsAt ? [merge(end, wordsAt, last)] : []),
      ...notes.map((_, at) => merge(end + 3 + at, 0, last)),
    ],
    freezePane: { rows: FIRST_LINE },
    pageSetup: {
      ...{ orientation: width > PORTRAIT_COLUMNS_MAX ? 'landscape' : 'portrait', paperSize: 'a4' },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true },
      printTitlesRow: `$${FIRST_LINE}:$${FIRST_LINE}`,
    },
  };
}

/** More do not fit upright without breaking every cell. */
const PORTRAIT_COLUMNS_MAX = 7;
/** Title, subtitle, unit and header stand above. */
const FIRST_LINE = 4;
/** From so many columns on the words under the table have two of them for their label. */
const WIDE = 4;
const TITLE_HEIGHT = 30;
const ROW_HEIGHT = 20;

/** How many columns of text stand before the first amount: a sum has its label over all of them. */
function leadingTexts({ columns }: LaidReport): number {
  const money = columns.findIndex((column) => column.money);
  return money < 0 ? columns.length : money;
}

function texts(lines: readonly LaidLine[], at: number): string[] {
  return lines.flatMap(({ cells, kind }) =>
    kind === 'ROW' || typeof cells[at] === 'object' ? [textOf(cells[at] ?? '', true)] : [],
  );
}

function cellValue(cell: LaidCell, figure = false): string | number {
  if (typeof cell !== 'object') return figure && COUNT.test(cell) ? Number(cell) : cell;
  const { hundredths } = cell;
  const exact = hundredths < HUNDREDTHS_EXACT_MAX && hundredths > -HUNDREDTHS_EXACT_MAX;
  return exact ? Number(hundredths) / 100 : hundredthsText(hundredths, false);
}

function cellsOf({ columns, lines }: LaidReport, rows: readonly (readonly (string | number)[])[]): Cells {
  const cells: Cells = new Map();
  const border = { style: 'thin' as const };
  const box = { top: border, bottom: border, left: border, right: border };
  const last = columns.length - 1;
  const set = (row: number, column: number, style: Style, bold = false, size = TEXT_SIZE) =>
    cells.set(`${row},${column}`, {
      value: rows[row]?.[column] ?? '',
      style: { ...style, font: { name: FONT, size, bold }, alignment: { vertical: 'center', ...style.alignment } },
    });
  for (const row of rows.keys()) for (const at of columns.keys()) set(row, at, {});
  set(0, 0, { alignment: { horizontal: 'center' } }, true, TITLE_SIZE);
  set(1, 0, { alignment: { horizontal: 'center' } });
  set(2, last, { alignment: { horizontal: 'right' } });
  const fill = { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb: SHADE } };
  for (const at of columns.keys())
    set(3, at, { border: box, fill, alignment: { horizontal: 'center', wrapText: true } }, true);
  for (const [down, { kind }] of lines.entries())
    for (const [at, { figure, money }] of columns.entries()) {
      const sum = kind !== 'ROW';
      const shade = sum ? { fill } : {};
      const right: Style = money || figure ? { alignment: { horizontal: 'right' } } : {};
      const look: Style = money ? { numFmt: MONEY, ...right } : right;
      set(FIRST_LINE + down, at, { border: box, ...shade, ...look }, sum);
    }
  for (const at of columns.keys()) set(FIRST_LINE + lines.length, at, { border: box }, true);
  return cells;
}

function widthOf(texts: readonly string[]): number {
  const widest = texts.reduce((most, text) => {
    const wide = [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 255 ? 2 : 1), 0);
    return Math.max(most, wide);
  }, 0);
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, widest + 2));
}

const SMALL = 8;
/** Drawn before others are answered: a long paper would keep them waiting for seconds. */
const LINES_BETWEEN = 25;
/** Some eighty pages; nobody leafs through more. */
export const PAPER_LINES_MAX = 2_000;
/** A workbook is made at once, by the one thread that answers everybody: a quarter of a million styled cells at most. */
export const TABLE_LINES_MAX = 20_000;
async function pdfOf(report: LaidReport, at: Date): Promise<Buffer> {
  const { columns, lines, notes, signs, words } = report;
  const paper = new Paper({
    title: report.title,
    author: '集云',
    at,
    landscape: columns.length > PORTRAIT_COLUMNS_MAX,
    left: `${report.title}　${report.subtitle}`,
  });
  paper.title(report.title, report.subtitle, [report.made, report.unit]);
  const head = columns.map(({ share, title }): Cell => ({ text: title, share, label: true, bold: true, size: SMALL }));
  for (let from = 0; from < lines.length; from += LINES_BETWEEN) {
    const some = lines.slice(from, from + LINES_BETWEEN);
    paper.table(
      some.map((line) => cellsOfLine(line, columns)),
      head,
      from > 0,
    );
    await setImmediate();
  }
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  paper.table([
    [
      { text: words[0], share: whole * 0.22, label: true, size: SMALL },
      { text: words[1], share: whole * 0.78, bold: true },
    ],
  ]);
  for (const note of notes) paper.note(note);
  paper.signatures(signs);
  return paper.end();
}

function cellsOfLine({ cells, kind }: LaidLine, columns: LaidReport['columns']): Cell[] {
  const sum = kind !== 'ROW';
  const look = sum ? { bold: true, label: true } : {};
  const made = columns.map(
    ({ figure, money, share }, at): Cell => ({
      ...{ share, size: SMALL, text: textOf(cells[at] ?? '', true), align: money || figure ? 'right' : 'left' },
      ...look,
    }),
  );
  const money = columns.findIndex((column) => column.money);
  if (!sum || money < 1) return made;
  // A sum has its label over all columns of text before the first amount.
  const share = columns.slice(0, money).reduce((all, one) => all + one.share, 0);
  return [{ ...look, share, size: SMALL, text: textOf(cells[0] ?? '', true), align: 'left' }, ...made.slice(money)];
}
