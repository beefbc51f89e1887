import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2';
import type { DatabaseTarget } from '../../../server/src/platform/database/database-url.js';
import { DatabaseNodes } from '../../../server/src/platform/database/quorum/database-nodes.js';
import { RememberedEpoch } from '../../../server/src/platform/database/quorum/remembered-epoch.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { until } from '../../support/until.ts';

let test: TestDatabase;
let directory: string;
let target: DatabaseTarget;
const sockets = new Set<Socket>();
const servers: { close(): unknown }[] = [];

/** The private database listens on a socket only; a node is reached over the network. */
async function nodeOf(socketPath: string): Promise<number> {
  return listening(
    createServer((socket) => {
      const inner = connect(socketPath);
      socket.pipe(inner).pipe(socket);
      for (const end of [socket, inner])
        end
          .on('error', () => undefined)
          .on('close', () => {
            socket.destroy();
            inner.destroy();
          });
    }),
  );
}

async function listening(server: Server): Promise<number> {
  server.on('connection', (socket) => sockets.add(socket));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** It lets everybody in, and answers nothing that is asked then. */
async function hangingNode(): Promise<number> {
  const server = mysql.createServer((connection) => {
    const one = connection as unknown as {
      on(event: string, heard: () => void): void;
      serverHandshake(how: object): void;
      _resetSequenceId(): void;
    };
    one.on('error', () => undefined);
    one.on('query', () => undefined);
    one.serverHandshake({
      ...{ protocolVersion: 10, serverVersion: '10.11.0', connectionId: 1, statusFlags: 2, characterSet: 8 },
      capabilityFlags: 0xffffff,
      authCallback: (_: unknown, done: (error: null) => void) => {
        done(null);
        one._resetSequenceId();
      },
    });
  }) as unknown as { listen(port: number): unknown; close(): unknown; _server: Server };
  return listening(server._server);
}

beforeAll(async () => {
  test = await openTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'jiyun-nodes-'));
  const { database, password, socketPath, user } = test.owner as {
    [K in 'database' | 'password' | 'socketPath' | 'user']: string;
  };
  const host = '127.0.0.1';
  target = {
    ...{ user, password, database },
    nodes: [
      { name: 'center-a', host, port: await nodeOf(socketPath) },
      { name: 'center-b', host, port: await hangingNode() },
    ],
  };
});
afterAll(async () => {
  for (const server of servers) server.close();
  for (const socket of sockets) socket.destroy();
  await test.close();
  await rm(directory, { recursive: true, force: true });
});

describe('a center whose node hangs', () => {
  it('keeps no look from its end, and nobody who writes through another from his work', async () => {
    const nodes = await DatabaseNodes.open(target, await RememberedEpoch.in(directory));
    try {
      let waitedMs = 0;
      for (let n = 0; n < 20; n += 1) {
        await sleep(100);
        const began = performance.now();
        await nodes.writable();
        waitedMs += performance.now() - began;
      }
      // Each look that is waited for takes a second and a half; in this time there are some.
      expect(waitedMs).toBeLessThan(1_500);
      expect(nodes.state()).toMatchObject({
        mode: 'WRITABLE',
        nodes: [{ standing: 'WRITER' }, { name: 'center-b', standing: 'SILENT' }],
      });
      // A connection to the writer broke: whoever goes on does so after it was looked at.
      expect(nodes.nodeWent(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))).toBe(true);
      await nodes.writable();
      expect(nodes.state().mode).toBe('WRITABLE');
    } finally {
      await nodes.close();
    }
  });
});

describe('an epoch that the disk does not take', () => {
  it('lets nobody write until it is kept, and ends no process', async () => {
    const own = join(directory, 'full');
    await mkdir(own);
    const nodes = await DatabaseNodes.open(target, await RememberedEpoch.in(own));
    try {
      expect(nodes.state().mode).toBe('WRITABLE');
      const inTheWay = join(own, 'database-epoch');
      await mkdir(join(inTheWay, 'x'), { recursive: true });
      await test.db.query(
        "insert into database_epoch (epoch, began_at, center, statement, statement_hash) values (1, now(), 'center-a', '{}', ?)",
        ['0'.repeat(64)],
      );
      await until('it stops writing', () => nodes.state().mode !== 'WRITABLE');
      await rm(inTheWay, { recursive: true });
      await until('it writes again', () => nodes.state().mode === 'WRITABLE');
      expect(nodes.state().epoch).toBe(1);
    } finally {
      await nodes.close();
    }
  });
});
