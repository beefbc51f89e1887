import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { IdentityService } from '../../../server/src/identity/identity.service.js';
import { Passwords } from '../../../server/src/identity/passwords.service.js';
import { UserAccess } from '../../../server/src/identity/user-access.service.js';
import { UserRoles } from '../../../server/src/identity/user-roles.service.js';
import { UsersService } from '../../../server/src/identity/users.service.js';
import { covers, scopeFor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import {
  codesOf,
  openPeople,
  PASSWORD,
  type People,
  SECURITY_ADMINISTRATOR,
  SYSTEM_ADMINISTRATOR,
} from '../../support/people.ts';

const DAY_MS = 24 * 60 * 60_000;
let now = new Date('2026-11-24T01:00:00.000Z');
let application: TestApplication;
let people: People;
let users: UsersService;
let access: UserAccess;
let roles: UserRoles;
let passwords: Passwords;
let made = 0;

beforeAll(async () => {
  application = await openTestApplication({ now: () => now });
  people = await openPeople(application);
  const get = <T>(type: new (...args: never[]) => T): T => application.context.get(type, { strict: false });
  [users, access, roles, passwords] = [get(UsersService), get(UserAccess), get(UserRoles), get(Passwords)];
});
afterAll(() => application.close());
beforeEach(() => {
  now = new Date('2026-11-24T01:00:00.000Z');
});

const cityScope = (): TenantScope => ({
  kind: 'DEPARTMENTS',
  departmentIds: [people.city.id, people.bureau.id, people.bureau2.id],
});
const cityAdministrator = (): Viewer =>
  viewerWith(['CITY_ADMINISTRATOR'], people.city.id, {
    departmentTreeIds: [people.city.id, people.bureau.id, people.bureau2.id],
  });
const fresh = (): string => {
  made += 1;
  return `person${made}`;
};
async function wish(userId: string, by: Viewer = SYSTEM_ADMINISTRATOR, scope: TenantScope = WHOLE_PROVINCE) {
  const { version } = await people.row(userId);
  return { viewer: by, scope, userId, expectedVersion: Number(version), idempotencyKey: newId() };
}
const bySecurity = (userId: string) => wish(userId, SECURITY_ADMINISTRATOR);
const byCity = (userId: string) => wish(userId, cityAdministrator(), cityScope());
const held = async (id: string) => (await users.grants([id]))[0]?.map((grant) => grant.role);
const newWish = (more: object = {}) => ({
  username: fresh(),
  displayName: '某人',
  phone: '13812345678',
  departmentId: people.finance.id,
  ...more,
});

describe('making accounts', () => {
  it('makes one without roles, shows its password once and keeps it nowhere in the clear', async () => {
    const key = newId();
    const wanted = newWish();
    const first = await users.create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, wanted, key);
    if (!first.ok) throw new Error(JSON.stringify(first.error));
    expect(first.value.initialPassword).toMatch(/^.{20}$/);
    expect(await held(first.value.id)).toEqual([]);
    const again = await users.create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, wanted, key);
    expect(again).toEqual({ ok: true, value: { id: first.value.id, initialPassword: null } });
    const password = first.value.initialPassword as string;
    const tables: { table_name: string }[] = await application.test.db.query(
      'select table_name as table_name from information_schema.tables where table_schema = database()',
    );
    for (const { table_name } of tables) {
      const rows = await application.test.db.query(`select * from \`${table_name}\``);
      expect([table_name, JSON.stringify(rows).includes(password)]).toEqual([table_name, false]);
    }
    expect((await people.signIn(wanted.username, password)).viewer.mustChangePassword).toBe(true);
  });

  it('answers nothing to an initial password before it is changed, and everything after', async () => {
    const wanted = newWish();
    const created = await users.create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, wanted, newId());
    const initial = created.ok ? (created.value.initialPassword as string) : '';
    const { cookie, viewer } = await people.signIn(wanted.username, initial);
    expect(await people.read(cookie)).toBeUndefined();
    expect(await people.read(cookie, true)).toMatchObject({ mustChangePassword: true });
    const other = await people.signIn(wanted.username, initial);
    const weak = await passwords.change(viewer, { currentPassword: initial, newPassword: 'too short' });
    expect(codesOf(weak)).toEqual(['INVALID_INPUT password']);
    const same = await passwords.change(viewer, { currentPassword: initial, newPassword: initial });
    expect(codesOf(same)).toEqual(['INVALID_INPUT password']);
    const wrong = await passwords.change(viewer, { currentPassword: 'Wrong-Password-1', newPassword: PASSWORD });
    expect(codesOf(wrong)).toEqual(['INVALID_INPUT currentPassword']);
    expect(await passwords.change(viewer, { currentPassword: initial, newPassword: PASSWORD })).toMatchObject({
      ok: true,
    });
    expect(await people.read(cookie)).toMatchObject({ mustChangePassword: false });
    // The other session was opened with the password that is gone.
    expect(await people.read(other.cookie, true)).toBeUndefined();
    expect((await people.signIn(wanted.username)).viewer.mustChangePassword).toBe(false);
  });

  it('locks the change of a password after five wrong tries, as the sign-in does', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT');
    const { viewer } = await people.signIn(`person${made}`);
    const wrong = { currentPassword: 'Wrong-Password-1', newPassword: 'Another-Morning-27' };
    for (let n = 0; n < 5; n += 1)
      expect(codesOf(await passwords.change(viewer, wrong))).toEqual(['INVALID_INPUT currentPassword']);
    expect(codesOf(await passwords.change(viewer, { ...wrong, currentPassword: PASSWORD }))).toEqual([
      'SIGN_IN_REFUSED',
    ]);
    expect((await users.locks([`person${made}`]))[0]).toBeInstanceOf(Date);
    expect(await access.unlock(await wish(id))).toMatchObject({ ok: true });
    expect(await users.locks([`person${made}`])).toEqual([null]);
    expect(await passwords.change(viewer, { ...wrong, currentPassword: PASSWORD })).toMatchObject({ ok: true });
  });

  it.each([
    [{ username: 'a b' }, ['INVALID_INPUT username']],
    [{ username: 'ab' }, ['INVALID_INPUT username']],
    [{ displayName: '' }, ['INVALID_INPUT displayName']],
    [{ phone: 'call me' }, ['INVALID_INPUT phone']],
    [{ departmentId: undefined }, ['UNKNOWN_REFERENCE']],
    [{ departmentId: newId() }, ['UNKNOWN_REFERENCE']],
    [
      { username: 'x', displayName: '', phone: '1' },
      ['INVALID_INPUT username', 'INVALID_INPUT displayName', 'INVALID_INPUT phone'],
    ],
  ])('refuses %j and writes nothing', async (more, codes) => {
    const before = await application.test.db.query('select count(*) as n from app_user');
    expect(codesOf(await users.create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, newWish(more), newId()))).toEqual(codes);
    expect(await application.test.db.query('select count(*) as n from app_user')).toEqual(before);
  });

  it('takes a name once, whatever its spelling', async () => {
    const wanted = newWish();
    await users.create(SYSTEM_ADMINISTRATOR, WHOLE_PROVINCE, wanted, newId());
    const again = await users.create(
      SYSTEM_ADMINISTRATOR,
      WHOLE_PROVINCE,
      newWish({ username: ` ${wanted.username.toUpperCase()}` }),
      newId(),
    );
    expect(codesOf(again)).toEqual(['INVALID_INPUT taken']);
  });

  it('lets a city name accounts after its departments only, so that it learns of nobody else', async () => {
    await people.add('zhang.san', people.finance.id, 'APPLICANT');
    const one = (username: string, departmentId: string) =>
      users.create(cityAdministrator(), cityScope(), newWish({ username, departmentId }), newId());
    expect(codesOf(await one('zhang.san', people.bureau.id))).toEqual(['INVALID_INPUT namedAfter']);
    expect(codesOf(await one('nobody.has.this', people.bureau.id))).toEqual(['INVALID_INPUT namedAfter']);
    expect(await one('zhang.san.nanjing-gaj', people.bureau.id)).toMatchObject({ ok: true });
    expect(codesOf(await one('zhang.san.czt', people.finance.id))).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('puts nobody into a closed department', async () => {
    await application.test.db.query("update department set state = 'CLOSED' where id = ?", [people.bureau2.id]);
    const refused = await users.create(
      SYSTEM_ADMINISTRATOR,
      WHOLE_PROVINCE,
      newWish({ departmentId: people.bureau2.id }),
      newId(),
    );
    await application.test.db.query("update department set state = 'ACTIVE' where id = ?", [people.bureau2.id]);
    expect(codesOf(refused)).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('editing accounts', () => {
  it('takes all roles away from whoever is moved, and ends the sessions', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT', 'DEPARTMENT_HEAD');
    const { cookie } = await people.signIn(`person${made}`);
    const edit = { displayName: '改名', phone: null };
    expect(await users.edit({ ...(await wish(id)), ...edit, departmentId: people.finance.id })).toMatchObject({
      ok: true,
    });
    expect(await held(id)).toEqual(['APPLICANT', 'DEPARTMENT_HEAD']);
    expect(await people.read(cookie)).toMatchObject({ name: '改名' });
    expect(await users.edit({ ...(await wish(id)), ...edit, departmentId: people.police.id })).toMatchObject({
      ok: true,
    });
    expect(await held(id)).toEqual([]);
    expect(await people.read(cookie)).toBeUndefined();
  });

  it('answers a foreign account exactly as one that does not exist', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT');
    const there = await access.disable({ ...(await byCity(id)), reason: '离职' });
    const nowhere = await access.disable({ ...(await byCity(id)), userId: newId(), reason: '离职' });
    expect(there).toEqual(nowhere);
    expect(codesOf(there)).toEqual(['UNKNOWN_REFERENCE']);
  });

  it('refuses what was decided on an older version', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT');
    const old = await wish(id);
    await access.disable({ ...old, reason: '离职' });
    expect(codesOf(await access.enable({ ...old, idempotencyKey: newId() }))).toEqual(['VERSION_CONFLICT']);
  });
});

describe('letting in and out', () => {
  it('ends the sessions of whoever is disabled in the same act, and lets him in again when enabled', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT');
    const { cookie, viewer } = await people.signIn(`person${made}`);
    expect(await access.disable({ ...(await wish(id)), reason: '离职' })).toMatchObject({ ok: true });
    expect(await people.read(cookie)).toBeUndefined();
    const identity = application.context.get(IdentityService, { strict: false });
    expect(await identity.isSignedIn(viewer.sessionId)).toBe(false);
    const [feed] = await application.test.db.query(
      "select count(*) as n from change_feed where topic = 'session' and subject_id = ?",
      [viewer.sessionId],
    );
    expect(Number(feed.n)).toBe(1);
    await expect(people.signIn(`person${made}`)).rejects.toThrow('SIGN_IN_REFUSED');
    expect(codesOf(await access.disable({ ...(await wish(id)), reason: '离职' }))).toEqual(['ILLEGAL_TRANSITION']);
    expect(await access.enable(await wish(id))).toMatchObject({ ok: true });
    await people.signIn(`person${made}`);
  });

  it('gives a new password once, that must be changed, and ends what the old one opened', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT');
    const { cookie } = await people.signIn(`person${made}`);
    const reset = await access.resetPassword(await wish(id));
    expect(await people.read(cookie)).toBeUndefined();
    await expect(people.signIn(`person${made}`)).rejects.toThrow('SIGN_IN_REFUSED');
    const password = reset.ok ? (reset.value.initialPassword as string) : '';
    expect((await people.signIn(`person${made}`, password)).viewer.mustChangePassword).toBe(true);
  });

  it('sets no password of the three administrators: who could would hold two powers', async () => {
    const id = await people.add(fresh(), null, 'SECURITY_ADMINISTRATOR');
    expect(codesOf(await access.resetPassword(await wish(id)))).toEqual(['NOT_PERMITTED ADMINISTRATOR']);
    await people.signIn(`person${made}`);
    const byCommand = await passwords.resetAdministrator(`person${made}`, SYSTEM_ADMINISTRATOR);
    expect((await people.signIn(`person${made}`, byCommand as string)).viewer.mustChangePassword).toBe(true);
    await people.add(fresh(), people.finance.id, 'APPLICANT');
    expect(await passwords.resetAdministrator(`person${made}`, SYSTEM_ADMINISTRATOR)).toBeUndefined();
  });
});

