import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import type { ReadProgress, SheetFormat, SheetResult } from './sheet.js';

/**
 * A table of texts from a file that somebody sent, whatever is in it: never more memory than the limits of `sheet.ts`
 * and `unpack.ts` allow, in pieces between which other requests are answered.
 */
export function readSheet(bytes: Buffer, format: SheetFormat, onProgress?: ReadProgress): Promise<SheetResult> {
  return format === 'CSV' ? readCsv(bytes, onProgress) : readXlsx(bytes, onProgress);
}
