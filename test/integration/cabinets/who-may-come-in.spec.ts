import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import { CabinetsService } from '../../../server/src/cabinets/cabinets.service.js';
import type { CabinetDescription } from '../../../server/src/cabinets/domain/cabinet.js';
import { RoomActs } from '../../../server/src/cabinets/room-acts.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { CentersService } from '../../../server/src/facilities/centers.service.js';
import type { CenterLife } from '../../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { cabinetDescription } from '../../support/builders/cabinet.ts';
import { department } from '../../support/builders/department.ts';
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
const stop = (centerId: string) =>
  get(CentersService).changeLife(engineer, {
    centerId,
    action: 'STOP',
    reason: '整体搬迁',
    expectedVersion: 1,
    idempotencyKey: newId(),
  });
/** Live places of departments, or held, in a center; and its life. */
async function stateOf(centerId: string) {
  const [row] = await rooms.sql<{ life: string; n: string }>(
    `select c.life, (select count(*) from cabinet_holder h join cabinet k on k.id = h.cabinet_id
       where k.center_id = c.id and (h.state in ('HELD', 'ALLOCATED') or h.state = 'OCCUPIED' and h.department_id is not null)) as n
     from center c where c.id = ?`,
    [centerId],
  );
  return { stopped: row?.life === 'STOPPED', promised: Number(row?.n) };
}
const moveTo = (holderId: string, cabinetId: string) => ({
  ...{ holderId, cabinetId, startUnit: null, face: null, expectedVersion: null },
  path: ['moves', '0'],
});
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

describe('what is moved into another center', () => {
  /** Where it stands now: an open center. `departmentId` null = the place's own. */
  async function standing(departmentId: string | null) {
    const { ids } = await place('IN_SERVICE', [{}, {}]);
    const placed = await rooms.place({
      where: { cabinetId: ids[0] as string, startUnit: 1 },
      kind: 'STORAGE',
      departmentId,
    });
    if (!placed.ok) throw new Error(JSON.stringify(placed.error));
    return { holderId: placed.value.holderId, ids };
  }

  it.each([
    ['BUILDING', 'OK', 'CENTER_NOT_OPEN'],
    ['IN_SERVICE', 'OK', 'OK'],
    ['STOPPED', 'CENTER_STOPPED', 'CENTER_STOPPED'],
  ] as const)(
    '%s: own equipment %s, a department’s %s, at once, by a plan and when the plan is done',
    async (life, own, theirs) => {
      const { ids } = await place(life);
      const to = ids[0] as string;
      for (const [departmentId, expected] of [
        [null, own],
        [newId(), theirs],
      ] as const) {
        const { holderId } = await standing(departmentId);
        expect(reasonOf(await rooms.in((tx, space) => space.planMove(tx, moveTo(holderId, to))))).toBe(expected);
        const moved = await rooms.in((tx, space) => space.move(tx, [moveTo(holderId, to)]));
        expect(reasonOf(moved)).toBe(expected);
        if (!moved.ok) expect(moved.error[0]?.path).toEqual(['moves', '0']);
      }
      expect(await rooms.recount()).toEqual([]);
    },
  );

  it('stays out when its plan is done after the center was stopped, and moves within its cabinet meanwhile', async () => {
    const { ids, centerId } = await place('IN_SERVICE');
    const { holderId, ids: home } = await standing(newId());
    const plan = await rooms.in((tx, space) => space.planMove(tx, moveTo(holderId, ids[0] as string)));
    expect(reasonOf(await stop(centerId))).toBe('STILL_IN_USE');
    await app.test.db.query("update center set life = 'STOPPED' where id = ?", [centerId]);
    const planId = plan.ok ? plan.value.holderId : '';
    expect(reasonOf(await rooms.in((tx, space) => space.applyMove(tx, planId)))).toBe('CENTER_STOPPED');
    // Nothing comes in where it only goes up in its own cabinet, even in a center that was stopped.
    const [at] = await rooms.sql<{ center_id: string }>('select center_id from cabinet where id = ?', [home[0]]);
    await app.test.db.query("update center set life = 'STOPPED' where id = ?", [at?.center_id]);
    const up = { ...moveTo(holderId, home[0] as string), startUnit: 20 };
    expect(reasonOf(await rooms.in((tx, space) => space.move(tx, [up])))).toBe('OK');
  });

  it('comes before the center is stopped, which is refused then, or not at all', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { ids, centerId } = await place('IN_SERVICE');
      const to = ids[0] as string;
      const things = await Promise.all(Array.from({ length: 4 }, () => standing(newId())));
      const planned = await standing(newId());
      const moves = things.map(
        ({ holderId }) =>
          () =>
            rooms.in((tx, space) => space.move(tx, [moveTo(holderId, to)])),
      );
      const plan = () => rooms.in((tx, space) => space.planMove(tx, moveTo(planned.holderId, to)));
      const [first, ...rest] = moves as [(typeof moves)[number], ...typeof moves];
      // Half of the times somebody moves before the stop is asked for.
      const all = round % 2 === 0 ? [stop(centerId), first(), plan()] : [first(), stop(centerId), plan()];
      const done = await Promise.all([...all, ...rest.map((move) => move())]);
      const { stopped, promised } = await stateOf(centerId);
      expect({ round, stopped, came: promised > 0 }).toEqual({ round, stopped, came: !stopped });
      expect(promised).toBe(done.filter((one) => one.ok).length - (stopped ? 1 : 0));
    }
    expect(await rooms.recount()).toEqual([]);
  });
});

