import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { codesOf } from '../../support/request-journey.ts';
import { Rooms, wishFor } from '../../support/rooms.ts';

const CLIENTS = 64;

let app: TestApplication;
let rooms: Rooms;
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

const clients = <T>(act: (client: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: CLIENTS }, (_, client) => act(client)));
const granted = (results: readonly Result<unknown, readonly Refusal[]>[]): number => results.filter((r) => r.ok).length;

async function slotsTaken(cabinetIds: readonly string[]): Promise<number> {
  const [row] = await rooms.sql<{ n: string }>('select count(*) as n from cabinet_slot where cabinet_id in (?)', [
    cabinetIds,
  ]);
  return Number(row?.n);
}

describe('64 clients at once', () => {
  it('get exactly the 10 free places of a cabinet, each one of its own', async () => {
    const { ids } = await rooms.open([[{ heightUnits: 10 }]]);
    const [cabinetId] = ids as [string];
    const results = await clients(() => rooms.place({ where: { cabinetId, startUnit: null } }));
    expect(granted(results)).toBe(10);
    for (const refused of results.filter((r) => !r.ok)) expect(codesOf(refused)).toEqual(['SPACE_SHORTAGE']);
    expect(await slotsTaken(ids)).toBe(40);
    expect(new Set(results.flatMap((r) => (r.ok ? [r.value.startUnit] : []))).size).toBe(10);
    expect(await rooms.recount()).toEqual([]);
  });

  it('get all of 64 free places in one cabinet, half a unit each', async () => {
    const { ids } = await rooms.open([[{ heightUnits: 32, numbering: 'DESCENDING' }]]);
    const [cabinetId] = ids as [string];
    const results = await clients(() => rooms.place({ where: { cabinetId, startUnit: null }, heightHalfUnits: 1 }));
    expect(granted(results)).toBe(CLIENTS);
    expect(await slotsTaken(ids)).toBe(128);
    expect(await rooms.recount()).toEqual([]);
  });

  it('get all of 64 free places spread over eight cabinets of two rows, wherever they are', async () => {
    const row = Array.from({ length: 4 }, () => ({ heightUnits: 8 }));
    const { ids, centerId } = await rooms.open([row, row], 100_000_000);
    const results = await clients(() => rooms.place({ where: { among: { centerId } }, weightGrams: 1_000 }));
    expect(results.flatMap(codesOf)).toEqual([]);
    expect(granted(results)).toBe(CLIENTS);
    expect(await slotsTaken(ids)).toBe(8 * 8 * 4);
    const last = await rooms.place({ where: { among: { centerId } } });
    expect(last).toMatchObject({ ok: false, error: [{ code: 'SPACE_SHORTAGE', meter: 'UNITS', free: 0 }] });
    expect(await rooms.recount()).toEqual([]);
  });

  it('never draw more than one feed carries', async () => {
    const { ids } = await rooms.open([[{ feedAWatts: 5_000, feedBWatts: 4_000 }]]);
    const [cabinetId] = ids as [string];
    // 80 % of 4 kW are 3,200 W: six times 500 W.
    const results = await clients(() => rooms.place({ where: { cabinetId, startUnit: null }, powerW: 500 }));
    expect(granted(results)).toBe(6);
    expect(
      results
        .flatMap((r) => (r.ok ? [] : r.error))
        .every((e) => e.code === 'SPACE_SHORTAGE' && e.meter === 'POWER_W' && e.free === 200),
    ).toBe(true);
    expect(await rooms.recount()).toEqual([]);
  });

  it('never weigh more than the cabinet or the floor under its row carries', async () => {
    const { ids, rowIds } = await rooms.open(
      [[{ weightLimitGrams: 100_000 }, { weightLimitGrams: 100_000 }, { weightLimitGrams: 100_000 }]],
      3 * 130_000 + 250_000,
    );
    const results = await clients((client) =>
      rooms.place({ where: { cabinetId: ids[client % 3] as string, startUnit: null }, weightGrams: 25_000 }),
    );
    expect(granted(results)).toBe(10);
    const [row] = await rooms.sql<{ weight_grams: number }>('select weight_grams from cabinet_row where id = ?', [
      rowIds[0],
    ]);
    expect(row?.weight_grams).toBe(3 * 130_000 + 250_000);
    const meters = new Set(
      results.flatMap((r) => (r.ok ? [] : r.error)).map((e) => e.code === 'SPACE_SHORTAGE' && e.meter),
    );
    expect(meters.has('ROW_WEIGHT_GRAMS')).toBe(true);
    expect(await rooms.recount()).toEqual([]);
  });

  it('find one place for one machine, whoever asks for it and wherever', async () => {
    const { ids } = await rooms.open([[{}, {}, {}, {}]]);
    const subjectId = newId();
    const results = await clients((client) =>
      rooms.place({ where: { cabinetId: ids[client % 4] as string, startUnit: null }, kind: 'SERVER', subjectId }),
    );
    expect(granted(results)).toBe(1);
    expect(
      new Set(results.flatMap((r) => (r.ok ? [] : r.error)).map((e) => e.code === 'NOT_PERMITTED' && e.reason)),
    ).toEqual(new Set(['ALREADY_PLACED']));
    expect(await rooms.cabinets.placesOf([subjectId])).toHaveLength(1);
  });

  it('give a place back once, and move things to and fro without losing one', async () => {
    const { ids } = await rooms.open([
      [{ heightUnits: 4 }, { heightUnits: 4 }],
      [{ heightUnits: 4 }, { heightUnits: 4 }],
    ]);
    const holders: string[] = [];
    for (const cabinetId of ids) {
      const placed = await rooms.place({ where: { cabinetId, startUnit: 1 }, powerW: 100, weightGrams: 5_000 });
      if (placed.ok) holders.push(placed.value.holderId);
    }
    const moves = await clients((client) =>
      rooms.in((tx, space) =>
        space.move(
          tx,
          [client, client + 1 + (client % 3)].map((n, at) => ({
            holderId: holders[n % 4] as string,
            cabinetId: ids[(client + at * 3 + 1) % 4] as string,
            startUnit: null,
            face: null,
            expectedVersion: null,
            path: [],
          })),
        ),
      ),
    );
    expect(granted(moves)).toBeGreaterThan(0);
    expect(await rooms.recount()).toEqual([]);
    const released = await clients((client) =>
      rooms.in(async (tx, space) => ({ ok: true, value: await space.release(tx, holders[client % 4] as string) })),
    );
    expect(released.filter((r) => r.ok && r.value)).toHaveLength(4);
    expect(await slotsTaken(ids)).toBe(0);
    expect(await rooms.recount()).toEqual([]);
  });

  it('let expiry and delivery meet: a place is either given or free, never both', async () => {
    const { ids } = await rooms.open([[{}]]);
    const [cabinetId] = ids as [string];
    const holds: string[] = [];
    for (let n = 0; n < 16; n += 1) {
      const held = await rooms.place({ where: { cabinetId, startUnit: null }, state: 'HELD', heldUntil: new Date(0) });
      if (held.ok) holds.push(held.value.holderId);
    }
    expect(await rooms.space.expiredHolds(new Date(), 100)).toHaveLength(16);
    const results = await Promise.all(
      holds.flatMap((id) => [
        rooms.in((tx, space) => space.occupy(tx, id)),
        rooms.in(async (tx, space) => ({ ok: true, value: await space.expire(tx, id) })),
      ]),
    );
    for (const [at, id] of holds.entries()) {
      const [occupied, expired] = [results[at * 2], results[at * 2 + 1]];
      expect(occupied?.ok).toBe(!(expired?.ok && expired.value));
      const [row] = await rooms.sql('select state from cabinet_holder where id = ?', [id]);
      expect(row?.state).toBe(occupied?.ok ? 'OCCUPIED' : 'RELEASED');
    }
    expect(await rooms.recount()).toEqual([]);
  });
});

