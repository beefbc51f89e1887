import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partsOf, textRow, workbookOf } from '../../support/workbook.ts';
import { type ZipPart, zipOf } from '../../support/zip.ts';

const MIB = 1024 * 1024;
/** Of node itself with the readers loaded, and of the largest file and table that are allowed. */
const MEMORY_MIB_MAX = 320;
const ROOT = resolve(import.meta.dirname, '../../..');

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyun-bounded-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Reads in a process of its own, so that what is measured is the reader's. */
async function readAlone(bytes: Buffer, how: 'CSV' | 'XLSX' | 'LIST'): Promise<{ said: string; peakMib: number }> {
  const path = join(directory, 'file');
  await writeFile(path, bytes);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      join(ROOT, 'test/bench/register.mjs'),
      join(ROOT, 'test/support/read-in-child.ts'),
      path,
      how,
    ],
    { cwd: ROOT },
  );
  return JSON.parse(stdout);
}

/** `count` MiB of one letter, deflated to a thousandth without ever being whole. */
async function deflatedMebibytes(count: number): Promise<NonNullable<ZipPart['packed']>> {
  const piece = Buffer.alloc(MIB, 'a');
  const deflate = createDeflateRaw({ level: 9 });
  const pieces: Buffer[] = [];
  deflate.on('data', (part: Buffer) => pieces.push(part));
  let crc = 0;
  for (let i = 0; i < count; i += 1) {
    crc = crc32(piece, crc);
    if (!deflate.write(piece)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await new Promise((resolve) => deflate.once('end', resolve));
  return { bytes: Buffer.concat(pieces), size: count * MIB, crc };
}

describe('memory', () => {
  it('is not filled by a zip bomb, whether it declares its size or lies about it', async () => {
    const packed = await deflatedMebibytes(2_048);
    expect(packed.bytes.length).toBeLessThan(4 * MIB);
    const sheet = 'xl/worksheets/sheet1.xml';
    const rest = partsOf({ rows: '' }).filter((part) => part.name !== sheet);
    const honest = zipOf([...rest, { name: sheet, content: '', packed }]);
    const declared = await readAlone(honest, 'XLSX');
    expect(declared.said).toMatch(/^the file unpacks to at least 2049 MiB \(\d+ times its size\) and is refused$/);
    const lying = zipOf([...rest, { name: sheet, content: '', packed, declaredSize: 10_000 }]);
    const lied = await readAlone(lying, 'XLSX');
    expect(lied.said).toMatch(/damaged and cannot be unpacked \(too many bytes/);
    // An upload looks at the names alone.
    const looked = await readAlone(honest, 'LIST');
    expect(looked.said).toMatch(/is refused$/);
    for (const { peakMib } of [declared, lied, looked]) expect(peakMib).toBeLessThan(MEMORY_MIB_MAX);
  });

  it('is not filled by a million rows, nor by the longest texts in the most cells', async () => {
    const many = await readAlone(Buffer.from(`a,b\n${'1,2\n'.repeat(1_000_000)}`), 'CSV');
    expect(many.said).toMatch(/more than 10000 rows/);
    const wide = 'x'.repeat(1_900);
    const long = await readAlone(Buffer.from(`a\n${`${wide}\n`.repeat(10_000)}`.slice(0, 20 * MIB)), 'CSV');
    expect(long.said).toMatch(/^10001 rows$|too much text/);
    const shared = workbookOf({
      strings: [`<t>${wide}</t>`],
      rows: Array.from(
        { length: 10_000 },
        (_, i) => `<row r="${i + 1}">${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`,
      ).join(''),
    });
    const full = await readAlone(shared, 'XLSX');
    expect(full.said).toMatch(/too much text|is refused/);
    const normal = await readAlone(workbookOf({ rows: textRow(1, ['a']) }), 'XLSX');
    expect(normal.said).toBe('1 rows');
    for (const { peakMib } of [many, long, full, normal]) expect(peakMib).toBeLessThan(MEMORY_MIB_MAX);
  });
});
