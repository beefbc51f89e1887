import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlaceImpactService } from '../../../server/src/capacity/place-impact.service.js';
import type { Feed, PlaceExtent } from '../../../server/src/facilities/domain/maintenance.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { MaintenanceService } from '../../../server/src/facilities/maintenance.service.js';
import { PlaceMaintenance } from '../../../server/src/facilities/place-maintenance.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { Rooms, wishFor } from '../../support/rooms.ts';

const HOUR_MS = 3_600_000;
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

let app: TestApplication;
let rooms: Rooms;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

/** An open center with one room and two rows of such cabinets. */
async function place(rows: Parameters<Rooms['open']>[0] = [[{}, {}], [{}]]) {
  const opened = await rooms.open(rows);
  const made = center({ id: opened.centerId, code: `c-${opened.centerId.slice(-12)}`, role: 'RECOVERY' });
  await get(UnitOfWork).run((tx) => get(FacilitiesService).add(tx, { centers: [made], clusters: [], pools: [] }));
  return opened;
}
const period = { fromAt: new Date(Date.now() - HOUR_MS), toAt: new Date(Date.now() + HOUR_MS) };
const plan = (extent: PlaceExtent, placeId: string, feed: Feed | null = null) =>
  get(PlaceMaintenance).plan(engineer, {
    extent,
    placeId,
    feed,
    title: '配电检修',
    reason: '更换断路器',
    ...period,
    idempotencyKey: newId(),
  });
const move = (verb: 'start' | 'end', windowId: string, expectedVersion: number) =>
  get(MaintenanceService)[verb](engineer, { windowId, expectedVersion, early: false, idempotencyKey: newId() });

describe('a window on a room, row or cabinet', () => {
  it('lets nothing in while it runs, by name or by choice, and everything again afterwards', async () => {
    const { centerId, roomId, rowIds, ids } = await place();
    for (const [extent, placeId, shut] of [
      ['CABINET', ids[0], [0]],
      ['CABINET_ROW', rowIds[0], [0, 1]],
      ['ROOM', roomId, [0, 1, 2]],
    ] as const) {
      const id = idOf(await plan(extent, placeId as string));
      idOf(await move('start', id, 1));
      for (const [at, cabinetId] of ids.entries()) {
        const named = await rooms.place({ where: { cabinetId, startUnit: null } });
        expect([extent, at, named.ok]).toEqual([extent, at, !shut.includes(at as never)]);
      }
      const chosen = await rooms.place({ where: { among: { centerId } } });
      const bulk = await rooms.in((tx, space) => space.placeAll(tx, [wishFor({ where: { among: { centerId } } })]));
      const left = ids.filter((_, at) => !shut.includes(at as never));
      expect([extent, chosen.ok, bulk.ok]).toEqual([extent, left.length > 0, left.length > 0]);
      if (chosen.ok) expect(left).toContain(chosen.value.cabinetId);
      // Units may be marked as not to be used at any time.
      const where = { cabinetId: ids[0] as string, startUnit: null };
      const blocked = await rooms.place({ where, state: 'BLOCKED', kind: 'BLOCK', reason: '检修' });
      expect(blocked.ok).toBe(true);
      idOf(await move('end', id, 2));
      expect((await rooms.place({ where })).ok).toBe(true);
    }
    expect(await rooms.recount()).toEqual([]);
  });

  it('lets nothing be moved in either, at once or by a plan made before, and all of it out', async () => {
    const { ids } = await place([[{}, {}]]);
    const [shut, other] = ids as [string, string];
    const put = async (cabinetId: string) => {
      const placed = await rooms.place({ where: { cabinetId, startUnit: null } });
      if (!placed.ok) throw new Error(JSON.stringify(placed.error));
      return placed.value.holderId;
    };
    const [outside, planned, inside] = [await put(other), await put(other), await put(shut)];
    const to = (holderId: string, cabinetId: string) => ({
      ...{ holderId, cabinetId, startUnit: null, face: null, expectedVersion: null },
      path: [],
    });
    const before = await rooms.in((tx, space) => space.planMove(tx, to(planned, shut)));
    const planId = before.ok ? before.value.holderId : '';
    const id = idOf(await plan('CABINET', shut));
    idOf(await move('start', id, 1));
    const away = { ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'UNDER_MAINTENANCE' }] };
    expect(await rooms.in((tx, space) => space.move(tx, [to(outside, shut)]))).toMatchObject(away);
    expect(await rooms.in((tx, space) => space.planMove(tx, to(outside, shut)))).toMatchObject(away);
    expect(await rooms.in((tx, space) => space.applyMove(tx, planId))).toMatchObject(away);
    // Two that would change places: one of them would come in.
    const both = [to(outside, shut), to(inside, other)];
    expect(await rooms.in((tx, space) => space.move(tx, both))).toMatchObject(away);
    expect((await rooms.in((tx, space) => space.move(tx, [to(inside, other)]))).ok).toBe(true);
    idOf(await move('end', id, 2));
    // The plan was kept meanwhile.
    expect((await rooms.in((tx, space) => space.applyMove(tx, planId))).ok).toBe(true);
    expect(await rooms.recount()).toEqual([]);
  });

  it('takes no room away while only a feed of it is out', async () => {
    const { roomId, ids } = await place();
    const id = idOf(await plan('ROOM', roomId, 'A'));
    idOf(await move('start', id, 1));
    expect((await rooms.place({ where: { cabinetId: ids[0] as string, startUnit: null } })).ok).toBe(true);
  });

  it('begins after what is coming in, or before it: never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { ids } = await place([[{}]]);
      const cabinetId = ids[0] as string;
      const id = idOf(await plan('CABINET', cabinetId));
      const [started, ...placed] = await Promise.all([
        move('start', id, 1),
        ...Array.from({ length: 8 }, () => rooms.place({ where: { cabinetId, startUnit: null } })),
      ]);
      expect(started?.ok).toBe(true);
      expect((await rooms.place({ where: { cabinetId, startUnit: null } })).ok).toBe(false);
      const [{ n }] = await app.test.db.query('select count(*) as n from cabinet_holder where cabinet_id = ?', [
        cabinetId,
      ]);
      expect(Number(n)).toBe(placed.filter((one) => one.ok).length);
    }
  });

  it('is refused of what is not there, and of a time that is none', async () => {
    const { roomId } = await place();
    expect(codesOf(await plan('CABINET', roomId))).toEqual(['UNKNOWN_REFERENCE']);
    const wrong = await get(PlaceMaintenance).plan(engineer, {
      extent: 'ROOM',
      placeId: roomId,
      feed: null,
      title: ' ',
      reason: 'x',
      fromAt: period.toAt,
      toAt: period.fromAt,
      idempotencyKey: newId(),
    });
    expect(wrong.ok ? [] : wrong.error.map((e) => e.path.join('.'))).toEqual(['title', 'toAt', 'toAt']);
  });
});

