import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../../server/src/audit/audit.repository.js';
import { IdempotencyRepository } from '../../../server/src/audit/idempotency.repository.js';
import { entities } from '../../../server/src/entities.js';
import { Accounts } from '../../../server/src/identity/accounts.service.js';
import { administratorsCreateCommand } from '../../../server/src/identity/administrators-command.js';
import { ADMINISTRATOR_ROLES } from '../../../server/src/identity/domain/administrators.js';
import { SESSION_COOKIE } from '../../../server/src/identity/domain/session-cookie.js';
import { IdentityRepository } from '../../../server/src/identity/identity.repository.js';
import { IdentityService, type SignedIn } from '../../../server/src/identity/identity.service.js';
import type { Origin } from '../../../server/src/identity/identity.types.js';
import { SignInGuard } from '../../../server/src/identity/sign-in-guard.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { type Actor, ROLES, type Role } from '../../../server/src/kernel/viewer.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import type { KeyDerivation } from '../../../server/src/platform/crypto/password-hash.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SingleServer } from '../../../server/src/platform/database/quorum/database-quorum.js';
import type { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import { openTestDatabase, type TestDatabase } from '../../support/database.js';
import { unitsOfWork } from '../../support/units-of-work.js';

const MINUTE_MS = 60_000;
const PASSWORD = 'Bright-Morning-26';
/** Few rounds: these hashes guard nothing. */
const PASSWORD_ITERATIONS = 1_000;
const keys = newKeyRing();
const departmentId = newId();
const bureauId = newId();
const origin: Origin = { address: '10.1.2.3', traceId: 'trace-1' };
const system: Actor = { userId: null, name: '系统', departmentId: null, address: null, traceId: 'trace-0' };

let database: TestDatabase;
let owner: mysql.Connection;
let audit: string;
let now: Date;
let feed: ChangeFeed;
let identity: IdentityService;
let accounts: Accounts;
let passwordHash: string;
let work: ReturnType<typeof unitsOfWork>['work'];

function services(
  iterations = PASSWORD_ITERATIONS,
  derivation?: KeyDerivation,
): { identity: IdentityService; accounts: Accounts } {
  const crypto = new SoftwareCrypto(keys, iterations, derivation);
  const clock = { now: () => now };
  const repository = new IdentityRepository(database.db);
  const acts = new Acts(work, new AuditRepository(database.db), new IdempotencyRepository(database.db), crypto);
  const tree = { treeIds: async (id: string) => (id === departmentId ? [departmentId, bureauId] : []) };
  const bound = { boundTo: async () => [] };
  const guard = new SignInGuard(repository, work, crypto);
  return {
    identity: new IdentityService(repository, guard, acts, tree, bound, crypto, clock, new SingleServer()),
    accounts: new Accounts(repository, acts, crypto),
  };
}

beforeAll(async () => {
  database = await openTestDatabase(entities);
  owner = await mysql.createConnection({ ...database.owner, timezone: 'Z' });
  audit = auditSchemaOf(database.owner.database);
  ({ work, feed } = unitsOfWork(database.db, { now: () => now }));
  ({ identity, accounts } = services());
  passwordHash = await new SoftwareCrypto(keys, PASSWORD_ITERATIONS).hashPassword(PASSWORD);
});

afterAll(async () => {
  await owner.end();
  await database.close();
});

beforeEach(async () => {
  now = new Date('2026-11-24T01:00:00.000Z');
  for (const table of ['user_role', 'app_user', 'session', 'sign_in_failure', 'change_feed', `${audit}.audit_event`])
    await owner.query(`delete from ${table}`);
});

async function user(username: string, ...roles: Role[]): Promise<string> {
  const id = newId();
  const one = { id, username, displayName: `用户 ${username}`, departmentId, roles, passwordHash };
  await work.run((tx) => accounts.add(tx, [one]));
  return id;
}

function signIn(
  username = 'zhang.san',
  password = PASSWORD,
  from: Origin = origin,
): Promise<Result<SignedIn, readonly Refusal[]>> {
  return identity.signIn({ username, password }, from, undefined);
}

async function signedIn(username = 'zhang.san'): Promise<SignedIn> {
  const outcome = await signIn(username);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const cookie = (token: string): string => `theme=dark; ${SESSION_COOKIE}=${token}`;
const whoIs = (token: string) => identity.viewerOfCookie(cookie(token), origin);

function refusalOf(outcome: Result<unknown, readonly Refusal[]>): Refusal | undefined {
  return outcome.ok ? undefined : outcome.error[0];
}

async function auditRows(): Promise<mysql.RowDataPacket[]> {
  const [rows] = await owner.query<mysql.RowDataPacket[]>(
    `select * from ${audit}.audit_event order by occurred_at, id`,
  );
  return rows;
}

describe('signing in', () => {
  it('gives a viewer with roles, permissions and departments, and an audit row', async () => {
    const id = await user('zhang.san', 'APPLICANT', 'DEPARTMENT_HEAD');
    const { viewer, token } = await signedIn();
    expect(viewer).toMatchObject({
      userId: id,
      username: 'zhang.san',
      departmentId,
      departmentTreeIds: [departmentId, bureauId],
      previousSignInAt: null,
    });
    expect(viewer.roles).toEqual(['APPLICANT', 'DEPARTMENT_HEAD']);
    expect(viewer.permissions).toContainEqual({ object: 'REQUEST', action: 'SIGN_OFF', scope: 'DEPARTMENT_TREE' });
    expect(await whoIs(token)).toEqual(viewer);
    expect(await auditRows()).toMatchObject([
      { action: 'identity.signIn', outcome: 'DONE', actor_user_id: id, address: '10.1.2.3', trace_id: 'trace-1' },
    ]);
  });

  it('tells the sign-in before this one', async () => {
    await user('zhang.san', 'APPLICANT');
    await signedIn();
    const first = now;
    now = new Date(now.getTime() + MINUTE_MS);
    const { viewer } = await signedIn();
    expect(viewer).toMatchObject({ previousSignInAt: first, previousSignInAddress: '10.1.2.3' });
  });

  it('keeps no token, only its SM3', async () => {
    await user('zhang.san', 'APPLICANT');
    const { token } = await signedIn();
    const [rows] = await owner.query<mysql.RowDataPacket[]>('select * from session');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(await auditRows())).not.toContain(token);
    expect(rows[0]?.token_hash).toBe(new SoftwareCrypto(keys, PASSWORD_ITERATIONS).sm3(token).toString('hex'));
  });

  it.each([' Zhang.San ', 'ＺＨＡＮＧ.san'])('takes %j for the same user', async (typed) => {
    await user('zhang.san', 'APPLICANT');
    expect((await signIn(typed)).ok).toBe(true);
  });

  it('refuses a wrong password, an unknown name and a disabled user in the same words', async () => {
    await user('zhang.san', 'APPLICANT');
    await user('li.si', 'APPLICANT');
    await owner.query('update app_user set state = "DISABLED" where username = "li.si"');
    const answers = [await signIn('zhang.san', 'wrong'), await signIn('nobody', PASSWORD), await signIn('li.si')];
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(refusalOf(answers[0] as (typeof answers)[0])).toMatchObject({ code: 'SIGN_IN_REFUSED', lockedUntil: null });
    expect((await auditRows()).map((row) => row.outcome)).toEqual(['REFUSED', 'REFUSED', 'REFUSED']);
  });

  it('does the same work for an unknown name as for a wrong password', async () => {
    await user('zhang.san', 'APPLICANT');
    let rounds = 0;
    const counted = services(PASSWORD_ITERATIONS, async (_password, _salt, iterations) => {
      rounds += iterations;
      return Buffer.alloc(32);
    });
    const workFor = async (username: string): Promise<number> => {
      rounds = 0;
      const answer = await counted.identity.signIn(
        { username, password: 'wrong' },
        { ...origin, address: null },
        undefined,
      );
      expect(answer.ok).toBe(false);
      return rounds;
    };
    const known = await workFor('zhang.san');
    expect(known).toBe(PASSWORD_ITERATIONS);
    expect(await workFor('nobody')).toBe(known);
  });

  it('gives a new session each time and ends the one that the request came with', async () => {
    await user('zhang.san', 'APPLICANT');
    const first = await signedIn();
    const ended: string[] = [];
    feed.listen('session', first.viewer.sessionId, (change) => ended.push(change.subjectId));
    const again = await identity.signIn({ username: 'zhang.san', password: PASSWORD }, origin, first.viewer);
    expect(again.ok && again.value.token).not.toBe(first.token);
    expect(await whoIs(first.token)).toBeUndefined();
    expect(ended).toEqual([first.viewer.sessionId]);
    expect(again.ok && (await whoIs(again.value.token))?.userId).toBe(first.viewer.userId);
  });

  it('writes a stronger hash when the iteration count has grown', async () => {
    await user('zhang.san', 'APPLICANT');
    const stronger = services(2_000).identity;
    expect((await stronger.signIn({ username: 'zhang.san', password: PASSWORD }, origin, undefined)).ok).toBe(true);
    const [rows] = await owner.query<mysql.RowDataPacket[]>('select password_hash from app_user');
    expect(rows[0]?.password_hash).toContain('$i=2000$');
    expect((await stronger.signIn({ username: 'zhang.san', password: PASSWORD }, origin, undefined)).ok).toBe(true);
  });
});

describe('the lockout', () => {
  it('locks an account at the fifth failure for a quarter of an hour, even for the right password', async () => {
    await user('zhang.san', 'APPLICANT');
    const until = new Date(now.getTime() + 15 * MINUTE_MS).toISOString();
    for (let n = 1; n <= 4; n += 1)
      expect(refusalOf(await signIn('zhang.san', 'wrong'))).toMatchObject({ lockedUntil: null });
    expect(refusalOf(await signIn('zhang.san', 'wrong'))).toMatchObject({ lockedUntil: until });
    expect(refusalOf(await signIn())).toMatchObject({ code: 'SIGN_IN_REFUSED', lockedUntil: until });
    now = new Date(now.getTime() + 15 * MINUTE_MS - 1);
    expect((await signIn()).ok).toBe(false);
    now = new Date(now.getTime() + 1);
    expect((await signIn()).ok).toBe(true);
  });

  it('locks an unknown name in the same way', async () => {
    const answers: unknown[] = [];
    await user('zhang.san', 'APPLICANT');
    for (const name of ['zhang.san', 'nobody']) {
      const own: unknown[] = [];
      for (let n = 0; n < 7; n += 1) own.push(refusalOf(await signIn(name, 'wrong')));
      answers.push(own);
    }
    expect(answers[1]).toEqual(answers[0]);
  });

  it('forgets failures after a success', async () => {
    await user('zhang.san', 'APPLICANT');
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) await signIn('zhang.san', 'wrong');
      expect((await signIn()).ok).toBe(true);
    }
  });

  it('lets no more than five passwords be tried by 200 callers at once', async () => {
    await user('zhang.san', 'APPLICANT');
    const replicas = [services().identity, services().identity, services().identity, services().identity];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        (replicas[n % 4] as IdentityService).signIn(
          { username: 'zhang.san', password: `guess-${n}` },
          { address: `10.9.${n}.1`, traceId: 't' },
          undefined,
        ),
      ),
    );
    expect(answers.every((a) => !a.ok)).toBe(true);
    // One audit row for each password that was looked at.
    expect(await auditRows()).toHaveLength(5);
  });

  it('lets ten honest sign-ins of one account through at once', async () => {
    await user('zhang.san', 'APPLICANT');
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn()));
    expect(answers.filter((a) => a.ok)).toHaveLength(10);
  });

  it('stops one address that tries many names', async () => {
    await user('zhang.san', 'APPLICANT');
    for (let n = 0; n < 50; n += 1) await signIn(`name-${n}`, 'wrong');
    expect(refusalOf(await signIn())).toMatchObject({ code: 'SIGN_IN_REFUSED' });
    expect((await signIn('zhang.san', PASSWORD, { ...origin, address: '10.1.2.4' })).ok).toBe(true);
  });

  it('takes nothing longer than a name or a password can be', async () => {
    expect((await signIn('x'.repeat(61))).ok).toBe(false);
    expect((await signIn('zhang.san', 'x'.repeat(257))).ok).toBe(false);
    expect(await auditRows()).toEqual([]);
  });
});

