import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import { settleSpaceCommand } from '../../../server/src/cabinets/settle-space-command.js';
import { SpaceActs } from '../../../server/src/cabinets/space-acts.service.js';
import { SpaceMoves } from '../../../server/src/cabinets/space-moves.service.js';
import { SpaceQuotas } from '../../../server/src/cabinets/space-quotas.service.js';
import { SpaceSettlement } from '../../../server/src/cabinets/space-settlement.service.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { QuotaLimitsService } from '../../../server/src/quotas/quota-limits.service.js';
import { QuotaTakings } from '../../../server/src/quotas/quota-takings.service.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { codesOf } from '../../support/people.ts';
import { Rooms } from '../../support/rooms.ts';

const CLIENTS = 64;
const RUNS = 8;
const engineer = viewerWith(['FACILITY_ENGINEER'], null);
const allocator = viewerWith(['CAPACITY_ALLOCATOR'], null);

let app: TestApplication;
let rooms: Rooms;
let acts: SpaceActs;
let moves: SpaceMoves;
let cabinets: CabinetActs;
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
  [acts, moves, cabinets] = [get(SpaceActs), get(SpaceMoves), get(CabinetActs)];
});
afterAll(() => app.close());

/** A city with a bureau; quotas of both are limited as asked. */
async function newBureau(limits: { readonly halfUnits?: number; readonly watts?: number } = {}): Promise<{
  city: string;
  bureau: string;
}> {
  const city = department({ code: `c${newId().slice(-8)}`, level: 'CITY' });
  const bureau = department({ code: `b${newId().slice(-8)}`, parent: city });
  await get(UnitOfWork).run((tx) => get(DepartmentsService).add(tx, [city, bureau]));
  const set = await get(QuotaLimitsService).setLimits(allocator, WHOLE_PROVINCE, {
    subjectId: city.id,
    limits: { CABINET_HALF_UNIT: limits.halfUnits ?? null, POWER_W: limits.watts ?? null },
    expectedVersion: 0,
    idempotencyKey: newId(),
  });
  expect(codesOf(set)).toEqual([]);
  return { city: city.id, bureau: bureau.id };
}

const place = (cabinetId: string, departmentId: string | null, more: { heightUnits?: number; powerW?: number } = {}) =>
  acts.placeOccupant(
    engineer,
    {
      cabinetId,
      startUnit: null,
      heightUnits: 1,
      face: 'BOTH',
      kind: 'OTHER',
      label: '设备',
      departmentId,
      powerW: 0,
      weightGrams: 0,
      ...more,
    },
    newId(),
  );
const version = async (table: 'cabinet' | 'cabinet_holder', id: string): Promise<number> =>
  Number((await rooms.sql<{ version: number }>(`select version from ${table} where id = ?`, [id]))[0]?.version);
const release = async (holderId: string) =>
  acts.releaseHolder(engineer, { holderId, expectedVersion: await version('cabinet_holder', holderId) }, newId());
const give = async (cabinetId: string, departmentId: string | null) =>
  cabinets.edit(
    engineer,
    { id: cabinetId, expectedVersion: await version('cabinet', cabinetId), change: { departmentId } },
    newId(),
  );
async function live(subjectId: string): Promise<{ halfUnits: number; watts: number }> {
  const [figures] = await get(QuotasService).figures([subjectId]);
  return {
    halfUnits: figures?.meters.CABINET_HALF_UNIT?.live ?? 0,
    watts: figures?.meters.POWER_W?.live ?? 0,
  };
}
const granted = (results: readonly Result<{ id: string }, readonly Refusal[]>[]): string[] =>
  results.flatMap((result) => (result.ok ? [result.value.id] : []));

