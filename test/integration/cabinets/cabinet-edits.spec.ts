import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import type { CabinetDescription } from '../../../server/src/cabinets/domain/cabinet.js';
import type { PlaceWish } from '../../../server/src/cabinets/space.types.js';
import { DepartmentsService } from '../../../server/src/departments/departments.service.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { department } from '../../support/builders/department.ts';
import { codesOf } from '../../support/request-journey.ts';
import { Rooms } from '../../support/rooms.ts';

/** Each pair on a cabinet of its own, all at once. */
const PAIRS = 24;

let app: TestApplication;
let rooms: Rooms;
let acts: CabinetActs;
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
  acts = app.context.get(CabinetActs, { strict: false });
});
afterAll(() => app.close());

const engineer = viewerWith(['FACILITY_ENGINEER'], null);

/** A cabinet described anew while something is put into it: which of the two was done, pair by pair. */
async function race(change: Partial<CabinetDescription>, wish: Partial<PlaceWish> & { startUnit?: number | null }) {
  const { ids } = await rooms.open([Array.from({ length: PAIRS }, () => ({ feedAWatts: 5_000, feedBWatts: 5_000 }))]);
  const { startUnit = null, ...facts } = wish;
  const both = await Promise.all(
    ids.flatMap((cabinetId, at) => {
      const edit = () => acts.edit(engineer, { id: cabinetId, expectedVersion: 1, change }, newId());
      const put = () => rooms.place({ ...facts, where: { cabinetId, startUnit } });
      // Each comes first half of the times.
      return at % 2 === 0 ? [edit(), put()] : [put(), edit()];
    }),
  );
  const done = ids.map((_, at) => {
    const [first, second] = [both[2 * at], both[2 * at + 1]];
    const [edited, placed] = at % 2 === 0 ? [first, second] : [second, first];
    return { edited: edited?.ok ?? false, placed: placed?.ok ?? false };
  });
  const refusals = new Set(both.flatMap((one) => (one ? codesOf(one) : [])));
  expect(await rooms.recount()).toEqual([]);
  return { ids, done, refusals };
}

describe('a cabinet that is another department’s from now on', () => {
  it('is in the audit of both: of the one that gets it, and of the one that loses it', async () => {
    const [one, other] = [department(), department()];
    await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => app.context.get(DepartmentsService, { strict: false }).add(tx, [one, other]));
    const [cabinetId] = (await rooms.open([[{}]])).ids as [string];
    const audit = `\`${auditSchemaOf(app.test.address.database)}\`.audit_event`;
    const told = new Set<string>();
    /** What the act put into the audit, in no order: they are of one moment. */
    const give = async (change: Partial<CabinetDescription>, expectedVersion: number) => {
      expect(codesOf(await acts.edit(engineer, { id: cabinetId, expectedVersion, change }, newId()))).toEqual([]);
      const rows = await rooms.sql<{ id: string; department_id: string | null; before_json: string }>(
        `select id, department_id, before_json from ${audit} where object_id = ?`,
        [cabinetId],
      );
      const added = rows.filter(({ id }) => !told.has(id));
      for (const { id } of rows) told.add(id);
      return Object.fromEntries(added.map((row) => [row.department_id, JSON.parse(row.before_json).departmentId]));
    };
    expect(await give({ departmentId: one.id }, 1)).toEqual({ [one.id]: null });
    expect(await give({ departmentId: other.id }, 2)).toEqual({ [other.id]: one.id, [one.id]: one.id });
    expect(await give({ code: 'RENAMED' }, 3)).toEqual({ [other.id]: undefined });
    expect(await give({ departmentId: null }, 4)).toEqual({ null: other.id, [other.id]: other.id });
  });
});

describe('a cabinet described anew while something is put into it', () => {
  it('is either made smaller or holds the thing at its top, never both', async () => {
    const { ids, done, refusals } = await race({ heightUnits: 20 }, { startUnit: 41 });
    expect(done.every(({ edited, placed }) => edited !== placed)).toBe(true);
    const orphans = await rooms.sql(
      `select h.id from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where c.id in (?) and h.start_half_unit + h.height_half_units > 2 * c.height_units`,
      [ids],
    );
    expect(orphans).toEqual([]);
    // Whoever was late was told so: the place is beyond the frame, it would be orphaned, or the version is another.
    expect([...refusals].every((code) => ['INVALID_INPUT', 'NOT_PERMITTED', 'VERSION_CONFLICT'].includes(code))).toBe(
      true,
    );
  });

  it('either loses a feed or gives its power, never both', async () => {
    const { done } = await race({ feedBWatts: 1_000 }, { powerW: 3_000 });
    expect(done.every(({ edited, placed }) => edited !== placed)).toBe(true);
  });

  it('either carries less or carries the thing, never both', async () => {
    const { done } = await race({ weightLimitGrams: 100_000 }, { weightGrams: 200_000 });
    expect(done.every(({ edited, placed }) => edited !== placed)).toBe(true);
  });

  it('either becomes one department’s or holds another’s, never both', async () => {
    const own = department();
    await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) => app.context.get(DepartmentsService, { strict: false }).add(tx, [own]));
    const { done, refusals } = await race({ departmentId: own.id }, { departmentId: newId(), kind: 'SPACE' });
    expect(done.every(({ edited, placed }) => edited !== placed)).toBe(true);
    expect([...refusals]).toEqual(['NOT_PERMITTED']);
  });

  it('is closed whatever is in it, and takes nothing after that', async () => {
    const { ids, done } = await race({ status: 'CLOSED' }, {});
    expect(done.every(({ edited }) => edited)).toBe(true);
    const late = await Promise.all(ids.map((cabinetId) => rooms.place({ where: { cabinetId, startUnit: null } })));
    expect(late.filter((one) => one.ok)).toEqual([]);
  });

  it('may be numbered anew: what is in it keeps its place, whichever number that has', async () => {
    const { ids } = await race({ numbering: 'DESCENDING', startingUnit: 5 }, { startUnit: 10 });
    const holders = await rooms.cabinets.holdersOf(ids);
    expect(holders).toHaveLength(PAIRS);
    // By the old numbers U10 is nine units above the bottom, by the new ones five below the top; nothing between.
    for (const { startHalfUnit } of holders) expect([2 * 9, 2 * (42 - 5 - 1)]).toContain(startHalfUnit);
  });
});
