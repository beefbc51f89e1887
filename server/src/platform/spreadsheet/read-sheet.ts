import { ok, type Result, refuse } from '../../kernel/result.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import { RowCollector } from './row-collector.js';
import type { ReadProgress, SheetCells, SheetFormat, SheetProblem, SheetResult } from './sheet.js';

/**
 * A table of texts from a file that somebody sent, whatever is in it: never more memory than the limits of `sheet.ts`
 * and `unpack.ts` allow, in pieces between which other requests are answered.
 */
export function readSheet(bytes: Buffer, format: SheetFormat, onProgress?: ReadProgress): Promise<SheetResult> {
  return format === 'CSV' ? readCsv(bytes, onProgress) : readXlsx(bytes, onProgress);
}

/** The same for a table that is mended on the screen: formulas, merged cells and the like stand beside the rows. Refused is what cannot be read to its end. */
export async function readSheetCells(
  bytes: Buffer,
  format: SheetFormat,
): Promise<Result<SheetCells, readonly SheetProblem[]>> {
  const collector = new RowCollector();
  const read = await (format === 'CSV' ? readCsv : readXlsx)(bytes, undefined, collector);
  if (collector.found) return ok(collector.found);
  return refuse(read.ok ? [] : read.error);
}
