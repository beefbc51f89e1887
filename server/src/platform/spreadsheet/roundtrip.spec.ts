import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheet } from './read-sheet.js';
import { csvText } from './write-csv.js';
import { xlsxBytes } from './write-xlsx.js';

const RUNS = 60;

/** Texts that people put into cells: spaces, quotes, line ends and formulas among them. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '=1+1', '-5', '+86', '@x', 'a,b', '"q"', '第一行\n第二行', '00012', '1e5', ' x '),
);
/** What no cell can hold: characters that XML has no way to write, and carriage returns, which it reads as line feeds. */
const holds = (text: string): boolean =>
  text.isWellFormed() &&
  !/_x[0-9A-Fa-f]{4}_/.test(text) &&
  [...text].every((c) => c === '\n' || (c >= ' ' && !'\uFEFF\uFFFE\uFFFF'.includes(c)));
const cell = text.filter(holds);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });

/** As a reader gives rows: trimmed, without empty cells at their end, without empty rows. */
function asRead(rows: readonly (readonly string[])[]): { number: number; cells: string[] }[] {
  return rows
    .map((cells, index) => {
      const trimmed = cells.map((each) => each.trim());
      while (trimmed.length > 0 && trimmed.at(-1) === '') trimmed.pop();
      return { number: index + 1, cells: trimmed };
    })
    .filter(({ cells }) => cells.length > 0);
}

describe('what is written', () => {
  it('is read again as it was, from XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const [heading = [], ...body] = rows;
        const bytes = await xlsxBytes([
          { name: 'T', columns: heading.map((title) => ({ title, width: 10 })), rows: body },
        ]);
        const read = await readSheet(bytes, 'XLSX');
        expect(read).toEqual({ ok: true, value: { rows: asRead(rows) } });
      }),
      { numRuns: RUNS },
    );
  });

  it('is read again as it was, from CSV, but that a formula has lost its force', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const read = await readSheet(Buffer.from(csvText(rows)), 'CSV');
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        const harmless = asRead(
          rows.map((cells) =>
            cells.map((each) => (/^[=+\-@]/.test(each) && !/^[+-]?\d+([.,]\d+)*%?$/.test(each) ? `'${each}` : each)),
          ),
        );
        expect(read.value.rows).toEqual(harmless);
      }),
      { numRuns: RUNS },
    );
  });

  it('never makes a reader fail with anything but a problem, whatever bytes it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('CSV', 'XLSX'), async (bytes, format) => {
        const read = await readSheet(
          Buffer.concat([format === 'XLSX' ? Buffer.from('PK\u0003\u0004') : Buffer.alloc(0), bytes]),
          format as 'CSV',
        );
        expect(read.ok || read.error.length > 0).toBe(true);
      }),
      { numRuns: RUNS * 4 },
    );
  });
});
