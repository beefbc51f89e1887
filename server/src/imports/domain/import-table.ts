/** Decides how a table's heading names the columns of a kind of import, and what a cell of a column may hold. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

export interface ChoiceOfColumn {
  /** As the code knows it, e.g. "ARM64". */
  readonly value: string;
  /** As people write it. */
  readonly title: Bilingual;
}

export interface ImportColumn {
  /** Name of the column in code, e.g. "serial". Accepted in a heading as well. */
  readonly key: string;
  readonly title: Bilingual;
  readonly required: boolean;
  /** A cell of the template's example row; '' where the example leaves it empty. */
  readonly example: string;
  /** What may stand there, for the notes of the template. */
  readonly note?: Bilingual;
  /** The only things that may stand there. A cell may say the value or either title; the row then holds the value. */
  readonly choices?: readonly ChoiceOfColumn[];
}

/** A row of a table after the heading was understood. */
export interface TableRow {
  /** As the spreadsheet shows it. */
  readonly number: number;
  /** By column key; '' = empty. Every column of the kind is there. */
  readonly cells: Readonly<Record<string, string>>;
  /**
   * Cells that have been found wrong already, with what was written there: by column key, '' in `cells`. A kind draws no
   * conclusion about another column from such a cell; what it says of the cell itself is not told again.
   */
  readonly misread: ReadonlyMap<string, string>;
}

/** A document of a YAML file. */
export interface DocumentRow {
  /** Counted from 1 over all files. */
  readonly number: number;
  readonly file: string;
  /** Counted from 1 within the file. */
  readonly document: number;
  readonly value: unknown;
}

/** What is wrong with a row: in a column (its key; for documents a field such as "interfaces[3].name") or as a whole. */
export interface CellProblem {
  readonly column: string | null;
  readonly message: Bilingual;
}

export interface RowProblem extends CellProblem {
  readonly row: number;
}

/** What is wrong with the table before any row is looked at; `position` counts columns from 0. */
interface HeadingProblem {
  readonly row: number | null;
  readonly position: number | null;
  readonly message: Bilingual;
}

export interface ReadTable {
  /** All of them, also those with problems: what else is wrong with one is told at once. */
  readonly rows: readonly TableRow[];
  /** What was found here, of `rows` and of rows that are empty. */
  readonly rowProblems: readonly RowProblem[];
  readonly headingProblems: readonly HeadingProblem[];
  /** Where each column stands, counted from 0. */
  readonly positions: ReadonlyMap<string, number>;
}

interface PlainRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** Written around a required column's title by people who mark it so. */
const MARKS = /[*＊]/g;

/** The first row with anything in it is the heading; below it every row counts, and none may be left out in between. */
export function readTable(columns: readonly ImportColumn[], rows: readonly PlainRow[]): ReadTable {
  const [heading, ...body] = rows;
  const positions = new Map<string, number>();
  if (!heading)
    return {
      rows: [],
      rowProblems: [],
      headingProblems: [{ row: null, position: null, message: say('表格是空的', 'the table is empty') }],
      positions,
    };
  const headingProblems = readHeading(columns, heading, positions);
  if (headingProblems.length === 0 && body.length === 0)
    headingProblems.push({
      row: heading.number,
      position: null,
      message: say('表头下面没有数据', 'there is no row below the heading'),
    });
  if (headingProblems.length > 0) return { rows: [], rowProblems: [], headingProblems, positions };
  return { ...readBody(columns, heading, body, positions), headingProblems, positions };
}

function readHeading(
  columns: readonly ImportColumn[],
  heading: PlainRow,
  positions: Map<string, number>,
): HeadingProblem[] {
  const problems: HeadingProblem[] = [];
  const at = (position: number | null, zh: string, en: string): void => {
    problems.push({ row: heading.number, position, message: say(zh, en) });
  };
  for (const [position, written] of heading.cells.entries()) {
    if (written === '') {
      at(position, '表头有空白列', 'the heading has an empty column');
      continue;
    }
    const column = columns.find((each) => isNamed(each, written));
    if (!column)
      at(
        position,
        `没有名为“${written}”的列，请使用模板的表头`,
        `there is no column "${written}"; use the heading of the template`,
      );
    else if (positions.has(column.key))
      at(position, `“${column.title.zh}”列出现了两次`, `the column "${column.title.en}" stands there twice`);
    else positions.set(column.key, position);
  }
  for (const column of columns)
    if (column.required && !positions.has(column.key))
      at(null, `缺少“${column.title.zh}”列`, `the column "${column.title.en}" is missing`);
  return problems;
}

function isNamed(column: ImportColumn, written: string): boolean {
  const name = plain(written);
  return [column.key, column.title.zh, column.title.en].some((each) => plain(each) === name);
}

function plain(text: string): string {
  return text.replace(MARKS, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

function readBody(
  columns: readonly ImportColumn[],
  heading: PlainRow,
  body: readonly PlainRow[],
  positions: ReadonlyMap<string, number>,
): { rows: TableRow[]; rowProblems: RowProblem[] } {
  const rows: TableRow[] = [];
  const rowProblems: RowProblem[] = [];
  let expected = heading.number + 1;
  for (const { number, cells } of body) {
    if (number !== expected)
      rowProblems.push({
        row: expected,
        column: null,
        message: say('是空行，请删除', 'is an empty row; delete it'),
      });
    expected = number + 1;
    const row: Record<string, string> = {};
    const misread = new Map<string, string>();
    for (const column of columns) {
      const position = positions.get(column.key);
      const written = position === undefined ? '' : (cells[position] ?? '');
      const read = readCell(column, written);
      row[column.key] = read.value;
      if (!read.problem) continue;
      misread.set(column.key, written);
      rowProblems.push({ row: number, column: column.key, message: read.problem });
    }
    if (cells.length > heading.cells.length)
      rowProblems.push({
        row: number,
        column: null,
        message: say('有超出表头的内容', 'holds something beyond the heading'),
      });
    rows.push({ number, cells: row, misread });
  }
  return { rows, rowProblems };
}

function readCell(column: ImportColumn, written: string): { value: string; problem?: Bilingual } {
  if (written === '')
    return column.required
      ? { value: '', problem: say(`必须填写“${column.title.zh}”`, `"${column.title.en}" is required`) }
      : { value: '' };
  if (!column.choices) return { value: written };
  const wanted = written.toLowerCase();
  const choice = column.choices.find(({ value, title }) =>
    [value, title.zh, title.en].some((each) => each.toLowerCase() === wanted),
  );
  if (choice) return { value: choice.value };
  const said = (language: 'zh' | 'en') => column.choices?.map((each) => each.title[language]) ?? [];
  return {
    value: '',
    problem: say(
      `“${written}”不在可选值之内：${said('zh').join('、')}`,
      `"${written}" is none of ${said('en').join(', ')}`,
    ),
  };
}
