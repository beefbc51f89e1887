import type { Bilingual, Locale } from '../kernel/bilingual.js';
import { say } from '../kernel/bilingual.js';
import { ROWS_MAX } from '../platform/spreadsheet/sheet.js';
import { csvText } from '../platform/spreadsheet/write-csv.js';
import { xlsxBytes } from '../platform/spreadsheet/write-xlsx.js';
import type { ImportColumn } from './domain/import-table.js';
import type { TableImport } from './import-kind.types.js';

/** How far the lists of choices reach in a new template; whoever has more rows drags them down. */
const ROWS_WITH_LISTS = 2_000;
const WIDTH_MIN = 10;
const WIDTH_MAX = 40;

/** A workbook to fill in: heading and one example row; on a second sheet, what each column may hold. */
export function xlsxTemplate(kind: TableImport<unknown>, locale: Locale): Promise<Buffer> {
  return xlsxBytes([
    {
      name: sheetName(kind.title[locale]),
      columns: kind.columns.map((column) => ({
        title: headingOf(column, locale),
        width: widthOf(column, locale),
        required: column.required,
        ...(column.choices ? { values: column.choices.map(({ title }) => title[locale]) } : {}),
      })),
      rows: [exampleOf(kind.columns, locale)],
      rowsToCome: ROWS_WITH_LISTS,
    },
    {
      name: NOTES[locale],
      columns: [
        { title: COLUMN[locale], width: 24 },
        { title: REQUIRED[locale], width: 10 },
        { title: MEANING[locale], width: 70 },
      ],
      rows: [
        ...kind.columns.map((column) => [
          column.title[locale],
          column.required ? YES[locale] : '',
          meaningOf(column, locale),
        ]),
        ['', '', ''],
        ...RULES.map((rule) => ['', '', rule[locale]]),
      ],
    },
  ]);
}

/** The same heading and example as plain CSV. */
export function csvTemplate(kind: TableImport<unknown>, locale: Locale): string {
  return csvText([kind.columns.map((column) => headingOf(column, locale)), exampleOf(kind.columns, locale)]);
}

const NOTES = say('填写说明', 'Notes');
const COLUMN = say('列', 'Column');
const REQUIRED = say('必填', 'Required');
const MEANING = say('说明', 'What it holds');
const YES = say('是', 'yes');
const RULES: readonly Bilingual[] = [
  say('第 2 行是示例，请覆盖或删除。', 'Row 2 is an example: write over it or delete it.'),
  say('请勿合并单元格，不要使用公式，中间不要留空行。', 'No merged cells, no formulas, no empty rows in between.'),
  say(`一次最多 ${ROWS_MAX} 行；超过请分成几个文件。`, `At most ${ROWS_MAX} rows at once; make several files of more.`),
  say(
    '全部通过检查后才会写入；重复导入同一文件不会重复新增；与已有记录不一致的行会提示，不会覆盖。',
    'All rows or none are imported. The same file again adds nothing. A row that differs from what is there is told, never written over it.',
  ),
];

function headingOf({ title, required }: ImportColumn, locale: Locale): string {
  return required ? `${title[locale]}*` : title[locale];
}

function exampleOf(columns: readonly ImportColumn[], locale: Locale): string[] {
  return columns.map(
    ({ example, choices }) => choices?.find(({ value }) => value === example)?.title[locale] ?? example,
  );
}

function meaningOf({ note, choices }: ImportColumn, locale: Locale): string {
  const allowed = choices ? choices.map(({ title }) => title[locale]).join(locale === 'zh' ? '、' : ', ') : '';
  return [note?.[locale] ?? '', allowed].filter((part) => part !== '').join(locale === 'zh' ? '：' : ': ');
}

/** Chinese characters are twice as wide. */
function widthOf(column: ImportColumn, locale: Locale): number {
  const width = (text: string): number => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 2 : 1), 0);
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, width(headingOf(column, locale)) + 2, width(column.example) + 2));
}

/** A sheet's name may hold 31 characters and none of these. */
function sheetName(title: string): string {
  return title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
}
