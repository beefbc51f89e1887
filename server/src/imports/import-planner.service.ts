import { Injectable } from '@nestjs/common';
import { MEDIA_TYPES, type MediaType } from '../files/domain/stored-file.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { readSheet } from '../platform/spreadsheet/read-sheet.js';
import { cellName, type SheetFormat } from '../platform/spreadsheet/sheet.js';
import {
  type ImportCounts,
  type ImportProblem,
  PROBLEMS_KEPT_MAX,
  type RowOutcome,
  SAMPLE_ROWS_MAX,
  type SampleRow,
} from './domain/import-run.js';
import { type DocumentRow, type RowProblem, readTable, type TableRow } from './domain/import-table.js';
import type { Addition, DocumentImport, ImportContext, ImportKind, RowPlan, TableImport } from './import-kind.types.js';
import { readYamlFiles } from './yaml-files.js';

export interface SourceFile {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
}

/** What an import would do: all of it, with what is shown of it. */
export interface PreparedImport {
  readonly counts: ImportCounts;
  /** The first of them, in the order of the file. */
  readonly problems: readonly ImportProblem[];
  readonly sample: readonly SampleRow[];
  readonly additions: readonly Addition<unknown>[];
  /** Says a problem that turns up while writing in the words of the file. */
  readonly locate: (problem: RowProblem) => ImportProblem;
}

/** Share of the preparation that is reading; the rest is asking the kind. */
const READING_SHARE = 0.7;
const SHEET_FORMATS: ReadonlyMap<MediaType, SheetFormat> = new Map([
  [MEDIA_TYPES.CSV, 'CSV'],
  [MEDIA_TYPES.XLSX, 'XLSX'],
]);

/** Reads what was sent and asks its kind what would become of it. Writes nothing. */
@Injectable()
export class ImportPlanner {
  async prepare(
    kind: ImportKind,
    files: readonly SourceFile[],
    context: ImportContext,
    onProgress: (share: number) => void,
  ): Promise<PreparedImport> {
    const reading = (share: number): void => onProgress(share * READING_SHARE);
    const prepared =
      kind.source === 'TABLE'
        ? await prepareTable(kind, files, context, reading)
        : await prepareDocuments(kind, files, context, reading);
    onProgress(1);
    return prepared;
  }
}

async function prepareTable(
  kind: TableImport<unknown>,
  files: readonly SourceFile[],
  context: ImportContext,
  onProgress: (share: number) => void,
): Promise<PreparedImport> {
  const [file] = files;
  const format = file && SHEET_FORMATS.get(file.mediaType);
  if (!file || !format || files.length > 1)
    return unread([whole(say('请上传一个 CSV 或 XLSX 文件', 'Send one CSV or XLSX file'))]);
  const sheet = await readSheet(file.bytes, format, onProgress);
  if (!sheet.ok)
    return unread(
      sheet.error.map(({ row, column, message }) => ({
        ...whole(message),
        row,
        cell: cellName(row, column),
      })),
    );
  const table = readTable(kind.columns, sheet.value.rows);
  if (table.headingProblems.length > 0)
    return unread(
      table.headingProblems.map(({ row, position, message }) => ({
        ...whole(message),
        row,
        cell: cellName(row, position),
      })),
    );
  const titles = new Map(kind.columns.map((column) => [column.key, column.title]));
  const locate = ({ row, column, message }: RowProblem): ImportProblem => ({
    file: null,
    row,
    cell: cellName(row, (column === null ? undefined : table.positions.get(column)) ?? null),
    column: column === null ? null : (titles.get(column) ?? null),
    message,
  });
  const plans = await kind.plan(table.rows, context);
  const positionOf = ({ column }: RowProblem): number => (column === null ? -1 : (table.positions.get(column) ?? -1));
  const inOrder = { rowProblems: table.rowProblems, positionOf, locate };
  const misread = new Map(table.rows.map((row) => [row.number, row.misread]));
  const told = ({ row, column }: RowProblem): boolean => column !== null && misread.get(row)?.has(column) === true;
  return gathered(table.rows, plans, { ...inOrder, told }, (row) =>
    kind.columns.map(({ key }) => row.misread.get(key) ?? row.cells[key] ?? ''),
  );
}

