import {
  CELL_CHARS_MAX,
  COLUMNS_MAX,
  PROBLEMS_MAX,
  problem,
  ROWS_MAX,
  type SheetCells,
  type SheetProblem,
  type SheetResult,
  type SheetRow,
  TEXT_CHARS_MAX,
  Unreadable,
} from './sheet.js';

/** Takes rows as a reader finds them, and stops the reader as soon as there is more than anyone may send. */
export class RowCollector {
  private readonly rows: SheetRow[] = [];
  private readonly problems: SheetProblem[] = [];
  private chars = 0;
  private whole = false;

  /** A row of nothing is none: spreadsheets keep thousands of them below the last one. */
  add(number: number, texts: readonly string[]): void {
    const cells = texts.map((text) => text.trim());
    while (cells.length > 0 && cells.at(-1) === '') cells.pop();
    if (cells.length === 0) return;
    if (cells.length > COLUMNS_MAX)
      throw this.ended(
        `超过 ${COLUMNS_MAX} 列，请只保留模板中的列`,
        `there are more than ${COLUMNS_MAX} columns; keep only those of the template`,
        number,
        COLUMNS_MAX,
      );
    // The heading is a row, too.
    if (this.rows.length > ROWS_MAX)
      throw this.ended(
        `数据超过 ${ROWS_MAX} 行，请分成几个文件导入`,
        `there are more than ${ROWS_MAX} rows; import them as several files`,
        number,
        null,
      );
    for (const [column, text] of cells.entries()) this.count(text, number, column);
    this.rows.push({ number, cells });
  }

  tell(found: SheetProblem): void {
    this.problems.push(found);
    if (this.problems.length >= PROBLEMS_MAX) throw new Unreadable(this.problems);
  }

  /** All rows, with what is wrong in single cells; null = reading stopped before the end. */
  get found(): SheetCells | null {
    return this.whole ? { rows: this.rows, problems: this.problems } : null;
  }

  result(): SheetResult {
    this.whole = true;
    return this.problems.length > 0 ? { ok: false, error: this.problems } : { ok: true, value: { rows: this.rows } };
  }

  /** What was found before counts as well: it stands further up. */
  ended(zh: string, en: string, row: number | null, column: number | null): Unreadable {
    return new Unreadable([...this.problems, problem(row, column, zh, en)]);
  }

  private count(text: string, row: number, column: number): void {
    if (text.length > CELL_CHARS_MAX)
      this.tell(
        problem(
          row,
          column,
          `内容有 ${text.length} 个字符，最多 ${CELL_CHARS_MAX} 个`,
          `holds ${text.length} characters; at most ${CELL_CHARS_MAX} are allowed`,
        ),
      );
    this.chars += text.length;
    if (this.chars > TEXT_CHARS_MAX)
      throw this.ended(
        '表格文字总量过大，请分成几个文件导入',
        'the table holds too much text; import it as several files',
        row,
        null,
      );
  }
}
