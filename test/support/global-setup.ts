import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMariaDb } from '../../server/src/platform/database/embedded-mariadb.ts';
import { testServer } from './test-server-handle.ts';

const MEMORY = '/dev/shm';
/**
 * Databases of some 280 tables come and go by the hundred: they have no files of their own and no statistics that outlive
 * them, which takes a third off their making and dropping, and several of them are known at a time.
 */
const MANY_DATABASES = [
  '--innodb-file-per-table=0',
  '--innodb-stats-persistent=0',
  '--table-definition-cache=4000',
  '--table-open-cache=4000',
];
/** A whole run comes to a few hundred megabytes; a container's usual 64 MB would not do. */
const MEMORY_FREE_MIN_BYTES = 2 * 2 ** 30;

/** One throw-away MariaDB for the whole run; each test file makes databases of its own in it. */
export default async function globalSetup(): Promise<void> {
  const directory = await mkdtemp(join((await roomyMemory()) ?? tmpdir(), 'jiyun-test-'));
  const server = await startEmbeddedMariaDb({ directory, durable: false, more: MANY_DATABASES });
  testServer.current = { directory, stop: () => server.stop() };
  process.env.TEST_MARIADB_SOCKET = server.socketPath;
  process.env.TEST_MARIADB_OWNER_PASSWORD = server.ownerPassword;
  process.env.TEST_MARIADB_APPLICATION_PASSWORD = server.applicationPassword;
}

/** Tables are made by the thousand, and each is a file: in memory that costs a tenth of what it costs on a disk. */
async function roomyMemory(): Promise<string | null> {
  try {
    const { bavail, bsize } = await statfs(MEMORY);
    const free = Math.min(bavail * bsize, process.availableMemory());
    return free >= MEMORY_FREE_MIN_BYTES ? MEMORY : null;
  } catch {
    return null;
  }
}
