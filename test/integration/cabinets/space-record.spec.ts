import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SpaceService } from '../../../server/src/cabinets/space.service.js';
import { SpaceRecord } from '../../../server/src/cabinets/space-record.service.js';
import type { SpaceUse } from '../../../server/src/cabinets/space-record.types.js';
import { addDays, calendarDate, startOfDay } from '../../../server/src/kernel/calendar.js';
import type { Clock } from '../../../server/src/kernel/clock.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import { ok, type Result } from '../../../server/src/kernel/result.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { spaceRecord } from '../../../server/src/platform/database/migrations/202611290270-space-record.js';
import { takenInSpaceSince } from '../../../server/src/platform/database/migrations/202611290280-taken-in-space-since.js';
import type { Tx } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { Rooms, wishFor } from '../../support/rooms.ts';

const HOUR_MS = 3_600_000;

/** It stands still until it is told. */
class HandClock implements Clock {
  at = startOfDay('2026-03-01');

  now(): Date {
    return new Date(this.at);
  }

  /** To that hour of that day in Shanghai. */
  set(day: string, hour = 0): void {
    this.at = new Date(startOfDay(day).getTime() + hour * HOUR_MS);
  }

  forward(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

const clock = new HandClock();
let app: TestApplication;
let rooms: Rooms;
let record: SpaceRecord;
beforeAll(async () => {
  app = await openTestApplication(clock);
  rooms = new Rooms(app);
  record = app.context.get(SpaceRecord, { strict: false });
});
afterAll(() => app.close());

type Sums = { readonly [key: string]: number };

function summed<T>(rows: readonly T[], key: (row: T) => string, amount: (row: T) => number): Sums {
  const sums: { [key: string]: number } = {};
  for (const row of rows) sums[key(row)] = (sums[key(row)] ?? 0) + amount(row);
  return sums;
}

/** The sums with one more evening's places in them. */
function added(sums: Sums, live: readonly Live[], key: (row: Live) => string): Sums {
  const evening = summed(live, key, (row) => row.halfUnits);
  const keys = new Set([...Object.keys(sums), ...Object.keys(evening)]);
  return Object.fromEntries([...keys].map((one) => [one, (sums[one] ?? 0) + (evening[one] ?? 0)]));
}
const total = (sums: Sums): number => Object.values(sums).reduce((sum, n) => sum + n, 0);
const byDepartment = (row: { departmentId: string | null }): string => row.departmentId ?? 'none';
const byCabinet = (row: { cabinetId: string }): string => row.cabinetId;
const halfUnitDays = (row: SpaceUse): number => row.halfUnitDays;

interface Live {
  readonly id: string;
  readonly departmentId: string | null;
  readonly cabinetId: string;
  readonly startHalfUnit: number;
  readonly halfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
  readonly state: string;
}

/** What the rows themselves say now; the record is not asked. */
function liveIn(cabinetIds: readonly string[]): Promise<Live[]> {
  return rooms.sql<Live>(
    `select id, department_id as departmentId, cabinet_id as cabinetId, start_half_unit as startHalfUnit,
            height_half_units as halfUnits, power_w as powerW, weight_grams as weightGrams, state
     from cabinet_holder where cabinet_id in (?) and state <> 'RELEASED' order by start_half_unit, face, id`,
    [cabinetIds],
  );
}

const kindOf = ({ state }: Live): SpaceUse['kind'] => (state === 'HELD' || state === 'BLOCKED' ? state : 'USED');
const isUsed = (row: Live): boolean => kindOf(row) === 'USED';

type Room = Awaited<ReturnType<Rooms['open']>>;
type Command = (
  tx: Tx,
  space: SpaceService,
  at: { readonly room: Room; readonly live: readonly string[]; readonly departments: readonly (string | null)[] },
) => Promise<Result<unknown, readonly Refusal[]>>;

const nth = fc.nat({ max: 20 });
const pick = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;
const place = fc
  .tuple(
    nth,
    nth,
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom('HELD' as const, 'ALLOCATED' as const, 'OCCUPIED' as const),
  )
  .map(
    ([c, d, heightHalfUnits, state]): Command =>
      (tx, space, { room, departments }) =>
        space.place(
          tx,
          wishFor({
            where: { cabinetId: pick(room.ids, c), startUnit: null },
            heightHalfUnits,
            state,
            powerW: 10 * heightHalfUnits,
            weightGrams: 1_000 * heightHalfUnits,
            kind: 'SPACE',
            departmentId: pick(departments, d),
          }),
        ),
  );
const step = fc
  .tuple(nth, fc.constantFrom('allocate' as const, 'occupy' as const, 'vacate' as const, 'release' as const))
  .map(
    ([n, act]): Command =>
      async (tx, space, { live }) =>
        act === 'release' ? ok(await space.release(tx, pick(live, n))) : space[act](tx, pick(live, n)),
  );
const move = fc.tuple(nth, nth, fc.constantFrom('move' as const, 'plan' as const, 'apply' as const)).map(
  ([h, c, how]): Command =>
    (tx, space, { room, live }) => {
      const to = { cabinetId: pick(room.ids, c), startUnit: null, face: null, expectedVersion: null, path: [] };
      const one = { ...to, holderId: pick(live, h) };
      if (how === 'apply') return space.applyMove(tx, one.holderId);
      return how === 'plan' ? space.planMove(tx, one) : space.move(tx, [one]);
    },
);
/** Hours that pass before the command; several in one day, and some days without any. */
const happenings = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, 3, 7, 30),
    fc.oneof({ arbitrary: place, weight: 2 }, step, { arbitrary: move, weight: 2 }),
  ),
  { minLength: 12, maxLength: 30, size: 'max' },
);

