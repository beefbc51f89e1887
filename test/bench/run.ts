import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMariaDb } from '../../server/src/platform/database/embedded-mariadb.js';
import { openTestApplication, type TestApplication } from '../support/application.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { benchAuditChain } from './audit-chain.ts';
import { benchBatchLines } from './batch-lines.ts';
import { benchCabinetList } from './cabinet-list.ts';
import { benchChangeToBrowser } from './change-to-browser.ts';
import { benchClaims } from './claims.ts';
import { benchClosing } from './closing.ts';
import { benchDr } from './dr.ts';
import { benchDrPicture } from './dr-picture.ts';
import { benchFailover } from './failover.ts';
import { benchImports } from './imports.ts';
import { benchPivot } from './pivot.ts';
import { benchPreview } from './preview.ts';
import { benchProvince } from './province.ts';
import { benchRating } from './rating.ts';
import { benchReconciler } from './reconciler.ts';
import { benchResourceList, PAST_MACHINES } from './resource-list.ts';
import { benchSpreadClaims } from './spread-claims.ts';
import { type Row, render } from './table.ts';
import { benchWatchedMachines } from './watched-machines.ts';

/** By name: `npm run bench -- claims` runs that one, no name runs all. */
const BENCHES: { readonly [name: string]: () => Promise<Row[]> } = {
  claims: () => inApplication(benchClaims),
  spread: () => inApplication(benchSpreadClaims),
  batch: () => inApplication(benchBatchLines),
  preview: benchPreview,
  reconciler: benchReconciler,
  watched: benchWatchedMachines,
  browser: benchChangeToBrowser,
  cabinets: () => inConsole(benchCabinetList),
  imports: () => inApplication(benchImports),
  resources: () => inConsole(benchResourceList, PAST_MACHINES),
  rating: () => inApplication(benchRating),
  closing: () => inApplication(benchClosing),
  pivot: () => inConsole(benchPivot),
  province: benchProvince,
  dr: benchDr,
  picture: benchDrPicture,
  failover: benchFailover,
  audit: () => inApplication(benchAuditChain),
};

async function inApplication(bench: (app: TestApplication) => Promise<Row[]>): Promise<Row[]> {
  const app = await openTestApplication();
  const rows = await bench(app);
  await app.close();
  return rows;
}

async function inConsole(bench: (console_: TestConsole) => Promise<Row[]>, machines = 0): Promise<Row[]> {
  const console_ = await startTestConsole({ machines });
  const rows = await bench(console_);
  await console_.close();
  return rows;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0)
  throw new RangeError(`there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);

// A database of its own, with the durability of a real one: what is measured is what a province would get.
const directory = await mkdtemp(join(tmpdir(), 'jiyun-bench-'));
const server = await startEmbeddedMariaDb({ directory, durable: true });
process.env.TEST_MARIADB_SOCKET = server.socketPath;
process.env.TEST_MARIADB_OWNER_PASSWORD = server.ownerPassword;
process.env.TEST_MARIADB_APPLICATION_PASSWORD = server.applicationPassword;
try {
  const rows: Row[] = [];
  for (const [name, bench] of Object.entries(BENCHES))
    if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await bench()));
  const { text, met } = render(rows);
  process.stdout.write(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, node ${process.version}\n\n${text}\n`,
  );
  process.exitCode = met ? 0 : 1;
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
