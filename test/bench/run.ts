import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMariaDb } from '../../server/src/platform/database/embedded-mariadb.js';
import { openTestApplication } from '../support/application.ts';
import { benchClaims } from './claims.ts';
import { benchReconciler } from './reconciler.ts';
import { render } from './table.ts';

// A database of its own, with the durability of a real one: what is measured is what a province would get.
const directory = await mkdtemp(join(tmpdir(), 'jiyun-bench-'));
const server = await startEmbeddedMariaDb({ directory, durable: true });
process.env.TEST_MARIADB_SOCKET = server.socketPath;
process.env.TEST_MARIADB_OWNER_PASSWORD = server.ownerPassword;
process.env.TEST_MARIADB_APPLICATION_PASSWORD = server.applicationPassword;
try {
  const app = await openTestApplication();
  const { text, met } = render([...(await benchClaims(app)), ...(await benchReconciler())]);
  await app.close();
  process.stdout.write(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, node ${process.version}\n\n${text}\n`,
  );
  process.exitCode = met ? 0 : 1;
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
