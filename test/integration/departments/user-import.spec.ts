import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UserImport } from '../../../server/src/departments/user-import.service.js';
import { InitialPasswords } from '../../../server/src/identity/initial-passwords.service.js';
import { UsersService } from '../../../server/src/identity/users.service.js';
import type { TableRow } from '../../../server/src/imports/domain/import-table.js';
import type { ImportContext } from '../../../server/src/imports/import-kind.types.js';
import { ImportRegistry } from '../../../server/src/imports/import-registry.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { codesOf, openPeople, type People, SYSTEM_ADMINISTRATOR } from '../../support/people.ts';

let application: TestApplication;
let people: People;
let kind: UserImport;
let work: UnitOfWork;

beforeAll(async () => {
  application = await openTestApplication();
  people = await openPeople(application);
  const registered = application.context.get(ImportRegistry, { strict: false }).kind('users');
  kind = registered as unknown as UserImport;
  work = application.context.get(UnitOfWork, { strict: false });
});
afterAll(() => application.close());

const province: ImportContext = { actor: SYSTEM_ADMINISTRATOR, scope: WHOLE_PROVINCE, now: new Date() };
let number = 1;
const row = (username: string, department: string, more: Record<string, string> = {}): TableRow => {
  number += 1;
  return { number, cells: { username, displayName: '张三', phone: '', department, ...more }, misread: new Map() };
};
const outcomes = async (rows: readonly TableRow[], context = province) =>
  (await kind.plan(rows, context)).map((plan) =>
    plan.outcome === 'PROBLEM' ? plan.problems.map((problem) => problem.column) : plan.outcome,
  );
async function importAll(rows: readonly TableRow[]) {
  const plans = await kind.plan(rows, province);
  const additions = plans.flatMap((plan) => (plan.outcome === 'ADD' ? [{ row: plan.row, value: plan.value }] : []));
  return work.run(async (tx) => kind.apply(tx, additions));
}

describe('importing users', () => {
  it('says of each row what is wrong with it, in its column', async () => {
    await people.add('li.si', people.police.id, 'APPLICANT');
    expect(
      await outcomes([
        row('good', 'czt'),
        row('a b', 'czt'),
        row('nowhere', 'no-such'),
        row('chinese', '财政厅'),
        row('good', 'gat'),
        row('li.si', 'gat'),
        row('phone', 'czt', { phone: 'x' }),
      ]),
    ).toEqual(['ADD', ['username'], ['department'], ['department'], ['username'], ['username'], ['phone']]);
  });

  it('adds all in few statements, and nothing on the second run', async () => {
    const rows = Array.from({ length: 600 }, (_, n) => row(`bulk.${n}`, n % 2 ? 'czt' : 'gat'));
    const { statements } = await countStatements(application.test.db, () => kind.plan(rows, province));
    expect(statements).toBe(2);
    expect(await importAll(rows)).toEqual({ ok: true, value: {} });
    expect(new Set(await outcomes(rows))).toEqual(new Set(['UNCHANGED']));
    const [counted] = await application.test.db.query(
      `select count(*) as n, sum(must_change_password) as m, (select count(*) from user_role r join app_user u on u.id = r.user_id
         where u.username like 'bulk.%') as roles from app_user where username like 'bulk.%'`,
    );
    expect([Number(counted.n), Number(counted.m), Number(counted.roles)]).toEqual([600, 600, 0]);
  });

  it('lets a city import into its own departments only, and learn of no other name', async () => {
    await people.add('zhang.czt', people.finance.id, 'APPLICANT');
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [people.city.id, people.bureau.id] };
    const city = { ...province, scope };
    expect(
      await outcomes(
        [
          row('zhang.czt', 'nanjing-gaj'),
          row('nobody', 'nanjing-gaj'),
          row('wang.nanjing-gaj', 'nanjing-gaj'),
          row('x.czt', 'czt'),
        ],
        city,
      ),
    ).toEqual([['username'], ['username'], 'ADD', ['department']]);
  });

  it('leaves accounts that nobody can sign in with until passwords are issued, once', async () => {
    await importAll([row('late.one', 'czt'), row('late.two', 'czt')]);
    await expect(people.signIn('late.one', '!')).rejects.toThrow('SIGN_IN_REFUSED');
    const users = application.context.get(UsersService, { strict: false });
    const passwords = application.context.get(InitialPasswords, { strict: false });
    const page = await users.list(
      WHOLE_PROVINCE,
      { neverSignedIn: true, search: 'late.' },
      { first: 100, after: null },
    );
    const ids = page.rows.map((user) => user.id);
    const wish = { viewer: SYSTEM_ADMINISTRATOR, scope: WHOLE_PROVINCE, userIds: ids, idempotencyKey: newId() };
    const issued = await passwords.issue(wish);
    if (!issued.ok) throw new Error(JSON.stringify(issued.error));
    expect(issued.value.map((one) => one.username).toSorted()).toEqual(['late.one', 'late.two']);
    expect(await passwords.issue(wish)).toEqual({ ok: true, value: [] });
    const first = issued.value.find((one) => one.username === 'late.one')?.initialPassword as string;
    expect((await people.signIn('late.one', first)).viewer.mustChangePassword).toBe(true);
    // One of them is in use now: none is issued again.
    const again = await passwords.issue({ ...wish, idempotencyKey: newId() });
    expect(codesOf(again)).toEqual(['NOT_PERMITTED IN_USE']);
    expect(codesOf(await passwords.issue({ ...wish, userIds: [], idempotencyKey: newId() }))).toEqual([
      'INVALID_INPUT range',
    ]);
  });
});
