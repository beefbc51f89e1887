import { createSocket } from 'node:dgram';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, createServer as createTcp, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createServer as createTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import type { ProbeKind, ProbeSettings } from '../../../server/src/resilience/domain/probes/probe.js';
import { DnsProbe, HttpProbe, TcpProbe, TlsProbe } from '../../../server/src/resilience/probing/adapters.js';
import { Dialling } from '../../../server/src/resilience/probing/dialling.js';
import { RestReplicationProbe } from '../../../server/src/resilience/probing/rest-adapter.js';
import { HeartbeatProbe, SqlReplicationProbe } from '../../../server/src/resilience/probing/sql-adapters.js';
import { newIdentity } from '../../../server/src/simulation/tls/certificate.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const dialling = new Dialling(true);
const opened: { close(done?: () => void): unknown }[] = [];
const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  return (server.address() as AddressInfo).port;
};
afterAll(() => {
  for (const server of opened) server.close();
});

function probe(kind: ProbeKind, target: string, more: Partial<ProbeSettings> = {}): ProbeSettings & { id: string } {
  return {
    ...{
      id: '00000000-0000-7000-8000-00000000000a',
      kind,
      name: kind,
      target,
      towards: null,
      server: null,
      expect: null,
    },
    ...{ statePointer: null, lagPointer: null },
    ...{ family: 'ANY', engine: null, account: null, database: null, everySeconds: 30, timeoutMs: 500, enabled: true },
    ...more,
  };
}

describe('who may be asked', () => {
  const strict = new Dialling(false);
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '::1',
    '::ffff:127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    'fe80::1',
    '64:ff9b::7f00:1',
    'localhost',
    '100.100.100.200',
    'fd00:ec2::254',
    ...Object.values(networkInterfaces()).flatMap((of) => (of ?? []).map(({ address }) => address)),
  ])('is never %s', async (host) => expect(strict.resolve(host, 'ANY')).rejects.toThrow(/may be probed/));
  it('is whatever a department’s network has', async () => {
    expect(await strict.resolve('10.1.2.3', 'ANY')).toMatchObject({ address: '10.1.2.3', family: 4 });
    expect(await strict.resolve('fd00::7', 'IPV6')).toMatchObject({ address: 'fd00::7', family: 6 });
    await expect(strict.resolve('10.1.2.3', 'IPV6')).rejects.toThrow(/IPV6/);
  });
});

