import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  connectAsRoot,
  type EmbeddedMariaDb,
  startEmbeddedMariaDb,
} from '../../../server/src/platform/database/embedded-mariadb.js';

let directory: string;
let server: EmbeddedMariaDb;
/** As a server names its temporary tables on disk; in the folder that servers share unless told otherwise. */
const foreign = join(tmpdir(), `#sql-temptable-${process.pid.toString(16)}-f-f.MAI`);
beforeAll(async () => {
  await writeFile(foreign, '');
  directory = await mkdtemp(join(tmpdir(), 'jiyun-embedded-'));
  server = await startEmbeddedMariaDb({ directory, durable: false });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
  await rm(foreign, { force: true });
});

describe('the private MariaDB', () => {
  it('keeps its temporary tables to itself, and leaves those of others alone', async () => {
    const connection = await connectAsRoot(server.socketPath);
    const [rows] = await connection.query('select @@tmpdir as folder');
    await connection.end();
    expect(rows).toEqual([{ folder: join(dirname(server.socketPath), 'tmp') }]);
    expect(existsSync(foreign)).toBe(true);
  });
});
