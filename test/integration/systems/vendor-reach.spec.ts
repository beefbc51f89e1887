import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UserRoles } from '../../../server/src/identity/user-roles.service.js';
import { reaches, scopeFor, type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { VendorBindings } from '../../../server/src/systems/vendor-bindings.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { payment, project, system } from '../../support/builders/system.ts';
import { codesOf, openPeople, type People, SECURITY_ADMINISTRATOR } from '../../support/people.ts';

/** Half an hour before midnight in Shanghai, the last day of a binding. */
const LAST_EVENING = new Date('2026-11-24T15:50:00.000Z');
const LAST_DAY = '2026-11-24';
const MINUTE_MS = 60_000;

let now = LAST_EVENING;
let application: TestApplication;
let people: People;
let systems: SystemsService;
let bindings: VendorBindings;
const get = <T>(type: new (...args: never[]) => T): T => application.context.get(type, { strict: false });

beforeAll(async () => {
  application = await openTestApplication({ now: () => now });
  people = await openPeople(application);
  [systems, bindings] = [get(SystemsService), get(VendorBindings)];
});
afterAll(() => application.close());
beforeEach(() => {
  now = LAST_EVENING;
});

const add = (departmentId: string) => {
  const [mine, paid, unpaid] = [system(departmentId), project(departmentId), project(departmentId)];
  return get(UnitOfWork)
    .run((tx) => systems.add(tx, { systems: [mine], projects: [paid, unpaid], links: [payment(mine, paid)] }))
    .then(() => ({ system: mine, paid, unpaid }));
};
const bind = (systemId: string, departmentId: string, username: string, until = LAST_DAY) =>
  bindings.bind(viewerWith(['DEPARTMENT_HEAD'], departmentId), WHOLE_PROVINCE, {
    systemId,
    form: { username, name: '', phone: '13800000000', company: '某公司', until },
    idempotencyKey: newId(),
  });
const read = (viewer: Viewer | undefined, object: 'SYSTEM' | 'PROJECT') =>
  (viewer && scopeFor(viewer, object, 'READ')) ?? { kind: 'DEPARTMENTS' as const, departmentIds: [] };

describe("what a vendor's staff reaches", () => {
  it('ends with the last day of the binding, in a session that goes on', async () => {
    const { finance } = people;
    await people.add('vendor.day', finance.id, 'VENDOR_STAFF');
    const mine = await add(finance.id);
    expect(codesOf(await bind(mine.system.id, finance.id, 'vendor.day'))).toEqual([]);
    const { cookie } = await people.signIn('vendor.day');
    now = new Date(LAST_EVENING.getTime() + 9 * MINUTE_MS);
    const before = await people.read(cookie);
    expect(await systems.system(read(before, 'SYSTEM'), mine.system.id)).toMatchObject({ id: mine.system.id });
    now = new Date(LAST_EVENING.getTime() + 10 * MINUTE_MS);
    const after = await people.read(cookie);
    expect(after?.username).toBe('vendor.day');
    expect(await systems.system(read(after, 'SYSTEM'), mine.system.id)).toBeNull();
    expect(await systems.project(read(after, 'PROJECT'), mine.paid.id)).toBeNull();
  });

  it('includes the projects that pay for the system, and no other of the department', async () => {
    const { finance } = people;
    await people.add('vendor.projects', finance.id, 'VENDOR_STAFF');
    const [mine, other] = [await add(finance.id), await add(finance.id)];
    expect(codesOf(await bind(mine.system.id, finance.id, 'vendor.projects'))).toEqual([]);
    const viewer = await people.read((await people.signIn('vendor.projects')).cookie);
    const found = await systems.listProjects(
      read(viewer, 'PROJECT'),
      { search: null, departmentId: null, budgetYear: null },
      { first: 100, after: null },
    );
    expect(found.rows.map((row) => row.id)).toEqual([mine.paid.id]);
    expect(await systems.project(read(viewer, 'PROJECT'), other.paid.id)).toBeNull();
  });

  it('is of the department in which somebody is a vendor by membership, and ends with the membership', async () => {
    const { finance, police } = people;
    const id = await people.add('vendor.guest', finance.id, 'APPLICANT');
    const there = await add(police.id);
    expect(codesOf(await bind(there.system.id, police.id, 'vendor.guest'))).toEqual(['UNKNOWN_REFERENCE']);
    const wish = async () => ({
      viewer: SECURITY_ADMINISTRATOR,
      scope: WHOLE_PROVINCE,
      userId: id,
      expectedVersion: Number((await people.row(id)).version),
      idempotencyKey: newId(),
    });
    const membership = { departmentId: police.id, role: 'VENDOR_STAFF' as const };
    const until = new Date('2027-01-01T00:00:00.000Z');
    expect(codesOf(await get(UserRoles).addMembership({ ...(await wish()), ...membership, until }))).toEqual([]);
    expect(codesOf(await bind(there.system.id, police.id, 'vendor.guest', '2026-12-31'))).toEqual([]);
    const viewer = await people.read((await people.signIn('vendor.guest')).cookie);
    const scope = read(viewer, 'SYSTEM');
    expect(await systems.system(scope, there.system.id)).toMatchObject({ id: there.system.id });
    // Of the own department all, of the other this one.
    expect(reaches(scope, { departmentId: finance.id, systemId: 'any' })).toBe(true);
    expect(reaches(scope, { departmentId: police.id, systemId: (await add(police.id)).system.id })).toBe(false);
    expect(codesOf(await get(UserRoles).endMembership({ ...(await wish()), ...membership }))).toEqual([]);
    const later = await people.read((await people.signIn('vendor.guest')).cookie);
    expect(await systems.system(read(later, 'SYSTEM'), there.system.id)).toBeNull();
  });
});