describe('a session', () => {
  it('ends at once on signing out, and tells so', async () => {
    await user('zhang.san', 'APPLICANT');
    const { viewer, token } = await signedIn();
    const ended: string[] = [];
    feed.listen('session', viewer.sessionId, (change) => ended.push(change.subjectId));
    expect(await identity.isSignedIn(viewer.sessionId)).toBe(true);
    now = new Date(now.getTime() + MINUTE_MS);
    expect(await identity.signOut(viewer)).toBe(true);
    expect(await whoIs(token)).toBeUndefined();
    expect(await identity.isSignedIn(viewer.sessionId)).toBe(false);
    expect(ended).toEqual([viewer.sessionId]);
    expect((await auditRows()).map((row) => row.action)).toEqual(['identity.signIn', 'identity.signOut']);
    expect(await identity.signOut(viewer)).toBe(false);
  });

  it('ends after a quarter of an hour without use', async () => {
    await user('zhang.san', 'APPLICANT');
    const { viewer, token } = await signedIn();
    for (let n = 0; n < 4; n += 1) {
      now = new Date(now.getTime() + 14 * MINUTE_MS);
      expect(await whoIs(token)).toBeDefined();
    }
    now = new Date(now.getTime() + 15 * MINUTE_MS);
    expect(await identity.isSignedIn(viewer.sessionId)).toBe(false);
    expect(await whoIs(token)).toBeUndefined();
  });

  it('ends after twelve hours however much it is used', async () => {
    await user('zhang.san', 'APPLICANT');
    const { token } = await signedIn();
    for (let n = 1; n < 72; n += 1) {
      now = new Date(now.getTime() + 10 * MINUTE_MS);
      expect(await whoIs(token)).toBeDefined();
    }
    now = new Date(now.getTime() + 10 * MINUTE_MS);
    expect(await whoIs(token)).toBeUndefined();
  });

  it('writes its use once a minute only', async () => {
    await user('zhang.san', 'APPLICANT');
    const { token } = await signedIn();
    const seen = async (): Promise<unknown> => {
      const [rows] = await owner.query<mysql.RowDataPacket[]>('select last_seen_at from session');
      return rows[0]?.last_seen_at;
    };
    const start = now;
    now = new Date(start.getTime() + MINUTE_MS - 1);
    await whoIs(token);
    expect(await seen()).toEqual(start);
    now = new Date(start.getTime() + MINUTE_MS);
    await whoIs(token);
    expect(await seen()).toEqual(now);
  });

  it('loses a role and a disabled user at the next request', async () => {
    const id = await user('zhang.san', 'APPLICANT', 'DEPARTMENT_HEAD');
    const { token, viewer } = await signedIn();
    await owner.query('delete from user_role where role = "DEPARTMENT_HEAD"');
    expect((await whoIs(token))?.roles).toEqual(['APPLICANT']);
    await owner.query('update app_user set state = "DISABLED" where id = ?', [id]);
    expect(await whoIs(token)).toBeUndefined();
    expect(await identity.isSignedIn(viewer.sessionId)).toBe(false);
  });

  it.each([
    undefined,
    '',
    'jiyun_session=',
    'jiyun_session=abc',
    `other=${'a'.repeat(43)}`,
    `jiyun_session=${'a'.repeat(43)}`,
  ])('is not opened by the cookies %j', async (cookies) => {
    expect(await identity.viewerOfCookie(cookies, origin)).toBeUndefined();
  });

  it('is not chosen when two cookies of its name come', async () => {
    await user('zhang.san', 'APPLICANT');
    const { token } = await signedIn();
    expect(
      await identity.viewerOfCookie(`${cookie(token)}; ${SESSION_COOKIE}=${'b'.repeat(43)}`, origin),
    ).toBeUndefined();
  });
});

