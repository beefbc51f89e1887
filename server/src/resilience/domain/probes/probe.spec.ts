import { describe, expect, it } from '@jest/globals';
import { BOUNDS, rawLevel } from '../dr-signal.js';
import { hostPort } from './host-port.js';
import { keepsSecret, type ProbeSettings, wrongProbe } from './probe.js';
import { lagOf, type ProbeFacts, readingsOf, replicationOf, restReplicationOf } from './probe-reading.js';

const NOW = new Date('2026-11-30T00:00:00.000Z');
const http: ProbeSettings = {
  ...{ kind: 'HTTP', name: '门户首页', towards: null, target: 'https://portal.example.gov.cn/health', server: null },
  ...{ statePointer: null, lagPointer: null },
  ...{ expect: '200', family: 'ANY', engine: null, account: null, database: null },
  ...{ everySeconds: 30, timeoutMs: 3_000, enabled: true },
};
const sql: ProbeSettings = {
  ...http,
  ...{ kind: 'SQL_REPLICATION', name: '主库复制', towards: 'RECOVERY', target: '10.3.0.5:3306', expect: null },
  ...{ engine: 'MARIADB', account: 'jiyun_probe', database: null },
};
const fields = (of: Partial<ProbeSettings>, base = http, secret: string | null = null, known = false) =>
  wrongProbe({ ...base, ...of }, secret, known).map(({ path }) => path.join('.'));

describe('wrongProbe', () => {
  it('takes what can be asked', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ kind: 'TCP', target: '[fd00::5]:443', expect: null })).toEqual([]);
    expect(fields({ kind: 'DNS', target: 'portal.example.gov.cn', server: '10.0.0.53:53', expect: 'fd00::1' })).toEqual(
      [],
    );
    expect(fields({ kind: 'TLS', target: 'portal.example.gov.cn:443', expect: 'portal.example.gov.cn' })).toEqual([]);
    expect(fields({}, sql, 'secret')).toEqual([]);
    expect(fields({}, sql, null, true)).toEqual([]);
    expect(
      fields({ kind: 'HEARTBEAT', server: '10.1.0.5:3306', engine: null, database: 'app' }, sql, 'secret'),
    ).toEqual([]);
  });

  it('of an array says where in the answer to look, and what stands there while it replicates', () => {
    const rest: Partial<ProbeSettings> = {
      ...({ kind: 'REST_REPLICATION', engine: null } as const),
      ...{ target: 'https://10.3.0.9:8088/pair/7', expect: '1' },
      ...{ statePointer: '/data/RUNNINGSTATUS', lagPointer: null },
    };
    expect(fields(rest, sql, 'secret')).toEqual([]);
    expect(fields({ ...rest, lagPointer: '/data/a~1b/0' }, sql, 'secret')).toEqual([]);
    expect(fields({ ...rest, statePointer: 'data' }, sql, 'secret')).toEqual(['statePointer']);
    expect(fields({ ...rest, lagPointer: '/a~2' }, sql, 'secret')).toEqual(['lagPointer']);
    expect(fields({ ...rest, expect: null }, sql, 'secret')).toEqual(['expect']);
    expect(fields({ ...rest, target: '10.3.0.9:8088' }, sql, 'secret')).toEqual(['target']);
    expect(fields(rest, sql)).toEqual(['secret']);
    expect(fields({ statePointer: '/a' })).toEqual(['statePointer']);
  });

  it.each([
    'https://user:pass@x/',
    'ftp://x/',
    'file:///etc/passwd',
    'https://x/#a',
    'javascript:1',
    'https://x/ y',
    '',
  ])('does not ask %j', (target) => expect(fields({ target })).toEqual(['target']));
  it.each(['10.0.0.1', '10.0.0.1:0', '10.0.0.1:70000', 'a b:1', 'x@y:1', 'fd00::5:443', '[10.0.0.1]:1', 'a/b:80'])(
    'is no place: %j',
    (text) => expect(hostPort(text)).toBeUndefined(),
  );

  it('wants of data a direction, an account and a password, and of what is outside none of them', () => {
    expect(fields({ towards: null, account: null, engine: null }, sql)).toEqual([
      'towards',
      'engine',
      'account',
      'secret',
    ]);
    expect(fields({ towards: 'RECOVERY', account: 'a', database: 'b' }, http, 'secret')).toEqual([
      ...['towards', 'account', 'database', 'secret'],
    ]);
    // It becomes part of no statement, and is no statement either.
    expect(fields({ kind: 'HEARTBEAT', server: 'a:1', engine: null, database: 'a`; drop' }, sql, 'x')).toEqual([
      'database',
    ]);
  });

  it('keeps its password only for where it went', () => {
    expect(keepsSecret(sql, { ...sql, name: '另一个名字', everySeconds: 60, enabled: false })).toBe(true);
    expect(keepsSecret(sql, { ...sql, target: '10.9.9.9:3306' })).toBe(false);
    expect(keepsSecret(sql, { ...sql, server: '10.9.9.9:3306' })).toBe(false);
    expect(keepsSecret(sql, { ...sql, account: 'root' })).toBe(false);
  });

  it('is asked neither without pause nor for longer than it pauses', () => {
    expect(fields({ everySeconds: 1 })).toEqual(['everySeconds', 'timeoutMs']);
    expect(fields({ everySeconds: 10, timeoutMs: 10_000 })).toEqual(['timeoutMs']);
  });
});

