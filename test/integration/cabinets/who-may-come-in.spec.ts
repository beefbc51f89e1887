import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import { CabinetsService } from '../../../server/src/cabinets/cabinets.service.js';
import { RoomActs } from '../../../server/src/cabinets/room-acts.service.js';
import type { CenterLife } from '../../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { cabinetDescription } from '../../support/builders/cabinet.ts';
import { center } from '../../support/builders/facility.ts';
import { Rooms, wishFor } from '../../support/rooms.ts';

const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

let app: TestApplication;
let rooms: Rooms;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

/** A center in that life with one room and one row of such cabinets. */
async function place(life: CenterLife, cabinets: Parameters<Rooms['open']>[0][number] = [{}]) {
  const opened = await rooms.open([cabinets]);
  const made = center({ id: opened.centerId, code: `c-${opened.centerId.slice(-12)}`, role: 'RECOVERY', life });
  await get(UnitOfWork).run((tx) => get(FacilitiesService).add(tx, { centers: [made], clusters: [], pools: [] }));
  return opened;
}
function reasonOf(outcome: Result<unknown, readonly Refusal[]>): string {
  if (outcome.ok) return 'OK';
  const [refusal] = outcome.error;
  return refusal?.code === 'NOT_PERMITTED' ? refusal.reason : (refusal?.code ?? '');
}

describe("a center's life", () => {
  it.each([
    ['PLANNED', 'OK', 'OK', 'CENTER_NOT_OPEN'],
    ['BUILDING', 'OK', 'OK', 'CENTER_NOT_OPEN'],
    ['TRIAL', 'OK', 'OK', 'OK'],
    ['IN_SERVICE', 'OK', 'OK', 'OK'],
    ['STOPPED', 'CENTER_STOPPED', 'CENTER_STOPPED', 'CENTER_STOPPED'],
  ] as const)('%s: rooms and cabinets %s, own equipment %s, a department’s %s', async (life, frames, own, theirs) => {
    const { centerId, roomId, rowIds, ids } = await place(life);
    const room = { centerId, code: 'N', name: '新机房', widthTiles: 9, depthTiles: 9 };
    expect(reasonOf(await get(RoomActs).createRoom(engineer, room, newId()))).toBe(frames);
    const row = { roomId, code: 'N', planX: 0, planY: 9, orientation: 'ACROSS', floorLimitGrams: null } as const;
    expect(reasonOf(await get(RoomActs).createRow(engineer, row, newId()))).toBe(frames);
    const cabinets = [cabinetDescription({ code: 'N-1', position: 7, planX: 7 })];
    const wish = { rowId: rowIds[0] as string, cabinets };
    expect(reasonOf(await get(CabinetActs).createCabinets(engineer, wish, newId()))).toBe(frames);
    const where = { cabinetId: ids[0] as string, startUnit: null };
    for (const to of [where, undefined]) {
      const at = to ?? { among: { centerId } };
      expect(reasonOf(await rooms.place({ where: at }))).toBe(own);
      expect(reasonOf(await rooms.place({ where: at, state: 'HELD', heldUntil: null }))).toBe(theirs);
      expect(reasonOf(await rooms.place({ where: at, departmentId: newId() }))).toBe(theirs);
    }
    const blocked = { where, state: 'BLOCKED', kind: 'BLOCK', reason: '桥架遮挡' } as const;
    expect(reasonOf(await rooms.place(blocked))).toBe('OK');
    // Bulk and preview ask the same.
    const many = await rooms.in((tx, space) => space.placeAll(tx, [wishFor({ where, departmentId: newId() })]));
    expect(reasonOf(many)).toBe(theirs);
    const held = await get(UnitOfWork).run((tx) =>
      get(HoldingService).holdOne(tx, { centerId }, { id: newId(), actorName: 'x' }),
    );
    expect(held).toBeNull();
    expect(await rooms.recount()).toEqual([]);
  });
});