async function prepareDocuments(
  kind: DocumentImport<unknown>,
  files: readonly SourceFile[],
  context: ImportContext,
  onProgress: (share: number) => void,
): Promise<PreparedImport> {
  const other = files.filter((file) => file.mediaType !== MEDIA_TYPES.YAML);
  if (files.length === 0 || other.length > 0)
    return unread(
      (other.length > 0 ? other : [null]).map((file) => ({
        ...whole(say('请上传 YAML 文件', 'Send YAML files')),
        file: file?.name ?? null,
      })),
    );
  const { rows, problems } = await readYamlFiles(files, onProgress);
  if (problems.length > 0) return unread(problems);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const locate = ({ row, column, message }: RowProblem): ImportProblem => ({
    file: byNumber.get(row)?.file ?? null,
    row: byNumber.get(row)?.document ?? null,
    cell: null,
    column: column === null ? null : say(column, column),
    message,
  });
  const plans = await kind.plan(rows, context);
  const inOrder = { rowProblems: [], told: () => false, positionOf: () => 0, locate };
  return gathered(rows, plans, inOrder, (row: DocumentRow) => [row.file]);
}

interface ProblemsInOrder {
  /** Found before the kind was asked. */
  readonly rowProblems: readonly RowProblem[];
  /** Whether the kind speaks of a cell of which a problem was found before. */
  readonly told: (problem: RowProblem) => boolean;
  /** From left to right within a row. */
  readonly positionOf: (problem: RowProblem) => number;
  readonly locate: (problem: RowProblem) => ImportProblem;
}

function gathered<Row extends TableRow | DocumentRow>(
  rows: readonly Row[],
  plans: readonly RowPlan<unknown>[],
  { rowProblems, told, positionOf, locate }: ProblemsInOrder,
  cellsOf: (row: Row) => readonly string[],
): PreparedImport {
  if (plans.length !== rows.length)
    throw new Error(`a kind of import planned ${plans.length} rows where there were ${rows.length}`);
  const additions: Addition<unknown>[] = [];
  const found: RowProblem[] = [...rowProblems];
  const badRows = new Set(rowProblems.map((each) => each.row));
  const outcomes = new Map<number, RowOutcome>();
  let unchanged = 0;
  for (const plan of plans) {
    if (plan.outcome === 'PROBLEM')
      found.push(...plan.problems.map((each) => ({ ...each, row: plan.row })).filter((each) => !told(each)));
    if (badRows.has(plan.row)) continue;
    outcomes.set(plan.row, plan.outcome);
    if (plan.outcome === 'ADD') additions.push({ row: plan.row, value: plan.value });
    else if (plan.outcome === 'UNCHANGED') unchanged += 1;
  }
  const read = new Set(rows.map((row) => row.number));
  const emptyRows = [...badRows].filter((row) => !read.has(row));
  // In the order of the file and without a gap: a row that is left out looks as if it had been lost.
  const shown = [
    ...rows.slice(0, SAMPLE_ROWS_MAX).map((row) => ({ row: row.number, cells: cellsOf(row) })),
    ...emptyRows.map((row) => ({ row, cells: [] })),
  ];
  return {
    counts: { rows: rows.length + emptyRows.length, added: additions.length, unchanged, problems: found.length },
    problems: found
      .toSorted((a, b) => a.row - b.row || positionOf(a) - positionOf(b))
      .slice(0, PROBLEMS_KEPT_MAX)
      .map(locate),
    sample: shown
      .toSorted((a, b) => a.row - b.row)
      .slice(0, SAMPLE_ROWS_MAX)
      .map(({ row, cells }) => ({ row, outcome: outcomes.get(row) ?? 'PROBLEM', cells })),
    additions,
    locate,
  };
}

/** Nothing can be said of rows: the table itself is not what it should be. */
function unread(problems: readonly ImportProblem[]): PreparedImport {
  return {
    counts: { rows: 0, added: 0, unchanged: 0, problems: problems.length },
    problems: problems.slice(0, PROBLEMS_KEPT_MAX),
    sample: [],
    additions: [],
    locate: (problem) => whole(problem.message),
  };
}

function whole(message: Bilingual): ImportProblem {
  return { file: null, row: null, cell: null, column: null, message };
}