describe('the three administrators', () => {
  const others = ROLES.filter((role) => !(ADMINISTRATOR_ROLES as readonly Role[]).includes(role));

  it.each(ADMINISTRATOR_ROLES)('%s can be given no second role, by whoever writes the row', async (administrator) => {
    const id = await user('officer', administrator);
    for (const role of ROLES.filter((r) => r !== administrator))
      for (const kind of [administrator, role, 'ORDINARY'])
        await expect(
          owner.query('insert into user_role (user_id, role, user_kind) values (?, ?, ?)', [id, role, kind]),
        ).rejects.toThrow();
    await expect(owner.query('update app_user set kind = "ORDINARY" where id = ?', [id])).rejects.toThrow();
  });

  it.each(others)('nobody who is %s can become one of them', async (role) => {
    const id = await user('worker', role);
    for (const administrator of ADMINISTRATOR_ROLES) {
      for (const kind of [administrator, 'ORDINARY'])
        await expect(
          owner.query('insert into user_role (user_id, role, user_kind) values (?, ?, ?)', [id, administrator, kind]),
        ).rejects.toThrow();
      await expect(owner.query('update app_user set kind = ? where id = ?', [administrator, id])).rejects.toThrow();
      await expect(owner.query('update user_role set role = ? where user_id = ?', [administrator, id])).rejects.toThrow(
        /ck_user_role_exclusive/,
      );
    }
  });

  it('are refused together before the database is asked', async () => {
    await expect(user('officer', 'SYSTEM_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR')).rejects.toThrow(RangeError);
    await expect(user('nobody')).rejects.toThrow(RangeError);
  });
});

