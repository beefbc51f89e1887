import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMariaDb } from '../../server/src/platform/database/embedded-mariadb.ts';
import { testServer } from './test-server-handle.ts';

/** One throw-away MariaDB for the whole run; each test file makes databases of its own in it. */
export default async function globalSetup(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyun-test-'));
  const server = await startEmbeddedMariaDb({ directory, durable: false });
  testServer.current = { directory, stop: () => server.stop() };
  process.env.TEST_MARIADB_SOCKET = server.socketPath;
  process.env.TEST_MARIADB_OWNER_PASSWORD = server.ownerPassword;
  process.env.TEST_MARIADB_APPLICATION_PASSWORD = server.applicationPassword;
}