describe('the record of space', () => {
  it('adds up: departments = cabinets = what stood there at the end of each day, whatever happened in between', async () => {
    let granted = 0;
    let unitDays = 0;
    await fc.assert(
      fc.asyncProperty(happenings, async (commands) => {
        clock.set(addDays(calendarDate(clock.now()), 3), 9);
        const small = { heightUnits: 8, feedAWatts: 5_000, feedBWatts: 5_000 };
        const room = await rooms.open([[small, small, { ...small, numbering: 'DESCENDING' }]]);
        const departments = [newId(), newId(), null];
        const from = calendarDate(clock.now());
        const sums = { departments: {} as Sums, cabinets: {} as Sums, kinds: {} as Sums };
        const moments: { readonly at: Date; readonly live: Live[] }[] = [];
        const endDaysUntil = async (day: string): Promise<void> => {
          for (let today = calendarDate(clock.now()); today < day; today = addDays(today, 1)) {
            const live = await liveIn(room.ids);
            sums.departments = added(sums.departments, live, byDepartment);
            sums.cabinets = added(sums.cabinets, live, byCabinet);
            sums.kinds = added(sums.kinds, live, kindOf);
          }
        };
        for (const [hours, command] of commands) {
          const next = new Date(clock.now().getTime() + hours * HOUR_MS);
          await endDaysUntil(calendarDate(next));
          clock.at = next;
          const live = (await liveIn(room.ids)).map((row) => row.id);
          const at = { room, departments, live: live.length > 0 ? live : [newId()] };
          if ((await rooms.in((tx, space) => command(tx, space, at))).ok) granted += 1;
          moments.push({ at: clock.now(), live: await liveIn(room.ids) });
        }
        const until = addDays(calendarDate(clock.now()), 2);
        await endDaysUntil(until);
        clock.set(until);
        const use = (await record.use(from, until)).filter((row) => room.ids.includes(row.cabinetId));
        expect(summed(use, byDepartment, halfUnitDays)).toEqual(sums.departments);
        expect(summed(use, byCabinet, halfUnitDays)).toEqual(sums.cabinets);
        expect(summed(use, (row) => row.kind, halfUnitDays)).toEqual(sums.kinds);
        expect(total(summed(use, byDepartment, halfUnitDays))).toBe(total(summed(use, byCabinet, halfUnitDays)));
        unitDays += total(sums.departments);
        // A cut anywhere changes nothing: the two parts are the whole.
        const middle = addDays(from, 2);
        const parts = [...(await record.use(from, middle)), ...(await record.use(middle, until))];
        expect(
          total(
            summed(
              parts.filter((row) => room.ids.includes(row.cabinetId)),
              byCabinet,
              halfUnitDays,
            ),
          ),
        ).toBe(total(sums.cabinets));
        // The last word of each moment is what a look back shows.
        for (const { at, live } of moments.filter((one, n) => moments[n + 1]?.at.getTime() !== one.at.getTime()))
          expect(
            (await record.asOf(room.ids, at)).map(({ id, cabinetId, startHalfUnit, departmentId, state }) => ({
              id,
              cabinetId,
              startHalfUnit,
              departmentId,
              state,
            })),
          ).toEqual(
            live.map(({ id, cabinetId, startHalfUnit, departmentId, state }) => ({
              id,
              cabinetId,
              startHalfUnit,
              departmentId,
              state,
            })),
          );
        const now = (await liveIn(room.ids)).filter(isUsed);
        const changes = (await record.changes()).filter((row) => row.centerId === room.centerId);
        const zero = { halfUnits: 0, powerW: 0, weightGrams: 0 };
        const sumOf = (rows: readonly (typeof zero)[]): typeof zero =>
          rows.reduce(
            (sum, row) => ({
              halfUnits: sum.halfUnits + row.halfUnits,
              powerW: sum.powerW + row.powerW,
              weightGrams: sum.weightGrams + row.weightGrams,
            }),
            zero,
          );
        expect(sumOf(changes)).toEqual(sumOf(now));
      }),
      { numRuns: 15 },
    );
    expect(granted).toBeGreaterThan(100);
    expect(unitDays).toBeGreaterThan(500);
  });

  it('gives a day in whose middle a thing is moved to where it stands in the evening, once', async () => {
    const { ids } = await rooms.open([[{}, {}]]);
    const [a, b] = ids as [string, string];
    const [first, second] = [newId(), newId()];
    clock.set('2026-06-01', 9);
    const placed = await rooms.place({ where: { cabinetId: a, startUnit: 1 }, departmentId: first, kind: 'SPACE' });
    const brief = await rooms.place({ where: { cabinetId: a, startUnit: 9 }, departmentId: second, kind: 'SPACE' });
    clock.set('2026-06-01', 17);
    await rooms.in(async (tx, space) => ok(await space.release(tx, brief.ok ? brief.value.holderId : '')));
    const to = async (cabinetId: string): Promise<void> => {
      const moved = await rooms.in((tx, space) =>
        space.move(tx, [
          {
            holderId: placed.ok ? placed.value.holderId : '',
            cabinetId,
            startUnit: null,
            face: null,
            expectedVersion: null,
            path: [],
          },
        ]),
      );
      expect(moved.ok).toBe(true);
    };
    clock.set('2026-06-03', 12);
    await to(b);
    // To and fro within one day is no move for the accounts.
    clock.set('2026-06-05', 8);
    await to(a);
    clock.set('2026-06-05', 18);
    await to(b);
    // 23:30 in Shanghai is the same day, 00:30 the next one, though both are one day in UTC.
    clock.set('2026-06-06', 23.5);
    await rooms.in(async (tx, space) => ok(await space.release(tx, placed.ok ? placed.value.holderId : '')));
    const use = await record.use('2026-06-01', '2026-07-01');
    const own = use.filter((row) => ids.includes(row.cabinetId));
    expect(own.toSorted((x, y) => x.halfUnitDays - y.halfUnitDays)).toEqual([
      { departmentId: first, cabinetId: a, kind: 'USED', halfUnitDays: 2 * 2 },
      { departmentId: first, cabinetId: b, kind: 'USED', halfUnitDays: 3 * 2 },
    ]);
  });

  it('begins where a thing really began, never in the future, and never goes back', async () => {
    const { ids } = await rooms.open([[{}]]);
    const [cabinetId] = ids as [string];
    clock.set('2026-08-10', 10);
    const old = await rooms.place({
      where: { cabinetId, startUnit: 1 },
      kind: 'SPACE',
      departmentId: newId(),
      since: startOfDay('2026-08-01'),
    });
    const soon = await rooms.place({ where: { cabinetId, startUnit: 5 }, since: startOfDay('2027-01-01') });
    // A unit of work that began earlier and waited for the lock.
    clock.set('2026-08-10', 9);
    const late = await rooms.in((tx, space) => space.vacate(tx, soon.ok ? soon.value.holderId : ''));
    expect([old.ok, soon.ok, late.ok]).toEqual([true, true, true]);
    const lines = await record.linesOf([old, soon].map((one) => (one.ok ? one.value.holderId : '')));
    const noon = (hour: number): Date => new Date(startOfDay('2026-08-10').getTime() + hour * HOUR_MS);
    expect(lines.map(({ state, at, recordedAt }) => ({ state, at, recordedAt }))).toEqual(
      expect.arrayContaining([
        { state: 'OCCUPIED', at: startOfDay('2026-08-01'), recordedAt: noon(10) },
        { state: 'OCCUPIED', at: noon(10), recordedAt: noon(10) },
        { state: 'ALLOCATED', at: noon(10), recordedAt: noon(10) },
      ]),
    );
    expect(lines).toHaveLength(3);
    const use = (await record.use('2026-08-01', '2026-08-10')).filter((row) => row.cabinetId === cabinetId);
    expect(use.map(halfUnitDays)).toEqual([9 * 2]);
  });

  it('takes over what is there when the record is made', async () => {
    const { ids } = await rooms.open([[{}]]);
    const [cabinetId] = ids as [string];
    clock.set('2026-09-01', 10);
    const [stays, goes] = [
      await rooms.place({ where: { cabinetId, startUnit: 1 }, kind: 'SPACE' }),
      await rooms.place({ where: { cabinetId, startUnit: 9 }, kind: 'SPACE' }),
    ];
    clock.set('2026-09-04', 10);
    await rooms.in(async (tx, space) => ok(await space.release(tx, goes.ok ? goes.value.holderId : '')));
    await rooms.in((tx, space) => space.vacate(tx, stays.ok ? stays.value.holderId : ''));
    await rooms.sql('delete from cabinet_holder_event');
    // The application may not make tables; the one that is there stands for the new one.
    await spaceRecord.up({
      auditSchema: '',
      sql: async (statement, values) => {
        if (!statement.startsWith('create table')) await app.test.db.query(statement, values as unknown[]);
      },
    });
    const use = (await record.use('2026-09-01', '2026-09-11')).filter((row) => row.cabinetId === cabinetId);
    expect(use.map(halfUnitDays)).toEqual([10 * 2 + 3 * 2]);
    const live = await rooms.sql<{ n: string }>("select count(*) as n from cabinet_holder where state <> 'RELEASED'");
    const taken = await rooms.sql<{ n: string }>(
      `select count(*) as n from cabinet_holder h join cabinet_holder_event e on e.holder_id = h.id and e.version = h.version
         and e.state = h.state and e.cabinet_id = h.cabinet_id where h.state <> 'RELEASED'`,
    );
    expect(taken).toEqual(live);
    // And goes on from there.
    clock.set('2026-09-12', 10);
    expect((await rooms.in((tx, space) => space.occupy(tx, stays.ok ? stays.value.holderId : ''))).ok).toBe(true);
    expect((await record.linesOf([stays.ok ? stays.value.holderId : ''])).map((line) => line.state)).toEqual([
      'ALLOCATED',
      'OCCUPIED',
    ]);
  });

  it('lets what was taken in before the record was kept begin on its real day, and nothing else', async () => {
    clock.set('2026-10-05', 10);
    const { ids } = await rooms.open([[{}]]);
    const where = { cabinetId: ids[0] as string, startUnit: null };
    const usedSince = startOfDay('2025-04-01');
    const placed = await Promise.all([
      rooms.place({ where: { ...where, startUnit: 1 }, kind: 'INTAKE', usedSince, sourcePlatform: '旧机房' }),
      rooms.place({ where: { ...where, startUnit: 5 } }),
    ]);
    const [taken, plain] = placed.map((one) => (one.ok ? one.value.holderId : '')) as [string, string];
    clock.set('2026-10-07', 10);
    await rooms.in((tx, space) => space.vacate(tx, taken));
    // As the record took it over: from the day of booking.
    await rooms.sql('update cabinet_holder_event set at = recorded_at where holder_id = ? and version = 1', [taken]);
    const began = async (id: string) => (await record.linesOf([id])).map((line) => calendarDate(line.at));
    expect(await began(taken)).toEqual(['2026-10-05', '2026-10-07']);
    // A second time it finds nothing to do.
    for (const _run of [1, 2]) {
      await takenInSpaceSince.up({
        auditSchema: '',
        sql: async (statement, values) => {
          await app.test.db.query(statement, values as unknown[]);
        },
      });
      expect(await began(taken)).toEqual(['2025-04-01', '2026-10-07']);
      expect(await began(plain)).toEqual(['2026-10-05']);
    }
  });
});