describe("a department's device put into a cabinet by hand", () => {
  it('takes units and power of every level on the way, and gives them back once', async () => {
    const { city, bureau } = await newBureau();
    const [cabinetId] = (await rooms.open([[{}]])).ids as [string];
    const placed = await place(cabinetId, bureau, { heightUnits: 2.5, powerW: 300 });
    const holderId = granted([placed])[0] as string;
    for (const id of [city, bureau]) expect(await live(id)).toEqual({ halfUnits: 5, watts: 300 });
    expect(codesOf(await release(holderId))).toEqual([]);
    for (const id of [city, bureau]) expect(await live(id)).toEqual({ halfUnits: 0, watts: 0 });
    expect((await place(cabinetId, null, { powerW: 100 })).ok).toBe(true);
    expect(await live(city)).toEqual({ halfUnits: 0, watts: 0 });
  });

  it('is refused with figures beyond a quota, and leaves no place behind', async () => {
    const { city, bureau } = await newBureau({ halfUnits: 6, watts: 1_000 });
    const [cabinetId] = (await rooms.open([[{}]])).ids as [string];
    const refused = await place(cabinetId, bureau, { heightUnits: 4, powerW: 1_200 });
    expect(refused).toMatchObject({
      ok: false,
      error: [
        { code: 'QUOTA_SHORTAGE', subjectId: city, meter: 'CABINET_HALF_UNIT', requested: 8, left: 6, short: 2 },
        { code: 'QUOTA_SHORTAGE', subjectId: city, meter: 'POWER_W', requested: 1_200, left: 1_000, short: 200 },
      ],
    });
    expect(await rooms.sql('select id from cabinet_holder where cabinet_id = ?', [cabinetId])).toEqual([]);
    expect(await live(city)).toEqual({ halfUnits: 0, watts: 0 });
  });

  it('64 at once get exactly what the quota has, and as many as were released again', async () => {
    const { city, bureau } = await newBureau({ halfUnits: 20 });
    const { ids } = await rooms.open([[{}, {}, {}, {}]]);
    const results = await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) => place(ids[client % ids.length] as string, bureau)),
    );
    expect(granted(results)).toHaveLength(10);
    for (const result of results) if (!result.ok) expect(codesOf(result)).toEqual(['QUOTA_SHORTAGE']);
    expect(await live(city)).toEqual({ halfUnits: 20, watts: 0 });
    // Half go, each asked twice at once, while others come.
    const going = granted(results).slice(0, 5);
    const [ended, came] = await Promise.all([
      Promise.all([...going, ...going].map(release)),
      Promise.all(Array.from({ length: 16 }, (_, client) => place(ids[client % ids.length] as string, bureau))),
    ]);
    expect(granted(ended)).toHaveLength(5);
    const there = 5 + granted(came).length;
    expect(there).toBeLessThanOrEqual(10);
    expect(await live(city)).toEqual({ halfUnits: there * 2, watts: 0 });
    expect(await rooms.recount()).toEqual([]);
  });
});

describe("a cabinet that is wholly a department's", () => {
  it('takes all its units and power; what stands in it takes nothing beside, and again when it is shared', async () => {
    const { city, bureau } = await newBureau();
    const [cabinetId] = (await rooms.open([[{ heightUnits: 42, feedAWatts: 5_000, feedBWatts: 5_000 }]])).ids as [
      string,
    ];
    const before = granted([await place(cabinetId, bureau, { heightUnits: 2, powerW: 500 })])[0] as string;
    expect(codesOf(await give(cabinetId, bureau))).toEqual([]);
    expect(await live(city)).toEqual({ halfUnits: 84, watts: 4_000 });
    expect((await place(cabinetId, bureau, { heightUnits: 3, powerW: 200 })).ok).toBe(true);
    expect(await live(city)).toEqual({ halfUnits: 84, watts: 4_000 });
    expect(codesOf(await release(before))).toEqual([]);
    expect(await live(city)).toEqual({ halfUnits: 84, watts: 4_000 });
    expect(codesOf(await give(cabinetId, null))).toEqual([]);
    expect(await live(city)).toEqual({ halfUnits: 6, watts: 200 });
  });

  it('is not given beyond the quota, by edit or by making it, and follows its frame', async () => {
    const { city, bureau } = await newBureau({ halfUnits: 80 });
    const { ids, rowIds } = await rooms.open([[{ heightUnits: 42 }]]);
    const [cabinetId] = ids as [string];
    expect(codesOf(await give(cabinetId, bureau))).toEqual(['QUOTA_SHORTAGE']);
    const shrink = { heightUnits: 40, departmentId: bureau };
    const edit = async (change: object) =>
      cabinets.edit(engineer, { id: cabinetId, expectedVersion: await version('cabinet', cabinetId), change }, newId());
    expect(codesOf(await edit(shrink))).toEqual([]);
    expect((await live(city)).halfUnits).toBe(80);
    expect(codesOf(await edit({ heightUnits: 42 }))).toEqual(['QUOTA_SHORTAGE']);
    expect(codesOf(await edit({ heightUnits: 30, status: 'CLOSED' }))).toEqual([]);
    expect((await live(city)).halfUnits).toBe(60);
    const description = { heightUnits: 12, departmentId: bureau, code: 'NEW-1', position: 9, planX: 30 };
    const made = await cabinets.createCabinets(
      engineer,
      { rowId: rowIds[0] as string, cabinets: [{ ...(await plain(cabinetId)), ...description }] },
      newId(),
    );
    expect(codesOf(made)).toEqual(['QUOTA_SHORTAGE']);
  });

  async function plain(cabinetId: string) {
    const [cabinet] = await rooms.cabinets.cabinetsByIds(WHOLE_PROVINCE, [cabinetId]);
    if (!cabinet) throw new Error('no cabinet');
    return cabinet;
  }
});

