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
import type { AskedService } from './domain/batch-choices.js';
import { checkMark, columnsOf } from './domain/batch-columns.js';

const FORMATS: ReadonlyMap<MediaType, SheetFormat> = new Map([
  [MEDIA_TYPES.CSV, 'CSV'],
  [MEDIA_TYPES.XLSX, 'XLSX'],
]);

export interface ReadBatch {
  readonly rows: readonly BatchRow[];
  /** That its template is of, or that was named with it; null = of none, or of several. */
  readonly service: AskedService | null;
}

/**
 * The rows of a table that somebody sent; refused is what no cell can be mended of: another template, no table, too much.
 * @param named the one service that all of its rows are said to be of.
 */
export async function readBatch(
  kind: LineKind,
  file: { readonly mediaType: MediaType; readonly bytes: Buffer },
  services: readonly AskedService[] = [],
  named: AskedService | null = null,
): Promise<Result<ReadBatch, readonly Refusal[]>> {
  const format = FORMATS.get(file.mediaType);
  if (!format) return refuse([wrongFile(say('请上传 XLSX 或 CSV 表格', 'Send a table: XLSX or CSV'))]);
  const read = await readSheetCells(file.bytes, format);
  if (!read.ok) return refuse(read.error.map(atCell));
  const [heading] = read.value.rows;
  const mark = checkMark(kind, heading?.cells ?? []);
  if (mark.wrong) return refuse([wrongFile(mark.wrong)]);
  const sheet = mark.position < 0 ? read.value : withoutColumn(read.value, mark.position);
  if (sheet.rows.length - 1 > LINES_MAX) return refuse([tooLong(sheet.rows.length - 1)]);
  const marked = mark.serviceCode === null ? null : (services.find(({ code }) => code === mark.serviceCode) ?? 'GONE');
  if (marked === 'GONE' || marked?.offered === false) return refuse([wrongFile(goneService(mark.serviceCode ?? ''))]);
  if (marked && named && marked.id !== named.id) return refuse([wrongFile(otherService(marked, named))]);
  const service = marked ?? (mark.position < 0 ? named : null);
  const columns = columnsOf(kind, service);
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
  const rows = table.rows.map(({ number, cells }): BatchRow => {
    const unread: { [column: string]: Bilingual } = {};
    for (const { column, message } of byRow.get(number) ?? []) {
      const key = column === null ? '' : (keyAt.get(column) ?? '');
      unread[key] ??= message;
    }
    return { id: newId(), number, cells, unread };
  });
  return ok({ rows, service });
}

function goneService(code: string): Bilingual {
  return say(
    `这是服务 ${code} 的模板，该服务已下架或不存在：请下载现在提供的服务的模板`,
    `This is the template of the service ${code}, which is not offered any more: use the template of one that is`,
  );
}

function otherService(marked: AskedService, named: AskedService): Bilingual {
  return say(
    `这是“${marked.name.zh}”的模板，这里要的是“${named.name.zh}”：请改选服务，或下载对应的模板`,
    `This is the template of ${marked.name.en}; ${named.name.en} is wanted here. Choose that service, or use the right template`,
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