describe('a whole cabinet', () => {
  const newDepartment = async () => {
    const made = department({ code: `w${newId().slice(-8)}` });
    await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [made]));
    return made.id;
  };
  const edit = async (id: string, change: Partial<CabinetDescription>) => {
    const [row] = await rooms.sql<{ version: number }>('select version from cabinet where id = ?', [id]);
    return get(CabinetActs).edit(engineer, { id, expectedVersion: Number(row?.version), change }, newId());
  };

  it.each([
    ['BUILDING', 'CENTER_NOT_OPEN', 'OK'],
    ['TRIAL', 'OK', 'OK'],
    ['STOPPED', 'CENTER_STOPPED', 'CENTER_STOPPED'],
  ] as const)('%s: given to a department %s, opened again %s', async (life, given, opened) => {
    const departmentId = await newDepartment();
    const { rowIds, ids } = await place(life, [
      {},
      { code: 'SHUT', position: 2, status: 'CLOSED' },
      { code: 'C', position: 3 },
    ]);
    expect(reasonOf(await edit(ids[0] as string, { departmentId }))).toBe(given);
    expect(reasonOf(await edit(ids[1] as string, { status: 'IN_SERVICE' }))).toBe(opened);
    const cabinets = [cabinetDescription({ code: 'N-1', position: 7, planX: 7, departmentId })];
    const made = await get(CabinetActs).createCabinets(engineer, { rowId: rowIds[0] as string, cabinets }, newId());
    expect(reasonOf(made)).toBe(given);
    // What brings nothing in is described at any time, and closed, and taken back.
    expect(reasonOf(await edit(ids[2] as string, { code: 'C-9', status: 'CLOSED' }))).toBe('OK');
    await app.test.db.query('update cabinet set department_id = ? where id = ?', [departmentId, ids[0]]);
    expect(reasonOf(await edit(ids[0] as string, { code: 'A-9' }))).toBe('OK');
    const other = await newDepartment();
    expect(reasonOf(await edit(ids[0] as string, { departmentId: other }))).toBe(given);
    expect(reasonOf(await edit(ids[0] as string, { departmentId: null }))).toBe('OK');
  });

  it('is in the way of a stop while it is a department’s', async () => {
    const departmentId = await newDepartment();
    const { centerId, ids } = await place('IN_SERVICE', [
      {},
      { code: 'GONE', position: 2, departmentId, status: 'RETIRED' },
    ]);
    expect(reasonOf(await edit(ids[0] as string, { departmentId }))).toBe('OK');
    const refused = await stop(centerId);
    expect(reasonOf(refused)).toBe('STILL_IN_USE');
    expect(refused.ok ? '' : refused.error[0]?.message.en).toContain(
      'places and whole cabinets of departments, or held: 1',
    );
    expect(reasonOf(await edit(ids[0] as string, { departmentId: null }))).toBe('OK');
    expect(reasonOf(await stop(centerId))).toBe('OK');
  });

  it('is given before the center is stopped, which is refused then, or not at all', async () => {
    const departmentId = await newDepartment();
    for (let round = 0; round < 8; round += 1) {
      const { centerId, rowIds, ids } = await place('IN_SERVICE', [{}, { code: 'B', position: 2 }]);
      const cabinets = [cabinetDescription({ code: 'N-1', position: 7, planX: 7, departmentId })];
      const gifts = [
        ...ids.map((id) => () => edit(id, { departmentId })),
        () => get(CabinetActs).createCabinets(engineer, { rowId: rowIds[0] as string, cabinets }, newId()),
      ];
      const acts = [...gifts];
      acts.splice(round % 2, 0, () => stop(centerId) as never);
      const done = await Promise.all(acts.map((act) => act()));
      const [{ n }] = (await rooms.sql(
        'select count(*) as n from cabinet where center_id = ? and department_id is not null',
        [centerId],
      )) as [{ n: string }];
      const { stopped } = await stateOf(centerId);
      expect({ round, stopped, given: Number(n) > 0 }).toEqual({ round, stopped, given: !stopped });
      expect(done.filter((one) => one.ok)).toHaveLength(stopped ? 1 : Number(n));
    }
  });
});

describe('a look at what stands in the way', () => {
  it('waits for nobody who is stopping the center', async () => {
    const { ids, centerId } = await place('IN_SERVICE');
    const stopping = app.test.db.createQueryRunner();
    await stopping.startTransaction();
    await stopping.query('select id from center where id = ? for update', [centerId]);
    try {
      const where = [{ cabinetId: ids[0] as string, startUnit: null }, { among: { centerId } }];
      const told = where.map((to) =>
        get(UnitOfWork).run((tx) => rooms.space.objections(tx, [wishFor({ where: to, departmentId: newId() })])),
      );
      expect(await Promise.all(told)).toEqual([[], []]);
    } finally {
      await stopping.rollbackTransaction();
      await stopping.release();
    }
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
