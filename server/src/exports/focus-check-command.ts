import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { formatDecimal } from './domain/decimal.js';
import { FINDINGS_MAX, FocusChecker, type FocusVerdict } from './domain/focus-checker.js';

/** No record of a FOCUS file is longer; a quote that nobody closed would otherwise swallow it. */
const RECORD_CHARS_MAX = 64 * 1024;

/** Reads a file from its beginning to its end and keeps one record of it at a time. Throws for what is no CSV at all. */
export async function checkFocusFile(path: string): Promise<FocusVerdict> {
  const checker = new FocusChecker();
  const parser = parse({ bom: true, relax_column_count: true, max_record_size: RECORD_CHARS_MAX });
  await pipeline(createReadStream(path), parser, async (records: AsyncIterable<string[]>) => {
    for await (const record of records) checker.record(record);
  });
  return checker.end();
}

/**
 * `jiyun focus check FILE`: says of every row and column what is wrong with it.
 * @returns the process's exit code: 0 = whole; 1 = findings; 2 = it could not be read.
 */
export async function focusCheckCommand(path: string, print: (line: string) => void): Promise<number> {
  let verdict: FocusVerdict;
  try {
    verdict = await checkFocusFile(path);
  } catch (error) {
    if (!(error instanceof CsvError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    print(`${path} cannot be read: ${(error as Error).message}`);
    return 2;
  }
  const { billedFen, findings, invoices, rows } = verdict;
  for (const { column, message, row, rule } of findings)
    print(`row ${row}${column === null ? '' : `, ${column}`}: ${rule} ${message.en}`);
  const yuan = (fen: bigint) => formatDecimal({ digits: fen, scale: 2 }, 2);
  if (findings.length >= FINDINGS_MAX) {
    // Sums of a part of the file would be taken for the file's.
    print(`Stopped after ${rows} rows with ${findings.length} findings; the rest was not read.`);
    return 1;
  }
  for (const [invoice, fen] of invoices) print(`${invoice}: ${yuan(fen)}`);
  print(`${rows} rows, BilledCost ${yuan(billedFen)} CNY; ${findings.length} findings.`);
  return findings.length === 0 ? 0 : 1;
}
