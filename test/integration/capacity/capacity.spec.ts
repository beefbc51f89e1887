import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CapacityService } from '../../../server/src/capacity/capacity.service.js';
import { MaintenanceImpactService } from '../../../server/src/capacity/maintenance-impact.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UsageHistory } from '../../../server/src/resources/usage-history.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { idOf, RequestJourney } from '../../support/request-journey.ts';

const MONTHS = 12;
const HOUR_MS = 3_600_000;

let app: TestApplication;
let journey: RequestJourney;
let get: <T>(type: new (...args: never[]) => T) => T;
let place: Awaited<ReturnType<RequestJourney['openCenter']>>;
beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  get = (type) => app.context.get(type, { strict: false });
  place = await journey.openCenter('seen', 100);
  await app.test.db.query("update government_system set local_mode = 'DUAL_ACTIVE' where id = ?", [journey.system.id]);
});
afterAll(() => app.close());

const machines = () =>
  app.test.db.query('select id, claim_id from resource where pool_id = ? order by id', [place.pool.id]);

describe('UsageHistory', () => {
  it('adds up to what is allocated, through growth and release, month by month', async () => {
    const id = await journey.submitted(journey.content(place.center.id, 6));
    idOf(await journey.approve(id));
    const [one, two] = await machines();
    // A year of life: all but two came in the spring; one grew in summer and one was given back in autumn.
    const event = (resourceId: string, at: string, kind: string, size: object | null) =>
      app.test.db.query('insert into resource_event (id, resource_id, at, kind, text, actor_name, size) values (?)', [
        [newId(), resourceId, new Date(at), kind, '{"zh":"x","en":"x"}', 'x', size && JSON.stringify(size)],
      ]);
    await app.test.db.query("update resource_event set at = '2026-03-31 20:00:00' where kind = 'ALLOCATED'");
    await event(one.id, '2026-07-10T00:00:00Z', 'RESIZED', {
      vcpu: 5,
      memoryMib: 2048,
      diskGib: 20,
      storageTier: 'SSD',
    });
    await event(two.id, '2026-09-10T00:00:00Z', 'RELEASED', null);
    const changes = await get(UsageHistory).changes();
    const of = (month: string, meter: string) =>
      changes.filter((c) => c.month === month).reduce((sum, c) => sum + (c.amounts[meter] ?? 0), 0);
    // In Shanghai it was April already.
    expect([of('2026-04', 'VCPU'), of('2026-07', 'VCPU'), of('2026-09', 'VCPU')]).toEqual([6, 4, -1]);
    expect([
      of('2026-04', 'STORAGE_GIB_SSD'),
      of('2026-07', 'STORAGE_GIB_SSD'),
      of('2026-09', 'STORAGE_GIB_SSD'),
    ]).toEqual([120, 0, -20]);
  });
});

describe('CapacityService', () => {
  it('reports by center, architecture and zone, with as many statements for three centers as for one', async () => {
    const capacity = get(CapacityService);
    const one = await countStatements(app.test.db, () => capacity.report(MONTHS, 6));
    const group = one.result.groups.find((g) => g.center.id === place.center.id);
    const vcpu = group?.meters.find((m) => m.meter === 'VCPU');
    expect(vcpu).toMatchObject({ total: 100, allocated: 6, held: 0, free: 94 });
    expect(vcpu?.history).toHaveLength(MONTHS);
    for (const code of ['more-1', 'more-2']) await journey.openCenter(code, 10);
    const three = await countStatements(app.test.db, () => capacity.report(MONTHS, 6));
    expect(three.result.groups).toHaveLength(one.result.groups.length + 2);
    // The history is remembered for a minute.
    expect(three.statements).toBeLessThanOrEqual(one.statements);
  });
});

describe('MaintenanceImpactService', () => {
  const window = {
    extent: 'WHOLE_POOL' as const,
    nodes: null,
    fromAt: new Date(),
    toAt: new Date(Date.now() + HOUR_MS),
    windowId: null,
  };

  it('names every live claim of a pool that is taken whole, and the system that loses a side', async () => {
    await app.test.db.query('update pool set size = ? where id = ?', [
      JSON.stringify({
        nodes: 10,
        vcpu: 100,
        memoryMib: 409_600,
        storageGib: { SSD: 100_000, HDD: 1 },
        accelerators: {},
      }),
      place.pool.id,
    ]);
    await journey.submitted(journey.content(place.center.id, 2));
    const impact = await get(MaintenanceImpactService).impact(place.pool.id, window);
    expect(impact).toMatchObject({ displacedCount: 8, sidesLost: [journey.system.id] });
    // What is only held goes first and has no machine.
    expect(impact?.displaced.slice(0, 3).map((c) => [c.state, c.resourceId !== null])).toEqual([
      ['HELD', false],
      ['HELD', false],
      ['ALLOCATED', true],
    ]);
    expect(impact?.meters.find((m) => m.meter === 'VCPU')).toEqual({
      meter: 'VCPU',
      promisedNow: 100,
      promisedThen: 0,
      live: 8,
      short: 8,
    });
  });

  it('names nothing where the rest has room', async () => {
    const impact = await get(MaintenanceImpactService).impact(place.pool.id, {
      ...window,
      extent: 'POOL_NODES',
      nodes: 5,
    });
    expect(impact).toMatchObject({ displacedCount: 0, displaced: [], sidesLost: [] });
    expect(await get(MaintenanceImpactService).impact(newId(), window)).toBeNull();
  });
});
