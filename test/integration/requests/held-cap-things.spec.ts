import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HELD_CAP_FLOOR } from '../../../server/src/allocation/domain/held-cap.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { NetworksService } from '../../../server/src/networks/networks.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { LineContent } from '../../../server/src/requests/domain/content.js';
import { SystemsService } from '../../../server/src/systems/systems.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { payment, project, system } from '../../support/builders/system.ts';
import { byClients } from '../../support/by-clients.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

/** More clients than that wait for each other anyway. */
const CLIENTS = [1, 8, 32, 64] as const;
/** Beyond what is granted, so that some are refused at any number of clients. */
const REQUESTS_MIN = 16;

let app: TestApplication;
let desk: KindsDesk;
let site: Site;
/** Its zone keeps a network; the other's does not. */
let answering: Site;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  // Of each the floor is more than the share: 8 servers, 84 U, 20 kW may be held at once.
  site = await desk.openSite('ACTIVE_A', { vcpu: 1_000, servers: 20, cabinets: Array.from({ length: 8 }, () => ({})) });
  answering = await desk.openSite('ACTIVE_B', { vcpu: 1_000, servers: 0 });
  idOf(
    await get(NetworksService).create(
      viewerWith(['FACILITY_ENGINEER'], null),
      {
        ...{
          code: 'cap-net',
          name: 'cap-net',
          centerId: answering.center.id,
          zone: 'GOVERNMENT_EXTRANET',
          vlanId: 100,
        },
        ...{ ipv4Prefix: '10.9.0.0/24', ipv4Gateway: '10.9.0.1', singleStackReason: null },
        ...{ ipv6Prefix: '2001:db8:9::/64', ipv6Gateway: '2001:db8:9::1', reserved: [] },
      },
      newId(),
    ),
  );
  await app.test.db.query("update life_policy set value = 20 where name = 'HELD_SHARE_PERCENT'");
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

/** A department without any quota, whose people ask for its own system. */
async function newcomer() {
  const own = department();
  const [itsSystem, itsProject] = [system(own.id), project(own.id)];
  await get(UnitOfWork).run(async (tx) => {
    await get(DepartmentsService).add(tx, [own]);
    const links = [payment(itsSystem, itsProject, '2020-01-01')];
    await get(SystemsService).add(tx, { systems: [itsSystem], projects: [itsProject], links });
  });
  const { journey } = desk;
  const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [own.id] };
  const applicant: Viewer = viewerWith(['APPLICANT'], own.id);
  const head: Viewer = viewerWith(['DEPARTMENT_HEAD'], own.id);
  const content = (lines: readonly LineContent[]) => ({
    ...desk.content(lines),
    ...{ systemId: itsSystem.id, projectId: itsProject.id },
  });
  const wish = async (id: string) => journey.wish(id, (await journey.row(id)).version);
  return {
    id: own.id,
    sent: async (lines: readonly LineContent[]) => {
      const id = idOf(await journey.requests.createDraft(applicant, scope, content(lines), newId()));
      return idOf(await journey.review.move(applicant, scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, 1)));
    },
    submit: async (id: string) => journey.submission.submit(head, scope, await wish(id)),
    withdraw: async (id: string) => journey.review.move(applicant, scope, 'WITHDRAW', await wish(id)),
    held: async (lines: readonly LineContent[]) => {
      const preview = await journey.submission.preview(scope, content(lines), null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      return preview.value.held;
    },
  };
}

const single = { localMode: 'SINGLE', remoteMode: 'NONE' } as const;
const line = (kind: LineContent['kind'], more: Partial<LineContent> = {}) =>
  desk.line(kind, { ...single, centerId: site.center.id, ...more });
const space = (heightUnits: number, powerW: number): LineContent => {
  const found = line('CABINET');
  return { ...found, cabinet: found.cabinet && { ...found.cabinet, heightUnits, powerW } };
};

/** Sent by few, submitted by so many at once; what was granted goes back afterwards. */
async function granted(clients: number, one: LineContent): Promise<number> {
  const own = await newcomer();
  const numbers = Array.from({ length: Math.max(REQUESTS_MIN, clients) }, (_, at) => at);
  const ids = await byClients(8, numbers, () => own.sent([one]));
  const results = await byClients(clients, ids, own.submit);
  for (const refused of results.filter((result) => !result.ok)) expect(codesOf(refused)).toEqual(['HOLD_CAP']);
  // Others are not kept out by it.
  const other = await newcomer();
  const guest = idOf(await other.submit(await other.sent([one])));
  idOf(await other.withdraw(guest));
  const kept = results.flatMap((result) => (result.ok ? [result.value.id] : []));
  for (const id of kept) idOf(await own.withdraw(id));
  expect((await own.held([one])).map(({ held }) => held)).toEqual((await own.held([one])).map(() => 0));
  return kept.length;
}

describe('servers, room in cabinets and addresses that a department holds at once', () => {
  it.each(CLIENTS)('are granted to %i clients exactly as far as its share of servers goes', async (clients) => {
    expect(await granted(clients, line('SERVER'))).toBe(HELD_CAP_FLOOR.SERVER);
  });

  it.each([8, 64])('are granted to %i clients exactly as far as its share of power goes', async (clients) => {
    expect(await granted(clients, space(1, 2_000))).toBe(HELD_CAP_FLOOR.POWER_W / 2_000);
  });

  it.each([1, 32])('are granted to %i clients exactly as far as its share of addresses goes', async (clients) => {
    // Each of four machines takes one address of each family, and is counted once.
    expect(await granted(clients, { ...line('VM', { count: 4 }), centerId: answering.center.id })).toBe(
      Math.min(Math.max(REQUESTS_MIN, clients), HELD_CAP_FLOOR.ADDRESS / 4),
    );
  });

  it('are refused with the figures of each meter, as the preview says before', async () => {
    const own = await newcomer();
    idOf(
      await own.submit(
        await own.sent([line('SERVER', { count: 7 }), space(40, 1_000), { ...space(40, 1_000), name: 'second' }]),
      ),
    );
    const asked = [line('SERVER', { count: 2 }), space(5, 1_000)];
    expect(await own.held(asked)).toMatchObject([
      { meter: 'SERVER', held: 7, requested: 2, cap: 8, fits: false },
      { meter: 'CABINET_HALF_UNIT', held: 160, requested: 10, cap: 168, fits: false },
      { meter: 'POWER_W', held: 2_000, requested: 1_000, cap: 20_000, fits: true },
    ]);
    expect(await own.submit(await own.sent(asked))).toMatchObject({
      ok: false,
      error: [
        { code: 'HOLD_CAP', meter: 'SERVER', held: 7, requested: 2, cap: 8, short: 1 },
        { code: 'HOLD_CAP', meter: 'CABINET_HALF_UNIT', held: 160, requested: 10, cap: 168, short: 2 },
      ],
    });
  });
});