describe('the first run', () => {
  it('makes the three administrators with passwords that are shown once', async () => {
    const outcome = await accounts.createFirstAdministrators({ AUDIT_ADMINISTRATOR: 'Quiet-River-2026' }, system);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    expect(outcome.value.map(({ role, username }) => [role, username])).toEqual([
      ['SYSTEM_ADMINISTRATOR', 'sysadmin'],
      ['SECURITY_ADMINISTRATOR', 'secadmin'],
      ['AUDIT_ADMINISTRATOR', 'auditadmin'],
    ]);
    expect(outcome.value[2]?.madePassword).toBeNull();
    expect((await signIn('auditadmin', 'Quiet-River-2026')).ok).toBe(true);
    expect((await signIn('secadmin', outcome.value[1]?.madePassword ?? '')).ok).toBe(true);
    const rows = JSON.stringify(await auditRows());
    for (const { madePassword } of outcome.value) if (madePassword) expect(rows).not.toContain(madePassword);
  });

  it('is refused once any user exists', async () => {
    await user('zhang.san', 'APPLICANT');
    const outcome = await accounts.createFirstAdministrators({}, system);
    expect(refusalOf(outcome)).toMatchObject({ code: 'NOT_PERMITTED', reason: 'USERS_EXIST' });
  });

  it('refuses every weak password at once and makes nobody', async () => {
    const outcome = await accounts.createFirstAdministrators(
      { SYSTEM_ADMINISTRATOR: 'short', AUDIT_ADMINISTRATOR: 'Auditadmin-2026' },
      system,
    );
    expect(outcome.ok ? [] : outcome.error.map((e) => e.path[0])).toEqual([
      'SYSTEM_ADMINISTRATOR',
      'AUDIT_ADMINISTRATOR',
    ]);
    const [rows] = await owner.query<mysql.RowDataPacket[]>('select count(*) as n from app_user');
    expect(rows[0]?.n).toBe(0);
  });
});

