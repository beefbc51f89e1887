import type { TypedCell } from './use-batch-edit';

/** Cells as a spreadsheet copies them, laid over the grid from one cell on; null = one text, which the field takes itself. */
export function pastedCells(
  text: string,
  at: { row: number; column: string },
  rows: readonly number[],
  columns: readonly string[],
): TypedCell[] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  if (lines.length === 1 && !text.includes('\t')) return null;
  const top = rows.indexOf(at.row);
  const left = columns.indexOf(at.column);
  return lines.flatMap((line, down) =>
    line.split('\t').flatMap((value, right) => {
      const [row, column] = [rows[top + down], columns[left + right]];
      return row === undefined || column === undefined ? [] : [{ row, column, value: value.trim() }];
    }),
  );
}