describe('memberships', () => {
  it('make an applicant here who is head there no head here', async () => {
    const id = await people.add(fresh(), people.finance.id, 'APPLICANT');
    const username = `person${made}`;
    const before = await people.signIn(username);
    const until = new Date(now.getTime() + DAY_MS);
    const membership = { departmentId: people.police.id, role: 'DEPARTMENT_HEAD' as const, until };
    expect(await roles.addMembership({ ...(await bySecurity(id)), ...membership })).toMatchObject({ ok: true });
    expect(await people.read(before.cookie)).toBeUndefined();
    const { viewer, cookie } = await people.signIn(username);
    const signOff = scopeFor(viewer, 'REQUEST', 'SIGN_OFF');
    expect([covers(signOff, people.police.id), covers(signOff, people.finance.id)]).toEqual([true, false]);
    const create = scopeFor(viewer, 'REQUEST', 'CREATE');
    expect([covers(create, people.police.id), covers(create, people.finance.id)]).toEqual([true, true]);
    expect(covers(scopeFor(viewer, 'PROJECT', 'EDIT'), people.finance.id)).toBe(false);
    // Half-open: at the end it is over, without anybody doing anything.
    now = new Date(until.getTime() - 1);
    expect(scopeFor((await people.signIn(username)).viewer, 'REQUEST', 'SIGN_OFF')).toBeDefined();
    now = until;
    const over = (await people.signIn(username)).viewer;
    expect(scopeFor(over, 'REQUEST', 'SIGN_OFF')).toBeUndefined();
    expect(over.roles).toEqual(['APPLICANT']);
    expect(cookie).toBeTruthy();
  });

  it('end when they are ended, and are given within the tree only', async () => {
    const id = await people.add(fresh(), people.bureau.id, 'APPLICANT');
    const there = { departmentId: people.bureau2.id, role: 'APPLICANT' as const, until: null };
    expect(await roles.addMembership({ ...(await byCity(id)), ...there })).toMatchObject({ ok: true });
    const outside = { ...there, departmentId: people.finance.id };
    expect(codesOf(await roles.addMembership({ ...(await byCity(id)), ...outside }))).toEqual(['UNKNOWN_REFERENCE']);
    const own = { ...there, departmentId: people.bureau.id };
    expect(codesOf(await roles.addMembership({ ...(await byCity(id)), ...own }))).toEqual(['INVALID_INPUT other']);
    expect(await roles.endMembership({ ...(await byCity(id)), ...there })).toMatchObject({ ok: true });
    expect(await users.memberships([id])).toEqual([[]]);
    // Given again after its end.
    expect(await roles.addMembership({ ...(await byCity(id)), ...there })).toMatchObject({ ok: true });
    expect((await users.memberships([id]))[0]).toHaveLength(1);
  });

  it('put an account out of the reach of its city when they reach beyond it', async () => {
    const id = await people.add(fresh(), people.bureau.id, 'APPLICANT');
    const outside = { departmentId: people.finance.id, role: 'DEPARTMENT_HEAD' as const, until: null };
    await roles.addMembership({ ...(await bySecurity(id)), ...outside });
    expect(codesOf(await access.resetPassword(await byCity(id)))).toEqual(['NOT_PERMITTED BEYOND_TREE']);
    expect(await access.resetPassword(await wish(id))).toMatchObject({ ok: true });
  });
});

