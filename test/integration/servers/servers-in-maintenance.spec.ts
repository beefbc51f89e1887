import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MaintenanceService } from '../../../server/src/facilities/maintenance.service.js';
import { PlaceMaintenance } from '../../../server/src/facilities/place-maintenance.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

const HOUR_MS = 3_600_000;
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

/** Seconds that went by: what centers and pools are is remembered for one. */
let passed = 0;
let app: TestApplication;
let desk: KindsDesk;
let site: Site;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + passed * 1000) });
  desk = await KindsDesk.open(app);
  // Three stand in the first cabinet, two in store.
  site = await desk.openSite('ACTIVE_A', { servers: 5, cabinets: [{}, {}] });
  await desk.rackServers({ ...site, serverIds: site.serverIds.slice(0, 3) });
});
afterAll(() => app.close());

async function begin(placeId: string): Promise<string> {
  const id = idOf(
    await get(PlaceMaintenance).plan(engineer, {
      ...{ extent: 'CABINET' as const, placeId, feed: null, title: '配电检修', reason: '更换断路器' },
      ...{ fromAt: new Date(Date.now() - HOUR_MS), toAt: new Date(Date.now() + HOUR_MS), idempotencyKey: newId() },
    }),
  );
  const wish = { windowId: id, expectedVersion: 1, early: false, idempotencyKey: newId() };
  return idOf(await get(MaintenanceService).start(engineer, wish));
}
const asked = (count: number) =>
  desk.content([desk.line('SERVER', { count, centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' })]);
async function checksOf(count: number) {
  const preview = await desk.journey.submission.preview(desk.journey.scope, asked(count), null);
  if (!preview.ok) throw new Error(JSON.stringify(preview.error));
  return preview.value.plan.lines[0]?.checks.filter(({ passed }) => !passed) ?? [];
}

describe('servers where a window runs', () => {
  it('are free and not to be had: the preview says so with figures, the hold takes others, and afterwards all are there', async () => {
    expect(await checksOf(5)).toEqual([]);
    const windowId = await begin(site.cabinetIds[0] as string);
    expect(await checksOf(2)).toEqual([]);
    expect(await checksOf(3)).toMatchObject([
      { criterion: 'B7', figures: { zh: '需 3 台，空闲 5 台中 3 台所在处正在维护，可用 2 台' } },
    ]);
    const refused = await desk.journey.submit(await desk.journey.sent(asked(3)));
    expect(refused).toMatchObject({ ok: false, error: [{ criterion: 'B7', requested: 3, free: 2, short: 1 }] });
    expect(codesOf(refused)).toEqual(['CAPACITY_SHORTAGE']);
    await desk.journey.submitted(asked(2));
    const held = await app.test.db.query("select id from server where state = 'HELD'");
    expect(held.map(({ id }: { id: string }) => id).toSorted()).toEqual(site.serverIds.slice(3).toSorted());
    // Whoever looks past the plan finds none either.
    const wish = { centerId: site.center.id, architecture: 'ARM64' as const };
    const subject = { id: newId(), actorName: '测试' };
    const hold = () => get(UnitOfWork).run((tx) => get(HoldingService).holdOne(tx, wish, subject));
    expect(await hold()).toBeNull();
    const end = { windowId, expectedVersion: 2, early: true, idempotencyKey: newId() };
    idOf(await get(MaintenanceService).end(engineer, end));
    expect(site.serverIds.slice(0, 3)).toContain(await hold());
  });
});

describe('a pool whose nodes stand where a window runs', () => {
  it('is filled only as far as its other nodes go, and not at all while all of them are away', async () => {
    const own = await desk.openSite('ACTIVE_B', { vcpu: 100, servers: 4, cabinets: [{}, {}] });
    await desk.rackServers({ ...own, serverIds: own.serverIds.slice(0, 1) });
    await desk.rackServers({ ...own, cabinetIds: own.cabinetIds.slice(1), serverIds: own.serverIds.slice(1) });
    // Given to the pool, as the servers' own acts do.
    await app.test.db.query("update server set state = 'IN_USE', pool_id = ?, used_since = now(3) where id in (?)", [
      own.pool.id,
      own.serverIds,
    ]);
    await app.test.db.query('update pool set size = null where id = ?', [own.pool.id]);
    const refusedBy = async (count: number) => {
      const line = desk.line('VM', { count, centerId: own.center.id, localMode: 'SINGLE', remoteMode: 'NONE' });
      passed += 2;
      const preview = await desk.journey.submission.preview(desk.journey.scope, desk.content([line]), null);
      if (!preview.ok) throw new Error(JSON.stringify(preview.error));
      return preview.value.plan.lines[0]?.checks.find((check) => !check.passed) ?? null;
    };
    expect(await refusedBy(100)).toBeNull();
    await begin(own.cabinetIds[0] as string);
    expect(await refusedBy(75)).toBeNull();
    expect(await refusedBy(76)).toMatchObject({ criterion: 'P7', figures: { zh: '需 76，余 75' } });
    await begin(own.cabinetIds[1] as string);
    const closed = await refusedBy(1);
    expect(closed?.criterion).toBe('P12');
    expect(closed?.figures?.zh).toContain('4 台节点中 4 台所在处正在维护');
  });
});