describe('replicationOf', () => {
  const maria = { Slave_IO_Running: 'Yes', Slave_SQL_Running: 'Yes', Seconds_Behind_Master: 4, Last_IO_Error: '' };
  const of = (row: object, engine: 'MARIADB' | 'MYSQL' | 'TIDB' | 'OCEANBASE' = 'MARIADB') =>
    replicationOf(engine, [row as Record<string, unknown>], NOW);

  it('takes of several sources the one that is furthest behind', () => {
    const rows = [maria, { ...maria, Seconds_Behind_Master: '9' }];
    expect(replicationOf('MARIADB', rows, NOW)).toMatchObject({ replicating: true, lagSeconds: 9 });
  });

  it('says that nothing is replicated where a thread stands, or one of several', () => {
    const stands = { ...maria, Slave_SQL_Running: 'No', Last_SQL_Error: 'Duplicate entry' };
    expect(replicationOf('MARIADB', [maria, stands], NOW)).toMatchObject({
      replicating: false,
      detail: 'Duplicate entry',
    });
    expect(of({ ...maria, Slave_IO_Running: 'Connecting' })).toMatchObject({ replicating: false });
    expect(of({ ...maria, Seconds_Behind_Master: null })).toMatchObject({ replicating: false, lagSeconds: null });
    expect(replicationOf('MYSQL', [], NOW)).toMatchObject({ replicating: false });
  });

  it('reads MySQL 8, TiCDC’s sync points and an OceanBase standby', () => {
    const mysql = { Replica_IO_Running: 'Yes', Replica_SQL_Running: 'Yes', Seconds_Behind_Source: '0' };
    expect(of(mysql, 'MYSQL')).toMatchObject({ replicating: true, lagSeconds: 0 });
    expect(of({ at_ms: String(NOW.getTime() - 7_000) }, 'TIDB')).toMatchObject({ replicating: true, lagSeconds: 7 });
    expect(of({ at_ms: null }, 'TIDB')).toMatchObject({ replicating: false });
    expect(of({ role: 'STANDBY', lag_s: '1.5000' }, 'OCEANBASE')).toMatchObject({ replicating: true, lagSeconds: 1.5 });
    expect(of({ role: 'SWITCHING TO PRIMARY', lag_s: null }, 'OCEANBASE')).toMatchObject({ replicating: false });
  });
});

