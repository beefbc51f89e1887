import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { ConsoleClient } from '../support/console-client.ts';

let console_: TestConsole;
let sysadmin: ConsoleClient;
let secadmin: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  [sysadmin, secadmin] = [await console_.signIn('sysadmin'), await console_.signIn('secadmin')];
}, 120_000);
afterAll(() => console_.close());

const CREATE =
  'mutation C($input: CreateUserInput!) { createUser(input: $input) { user { id version } initialPassword errors { code message } } }';
const ROLES =
  'mutation R($input: SetUserRolesInput!) { setUserRoles(input: $input) { user { id version roles { role } } errors { code message ... on NotPermitted { reason } } } }';
const CHANGE =
  'mutation P($input: ChangePasswordInput!) { changePassword(input: $input) { changed errors { code path } } }';
const key = () => newId();

describe('from an account to a working person, over HTTP', () => {
  it('the one makes it, the other gives the role, the person changes the password and works', async () => {
    const { departments } = await sysadmin.data('{ departments(search: "czt") { nodes { id code } } }');
    const input = {
      username: 'new.person',
      displayName: '新人',
      phone: '13912345678',
      departmentId: departments.nodes[0].id,
    };
    const { createUser } = await sysadmin.data(CREATE, { input: { ...input, idempotencyKey: key() } });
    expect(createUser.errors).toEqual([]);
    const wish = { id: createUser.user.id, expectedVersion: createUser.user.version, roles: [{ role: 'APPLICANT' }] };
    // Nobody does both.
    expect(
      (await sysadmin.ask(ROLES, { input: { ...wish, idempotencyKey: key() } })).errors?.[0]?.extensions?.code,
    ).toBe('FORBIDDEN');
    const forbidden = await secadmin.ask(CREATE, { input: { ...input, username: 'other', idempotencyKey: key() } });
    expect(forbidden.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { setUserRoles } = await secadmin.data(ROLES, { input: { ...wish, idempotencyKey: key() } });
    expect(setUserRoles).toMatchObject({ errors: [], user: { roles: [{ role: 'APPLICANT' }] } });

    const person = await ConsoleClient.signIn(console_.url, 'new.person', createUser.initialPassword);
    expect((await person.data('{ viewer { mustChangePassword } }')).viewer.mustChangePassword).toBe(true);
    for (const query of [
      '{ requests { totalCount } }',
      '{ catalog { countMaximum } }',
      '{ departments { totalCount } }',
      '{ handOverPeople { id } }',
    ]) {
      const answer = await person.ask(query);
      expect([query, answer.data ?? null, answer.errors?.[0]?.extensions?.code]).toEqual([query, null, 'FORBIDDEN']);
    }
    const wanted = { currentPassword: createUser.initialPassword, newPassword: 'Quiet-Evening-26' };
    expect((await person.data(CHANGE, { input: wanted })).changePassword).toEqual({ changed: true, errors: [] });
    expect((await person.data('{ requests { totalCount } }')).requests.totalCount).toBeGreaterThanOrEqual(0);
  });

  it('shows a phone number whole to whoever looks after the account, and masked to the other', async () => {
    const query =
      '{ users(filter: { search: "new.person" }) { nodes { phone availableActions department { code } } } }';
    const [mine] = (await sysadmin.data(query)).users.nodes;
    const [theirs] = (await secadmin.data(query)).users.nodes;
    expect([mine.phone, theirs.phone]).toEqual(['13912345678', '139******78']);
    expect(mine.availableActions).toEqual(['EDIT', 'DISABLE', 'RESET_PASSWORD']);
    expect(theirs.availableActions).toEqual(['SET_ROLES']);
    expect(mine.department.code).toBe('czt');
  });

  it('closes every page of whoever loses a role, at once', async () => {
    const person = await ConsoleClient.signIn(console_.url, 'new.person', 'Quiet-Evening-26');
    const { users } = await secadmin.data('{ users(filter: { search: "new.person" }) { nodes { id version } } }');
    const input = { id: users.nodes[0].id, expectedVersion: users.nodes[0].version, roles: [], idempotencyKey: key() };
    expect((await secadmin.data(ROLES, { input })).setUserRoles.errors).toEqual([]);
    expect((await person.ask('{ viewer { username } }')).data?.viewer).toBeNull();
  });

  it('gives a city its own bureaus and people, and not its own roles', async () => {
    const city = await console_.signIn('city');
    const { departments, viewer } = await city.data(
      '{ viewer { id department { id code } } departments(filter: { tops: true }) { nodes { id code mayAddBureau bureauCount peopleCount } } }',
    );
    expect(departments.nodes).toMatchObject([{ code: 'nanjing', mayAddBureau: true, bureauCount: 4 }]);
    const made = await city.data(
      'mutation D($input: CreateDepartmentInput!) { createDepartment(input: $input) { department { id code level parent { code } } errors { code message } } }',
      {
        input: {
          code: 'nanjing-wlj',
          name: '南京市文旅局',
          level: 'BUREAU',
          parentId: viewer.department.id,
          idempotencyKey: key(),
        },
      },
    );
    expect(made.createDepartment).toMatchObject({
      errors: [],
      department: { level: 'BUREAU', parent: { code: 'nanjing' } },
    });
    const { users } = await city.data('{ users { nodes { username department { code } } } }');
    expect(users.nodes.every((u: { department: { code: string } }) => u.department.code.startsWith('nanjing'))).toBe(
      true,
    );
  });
});