describe('what is there from before quotas', () => {
  const edit = async (id: string, change: object) =>
    cabinets.edit(engineer, { id, expectedVersion: await version('cabinet', id), change }, newId());
  const settle = async () => {
    const lines: string[] = [];
    return { code: await settleSpaceCommand(get(SpaceSettlement), (line) => lines.push(line)), lines };
  };
  /** As it was before: nothing of what the cabinets hold has been taken. */
  async function fromBefore(limits: Parameters<typeof newBureau>[0] = {}) {
    const { city, bureau } = await newBureau(limits);
    await get(QuotasService).readyLevelsOf({ departmentId: bureau, system: null, project: null });
    const { ids } = await rooms.open([[{ heightUnits: 42, departmentId: bureau }, {}]]);
    const [whole, shared] = ids as [string, string];
    const inside = { departmentId: bureau, powerW: 300, heightHalfUnits: 4 };
    for (const cabinetId of ids) await rooms.place({ where: { cabinetId, startUnit: null }, ...inside });
    const frame = (await rooms.cabinets.cabinetsByIds(WHOLE_PROVINCE, [whole]))[0]?.powerLimitW ?? 0;
    return { city, bureau, whole, shared, all: { halfUnits: 84 + 4, watts: frame + 300 } };
  }

  it('takes nothing by renaming a cabinet, and what it ought to once a fact of it changes that counts', async () => {
    const { city, whole } = await fromBefore({ halfUnits: 80 });
    expect(codesOf(await edit(whole, { code: 'RENAMED' }))).toEqual([]);
    expect(codesOf(await edit(whole, { ownWeightGrams: 90_000, planX: 3 }))).toEqual([]);
    expect(await live(city)).toEqual({ halfUnits: 0, watts: 0 });
    expect(codesOf(await edit(whole, { heightUnits: 41 }))).toEqual(['QUOTA_SHORTAGE']);
    expect(codesOf(await edit(whole, { heightUnits: 40 }))).toEqual([]);
    expect((await live(city)).halfUnits).toBe(80);
    expect(codesOf(await edit(whole, { departmentId: null }))).toEqual([]);
    expect(await live(city)).toEqual({ halfUnits: 4, watts: 300 });
  });

  it('is settled by the command, once; what a limit is too small for is told and stays as it was', async () => {
    await settle();
    const [plenty, little] = [await fromBefore(), await fromBefore({ halfUnits: 50 })];
    const first = await settle();
    expect(first.code).toBe(1);
    expect(first.lines[0]).toContain('cabinet space asked 42 U, left 25 U, short 17 U');
    expect(first.lines[1]).toMatch(/; 3 settled, 1 refused\.$/);
    for (const id of [plenty.city, plenty.bureau]) expect(await live(id)).toEqual(plenty.all);
    expect(await live(little.city)).toEqual({ halfUnits: 4, watts: 300 });
    const raised = await get(QuotaLimitsService).setLimits(allocator, WHOLE_PROVINCE, {
      ...{ subjectId: little.city, limits: { CABINET_HALF_UNIT: 88 }, expectedVersion: 1, idempotencyKey: newId() },
    });
    expect(codesOf(raised)).toEqual([]);
    expect((await settle()).lines[0]).toMatch(/; 1 settled, 0 refused\.$/);
    expect(await live(little.city)).toEqual(little.all);
    const again = await settle();
    expect(again.code).toBe(0);
    expect(again.lines).toEqual([expect.stringMatching(/; 0 settled, 0 refused\.$/)]);
    expect(await live(plenty.city)).toEqual(plenty.all);
  });
});

