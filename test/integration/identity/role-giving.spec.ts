import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADMINISTRATOR_ROLES } from '../../../server/src/identity/domain/administrators.js';
import { UserAccess } from '../../../server/src/identity/user-access.service.js';
import { UserRoles } from '../../../server/src/identity/user-roles.service.js';
import { ROLES, type Role, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { codesOf, openPeople, type People, SECURITY_ADMINISTRATOR } from '../../support/people.ts';

let application: TestApplication;
let people: People;
let roles: UserRoles;
let access: UserAccess;

beforeAll(async () => {
  application = await openTestApplication();
  people = await openPeople(application);
  roles = application.context.get(UserRoles, { strict: false });
  access = application.context.get(UserAccess, { strict: false });
});
afterAll(() => application.close());

const grant = (role: Role, until: Date | null = null) => ({ role, until });
const NEXT_YEAR = new Date(Date.now() + 365 * 24 * 60 * 60_000);

async function set(by: Viewer, scope: TenantScope, userId: string, ...wanted: ReturnType<typeof grant>[]) {
  const { version } = await people.row(userId);
  return roles.set({
    viewer: by,
    scope,
    userId,
    expectedVersion: Number(version),
    idempotencyKey: newId(),
    roles: wanted,
  });
}
const bySecurity = (userId: string, ...wanted: Role[]) =>
  set(
    SECURITY_ADMINISTRATOR,
    WHOLE_PROVINCE,
    userId,
    ...wanted.map((role) => grant(role, role === 'VENDOR_STAFF' ? NEXT_YEAR : null)),
  );

describe('giving roles', () => {
  it('says what stands from now on, and signs the person out', async () => {
    const id = await people.add('roles.one', people.finance.id, 'APPLICANT');
    const { cookie } = await people.signIn('roles.one');
    expect(await bySecurity(id, 'DEPARTMENT_HEAD')).toMatchObject({ ok: true });
    expect(await people.read(cookie)).toBeUndefined();
    expect((await people.signIn('roles.one')).viewer.roles).toEqual(['DEPARTMENT_HEAD']);
    expect(await bySecurity(id)).toMatchObject({ ok: true });
    expect((await people.signIn('roles.one')).viewer.permissions).toEqual([]);
  });

  it('never to oneself', async () => {
    const id = await people.add('roles.self', null, 'SECURITY_ADMINISTRATOR');
    const { viewer } = await people.signIn('roles.self');
    expect(codesOf(await set(viewer, WHOLE_PROVINCE, id, grant('FINANCE')))).toEqual(['NOT_PERMITTED OWN_ACCOUNT']);
    // The database says the same to whoever writes past the service.
    const written = application.test.db.query(
      "insert into user_role (user_id, role, user_kind, granted_by) values (?, 'SECURITY_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', ?)",
      [newId(), id],
    );
    await expect(written).rejects.toThrow();
    const own = application.test.db.query('update user_role set granted_by = ? where user_id = ?', [id, id]);
    await expect(own).rejects.toThrow('ck_user_role_giver');
  });

  it('never two of the three, nor one of them beside anything', async () => {
    const id = await people.add('roles.two', people.finance.id, 'APPLICANT');
    expect(codesOf(await bySecurity(id, 'SYSTEM_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR'))).toEqual([
      'INVALID_INPUT exclusive',
    ]);
    expect(codesOf(await bySecurity(id, 'SYSTEM_ADMINISTRATOR', 'APPLICANT'))).toEqual(['INVALID_INPUT exclusive']);
    expect(await bySecurity(id, 'SYSTEM_ADMINISTRATOR')).toMatchObject({ ok: true });
    await people.add('roles.another', null, 'SYSTEM_ADMINISTRATOR');
    expect(await bySecurity(id, 'FINANCE', 'LEADER')).toMatchObject({ ok: true });
    expect(codesOf(await bySecurity(id, 'FINANCE', 'FINANCE'))).toEqual(['INVALID_INPUT twice']);
  });

  it("gives a vendor's person an end, and others one in the future", async () => {
    const id = await people.add('roles.vendor', people.finance.id, 'APPLICANT');
    const give = (until: Date | null, role: Role = 'VENDOR_STAFF') =>
      set(SECURITY_ADMINISTRATOR, WHOLE_PROVINCE, id, grant(role, until));
    expect(codesOf(await give(null))).toEqual(['INVALID_INPUT required']);
    expect(codesOf(await give(new Date(0)))).toEqual(['INVALID_INPUT future']);
    expect(codesOf(await give(NEXT_YEAR, 'AUDIT_ADMINISTRATOR'))).toEqual(['INVALID_INPUT none']);
    expect(await give(NEXT_YEAR)).toMatchObject({ ok: true });
  });

  it('gives roles of a department to nobody without one, and a city to its own people only', async () => {
    const nobody = await people.add('roles.nobody', null, 'ASSESSOR');
    expect(codesOf(await bySecurity(nobody, 'APPLICANT'))).toEqual(['INVALID_INPUT department']);
    const bureau = await people.add('roles.bureau', people.bureau.id, 'APPLICANT');
    expect(codesOf(await bySecurity(bureau, 'CITY_ADMINISTRATOR'))).toEqual(['INVALID_INPUT department']);
    const city = await people.add('roles.city', people.city.id, 'APPLICANT');
    expect(await bySecurity(city, 'CITY_ADMINISTRATOR')).toMatchObject({ ok: true });
  });

  it('in a city: within the tree, of its own closed list, and on nobody who holds more', async () => {
    const ids = [people.city.id, people.bureau.id, people.bureau2.id];
    const city = viewerWith(['CITY_ADMINISTRATOR'], people.city.id, { departmentTreeIds: ids });
    const scope: TenantScope = { kind: 'DEPARTMENTS', departmentIds: ids };
    const inside = await people.add('roles.inside', people.bureau.id, 'APPLICANT');
    expect(await set(city, scope, inside, grant('APPLICANT'), grant('DEPARTMENT_HEAD'))).toMatchObject({ ok: true });
    for (const role of ROLES.filter((each) => !['APPLICANT', 'DEPARTMENT_HEAD', 'VENDOR_STAFF'].includes(each)))
      expect([role, codesOf(await set(city, scope, inside, grant(role)))]).toEqual([
        role,
        ['NOT_PERMITTED ROLE_OF_PROVINCE'],
      ]);
    const outside = await people.add('roles.outside', people.finance.id, 'APPLICANT');
    expect(codesOf(await set(city, scope, outside, grant('APPLICANT')))).toEqual(['UNKNOWN_REFERENCE']);
    const more = await people.add('roles.more', people.bureau.id, 'LEADER');
    expect(codesOf(await set(city, scope, more))).toEqual(['NOT_PERMITTED BEYOND_TREE']);
    const colleague = await people.add('roles.colleague', people.city.id, 'CITY_ADMINISTRATOR');
    expect(codesOf(await set(city, scope, colleague))).toEqual(['NOT_PERMITTED BEYOND_TREE']);
  });

  it('keeps one of each of the three, also when two take each other out at the same time', async () => {
    await application.test.db.query("update app_user set state = 'DISABLED' where kind <> 'ORDINARY'");
    const ids = [
      await people.add('last.one', null, 'AUDIT_ADMINISTRATOR'),
      await people.add('last.two', null, 'AUDIT_ADMINISTRATOR'),
    ];
    const outcomes = await Promise.all(ids.map((id) => bySecurity(id, 'LEADER')));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.flatMap(codesOf)).toEqual(['NOT_PERMITTED LAST_ADMINISTRATOR']);
    const last = ids[outcomes.findIndex((outcome) => !outcome.ok)] as string;
    const { version } = await people.row(last);
    const disabled = await access.disable({
      viewer: SECURITY_ADMINISTRATOR,
      scope: WHOLE_PROVINCE,
      userId: last,
      expectedVersion: Number(version),
      idempotencyKey: newId(),
      reason: '离职',
    });
    expect(codesOf(disabled)).toEqual(['NOT_PERMITTED LAST_ADMINISTRATOR']);
  });

  it('after any sequence of grants the three exclude each other and everything else, and nobody gave himself anything', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await people.add(`any.${n}`, people.city.id, 'APPLICANT'));
    const act = fc.record({
      by: fc.nat(ids.length),
      to: fc.nat(ids.length - 1),
      roles: fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
        for (const { by, to, roles: wanted } of acts) {
          const giver = ids[by];
          const viewer = giver
            ? viewerWith(['SECURITY_ADMINISTRATOR'], null, { userId: giver })
            : SECURITY_ADMINISTRATOR;
          const grants = wanted.map((role) => grant(role, role === 'VENDOR_STAFF' ? NEXT_YEAR : null));
          await set(viewer, WHOLE_PROVINCE, ids[to] as string, ...grants);
        }
        const rows: { user_id: string; role: Role; granted_by: string | null }[] = await application.test.db.query(
          'select user_id, role, granted_by from user_role where user_id in (?)',
          [ids],
        );
        for (const [userId, of] of Map.groupBy(rows, (row) => row.user_id)) {
          const administrator = of.some((row) => (ADMINISTRATOR_ROLES as readonly Role[]).includes(row.role));
          if (administrator) expect(of).toHaveLength(1);
          expect(of.some((row) => row.granted_by === userId)).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  });
});