describe('PlaceImpactService', () => {
  it('names what goes dark, what loses its second feed, and whose it is', async () => {
    const { roomId, rowIds, ids } = await place([[{ code: 'S', feedBWatts: null }, { code: 'D' }], [{ code: 'E' }]]);
    const [one, two] = [newId(), newId()];
    const put = (at: number, departmentId: string | null, heightHalfUnits = 4) =>
      rooms.place({
        where: { cabinetId: ids[at] as string, startUnit: null },
        departmentId,
        heightHalfUnits,
        powerW: 500,
      });
    await put(0, one);
    await put(0, one);
    await put(0, two);
    await put(1, two);
    await put(2, null);
    const impact = (extent: PlaceExtent, placeId: string, feed: Feed | null) =>
      get(PlaceImpactService).impact({ extent, placeId, feed, ...period, windowId: null });
    const whole = await impact('ROOM', roomId, null);
    expect(whole).toMatchObject({
      cabinets: 3,
      own: 1,
      departments: [
        { departmentId: expect.any(String), things: 2, halfUnits: 8, powerW: 1_000 },
        { departmentId: expect.any(String), things: 2, halfUnits: 8, powerW: 1_000 },
      ],
    });
    expect(whole?.dark).toHaveLength(3);
    const feed = await impact('CABINET_ROW', rowIds[0] as string, 'A');
    expect([feed?.dark.map((c) => c.code), feed?.atRisk.map((c) => c.code)]).toEqual([['S'], ['D']]);
    expect(feed?.departments.map((d) => [d.departmentId, d.things])).toEqual([
      [one, 2],
      [two, 1],
    ]);
    // The single-fed one hangs on A: without B it loses nothing.
    expect(await impact('CABINET', ids[0] as string, 'B')).toMatchObject({ dark: [], atRisk: [], departments: [] });
    expect(await impact('ROOM', newId(), null)).toBeNull();
    const id = idOf(await plan('CABINET_ROW', rowIds[0] as string));
    expect((await impact('ROOM', roomId, null))?.overlapping.map((w) => w.id)).toEqual([id]);
    expect((await impact('CABINET', ids[0] as string, null))?.overlapping.map((w) => w.id)).toEqual([id]);
  });
});