describe('asked from outside', () => {
  it('HTTP takes the status that is awaited, and goes to no other address than the one that was set', async () => {
    const elsewhere: string[] = [];
    const other = await listening(
      createHttp((request, response) => {
        elsewhere.push(request.url ?? '');
        response.end();
      }),
    );
    const port = await listening(
      createHttp((request, response) => {
        if (request.url === '/moved') response.writeHead(302, { location: `http://127.0.0.1:${other}/` }).end();
        else if (request.url === '/slow') setTimeout(() => response.end('late'), 2_000).unref();
        else response.writeHead(request.url === '/down' ? 503 : 200).end('x'.repeat(200_000));
      }),
    );
    const ask = (path: string, more: Partial<ProbeSettings> = {}) =>
      new HttpProbe(dialling).ask(probe('HTTP', `http://127.0.0.1:${port}${path}`, more));
    expect(await ask('/')).toMatchObject({ ok: true, detail: 'HTTP 200' });
    expect(await ask('/down')).toMatchObject({ ok: false, detail: 'HTTP 503' });
    expect(await ask('/moved')).toMatchObject({ ok: false, detail: 'HTTP 302' });
    expect(await ask('/moved', { expect: '302' })).toMatchObject({ ok: true });
    expect(elsewhere).toEqual([]);
    const began = Date.now();
    await expect(ask('/slow')).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(1_800);
  });

  it('TCP says who answers, and throws where nobody does', async () => {
    const port = await listening(createTcp((socket) => socket.end()));
    expect(await new TcpProbe(dialling).ask(probe('TCP', `127.0.0.1:${port}`))).toMatchObject({ ok: true });
    await expect(new TcpProbe(dialling).ask(probe('TCP', '127.0.0.1:1'))).rejects.toThrow(/ECONNREFUSED/);
  });

  it('TLS counts the days of the certificate, and says when it is another’s', async () => {
    const { certificatePem, keyPem } = newIdentity('portal.example', new Date());
    const port = await listening(createTls({ cert: certificatePem, key: keyPem }, (socket) => socket.end()));
    const ask = (expect: string | null) => new TlsProbe(dialling).ask(probe('TLS', `127.0.0.1:${port}`, { expect }));
    const answer = await ask(null);
    expect(answer).toMatchObject({ ok: true });
    expect((answer as { certificateDays: number }).certificateDays).toBeGreaterThan(0);
    expect(await ask('other.example')).toMatchObject({ ok: false, detail: expect.stringContaining('other.example') });
    const silent = await listening(createTcp(() => undefined));
    await expect(new TlsProbe(dialling).ask(probe('TLS', `127.0.0.1:${silent}`))).rejects.toThrow(/500 ms/);
    // A record that is announced as long and comes byte by byte: never idle, never done.
    const dripping = await listening(
      createTcp((socket) => {
        socket.on('error', () => undefined);
        socket.write(Buffer.from([22, 3, 3, 0x40, 0]));
        const drip = setInterval(() => socket.write(Buffer.from([2])), 100);
        socket.on('close', () => clearInterval(drip));
      }),
    );
    const began = Date.now();
    await expect(new TlsProbe(dialling).ask(probe('TLS', `127.0.0.1:${dripping}`))).rejects.toThrow(/500 ms/);
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('DNS tells the TTL, both families, and whether the address is the one that serves', async () => {
    const server = createSocket('udp4', (question, from) => server.send(answerTo(question), from.port, from.address));
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    opened.push(server);
    const at = `127.0.0.1:${server.address().port}`;
    const ask = (more: Partial<ProbeSettings>) =>
      new DnsProbe(dialling).ask(probe('DNS', 'portal.example', { server: at, ...more }));
    expect(await ask({ family: 'IPV4' })).toMatchObject({ ok: true, ttlSeconds: 300, detail: '10.1.0.9' });
    expect(await ask({ family: 'IPV6' })).toMatchObject({ ok: true, detail: 'fd00::9' });
    expect(await ask({ expect: '10.2.0.9' })).toMatchObject({ ok: false });
    expect(await ask({ expect: 'fd00::9' })).toMatchObject({ ok: true });
  });
});

describe('asked of a database', () => {
  let test: TestDatabase;
  let at: string;
  let account: { account: string; database: string };
  let secret: string;
  let admin: mysql.Connection;
  beforeAll(async () => {
    test = await openTestDatabase();
    const { database, password, socketPath, user } = test.owner as {
      [K in 'database' | 'password' | 'socketPath' | 'user']: string;
    };
    // The private database listens on a socket only; a probe comes over the network.
    const port = await listening(
      createTcp((socket) => {
        const inner = connect(socketPath);
        socket.pipe(inner).pipe(socket);
        for (const end of [socket, inner])
          end.on('error', () => {
            socket.destroy();
            inner.destroy();
          });
      }),
    );
    at = `127.0.0.1:${port}`;
    account = { account: user, database };
    secret = password;
    admin = await mysql.createConnection({ socketPath, user, password, database });
    await admin.query('create table jiyun_heartbeat (id char(36) primary key, beat_ms bigint not null)');
  });
  afterAll(async () => {
    await admin.end();
    await test.close();
  });
  const beat = (more: Partial<ProbeSettings> = {}) =>
    new HeartbeatProbe(dialling).ask(probe('HEARTBEAT', at, { ...account, server: at, ...more }), secret);

  it('a heartbeat that arrives at once is no lag, and one that does not is as old as the last that did', async () => {
    expect(await beat()).toMatchObject({ replicating: true, lagSeconds: 0 });
    const [row] = (await admin.query<mysql.RowDataPacket[]>('select beat_ms from jiyun_heartbeat'))[0];
    expect(Math.abs(Date.now() - Number(row?.beat_ms))).toBeLessThan(5_000);
    // The source is gone; what arrived last is five seconds old.
    await admin.query('update jiyun_heartbeat set beat_ms = ?', [Date.now() - 5_000]);
    const late = await beat({ server: '127.0.0.1:1' });
    expect(late).toMatchObject({ replicating: true, detail: expect.stringContaining('not written') });
    expect((late as { lagSeconds: number }).lagSeconds).toBeGreaterThanOrEqual(5);
    await admin.query('delete from jiyun_heartbeat');
    expect(await beat({ server: '127.0.0.1:1' })).toMatchObject({ replicating: false });
  });

  it('a database that is nobody’s replica replicates nothing; one that cannot be asked says nothing', async () => {
    const ask = (more: Partial<ProbeSettings> = {}, with_ = secret) =>
      new SqlReplicationProbe(dialling).ask(
        probe('SQL_REPLICATION', at, { ...account, engine: 'MARIADB', ...more }),
        with_,
      );
    await expect(ask({}, 'wrong')).rejects.toThrow(/Access denied/);
    await expect(ask({ target: '127.0.0.1:1' })).rejects.toThrow(/ECONNREFUSED/);
    const silent = await listening(createTcp(() => undefined));
    const began = Date.now();
    await expect(ask({ target: `127.0.0.1:${silent}` })).rejects.toThrow(/ETIMEDOUT/);
    expect(Date.now() - began).toBeLessThan(3_000);
    const answer = await ask().catch((error: Error) => error.message);
    // The tests' own account may not ask for it: MariaDB wants REPLICA MONITOR, as the manual says.
    expect(typeof answer === 'string' ? answer : answer.detail).toMatch(/nobody’s replica|REPLICA MONITOR/);
  });
});

/** One record: A or AAAA of 300 seconds. */
function answerTo(question: Buffer): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const six = question.readUInt16BE(end - 4) === 28;
  const address = six ? Buffer.from([0xfd, ...Array(14).fill(0), 9]) : Buffer.from([10, 1, 0, 9]);
  const head = Buffer.concat([
    question.subarray(0, 2),
    Buffer.from([0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]),
    question.subarray(12, end),
  ]);
  const record = Buffer.from([0xc0, 12, 0, six ? 28 : 1, 0, 1, 0, 0, 1, 44, 0, address.length]);
  return Buffer.concat([head, record, address]);
}

describe('what a storage array says by REST', () => {
  /** As arrays answer: over TLS with a certificate of their own, to an account that reads. */
  let base = '';
  let answer: { status: number; body: string } = { status: 200, body: '{}' };
  let asked: { url: string | undefined; authorization: string | undefined } = { url: '', authorization: '' };
  beforeAll(async () => {
    const { certificatePem: cert, keyPem: key } = newIdentity('array', new Date());
    const server = createHttps({ cert, key }, (request, response) => {
      asked = { url: request.url, authorization: request.headers.authorization };
      response.writeHead(answer.status, { 'content-type': 'application/json', location: 'https://elsewhere.example/' });
      response.end(answer.body);
    });
    base = `https://127.0.0.1:${await listening(server)}`;
  });
  const ask = (more: Partial<ProbeSettings> = {}) =>
    new RestReplicationProbe(dialling, false).ask(
      probe('REST_REPLICATION', `${base}/pair/7`, {
        ...{ account: 'monitor', towards: 'RECOVERY', expect: '1', statePointer: '/data/RUNNINGSTATUS' },
        ...{ lagPointer: '/data/lag', ...more },
      }),
      'a secret',
    );

  it('is its state and how far behind it is, read by an account', async () => {
    answer = { status: 200, body: JSON.stringify({ data: { RUNNINGSTATUS: '1', lag: 12 } }) };
    expect(await ask()).toEqual({ kind: 'REPLICATION', replicating: true, lagSeconds: 12, detail: '1' });
    expect(asked).toEqual({
      url: '/pair/7',
      authorization: `Basic ${Buffer.from('monitor:a secret').toString('base64')}`,
    });
    answer = {
      status: 200,
      body: JSON.stringify({ data: { RUNNINGSTATUS: '1', lag: new Date(Date.now() - 90_000) } }),
    };
    expect(await ask()).toMatchObject({ replicating: true, lagSeconds: expect.closeTo(90, -1) });
    answer = { status: 200, body: JSON.stringify({ data: { RUNNINGSTATUS: '34', lag: 12 } }) };
    expect(await ask()).toMatchObject({ kind: 'REPLICATION', replicating: false, lagSeconds: null });
  });

  it('is nothing where it cannot be read: another form, another status, or an answer without end', async () => {
    answer = { status: 200, body: JSON.stringify({ error: 'session' }) };
    expect(await ask()).toMatchObject({ kind: 'NONE' });
    answer = { status: 200, body: JSON.stringify({ data: { RUNNINGSTATUS: '1', lag: 'soon' } }) };
    expect(await ask()).toMatchObject({ kind: 'NONE' });
    // Nobody follows where it sends.
    answer = { status: 302, body: '' };
    expect(await ask()).toEqual({ kind: 'NONE', detail: 'HTTP 302' });
    answer = { status: 200, body: JSON.stringify({ data: 'x'.repeat(300_000) }) };
    expect(await ask()).toMatchObject({ kind: 'NONE' });
    answer = { status: 200, body: '<html>' };
    await expect(ask()).rejects.toThrow();
    // Not without TLS: its password would go out in the clear.
    asked = { url: undefined, authorization: undefined };
    expect(await ask({ target: `${base.replace('https:', 'http:')}/pair/7` })).toEqual({
      kind: 'NONE',
      detail: 'https:// only',
    });
    expect(asked.url).toBeUndefined();
  });
});
