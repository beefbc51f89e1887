import type { CsvCell } from '../../lib/csv';
import type { Column } from '../table/columns';
import type { Rows } from './use-list';

/** More rows than anyone reads in a spreadsheet, and few enough to be held in a browser's memory. */
export const EXPORT_ROWS_MAX = 20_000;

/** What of a column goes into a file. */
export type ExportedColumn<Row> = Pick<Column<Row>, 'title' | 'text'>;

export type ExportProgress = { done: number; total: number };

export type ExportedRows = {
  header: string[];
  cells: CsvCell[][];
  /** Rows of the whole filter; more than `cells` when the list is longer than a file may be. */
  total: number;
};

/** Reads the whole filter into cells of the columns shown. null = stopped meanwhile. */
export async function exportRows<Row>(
  columns: readonly ExportedColumn<Row>[],
  pages: AsyncIterable<Rows<Row>>,
  onProgress: (progress: ExportProgress) => void,
  stopped: () => boolean,
): Promise<ExportedRows | null> {
  const cells: CsvCell[][] = [];
  let total = 0;
  for await (const page of pages) {
    if (stopped()) return null;
    total = page.totalCount;
    for (const row of page.rows) cells.push(columns.map((column) => column.text(row)));
    onProgress({ done: Math.min(cells.length, EXPORT_ROWS_MAX), total: Math.min(total, EXPORT_ROWS_MAX) });
    if (cells.length >= EXPORT_ROWS_MAX) break;
  }
  cells.length = Math.min(cells.length, EXPORT_ROWS_MAX);
  return { header: columns.map((column) => column.title), cells, total: Math.max(total, cells.length) };
}