describe('readingsOf', () => {
  const facts = (of: Partial<ProbeFacts>): ProbeFacts => ({ ...sql, id: 'p', tierId: 't', rpoSeconds: 60, ...of });

  it('says nothing of data where nobody could be asked: what was said grows old', () => {
    expect(readingsOf(facts({}), { kind: 'NONE', detail: 'ECONNREFUSED' }, NOW)).toEqual([]);
  });

  it('measures lag by the promise, and lets nothing be lost by a second that no database can tell', () => {
    const level = (lagSeconds: number, rpoSeconds: number | null) => {
      const answer = { kind: 'REPLICATION', replicating: true, lagSeconds, detail: '' } as const;
      const lag = readingsOf(facts({ rpoSeconds }), answer, NOW).find(({ name }) => name === 'REPLICATION_LAG');
      return lag && rawLevel(lag);
    };
    expect([level(29, 60), level(31, 60), level(60, 60)]).toEqual(['GOOD', 'WARN', 'CRITICAL']);
    expect([level(0, 0), level(1, 0), level(2, 0)]).toEqual(['GOOD', 'GOOD', 'CRITICAL']);
    expect(level(BOUNDS.REPLICATION_LAG.critical, null)).toBe('CRITICAL');
  });

  it('is of the tier and its direction, and of the probe where it is asked from outside', () => {
    const stopped = { kind: 'REPLICATION', replicating: false, lagSeconds: null, detail: '' } as const;
    expect(readingsOf(facts({}), stopped, NOW)).toMatchObject([
      { subjectKind: 'TIER', subjectId: 't', name: 'REPLICATION_COVERAGE', towards: 'RECOVERY', value: 0 },
    ]);
    const dns = { kind: 'SERVICE', ok: false, detail: '', ttlSeconds: 300 } as const;
    const readings = readingsOf({ ...http, id: 'p', tierId: 't', rpoSeconds: null }, dns, NOW);
    expect(readings).toMatchObject([
      { subjectKind: 'PROBE', subjectId: 'p', name: 'SERVICE_ANSWER', value: 0, maxAgeSeconds: 93 },
      { subjectKind: 'PROBE', name: 'DNS_TTL', value: 300 },
    ]);
    expect(readings.map(rawLevel)).toEqual(['CRITICAL', 'WARN']);
  });
});

describe('what an array answers', () => {
  const of = { expect: 'Normal', statePointer: '/pair/state', lagPointer: '/pair/as~1of' };
  const read = (document: unknown, more: Partial<typeof of> = {}) =>
    restReplicationOf({ ...of, ...more }, document, NOW);
  it('is a state at its place, and a time at another; anything else says nothing', () => {
    const at = new Date(NOW.getTime() - 30_000).toISOString();
    expect(read({ pair: { state: 'Normal', 'as/of': at } })).toMatchObject({ replicating: true, lagSeconds: 30 });
    expect(read({ pair: { state: 'Split', 'as/of': at } })).toMatchObject({ kind: 'REPLICATION', replicating: false });
    expect(read({ pair: { state: 'Normal' } })).toMatchObject({ kind: 'NONE' });
    expect(read({ pair: { state: {} } })).toMatchObject({ kind: 'NONE' });
    expect(read([])).toMatchObject({ kind: 'NONE' });
    // What objects have of themselves is no answer.
    expect(read({}, { statePointer: '/constructor/name' })).toMatchObject({ kind: 'NONE' });
  });
  it.each([
    [12, 12],
    ['12.5', 12.5],
    [NOW.getTime() - 5_000, 5],
    [(NOW.getTime() - 5_000) / 1_000, 5],
    ['2026-11-29T23:59:50Z', 10],
    ['2026-11-30T07:59:50+08:00', 10],
    ['2026-11-29T23:59:50', null],
    ['', null],
    [-1, null],
    [null, null],
  ])('reads %p as %p seconds behind', (value, seconds) => expect(lagOf(value, NOW)).toBe(seconds));
});
