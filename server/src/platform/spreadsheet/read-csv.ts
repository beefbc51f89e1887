import { CsvError, parse } from 'csv-parse';
import { RowCollector } from './row-collector.js';
import { CELL_CHARS_MAX, COLUMNS_MAX, problem, type ReadProgress, type SheetResult, Unreadable } from './sheet.js';

/** Read in pieces of this size, so that other requests are answered between two of them. */
const PIECE_BYTES = 64 * 1024;
/** A record is one row; a quote that nobody closed would otherwise swallow the file. */
const RECORD_CHARS_MAX = CELL_CHARS_MAX * COLUMNS_MAX;
const REPLACEMENT = '\uFFFD';

/**
 * CSV in UTF-8, with or without a mark at its beginning. Another encoding is refused at its first bad cell, never
 * guessed: a name in the wrong characters would be stored as if it were right.
 */
export async function readCsv(
  bytes: Buffer,
  onProgress: ReadProgress = () => {},
  collector = new RowCollector(),
): Promise<SheetResult> {
  try {
    requireUtf8(bytes);
    await readRecords(bytes, collector, onProgress);
    return collector.result();
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.problems };
    throw error;
  }
}

async function readRecords(bytes: Buffer, collector: RowCollector, onProgress: ReadProgress): Promise<void> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: RECORD_CHARS_MAX,
  });
  const fed = feed(bytes, parser, onProgress);
  let row = 0;
  try {
    for await (const record of parser) {
      row += 1;
      takeRecord(collector, row, record as string[]);
    }
    await fed;
  } catch (error) {
    parser.destroy();
    // By its class: not all of its codes begin alike.
    if (!(error instanceof CsvError)) throw error;
    // What the parser counted: rows that it still held when it failed never came out.
    const { code, records = row } = error as { code: string; records?: number };
    throw collector.ended(
      `这一行不是合法的 CSV（${code}）：请检查引号是否成对，单元格中的引号须写成两个并整格加引号`,
      `this row is not valid CSV (${code}): look for a quote that is not closed, or one inside a cell that is not quoted`,
      records + 1,
      null,
    );
  }
}

async function feed(bytes: Buffer, parser: ReturnType<typeof parse>, onProgress: ReadProgress): Promise<void> {
  for (let at = 0; at < bytes.length && !parser.destroyed; at += PIECE_BYTES) {
    const wantsMore = parser.write(bytes.subarray(at, at + PIECE_BYTES));
    onProgress(Math.min(1, (at + PIECE_BYTES) / bytes.length));
    if (!wantsMore)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          parser.off('drain', done).off('close', done);
          resolve();
        };
        parser.once('drain', done).once('close', done);
      });
  }
  if (!parser.destroyed) parser.end();
}

function takeRecord(collector: RowCollector, row: number, cells: readonly string[]): void {
  for (const [column, text] of cells.entries())
    if (text.startsWith('='))
      collector.tell(problem(row, column, '是公式，请改为数值', 'is a formula; put its value there instead'));
  collector.add(row, cells);
}

function requireUtf8(bytes: Buffer): void {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw Unreadable.because(
      '文件编码是 UTF-16，请另存为“CSV UTF-8”或 XLSX',
      'the file is in UTF-16; save it as "CSV UTF-8" or as XLSX',
      1,
      0,
    );
  if (bytes.includes(0)) throw Unreadable.because('这不是文本文件', 'this is no text file', 1, 0);
  const at = firstBadCharacter(bytes);
  if (at === undefined) return;
  const { row, column } = placeOf(at.text);
  throw isGb18030(bytes)
    ? Unreadable.because(
        '文件编码是 GBK/GB18030 而不是 UTF-8，请另存为“CSV UTF-8”或 XLSX',
        'the file is in GBK/GB18030, not UTF-8; save it as "CSV UTF-8" or as XLSX',
        row,
        column,
      )
    : Unreadable.because(
        '此处不是 UTF-8 编码，请另存为“CSV UTF-8”或 XLSX',
        'the text here is not UTF-8; save the file as "CSV UTF-8" or as XLSX',
        row,
        column,
      );
}

/** The text before the first byte that is no UTF-8; undefined = all of it is. */
function firstBadCharacter(bytes: Buffer): { text: string } | undefined {
  const text = bytes.toString('utf8');
  let byte = 0;
  let done = 0;
  // A replacement character may be the writer's own; what stood in the bytes tells.
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) {
    byte += Buffer.byteLength(text.slice(done, at));
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd)
      return { text: text.slice(0, at) };
    byte += 3;
    done = at + 1;
  }
  return undefined;
}

/** Row and column of the cell in which the text ends. */
function placeOf(text: string): { row: number; column: number } {
  let row = 1;
  let column = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') column += 1;
    else if (!quoted && character === '\n') {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}

function isGb18030(bytes: Buffer): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
