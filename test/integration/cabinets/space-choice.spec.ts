import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FACES, type Face } from '../../../server/src/cabinets/domain/holder.js';
import type { Near } from '../../../server/src/cabinets/domain/nearness.js';
import type { PlaceWish } from '../../../server/src/cabinets/space.types.js';
import { newId } from '../../../server/src/platform/database/ids.js';
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

interface Frame {
  readonly id: string;
  readonly code: string;
  readonly row_id: string;
  readonly room_id: string;
  readonly zone: string;
  readonly status: string;
  readonly department_id: string | null;
  readonly height_units: number;
  readonly power_limit_w: number;
  readonly feed_a_watts: number | null;
  readonly feed_b_watts: number | null;
  readonly weight_limit_grams: number;
}

/** The longest piece free on this face, read off the slots one by one. */
function longest(frame: Frame, taken: ReadonlySet<string>, face: Face): number {
  const sides = face === 'BOTH' ? ['FRONT', 'REAR'] : [face];
  let [run, most] = [0, 0];
  for (let half = 0; half < frame.height_units * 2; half += 1) {
    run = sides.some((side) => taken.has(`${frame.id} ${half} ${side}`)) ? 0 : run + 1;
    most = Math.max(most, run);
  }
  return most;
}

/**
 * The cabinet that a person with all the paper would take: every counter is ignored and summed anew. null = none fits.
 * The department's own first (K8), then the shortest piece that is long enough (K9), then the nearest to what the system
 * has (K11), then what leaves units and watts nearest each other (K10), then the code.
 */
async function byHand(room: Room, wish: PlaceWish): Promise<string | null> {
  const frames = await rooms.sql<Frame>('select * from cabinet where id in (?)', [room.ids]);
  const slots = await rooms.sql<{ at: string }>(
    "select concat(cabinet_id, ' ', half_unit, ' ', face) as at from cabinet_slot where cabinet_id in (?)",
    [room.ids],
  );
  const taken = new Set(slots.map(({ at }) => at));
  const loads = await rooms.sql<{ cabinet_id: string; power_w: number; weight_grams: number }>(
    "select cabinet_id, power_w, weight_grams from cabinet_holder where cabinet_id in (?) and state <> 'RELEASED'",
    [room.ids],
  );
  const floors = await rooms.sql<{ id: string; floor_limit_grams: number | null }>(
    'select * from cabinet_row where id in (?)',
    [room.rowIds],
  );
  const own = await rooms.sql<{ id: string; own_weight_grams: number }>(
    'select id, own_weight_grams from cabinet where id in (?)',
    [room.ids],
  );
  const sum = (ids: readonly string[], of: 'power_w' | 'weight_grams'): number =>
    loads.filter((load) => ids.includes(load.cabinet_id)).reduce((total, load) => total + load[of], 0);
  const among = 'among' in wish.where ? wish.where.among : null;
  const face = wish.face ?? 'BOTH';
  const fits = frames.filter((frame) => {
    const inRow = frames.filter((other) => other.row_id === frame.row_id).map((other) => other.id);
    const floor = floors.find((row) => row.id === frame.row_id)?.floor_limit_grams ?? null;
    const onFloor =
      own.filter((one) => inRow.includes(one.id)).reduce((total, one) => total + one.own_weight_grams, 0) +
      sum(inRow, 'weight_grams');
    return (
      frame.status === 'IN_SERVICE' &&
      // By one feed alone only where the wish says that this is enough.
      (among?.allowSingleFed === true || (frame.feed_a_watts === null) === (frame.feed_b_watts === null)) &&
      (among?.zone === undefined || frame.zone === among.zone) &&
      (among?.rowId === undefined || frame.row_id === among.rowId) &&
      !among?.except?.includes(frame.id) &&
      (frame.department_id === null || frame.department_id === wish.departmentId) &&
      longest(frame, taken, face) >= wish.heightHalfUnits &&
      sum([frame.id], 'power_w') + wish.powerW <= frame.power_limit_w &&
      sum([frame.id], 'weight_grams') + wish.weightGrams <= frame.weight_limit_grams &&
      (floor === null || onFloor + wish.weightGrams <= floor)
    );
  });
  const near = wish.near ?? { cabinetIds: [], rowIds: [], roomIds: [] };
  const distance = (frame: Frame): number =>
    near.cabinetIds.includes(frame.id)
      ? 0
      : near.rowIds.includes(frame.row_id)
        ? 1
        : near.roomIds.includes(frame.room_id)
          ? 2
          : 3;
  const stranded = (frame: Frame): number => {
    const halves = frame.height_units * 2;
    const free = Array.from({ length: halves }, (_, half) => half).filter((half) =>
      ['FRONT', 'REAR'].every((side) => !taken.has(`${frame.id} ${half} ${side}`)),
    ).length;
    const watts = (frame.power_limit_w - sum([frame.id], 'power_w') - wish.powerW) / frame.power_limit_w;
    return Math.round(Math.abs((free - wish.heightHalfUnits) / halves - watts) * 1_000);
  };
  const rank = (frame: Frame): [number, number, number, number, string] => [
    frame.department_id === null ? 1 : 0,
    longest(frame, taken, face),
    distance(frame),
    stranded(frame),
    frame.code,
  ];
  const [best] = fits.toSorted((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3] || (a[4] < b[4] ? -1 : 1);
  });
  return best?.id ?? null;
}

