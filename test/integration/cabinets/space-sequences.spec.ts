import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FACES, HOLDER_KINDS } from '../../../server/src/cabinets/domain/holder.js';
import { RecountService } from '../../../server/src/cabinets/recount.service.js';
import { recountCommand } from '../../../server/src/cabinets/recount-command.js';
import type { SpaceService } from '../../../server/src/cabinets/space.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import { ok, type Result } from '../../../server/src/kernel/result.js';
import type { Tx } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { Rooms, wishFor } from '../../support/rooms.ts';

let app: TestApplication;
let rooms: Rooms;
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

type Room = Awaited<ReturnType<Rooms['open']>>;
type Command = (
  tx: Tx,
  space: SpaceService,
  room: Room,
  holders: readonly string[],
) => Promise<Result<unknown, readonly Refusal[]>>;

const nth = fc.nat({ max: 20 });
const unit = fc.option(fc.integer({ min: 1, max: 13 }).map((half) => half / 2));
const pick = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;

const placing = fc
  .record({
    n: nth,
    startUnit: unit,
    anywhere: fc.boolean(),
    heightHalfUnits: fc.integer({ min: 0, max: 6 }),
    face: fc.constantFrom(...FACES),
    powerW: fc.integer({ min: 0, max: 400 }),
    weightGrams: fc.integer({ min: 0, max: 25_000 }),
    kind: fc.constantFrom(...HOLDER_KINDS.filter((kind) => kind !== 'BLOCK')),
    state: fc.constantFrom('HELD' as const, 'ALLOCATED' as const, 'OCCUPIED' as const),
  })
  .map(
    ({ n, startUnit, anywhere, ...facts }): Command =>
      (tx, space, { ids, centerId }) => {
        const where = anywhere ? { among: { centerId } } : { cabinetId: pick(ids, n), startUnit };
        return space.place(tx, wishFor({ ...facts, where }));
      },
  );
const onOne = fc
  .tuple(nth, fc.constantFrom('allocate' as const, 'occupy' as const, 'vacate' as const, 'release' as const))
  .map(
    ([n, act]): Command =>
      async (tx, space, _room, holders) => {
        const id = pick(holders, n);
        return act === 'release' ? ok(await space.release(tx, id)) : space[act](tx, id);
      },
  );
const moving = fc.array(fc.tuple(nth, nth, unit), { minLength: 1, maxLength: 3 }).map(
  (moves): Command =>
    (tx, space, { ids }, holders) =>
      space.move(
        tx,
        moves.map(([h, c, startUnit]) => {
          return {
            holderId: pick(holders, h),
            cabinetId: pick(ids, c),
            startUnit,
            face: null,
            expectedVersion: null,
            path: [],
          };
        }),
      ),
);
const planning = fc.tuple(nth, nth, fc.boolean()).map(
  ([h, c, apply]): Command =>
    (tx, space, { ids }, holders) =>
      apply
        ? space.applyMove(tx, pick(holders, h))
        : space.planMove(tx, {
            holderId: pick(holders, h),
            cabinetId: pick(ids, c),
            startUnit: null,
            face: null,
            expectedVersion: null,
            path: [],
          }),
);
const blocking = fc.tuple(nth, unit, fc.constantFrom(...FACES)).map(
  ([n, startUnit, face]): Command =>
    (tx, space, { ids }) =>
      space.place(
        tx,
        wishFor({
          where: { cabinetId: pick(ids, n), startUnit },
          heightHalfUnits: 1,
          face,
          kind: 'BLOCK',
          state: 'BLOCKED',
          reason: '停用',
        }),
      ),
);