describe('what became another department’s between looking up its quotas and the act', () => {
  it('is refused in words, and nothing is taken', async () => {
    const { city, bureau } = await newBureau();
    const [cabinetId] = (await rooms.open([[{}]])).ids as [string];
    const ways = await get(SpaceQuotas).waysOf([], { cabinetIds: [cabinetId] });
    expect((await place(cabinetId, bureau, { powerW: 100 })).ok).toBe(true);
    const settled = await rooms.in((tx) => get(SpaceQuotas).settle(tx, ways, { cabinetIds: [cabinetId] }));
    expect(settled).toMatchObject({ ok: false, error: [{ code: 'NOT_PERMITTED', reason: 'CHANGED_MEANWHILE' }] });
    expect(await live(city)).toEqual({ halfUnits: 2, watts: 100 });
  });

  it('is never an error: cabinets are described anew while departments’ devices come in', async () => {
    const { city, bureau } = await newBureau();
    const { ids } = await rooms.open([Array.from({ length: 24 }, () => ({}))]);
    const rename = (id: string, at: number) =>
      cabinets.edit(engineer, { id, expectedVersion: 1, change: { code: `R-${at}` } }, newId());
    const answers = await Promise.all(ids.map((id, at) => Promise.all([rename(id, at), place(id, bureau)])));
    expect(answers.every(([, placed]) => placed.ok)).toBe(true);
    for (const [renamed] of answers)
      if (!renamed.ok) expect(renamed.error).toMatchObject([{ reason: 'CHANGED_MEANWHILE' }]);
    expect(await live(city)).toEqual({ halfUnits: 2 * ids.length, watts: 0 });
  });
});

describe('takings that are held', () => {
  it('are shown as held until they are allocated, and count against the limit alike', async () => {
    const { city, bureau } = await newBureau({ halfUnits: 10 });
    const work = get(UnitOfWork);
    const takings = get(QuotaTakings);
    const subjectId = newId();
    const held = async () => (await get(QuotasService).figures([city]))[0]?.held.CABINET_HALF_UNIT ?? 0;
    await get(QuotasService).readyLevelsOf({ departmentId: bureau, system: null, project: null });
    await work.run((tx) =>
      takings.take(tx, [{ subjectId, quotaIds: [city, bureau], amounts: { CABINET_HALF_UNIT: 4, SERVER: 1 } }], 'HELD'),
    );
    expect(await held()).toBe(4);
    await work.run((tx) => takings.allocate(tx, [subjectId]));
    expect(await held()).toBe(0);
  });
});

it('whatever is placed, moved, released, given and shared, each quota has what the places and cabinets ought to take', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(5), fc.nat(99), fc.nat(99)), { minLength: 6, maxLength: 24 }),
      async (steps) => {
        const [one, other] = [await newBureau({ halfUnits: 120 }), await newBureau({ halfUnits: 60 })];
        const departments = [one.bureau, other.bureau];
        const { ids } = await rooms.open([[{ heightUnits: 20 }, { heightUnits: 20 }, { heightUnits: 20 }]]);
        const holders: string[] = [];
        for (const [what, a, b] of steps) {
          const cabinetId = ids[a % ids.length] as string;
          const departmentId = departments[b % 2] as string;
          const holderId = holders[b % Math.max(1, holders.length)];
          if (what <= 1)
            holders.push(...granted([await place(cabinetId, departmentId, { heightUnits: 1 + (b % 3), powerW: b })]));
          else if (what === 2 && holderId) await release(holderId);
          else if (what === 3 && holderId)
            await moves.moveHolders(
              engineer,
              [{ holderId, expectedVersion: null, cabinetId, startUnit: 1 + (a % 18), face: null, path: [] }],
              newId(),
            );
          else await give(cabinetId, what === 4 ? departmentId : null);
        }
        for (const { city, bureau } of [one, other]) {
          const [ought] = await rooms.sql<{ half_units: string; watts: string }>(
            `select coalesce(sum(h), 0) as half_units, coalesce(sum(w), 0) as watts from (
             select p.height_half_units as h, p.power_w as w from cabinet_holder p join cabinet c on c.id = p.cabinet_id
              where p.department_id = ? and p.state = 'OCCUPIED' and not (c.department_id <=> p.department_id)
             union all select c.height_units * 2, c.power_limit_w from cabinet c where c.department_id = ?) taken`,
            [bureau, bureau],
          );
          const expected = { halfUnits: Number(ought?.half_units), watts: Number(ought?.watts) };
          expect([await live(bureau), await live(city)]).toEqual([expected, expected]);
        }
        expect(await rooms.recount()).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
});