describe(administratorsCreateCommand, () => {
  const run = async (passwords: string | null): Promise<{ code: number; lines: string[] }> => {
    const lines: string[] = [];
    const code = await administratorsCreateCommand(accounts, (line) => lines.push(line), { passwords });
    return { code, lines };
  };

  it('prints names and made passwords with which the three can sign in', async () => {
    const { code, lines } = await run(null);
    expect(code).toBe(0);
    for (const line of lines.slice(0, 3)) {
      const [, username, password] = /: (\w+) {2}(\S{20})$/.exec(line) ?? [];
      expect((await signIn(username, password)).ok).toBe(true);
    }
    expect(await run(null)).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('already'), 'Nobody was created.'],
    });
  });

  it('takes three given passwords and prints none', async () => {
    const { code, lines } = await run('Quiet-River-2026\nTall-Mountain-26\nDeep-Forest-2026\n');
    expect(code).toBe(0);
    expect(lines.join()).not.toMatch(/River|Mountain|Forest/);
    expect((await signIn('auditadmin', 'Deep-Forest-2026')).ok).toBe(true);
  });

  it('refuses weak passwords by their person, and a wrong number of lines', async () => {
    const weak = await run('Quiet-River-2026\nshort\nDeep-Forest-2026');
    expect(weak).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^security administrator: /), 'Nobody was created.'],
    });
    expect((await run('Quiet-River-2026\n')).code).toBe(2);
  });
});

describe('housekeeping', () => {
  it('deletes sessions long over and old failures, and nothing that still counts', async () => {
    await user('zhang.san', 'APPLICANT');
    const { token } = await signedIn();
    await signIn('nobody', 'wrong');
    await accounts.prune(now);
    expect(await whoIs(token)).toBeDefined();
    now = new Date(now.getTime() + 31 * 24 * 60 * MINUTE_MS);
    await accounts.prune(now);
    const [rows] = await owner.query<mysql.RowDataPacket[]>(
      'select (select count(*) from session) + (select count(*) from sign_in_failure) as n',
    );
    expect(Number(rows[0]?.n)).toBe(0);
  });
});
