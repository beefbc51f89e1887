import type { LineKind } from '../allocation/domain/line-kind.js';
import { type Bilingual, type Locale, say } from '../kernel/bilingual.js';
import { type ColumnToWrite, xlsxBytes } from '../platform/spreadsheet/write-xlsx.js';
import { LINES_MAX } from '../requests/domain/content.js';
import type { AskedService, BatchChoices } from './domain/batch-choices.js';
import { type BatchColumn, columnsOf, KIND_NAMES, markOf, TEMPLATE_VERSION } from './domain/batch-columns.js';

const WIDTH_MIN = 10;
const WIDTH_MAX = 44;
const SHEET_NAME_MAX = 31;

/** A workbook to fill in: heading and one example row with lists to choose from; then what each column means; then the lists. */
export function batchTemplate(
  kind: LineKind,
  choices: BatchChoices,
  locale: Locale,
  service: AskedService | null = null,
): Promise<Buffer> {
  const columns = columnsOf(kind, service);
  const titles = ({ list, options = [] }: BatchColumn): string[] =>
    list ? (choices.lists[list] ?? []).map(({ title }) => title[locale]) : options.map(({ label }) => label[locale]);
  const listed = columns.filter((column) => titles(column).length > 0);
  const lists = LISTS[locale];
  const longest = Math.max(0, ...listed.map((column) => titles(column).length));
  const example = exampleOf(columns, choices, locale);
  const mark = markOf(kind, service);
  return xlsxBytes([
    {
      name: sheetName(service ? service.name[locale] : KIND_NAMES[kind][locale]),
      columns: [
        ...columns.map((column, at): ColumnToWrite => {
          const position = listed.indexOf(column);
          return {
            title: headingOf(column, locale),
            width: widthOf([headingOf(column, locale), example[at] ?? '']),
            required: column.required,
            ...(position < 0 ? {} : { valuesFrom: { sheet: lists, column: position, rows: titles(column).length } }),
          };
        }),
        { title: mark, width: widthOf([mark]) },
      ],
      rows: [example],
      rowsToCome: LINES_MAX,
    },
    {
      name: NOTES[locale],
      columns: [
        { title: COLUMN[locale], width: 20 },
        { title: REQUIRED[locale], width: 10 },
        { title: MEANING[locale], width: 80 },
      ],
      rows: [
        ...columns.map(({ title, required, note }) => [title[locale], required ? YES[locale] : '', note[locale]]),
        ['', '', ''],
        ...rulesOf(locale).map((rule) => ['', '', rule]),
        ...(service ? [] : questionsOf(kind, choices, locale)),
      ],
    },
    {
      name: lists,
      columns: listed.map((column) => ({
        title: column.title[locale],
        width: widthOf([column.title[locale], ...titles(column)]),
      })),
      rows: Array.from({ length: longest }, (_, row) => listed.map((column) => titles(column)[row] ?? '')),
    },
  ]);
}

const NOTES = say('填写说明', 'Notes');
const LISTS = say('可选值', 'Lists');
const COLUMN = say('列', 'Column');
const REQUIRED = say('必填', 'Required');
const MEANING = say('说明', 'What it holds');
const YES = say('是', 'yes');
const RULES: readonly Bilingual[] = [
  say('第 2 行是示例，请覆盖或删除。', 'Row 2 is an example: write over it or delete it.'),
  say('请勿合并单元格，不要使用公式。', 'No merged cells, no formulas.'),
  say(
    `一张申请单最多 ${LINES_MAX} 行明细；超过请分成几张申请单。`,
    `A request has at most ${LINES_MAX} lines; make several requests of more.`,
  ),
  say(
    '上传后逐格检查，有错可在页面上直接改；取入草稿之前什么都不会写入。',
    'Every cell is checked after upload and can be mended on the page; nothing is written before you take the rows into the draft.',
  ),
  say(
    `最后一列“模板:…”是模板的标识（第 ${TEMPLATE_VERSION} 版），请保留。`,
    `The last column, "模板:…", tells which template this is (version ${TEMPLATE_VERSION}): leave it there.`,
  ),
];

function rulesOf(locale: Locale): string[] {
  return RULES.map((rule) => rule[locale]);
}

/** What each service asks, with the answers to choose from. */
function questionsOf(kind: LineKind, { lists, services }: BatchChoices, locale: Locale): string[][] {
  if (kind !== 'SERVICE') return [];
  return (lists.offer ?? []).map(({ value, title }) => {
    const asked = (services.get(value)?.questions ?? []).map(({ label, choices }) => {
      const among = choices.map((choice) => choice.label[locale]).join('/');
      return among === '' ? label[locale] : `${label[locale]}（${among}）`;
    });
    return [title[locale], '', asked.join('；')];
  });
}

/** What a workbook calls a sheet: 31 characters at most, none of those that its formulas use. */
function sheetName(text: string): string {
  return text.replace(/[\\/?*[\]:']/g, ' ').slice(0, SHEET_NAME_MAX);
}

function headingOf({ title, required }: BatchColumn, locale: Locale): string {
  return required ? `${title[locale]}*` : title[locale];
}

/** One row that would be right: an image of the architecture of the offer that stands before it. */
function exampleOf(columns: readonly BatchColumn[], { lists, services }: BatchChoices, locale: Locale): string[] {
  const offer = lists.offer?.[0];
  return columns.map(({ key, list, options, required, example }) => {
    if (key === 'answers')
      return (services.get(offer?.value ?? '')?.questions ?? [])
        .map(({ label, choices }) => `${label[locale]}=${choices[0]?.label[locale] ?? ''}`)
        .join('；');
    if (options) return required ? (options[0]?.label[locale] ?? '') : '';
    if (!list || !required) return example;
    const named = lists[list] ?? [];
    const fitting =
      list === 'image' ? named.find(({ architecture }) => architecture === offer?.architecture) : named[0];
    return fitting?.title[locale] ?? example;
  });
}

/** Chinese characters are twice as wide. */
function widthOf(texts: readonly string[]): number {
  const width = (text: string): number => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 2 : 1), 0);
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, ...texts.map((text) => width(text) + 2)));
}
