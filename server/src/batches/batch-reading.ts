import type { LineKind } from '../allocation/domain/line-kind.js';
import { MEDIA_TYPES, type MediaType } from '../files/domain/stored-file.js';
import { readTable } from '../imports/domain/import-table.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import { readSheetCells } from '../platform/spreadsheet/read-sheet.js';
import { cellName, type SheetCells, type SheetFormat, type SheetProblem } from '../platform/spreadsheet/sheet.js';
import { LINES_MAX } from '../requests/domain/content.js';
import type { BatchRow } from './domain/batch.js';
import { checkMark, columnsOf } from './domain/batch-columns.js';

const FORMATS: ReadonlyMap<MediaType, SheetFormat> = new Map([
  [MEDIA_TYPES.CSV, 'CSV'],
  [MEDIA_TYPES.XLSX, 'XLSX'],
]);

/** The rows of a table that somebody sent; refused is what no cell can be mended of: another template, no table, too much. */
export async function readBatch(
  kind: LineKind,
  file: { readonly mediaType: MediaType; readonly bytes: Buffer },
): Promise<Result<readonly BatchRow[], readonly Refusal[]>> {
  const format = FORMATS.get(file.mediaType);
  if (!format) return refuse([wrongFile(say('请上传 XLSX 或 CSV 表格', 'Send a table: XLSX or CSV'))]);
  const read = await readSheetCells(file.bytes, format);
  if (!read.ok) return refuse(read.error.map(atCell));
  const [heading] = read.value.rows;
  const mark = checkMark(kind, heading?.cells ?? []);
  if (mark.wrong) return refuse([wrongFile(mark.wrong)]);
  const sheet = mark.position < 0 ? read.value : withoutColumn(read.value, mark.position);
  if (sheet.rows.length - 1 > LINES_MAX) return refuse([tooLong(sheet.rows.length - 1)]);
  const columns = columnsOf(kind);
  const table = readTable(columns, sheet.rows);
  if (table.headingProblems.length > 0)
    return refuse(
      table.headingProblems.map(({ row, position, message }) => atCell({ row, column: position, message })),
    );
  const keyAt = new Map([...table.positions].map(([key, position]) => [position, key]));
  const byRow = Map.groupBy(sheet.problems, ({ row }) => row);
  // A problem of the heading, or of a row where nothing else stands, has no cell that could be mended.
  const numbers = new Set(table.rows.map(({ number }) => number));
  const nowhere = sheet.problems.filter(({ row }) => row === null || !numbers.has(row));
  if (nowhere.length > 0) return refuse(nowhere.map(atCell));
  return ok(
    table.rows.map(({ number, cells }): BatchRow => {
      const unread: { [column: string]: Bilingual } = {};
      for (const { column, message } of byRow.get(number) ?? []) {
        const key = column === null ? '' : (keyAt.get(column) ?? '');
        unread[key] ??= message;
      }
      return { id: newId(), number, cells, unread };
    }),
  );
}

function withoutColumn(sheet: SheetCells, position: number): SheetCells {
  const moved = ({ column, ...problem }: SheetProblem): SheetProblem => ({
    ...problem,
    column: column !== null && column > position ? column - 1 : column,
  });
  return {
    rows: sheet.rows.map(({ number, cells }) => ({ number, cells: cells.filter((_, at) => at !== position) })),
    problems: sheet.problems.filter(({ column }) => column !== position).map(moved),
  };
}

function atCell({ row, column, message }: SheetProblem): Refusal {
  const cell = cellName(row, column);
  return wrongFile(cell === null ? message : say(`${cell}：${message.zh}`, `${cell}: ${message.en}`));
}

function tooLong(rows: number): Refusal {
  return {
    ...wrongFile(
      say(
        `表格有 ${rows} 行，一张申请单最多 ${LINES_MAX} 行明细：请分成几个文件、几张申请单。什么都没有写入`,
        `The table has ${rows} rows; a request has ${LINES_MAX} lines at most. Make several files and requests of it. Nothing was written`,
      ),
    ),
    rule: 'linesMax',
  };
}

function wrongFile(message: Bilingual): Extract<Refusal, { code: 'INVALID_INPUT' }> {
  return { code: 'INVALID_INPUT', path: ['fileId'], rule: 'table', message };
}