describe('ten thousand machines', () => {
  it('find their places in one transaction, all or none', async () => {
    const row = Array.from({ length: 25 }, () => ({
      feedAWatts: 40_000,
      feedBWatts: 40_000,
      weightLimitGrams: 9_000_000,
    }));
    const { centerId, ids } = await rooms.open(Array.from({ length: 24 }, () => row));
    const wishes = Array.from({ length: 10_000 }, (_, n) =>
      wishFor({
        where: { among: { centerId } },
        heightHalfUnits: n % 2 === 0 ? 4 : 2,
        powerW: 500,
        weightGrams: 20_000,
        kind: 'SERVER',
        subjectId: newId(),
      }),
    );
    const tooMuch = await rooms.in((tx, space) =>
      space.placeAll(tx, [...wishes, wishFor({ where: { among: { centerId } }, heightHalfUnits: 86 })]),
    );
    expect(tooMuch).toMatchObject({ ok: false, error: [{ code: 'SPACE_SHORTAGE', meter: 'UNITS', requested: 43 }] });
    expect(await slotsTaken(ids)).toBe(0);
    const placed = await rooms.in((tx, space) => space.placeAll(tx, wishes));
    expect(placed.ok && placed.value).toHaveLength(10_000);
    expect(await slotsTaken(ids)).toBe(5_000 * 8 + 5_000 * 4);
    expect(await rooms.recount()).toEqual([]);
  });
});