describe('any sequence of acts on the database', () => {
  it('leaves counters equal to a recount, in every table at once', async () => {
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: placing, weight: 3 }, onOne, moving, planning, blocking), {
          minLength: 10,
          maxLength: 25,
          size: 'max',
        }),
        async (commands) => {
          const small = {
            heightUnits: 6,
            feedAWatts: 1_000,
            feedBWatts: 1_250,
            weightLimitGrams: 60_000,
            ownWeightGrams: 10_000,
          };
          const room = await rooms.open(
            [[small, { ...small, numbering: 'DESCENDING', startingUnit: 3 }], [small]],
            80_000,
          );
          for (const command of commands) {
            const rows = await rooms.sql<{ id: string }>(
              'select id from cabinet_holder where cabinet_id in (?) order by id',
              [room.ids],
            );
            const holders = rows.length > 0 ? rows.map((row) => row.id) : [room.ids[0] as string];
            if ((await rooms.in((tx, space) => command(tx, space, room, holders))).ok) granted += 1;
          }
          expect(await rooms.recount()).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
    expect(granted).toBeGreaterThan(80);
  });

  it('and the recount would see it if one of them did not', async () => {
    const { ids } = await rooms.open([[{}]]);
    const [cabinetId] = ids as [string];
    const placed = await rooms.place({ where: { cabinetId, startUnit: 5 }, powerW: 100 });
    expect(await rooms.recount()).toEqual([]);
    const seen = async (sql: string, undo: string): Promise<string[]> => {
      await rooms.sql(sql, [cabinetId]);
      const found = (await rooms.recount()).map((one) => one.what);
      await rooms.sql(undo, [cabinetId]);
      return found;
    };
    expect(placed.ok).toBe(true);
    expect(
      await seen(
        'update cabinet set power_w = power_w + 1 where id = ?',
        'update cabinet set power_w = power_w - 1 where id = ?',
      ),
    ).toEqual(['powerW']);
    expect(
      await seen(
        'update cabinet set used_half_units = used_half_units + 1, free_half_units = free_half_units - 1 where id = ?',
        'update cabinet set used_half_units = used_half_units - 1, free_half_units = free_half_units + 1 where id = ?',
      ),
    ).toEqual(['usedHalfUnits', 'freeHalfUnits']);
    expect(
      await seen(
        "update cabinet_slot set half_unit = 40 where cabinet_id = ? and half_unit = 8 and face = 'FRONT'",
        "update cabinet_slot set half_unit = 8 where cabinet_id = ? and half_unit = 40 and face = 'FRONT'",
      ),
    ).toContain('slots');
    expect(
      await seen(
        "update cabinet_holder_event set state = 'HELD' where cabinet_id = ?",
        "update cabinet_holder_event set state = 'OCCUPIED' where cabinet_id = ?",
      ),
    ).toEqual(['record']);
    expect(await rooms.recount()).toEqual([]);
  });

  it('is counted again from a terminal, which ends with 1 where something is wrong', async () => {
    const { ids } = await rooms.open([[{}]]);
    const [cabinetId] = ids as [string];
    await rooms.place({ where: { cabinetId, startUnit: 5 }, powerW: 100 });
    const counting = app.context.get(RecountService, { strict: false });
    const said: string[] = [];
    const command = () => recountCommand(counting, (line) => said.push(line));
    expect(await command()).toBe(0);
    expect(said.splice(0).at(-1)).toMatch(/^\d+ cabinets and \d+ rows counted again; 0 discrepancies\.$/);
    await rooms.sql('update cabinet set power_w = power_w + 7 where id = ?', [cabinetId]);
    expect(await command()).toBe(1);
    expect(said[0]).toBe(`${cabinetId} powerW: kept 107, counted 100`);
    await rooms.sql('update cabinet set power_w = power_w - 7 where id = ?', [cabinetId]);
  });

  it('cannot be written past the database: its keys and checks refuse what the code would not', async () => {
    const { ids } = await rooms.open([[{ heightUnits: 2 }]]);
    const [cabinetId] = ids as [string];
    await rooms.place({ where: { cabinetId, startUnit: 1 }, powerW: 100, weightGrams: 100 });
    for (const sql of [
      "insert into cabinet_slot (cabinet_id, half_unit, face, holder_id) values (?, 0, 'FRONT', 'x')",
      'update cabinet set free_half_units = -1, used_half_units = used_half_units + 3 where id = ?',
      'update cabinet set used_half_units = used_half_units + 1 where id = ?',
      'update cabinet set power_w = power_limit_w + 1 where id = ?',
      'update cabinet set weight_grams = weight_limit_grams + 1 where id = ?',
    ])
      await expect(rooms.sql(sql, [cabinetId])).rejects.toThrow(/Duplicate entry|CONSTRAINT/);
  });
});