describe('a cabinet behind one feed', () => {
  it('is nobody’s choice but of whoever says so, or names it', async () => {
    const single = { code: 'S', feedBWatts: null, heightUnits: 4 };
    const { centerId, ids } = await place('IN_SERVICE', [single, { code: 'T', position: 2, heightUnits: 10 }]);
    const [s, d] = ids as [string, string];
    // The tighter one has one feed.
    const among = { centerId };
    const first = await rooms.place({ where: { among }, heightHalfUnits: 8, powerW: 100 });
    expect(first.ok && first.value.cabinetId).toBe(d);
    const bulk = await rooms.in((tx, space) => space.placeAll(tx, [wishFor({ where: { among }, heightHalfUnits: 8 })]));
    expect(bulk.ok && bulk.value.map((p) => p.cabinetId)).toEqual([d]);
    expect(await rooms.place({ where: { among }, heightHalfUnits: 8 })).toMatchObject({
      ok: false,
      error: [{ code: 'SPACE_SHORTAGE', meter: 'UNITS', free: 2 }],
    });
    const said = await rooms.place({ where: { among: { ...among, allowSingleFed: true } }, heightHalfUnits: 5 });
    expect(said.ok && said.value.cabinetId).toBe(s);
    const named = await rooms.place({ where: { cabinetId: s, startUnit: null }, heightHalfUnits: 3 });
    expect(named.ok && named.value.cabinetId).toBe(s);
    // What has no feed at all takes what draws nothing.
    const { centerId: dark, ids: unfed } = await place('IN_SERVICE', [{ feedAWatts: null, feedBWatts: null }]);
    const passive = await rooms.place({ where: { among: { centerId: dark } } });
    expect(passive.ok && passive.value.cabinetId).toBe(unfed[0]);
  });
});

describe('totals', () => {
  it('tell apart what is free for all, one department’s, single-fed, closed and only held', async () => {
    const departmentId = newId();
    const limits = { feedAWatts: 5_000, feedBWatts: 5_000, heightUnits: 10, weightLimitGrams: 100_000 };
    const { centerId, ids } = await place('IN_SERVICE', [
      { ...limits, code: 'ALL' },
      { ...limits, code: 'OWN', departmentId },
      { ...limits, code: 'ONE', feedBWatts: null },
      { ...limits, code: 'SHUT' },
      { ...limits, code: 'PLAN', status: 'PLANNED' },
    ]);
    const put = (at: number, more: object) =>
      rooms.place({
        where: { cabinetId: ids[at] as string, startUnit: null },
        powerW: 1_000,
        weightGrams: 10_000,
        departmentId,
        ...more,
      });
    for (const at of [0, 1, 2, 3]) expect((await put(at, { heightHalfUnits: 4 })).ok).toBe(true);
    expect((await put(0, { state: 'HELD', heightHalfUnits: 2, powerW: 500, weightGrams: 5_000 })).ok).toBe(true);
    expect((await put(0, { state: 'BLOCKED', kind: 'BLOCK', reason: 'x', powerW: 0, weightGrams: 0 })).ok).toBe(true);
    await app.test.db.query("update cabinet set status = 'CLOSED' where id = ?", [ids[3]]);
    const [totals] = (await get(CabinetsService).totals()).filter((row) => row.centerId === centerId);
    expect(totals).toMatchObject({
      cabinets: 4,
      amounts: {
        UNITS: { total: 40, used: 8, held: 1, free: 6, reserved: 8, singleFed: 8, closed: 9 },
        POWER_W: {
          total: 16_000,
          used: 4_000,
          held: 500,
          free: 2_500,
          reserved: 3_000,
          singleFed: 3_000,
          closed: 3_000,
        },
        WEIGHT_GRAMS: { total: 400_000, used: 40_000, held: 5_000, free: 85_000, reserved: 90_000, closed: 90_000 },
      },
    });
  });
});
