import type { WriteSheet } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import { columnName } from './sheet.js';

export interface ColumnToWrite {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** Marked in the heading. */
  readonly required?: boolean;
  /** Offered as a list in every cell. */
  readonly values?: readonly string[];
  /** Where the list stands that is offered, for lists of any length: so many rows of a column of another sheet. */
  readonly valuesFrom?: { readonly sheet: string; readonly column: number; readonly rows: number };
}

export interface SheetToWrite {
  readonly name: string;
  readonly columns: readonly ColumnToWrite[];
  readonly rows: Iterable<readonly string[]>;
  /** How far the lists of values reach, where there is nothing yet. */
  readonly rowsToCome?: number;
}

/** A list in a cell may name 255 characters at most; a longer one is left to the check of the import. */
const LIST_CHARS_MAX = 255;

/** A workbook of texts. Cells are written as texts, so that none of them is a formula and no number loses digits. */
export async function xlsxBytes(sheets: readonly SheetToWrite[]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: sheets.map(sheetOf), stringMode: 'shared' }));
}

function sheetOf({ name, columns, rows, rowsToCome = 0 }: SheetToWrite) {
  return {
    name,
    columns: columns.map(({ width }) => ({
      width,
      style: { numFmt: '@', alignment: { vertical: 'top' as const, wrapText: true } },
    })),
    rows: [columns.map(({ title }) => title), ...Array.from(rows, (row) => [...row])],
    cells: new Map(
      columns.map(({ title, required }, column) => [
        `0,${column}`,
        {
          value: title,
          type: 'string' as const,
          style: {
            font: { bold: true, color: { rgb: 'FFFFFF' } },
            // Required columns in the accent, the others in grey: the notes say so in words, too.
            fill: {
              type: 'pattern' as const,
              pattern: 'solid' as const,
              fgColor: { rgb: required ? '0B57D0' : '5F6368' },
            },
          },
        },
      ]),
    ),
    dataValidations: rowsToCome === 0 ? [] : columns.flatMap((column, at) => validationOf(column, at, rowsToCome)),
    freezePane: { rows: 1 },
  };
}

type Validation = NonNullable<WriteSheet['dataValidations']>[number];

function validationOf({ values, valuesFrom }: ColumnToWrite, column: number, rowsToCome: number): Validation[] {
  const list = {
    type: 'list' as const,
    range: `${columnName(column)}2:${columnName(column)}${rowsToCome + 1}`,
    showErrorMessage: true,
    allowBlank: true,
  };
  if (valuesFrom) {
    const letter = `$${columnName(valuesFrom.column)}`;
    return [{ ...list, formula1: `'${valuesFrom.sheet}'!${letter}$2:${letter}$${valuesFrom.rows + 1}` }];
  }
  if (!values || values.join(',').length > LIST_CHARS_MAX || values.some((v) => v.includes(','))) return [];
  return [{ ...list, values: [...values] }];
}
