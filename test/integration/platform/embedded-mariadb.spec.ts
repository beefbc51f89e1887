import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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

  it('is not ended by a command beside the console that uses it, nor are its accounts touched', async () => {
    const root = await connectAsRoot(server.socketPath);
    await root.query('grant select on mysql.* to jiyun_app@localhost');
    const command = await startEmbeddedMariaDb({ directory, durable: false });
    expect(command.adopted).toBe(true);
    await command.stop();
    const [grants] = await root.query("select Db from mysql.db where User = 'jiyun_app'");
    expect(grants).toEqual([{ Db: 'mysql' }]);
    await root.end();
  });

  it('goes with the last that uses it, whoever started it; a killed process is none', async () => {
    const own = await mkdtemp(join(tmpdir(), 'jiyun-embedded-'));
    const lives = async () => {
      const connection = await connectAsRoot(join(own, 'mariadb.sock')).catch(() => null);
      await connection?.end();
      return connection !== null;
    };
    try {
      const first = await startEmbeddedMariaDb({ directory: own, durable: false });
      const killed = spawnSync(process.execPath, ['-e', '']).pid;
      await writeFile(join(own, 'holders', `${killed}-1-1`), '');
      const second = await startEmbeddedMariaDb({ directory: own, durable: false });
      await first.stop();
      expect(await lives()).toBe(true);
      await second.stop();
      expect(await lives()).toBe(false);
      expect(await readdir(join(own, 'holders'))).toEqual([]);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }, 60_000);
});
