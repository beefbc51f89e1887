import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpaceExpiry } from '../../../server/src/cabinets/space-expiry.service.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { keepHouse } from '../../../server/src/work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { Rooms, wishFor } from '../../support/rooms.ts';

/** More than one run gives back. */
const MANY = 205;
const PER_RUN = 200;
const LONG_AGO = new Date(0);
const FAR = new Date('2999-01-01T00:00:00Z');

let app: TestApplication;
let rooms: Rooms;
let expiry: SpaceExpiry;
const worker = { userId: null, name: '集云', departmentId: null, address: null, traceId: newId() };
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
  expiry = app.context.get(SpaceExpiry, { strict: false });
});
afterAll(() => app.close());

async function holds(cabinetId: string, count: number, heldUntil: Date | null): Promise<string[]> {
  const wish = wishFor({ where: { cabinetId, startUnit: null }, heightHalfUnits: 1, powerW: 10, weightGrams: 100 });
  const placed = await rooms.in((tx, space) =>
    space.placeAll(
      tx,
      Array.from({ length: count }, () => ({ ...wish, kind: 'SPACE' as const, state: 'HELD' as const, heldUntil })),
    ),
  );
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  return placed.value.map((one) => one.holderId);
}

async function statesOf(ids: readonly string[]): Promise<Record<string, number>> {
  const rows = await rooms.sql<{ state: string }>('select state from cabinet_holder where id in (?)', [ids]);
  return Object.fromEntries([...Map.groupBy(rows, (row) => row.state)].map(([state, all]) => [state, all.length]));
}

async function expiriesOf(cabinetId: string): Promise<number> {
  const [row] = await rooms.sql<{ n: string }>(
    `select count(*) as n from ${auditSchemaOf(app.test.owner.database)}.audit_event
     where action = 'cabinet.expire_hold' and object_id = ?`,
    [cabinetId],
  );
  return Number(row?.n);
}

describe('a hold of a rack place that ran out', () => {
  it('goes back with its units, watts and weight; what has time left or no date stays', async () => {
    const { ids } = await rooms.open([[{}]]);
    const [cabinetId] = ids as [string];
    const over = await holds(cabinetId, 3, LONG_AGO);
    const later = await holds(cabinetId, 2, FAR);
    const undated = await holds(cabinetId, 2, null);
    expect(await expiry.run(worker)).toBe(3);
    expect(await statesOf(over)).toEqual({ RELEASED: 3 });
    expect(await statesOf([...later, ...undated])).toEqual({ HELD: 4 });
    const [cabinet] = await rooms.sql(
      'select held_half_units, free_half_units, power_w, weight_grams from cabinet where id = ?',
      [cabinetId],
    );
    expect(cabinet).toEqual({ held_half_units: 4, free_half_units: 80, power_w: 40, weight_grams: 400 });
    expect(await expiriesOf(cabinetId)).toBe(3);
    expect(await expiry.run(worker)).toBe(0);
    expect(await rooms.recount()).toEqual([]);
  });

  it('takes the plan for it along, and a plan that ran out leaves the thing where it stands', async () => {
    const { ids } = await rooms.open([[{}, {}]]);
    const [from, to] = ids as [string, string];
    const [held] = (await holds(from, 1, LONG_AGO)) as [string];
    const standing = await rooms.place({ where: { cabinetId: from, startUnit: 20 } });
    if (!standing.ok) throw new Error('it has a place');
    const plan = (holderId: string, until: Date | null) =>
      rooms.in((tx, space) =>
        space.planMove(
          tx,
          { holderId, cabinetId: to, startUnit: null, face: null, expectedVersion: null, path: [] },
          until,
        ),
      );
    const plans = [await plan(held, null), await plan(standing.value.holderId, LONG_AGO)];
    expect(await expiry.run(worker)).toBe(2);
    expect(await statesOf([held, ...plans.flatMap((p) => (p.ok ? [p.value.holderId] : []))])).toEqual({ RELEASED: 3 });
    expect(await statesOf([standing.value.holderId])).toEqual({ OCCUPIED: 1 });
    expect(await rooms.recount()).toEqual([]);
  });

  it('is one of a bounded number in a run, each given back once by two workers at the same moment', async () => {
    const { ids } = await rooms.open([[{ heightUnits: 100 }, { heightUnits: 100 }]]);
    const [one, other] = ids as [string, string];
    const due = [...(await holds(one, 105, LONG_AGO)), ...(await holds(other, MANY - 105, LONG_AGO))];
    const given = await Promise.all([expiry.run(worker), expiry.run(worker)]);
    expect(given[0] + given[1]).toBeGreaterThanOrEqual(PER_RUN);
    expect(given.every((count) => count <= PER_RUN)).toBe(true);
    // What one of them could not see yet is the next round's.
    const rest = await expiry.run(worker);
    expect(given[0] + given[1] + rest).toBe(MANY);
    expect(await statesOf(due)).toEqual({ RELEASED: MANY });
    expect((await expiriesOf(one)) + (await expiriesOf(other))).toBe(MANY);
    expect(await rooms.recount()).toEqual([]);
  });

  it("is the worker's own business, every round", async () => {
    const { ids } = await rooms.open([[{}]]);
    const due = await holds(ids[0] as string, 2, LONG_AGO);
    await keepHouse(app.context);
    expect(await statesOf(due)).toEqual({ RELEASED: 2 });
  });
});
