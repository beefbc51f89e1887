import { readFileSync } from 'node:fs';
import { readSheet } from '../../server/src/platform/spreadsheet/read-sheet.js';
import { Unreadable } from '../../server/src/platform/spreadsheet/sheet.js';
import { Archive } from '../../server/src/platform/spreadsheet/unpack.js';

// Run alone by test/integration/imports/bounded.spec.ts: `node … read-in-child.ts <file> <CSV|XLSX|LIST>`. Prints what was
// found and how much memory this process had at most, in MiB.
const [path = '', how = ''] = process.argv.slice(2);
const bytes = readFileSync(path);
let said: string;
if (how === 'LIST')
  said = await Archive.open(bytes).then(
    (archive) => `${archive.names.length} parts`,
    (error: unknown) => (error instanceof Unreadable ? error.message : String(error)),
  );
else {
  const sheet = await readSheet(bytes, how as 'CSV' | 'XLSX');
  said = sheet.ok ? `${sheet.value.rows.length} rows` : (sheet.error[0]?.message.en ?? '');
}
process.stdout.write(JSON.stringify({ said, peakMib: peakKib() / 1024 }));

/** Of this program alone: what getrusage calls maxRSS outlives exec, and would be that of whoever started this process. */
function peakKib(): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (peak === undefined) throw new Error('/proc/self/status names no VmHWM');
  return Number(peak);
}