describe('lists', () => {
  it('filter by department, role, state and words, within the scope, in a constant number of statements', async () => {
    const disabled = await people.add(fresh(), people.police.id, 'APPLICANT');
    await access.disable({ ...(await wish(disabled)), reason: '离职' });
    const page = { first: 100, after: null };
    const ids = async (scope: TenantScope, filter: object) =>
      (await users.list(scope, filter, page)).rows.map((row) => row.id);
    expect(await ids(WHOLE_PROVINCE, { departmentId: people.police.id, state: 'DISABLED' })).toEqual([disabled]);
    expect(await ids(WHOLE_PROVINCE, { search: `person${made}` })).toEqual([disabled]);
    expect(await ids(cityScope(), { search: `person${made}` })).toEqual([]);
    expect(await ids(WHOLE_PROVINCE, { role: 'LEADER' })).toEqual([]);
    expect((await ids(WHOLE_PROVINCE, { role: 'DEPARTMENT_HEAD' })).length).toBe(0);
    const cityRows = (await users.list(cityScope(), {}, page)).rows;
    expect(cityRows.every((row) => cityScope().kind === 'DEPARTMENTS' && row.departmentId !== people.finance.id)).toBe(
      true,
    );
    for (const first of [1, 100]) {
      const counted = await countStatements(application.test.db, () =>
        users.list(WHOLE_PROVINCE, {}, { first, after: null }),
      );
      expect(counted.statements).toBe(2);
    }
    expect(Object.keys((await users.list(WHOLE_PROVINCE, {}, page)).rows[0] ?? {})).not.toContain('passwordHash');
  });
});