/** As if something of the system stood in that cabinet of the room. */
function nearTo({ ids, rowIds, roomId }: Room, at: number | undefined): Near {
  if (at === undefined) return { cabinetIds: [], rowIds: [], roomIds: [] };
  const row = at < ids.length / rowIds.length ? 0 : rowIds.length - 1;
  return { cabinetIds: [ids[at] ?? ''], rowIds: [rowIds[row] as string], roomIds: [roomId] };
}

const asked = fc.record({
  heightHalfUnits: fc.integer({ min: 1, max: 8 }),
  face: fc.constantFrom(...FACES),
  powerW: fc.integer({ min: 0, max: 500 }),
  weightGrams: fc.integer({ min: 0, max: 30_000 }),
  department: fc.constantFrom(0, 1, 2),
  zone: fc.constantFrom(undefined, 'GOVERNMENT_EXTRANET' as const, 'INTERNET' as const),
  row: fc.constantFrom(undefined, 0, 1),
  except: fc.constantFrom(undefined, 0, 3),
  allowSingleFed: fc.boolean(),
  /** What its system has: nothing, something in a cabinet, or in one of the second row. */
  near: fc.constantFrom(undefined, 1, 4),
});
const frames = fc.array(
  fc.record({
    heightUnits: fc.integer({ min: 3, max: 8 }),
    feedAWatts: fc.constantFrom(800, 1_500),
    feedBWatts: fc.constantFrom(null, 1_500),
    weightLimitGrams: fc.constantFrom(40_000, 90_000),
    ownWeightGrams: fc.constant(10_000),
    numbering: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
    zone: fc.constantFrom('GOVERNMENT_EXTRANET' as const, 'INTERNET' as const),
    status: fc.constantFrom('IN_SERVICE' as const, 'IN_SERVICE' as const, 'CLOSED' as const),
    owner: fc.constantFrom(0, 0, 1, 2),
  }),
  { minLength: 4, maxLength: 6 },
);

describe('a place among many cabinets', () => {
  it('is the one that a person would choose by hand from the same state, and is refused only where there is none', async () => {
    let [placed, refused, whole] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        frames,
        frames,
        fc.array(asked, { minLength: 8, maxLength: 14, size: 'max' }),
        async (a, b, wishes) => {
          const departments = [null, newId(), newId()];
          const made = [a, b].map((row) =>
            row.map(({ owner, ...frame }) => ({ ...frame, departmentId: departments[owner] ?? null })),
          );
          const room = await rooms.open(made, 190_000);
          for (const { department, zone, row, except, allowSingleFed, near, ...facts } of wishes) {
            const wish = wishFor({
              ...facts,
              kind: 'SPACE',
              departmentId: departments[department] ?? null,
              near: nearTo(room, near),
              where: {
                among: {
                  centerId: room.centerId,
                  allowSingleFed,
                  ...(zone === undefined ? {} : { zone }),
                  ...(row === undefined ? {} : { rowId: room.rowIds[row] as string }),
                  ...(except === undefined ? {} : { except: [room.ids[except] as string] }),
                },
              },
            });
            const expected = await byHand(room, wish);
            const result = await rooms.in((tx, space) => space.place(tx, wish));
            expect(result.ok ? result.value.cabinetId : null).toBe(expected);
            if (result.ok) placed += 1;
            else refused += 1;
            if (expected !== null && department > 0)
              whole += made.flat()[room.ids.indexOf(expected)]?.departmentId ? 1 : 0;
          }
        },
      ),
      { numRuns: 25 },
    );
    // Both answers were met, and so was a department's own cabinet.
    expect(placed).toBeGreaterThan(60);
    expect(refused).toBeGreaterThan(15);
    expect(whole).toBeGreaterThan(5);
  });

  it('is the same whether one asks alone or with others in one act', async () => {
    await fc.assert(
      fc.asyncProperty(frames, asked, async (row, { department, zone, row: _row, except: _except, near, ...facts }) => {
        const departments = [null, newId(), newId()];
        const made = row.map(({ owner, ...frame }) => ({ ...frame, departmentId: departments[owner] ?? null }));
        const [one, two] = [await rooms.open([made]), await rooms.open([made])];
        const wish = (room: Room): PlaceWish =>
          wishFor({
            ...facts,
            near: nearTo(room, near),
            kind: 'SPACE',
            departmentId: departments[department] ?? null,
            where: { among: { centerId: room.centerId, ...(zone === undefined ? {} : { zone }) } },
          });
        const alone = await rooms.in((tx, space) => space.place(tx, wish(one)));
        const together = await rooms.in((tx, space) => space.placeAll(tx, [wish(two)]));
        const at = alone.ok ? one.ids.indexOf(alone.value.cabinetId) : null;
        expect(together.ok ? two.ids.indexOf(together.value[0]?.cabinetId ?? '') : null).toBe(at);
        expect(together.ok && together.value[0]?.startHalfUnit).toBe(alone.ok && alone.value.startHalfUnit);
      }),
      { numRuns: 25 },
    );
  });
});
