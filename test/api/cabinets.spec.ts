import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecountService } from '../../server/src/cabinets/recount.service.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the test's own document asks for.
type Data = any;

let console_: TestConsole;
let facility: ConsoleClient;
let applicant: ConsoleClient;
let roomId: string;
let made = 0;
beforeAll(async () => {
  console_ = await startTestConsole();
  [facility, applicant] = (await Promise.all([console_.signIn('facility'), console_.signIn('applicant')])) as [
    ConsoleClient,
    ConsoleClient,
  ];
  const { centers } = await facility.data('{ centers { id } }');
  const { room } = await act('createRoom', {
    centerId: centers[0].id,
    code: 'T1',
    name: '试验机房',
    widthTiles: 20,
    depthTiles: 20,
  });
  roomId = room.id;
});
afterAll(() => console_.close());

const CABINET = `id code version usedUnits heldUnits blockedUnits freeUnits longestFreeRunUnits heightUnits
  power { limitW usedW freeW singleFed } weight { usedGrams freeGrams }
  holders { id version state startUnit heightUnits bottomUnits face label kind reason powerW foreign plannedForId department { code } }`;
const ROOM = 'room { id code name widthTiles depthTiles version }';
const ROW =
  'cabinetRow { id code version weightGrams floorLimitGrams planX planY orientation cabinets { code planX planY version } }';
const FIELDS: Record<string, string> = {
  createRoom: ROOM,
  editRoom: ROOM,
  createCabinetRow: ROW,
  editCabinetRow: ROW,
  createCabinets: `cabinets { ${CABINET} }`,
  moveHolders: `cabinets { ${CABINET} }`,
};
const INPUTS: Record<string, string> = { unblockUnits: 'CabinetHolderInput', releaseHolder: 'CabinetHolderInput' };

async function act(name: string, input: Record<string, unknown>, client = facility): Promise<Data> {
  const type = INPUTS[name] ?? `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation M($input: ${type}!) { ${name}(input: $input) { ${FIELDS[name] ?? `cabinet { ${CABINET} }`}
    errors { code message path ... on SpaceShortage { meter requested free short cabinet { code } } ... on InvalidInput { rule } ... on NotPermitted { reason } } } }`;
  return (await client.data(query, { input: { idempotencyKey: newId(), ...input } }))[name];
}

async function newRow(more: Record<string, unknown> = {}): Promise<string> {
  made += 1;
  const { cabinetRow } = await act('createCabinetRow', { roomId, code: `R${made}`, planX: 1, planY: made, ...more });
  return cabinetRow.id;
}

async function newCabinets(count: number, more: Record<string, unknown> = {}, row: Record<string, unknown> = {}) {
  const rowId = await newRow(row);
  const { cabinets, errors } = await act('createCabinets', {
    rowId,
    cabinets: Array.from({ length: count }, (_, at) => ({
      code: `T1-R${made}-${at + 1}`,
      position: at + 1,
      feedAWatts: 5_000,
      feedBWatts: 5_000,
      zone: 'GOVERNMENT_EXTRANET',
      ...more,
    })),
  });
  expect(errors).toEqual([]);
  return { rowId, cabinets: cabinets as Data[] };
}

const device = (cabinetId: string, more: Record<string, unknown> = {}) => ({
  cabinetId,
  startUnit: 1,
  heightUnits: 2,
  kind: 'SWITCH',
  label: '交换机',
  powerW: 300,
  weightGrams: 10_000,
  ...more,
});

describe('cabinets', () => {
  it('tell of units, power and weight what stands in them', async () => {
    const { cabinets } = await newCabinets(1);
    const [{ id }] = cabinets as [Data];
    expect(cabinets[0]).toMatchObject({
      freeUnits: 42,
      longestFreeRunUnits: 42,
      power: { limitW: 4_000, freeW: 4_000 },
    });
    await act('placeOccupant', device(id, { startUnit: 10 }));
    const { cabinet } = await act('blockUnits', {
      cabinetId: id,
      startUnit: 20.5,
      heightUnits: 1.5,
      reason: '桥架遮挡',
    });
    expect(cabinet).toMatchObject({
      usedUnits: 2,
      blockedUnits: 1.5,
      heldUnits: 0,
      freeUnits: 38.5,
      longestFreeRunUnits: 21,
      power: { usedW: 300, freeW: 3_700 },
      weight: { usedGrams: 10_000 },
    });
    expect(cabinet.holders.map((h: Data) => [h.state, h.startUnit, h.heightUnits, h.bottomUnits, h.reason])).toEqual([
      ['OCCUPIED', 10, 2, 9, null],
      ['BLOCKED', 20.5, 1.5, 19.5, '桥架遮挡'],
    ]);
    const block = cabinet.holders[1];
    const after = (await act('unblockUnits', { holderId: block.id, expectedVersion: block.version })).cabinet;
    expect(after).toMatchObject({ blockedUnits: 0, freeUnits: 40 });
    const { holders } = after;
    const out = await act('releaseHolder', { holderId: holders[0].id, expectedVersion: holders[0].version });
    expect(out.cabinet).toMatchObject({ usedUnits: 0, freeUnits: 42, power: { usedW: 0 }, weight: { usedGrams: 0 } });
  });

  it('are refused in words and figures what cannot stand in them, and nothing is left behind', async () => {
    const { cabinets } = await newCabinets(1, { weightLimitGrams: 500_000 }, { floorLimitGrams: 700_000 });
    const [{ id, code }] = cabinets as [Data];
    const refusal = async (more: Record<string, unknown>) => (await act('placeOccupant', device(id, more))).errors[0];
    const short = (meter: string, requested: number, free: number) => ({
      code: 'SPACE_SHORTAGE',
      meter,
      requested,
      free,
      short: requested - free,
      cabinet: { code },
    });
    expect(await refusal({ startUnit: null, heightUnits: 43 })).toMatchObject(short('UNITS', 43, 42));
    expect(await refusal({ startUnit: 1, heightUnits: 43 })).toMatchObject({
      code: 'INVALID_INPUT',
      rule: 'containment',
    });
    expect(await refusal({ startUnit: 42 })).toMatchObject({ rule: 'containment', path: ['startUnit'] });
    expect(await refusal({ heightUnits: 0.25 })).toMatchObject({ rule: 'halfUnits', path: ['heightUnits'] });
    expect(await refusal({ startUnit: 3.25 })).toMatchObject({ rule: 'halfUnits', path: ['startUnit'] });
    expect(await refusal({ heightUnits: -1 })).toMatchObject({ rule: 'halfUnits' });
    expect(await refusal({ powerW: -1 })).toMatchObject({ rule: 'range', path: ['powerW'] });
    expect(await refusal({ weightGrams: -1 })).toMatchObject({ rule: 'range', path: ['weightGrams'] });
    expect(await refusal({ label: ' ' })).toMatchObject({ rule: 'length', path: ['label'] });
    expect(await refusal({ powerW: 4_001 })).toMatchObject(short('POWER_W', 4_001, 4_000));
    expect(await refusal({ weightGrams: 500_001 })).toMatchObject(short('WEIGHT_GRAMS', 500_001, 500_000));
    await act('placeOccupant', device(id, { startUnit: 5, weightGrams: 400_000, face: 'FRONT' }));
    expect(await refusal({ startUnit: 6 })).toMatchObject({ ...short('UNITS', 2, 1), path: ['startUnit'] });
    expect(await refusal({ startUnit: 6, face: 'FRONT' })).toMatchObject(short('UNITS', 2, 1));
    const rear = await act('placeOccupant', device(id, { startUnit: 6, face: 'REAR', weightGrams: 0 }));
    expect(rear.errors).toEqual([]);
    const { cabinets: two } = await newCabinets(1, { weightLimitGrams: 500_000 }, { floorLimitGrams: 200_000 });
    const floor = (await act('placeOccupant', device((two as [Data])[0].id, { weightGrams: 100_000 }))).errors[0];
    expect(floor).toMatchObject({ meter: 'ROW_WEIGHT_GRAMS', requested: 100_000, free: 70_000, short: 30_000 });
    const wrongFace = await facility.ask(
      'mutation M($input: PlaceOccupantInput!) { placeOccupant(input: $input) { cabinet { id } } }',
      { input: { ...device(id), face: 'SIDE', idempotencyKey: newId() } },
    );
    expect(wrongFace.errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
    const { cabinet } = await facility.data(`query C($id: ID!) { cabinet(id: $id) { ${CABINET} } }`, { id });
    expect(cabinet.holders).toHaveLength(2);
    expect(cabinet).toMatchObject({ usedUnits: 3, freeUnits: 39, power: { usedW: 600 } });
  });

  it('let several things change places in one act, or none', async () => {
    const { cabinets } = await newCabinets(2, { heightUnits: 4 });
    const [one, two] = cabinets as [Data, Data];
    const a = (await act('placeOccupant', device(one.id, { heightUnits: 4, label: '甲' }))).cabinet.holders[0];
    const b = (await act('placeOccupant', device(two.id, { heightUnits: 4, label: '乙' }))).cabinet.holders[0];
    const to = (holder: Data, cabinetId: string) => ({
      holderId: holder.id,
      expectedVersion: holder.version,
      cabinetId,
    });
    const alone = await act('moveHolders', { moves: [to(a, two.id)] });
    expect(alone.errors[0]).toMatchObject({ code: 'SPACE_SHORTAGE', meter: 'UNITS', free: 0 });
    const swapped = await act('moveHolders', { moves: [to(a, two.id), to(b, one.id)] });
    expect(swapped.errors).toEqual([]);
    const where = Object.fromEntries(swapped.cabinets.map((c: Data) => [c.id, c.holders[0].label]));
    expect(where).toEqual({ [one.id]: '乙', [two.id]: '甲' });
    const late = await act('moveHolders', { moves: [to(a, one.id)] });
    expect(late.errors[0].code).toBe('VERSION_CONFLICT');
  });

  it('keep the old place until a planned move is done, and count the thing once', async () => {
    const { cabinets } = await newCabinets(2);
    const [one, two] = cabinets as [Data, Data];
    const thing = (await act('placeOccupant', device(one.id))).cabinet.holders[0];
    const move = { holderId: thing.id, expectedVersion: thing.version, cabinetId: two.id, startUnit: 7 };
    const planned = (await act('planMove', { move })).cabinet;
    expect(planned).toMatchObject({ id: two.id, heldUnits: 2, usedUnits: 0, power: { usedW: 300 } });
    expect(planned.holders[0]).toMatchObject({ state: 'HELD', startUnit: 7, plannedForId: thing.id });
    expect((await act('planMove', { move })).errors[0]).toMatchObject({ reason: 'MOVE_PLANNED' });
    const done = (await act('applyMove', { holderId: planned.holders[0].id })).cabinet;
    expect(done).toMatchObject({ id: two.id, heldUnits: 0, usedUnits: 2, power: { usedW: 300 } });
    expect(done.holders).toMatchObject([{ id: thing.id, state: 'OCCUPIED', startUnit: 7 }]);
    const { cabinet } = await facility.data(`query C($id: ID!) { cabinet(id: $id) { ${CABINET} } }`, { id: one.id });
    expect(cabinet).toMatchObject({ usedUnits: 0, freeUnits: 42, power: { usedW: 0 }, holders: [] });
  });

  it('are never made smaller than what is in them', async () => {
    const { cabinets } = await newCabinets(1, { numbering: 'DESCENDING' });
    const [{ id }] = cabinets as [Data];
    const { cabinet } = await act('placeOccupant', device(id, { startUnit: 1, powerW: 2_000 }));
    expect(cabinet.holders[0]).toMatchObject({ startUnit: 1, bottomUnits: 40 });
    const edit = (change: Record<string, unknown>, expectedVersion = 1) =>
      act('editCabinet', { id, expectedVersion, ...change });
    const shrunk = (await edit({ heightUnits: 41 })).errors[0];
    expect(shrunk).toMatchObject({ reason: 'WOULD_ORPHAN', path: ['heightUnits'] });
    expect(shrunk.message).toContain('42 U are needed at least, not 41 U');
    expect((await edit({ feedAWatts: 2_000 })).errors[0]).toMatchObject({
      meter: 'POWER_W',
      requested: 2_000,
      free: 1_600,
    });
    expect((await edit({ weightLimitGrams: 9_000 })).errors[0]).toMatchObject({ meter: 'WEIGHT_GRAMS' });
    expect((await edit({ status: 'RETIRED' })).errors.map((e: Data) => e.code)).toEqual([
      'ILLEGAL_TRANSITION',
      'NOT_PERMITTED',
    ]);
    const renumbered = await edit({ numbering: 'ASCENDING', startingUnit: 101, feedBWatts: null });
    expect(renumbered.errors).toEqual([]);
    // The thing has not moved: the same two units from the bottom have other numbers now.
    expect(renumbered.cabinet.holders[0]).toMatchObject({ startUnit: 141, bottomUnits: 40 });
    expect(renumbered.cabinet.power).toMatchObject({ singleFed: true, limitW: 4_000 });
    expect((await edit({ code: 'X' }, 1)).errors[0].code).toBe('VERSION_CONFLICT');
    const closed = await edit({ status: 'CLOSED' }, 2);
    expect(closed.errors).toEqual([]);
    expect((await act('placeOccupant', device(id, { startUnit: null }))).errors[0].code).toBe('ILLEGAL_TRANSITION');
  });

  it('go with their row on the plan, which is never weaker than what stands on it', async () => {
    const { rowId } = await newCabinets(3, { ownWeightGrams: 100_000 }, { floorLimitGrams: 400_000 });
    const edit = (change: Record<string, unknown>, expectedVersion = 1) =>
      act('editCabinetRow', { id: rowId, expectedVersion, ...change });
    const weak = (await edit({ floorLimitGrams: 299_000 })).errors[0];
    expect(weak).toMatchObject({ meter: 'ROW_WEIGHT_GRAMS', requested: 300_000, free: 299_000, short: 1_000 });
    expect(weak).toMatchObject({ path: ['floorLimitGrams'] });
    expect(weak.message).toContain('weighs 300 kg now');
    expect((await edit({ planX: 20 })).errors[0]).toMatchObject({ rule: 'containment', path: ['planX'] });
    // The row's own tile is inside, its third cabinet's would not be.
    const astray = (await edit({ planX: 18 })).errors;
    expect(astray).toHaveLength(1);
    expect(astray[0].message).toMatch(/^Cabinet T1-R\d+-3: /);
    const turned = (await edit({ planX: 15, planY: 16, orientation: 'DOWN', floorLimitGrams: 300_000 })).cabinetRow;
    expect(turned).toMatchObject({ version: 2, planX: 15, planY: 16, orientation: 'DOWN', floorLimitGrams: 300_000 });
    expect(turned.cabinets.map((c: Data) => [c.planX, c.planY, c.version])).toEqual([
      [15, 16, 2],
      [15, 17, 2],
      [15, 18, 2],
    ]);
    expect((await edit({ code: 'Z' }, 1)).errors[0].code).toBe('VERSION_CONFLICT');
    const unmeasured = (await edit({ floorLimitGrams: null }, 2)).cabinetRow;
    expect(unmeasured).toMatchObject({ floorLimitGrams: null, weightGrams: 300_000, version: 3 });
    expect(unmeasured.cabinets[0].version).toBe(2);
    expect(await console_.application.get(RecountService, { strict: false }).recount()).toEqual([]);
  });

  it('stand inside their room, which is not made smaller than that', async () => {
    const { centers } = await facility.data('{ centers { id } }');
    const room = (
      await act('createRoom', { centerId: centers[0].id, code: 'T2', name: '小机房', widthTiles: 6, depthTiles: 4 })
    ).room;
    const row = { roomId: room.id, code: 'A', planX: 1, planY: 2 };
    expect((await act('createCabinetRow', { ...row, planY: 4 })).errors[0]).toMatchObject({
      rule: 'containment',
      path: ['planY'],
    });
    const { cabinetRow } = await act('createCabinetRow', row);
    const cabinets = (count: number) =>
      act('createCabinets', {
        rowId: cabinetRow.id,
        cabinets: Array.from({ length: count }, (_, at) => ({
          code: `A${at + 1}`,
          position: at + 1,
          zone: 'INTERNET',
        })),
      });
    expect((await cabinets(6)).errors).toMatchObject([{ rule: 'containment', path: ['cabinets', '5', 'planX'] }]);
    const { errors, cabinets: made } = await cabinets(4);
    expect(errors).toEqual([]);
    const astray = await act('editCabinet', { id: made[3].id, expectedVersion: 1, planX: 6 });
    expect(astray.errors[0]).toMatchObject({ rule: 'containment', path: ['planX'] });
    const edit = (change: Record<string, unknown>, expectedVersion = 1) =>
      act('editRoom', { id: room.id, expectedVersion, ...change });
    const small = (await edit({ widthTiles: 4, depthTiles: 2 })).errors;
    expect(small).toMatchObject([
      { reason: 'WOULD_ORPHAN', path: ['widthTiles'] },
      { reason: 'WOULD_ORPHAN', path: ['depthTiles'] },
    ]);
    expect(small[0].message).toBe('A4 would stand outside: 5 tiles are needed at least, not 4');
    expect((await edit({ code: 'T1' })).errors[0]).toMatchObject({ rule: 'unique', path: ['code'] });
    expect((await edit({ name: ' ', widthTiles: 0 })).errors.map((e: Data) => e.path)).toEqual([
      ['name'],
      ['widthTiles'],
    ]);
    expect((await edit({ widthTiles: 5, depthTiles: 3, name: '改名机房' })).room).toMatchObject({
      version: 2,
      widthTiles: 5,
      name: '改名机房',
    });
    expect((await edit({ code: 'T3' }, 1)).errors[0].code).toBe('VERSION_CONFLICT');
    // Who may not change the place changes none of it.
    for (const [name, id] of [
      ['editRoom', room.id],
      ['editCabinetRow', cabinetRow.id],
    ] as const)
      await expect(act(name, { id, expectedVersion: 2, code: 'X' }, applicant)).rejects.toThrow();
  });

  it('are made all or none, each with its own code', async () => {
    const rowId = await newRow();
    const cabinet = (code: string, more: Record<string, unknown> = {}) => ({
      code,
      position: 1,
      zone: 'INTERNET',
      ...more,
    });
    const make = (cabinets: unknown[]) => act('createCabinets', { rowId, cabinets });
    expect((await make([cabinet('N-1'), cabinet('N-1')])).errors[0]).toMatchObject({
      rule: 'unique',
      path: ['cabinets', '1', 'code'],
    });
    const bad = await make([
      cabinet('N-1'),
      cabinet('机柜', { heightUnits: 101, startingUnit: 0, deratingPercent: 0, feedAWatts: -5 }),
    ]);
    expect(bad.errors.map((e: Data) => e.path[2]).toSorted()).toEqual([
      'code',
      'deratingPercent',
      'feedAWatts',
      'heightUnits',
      'startingUnit',
    ]);
    expect((await make([cabinet('N-1')])).errors).toEqual([]);
    expect((await make([cabinet('N-1')])).errors[0]).toMatchObject({ rule: 'unique' });
    const { cabinets } = await facility.data('{ cabinets(filter: { search: "n-1" }) { nodes { code planX } } }');
    expect(cabinets.nodes).toEqual([{ code: 'N-1', planX: 1 }]);
  });

  it('answer the same press once', async () => {
    const { cabinets } = await newCabinets(1);
    const [{ id }] = cabinets as [Data];
    const input = { ...device(id, { startUnit: null }), idempotencyKey: newId() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => act('placeOccupant', input)));
    expect(answers.flatMap((a) => a.errors)).toEqual([]);
    expect(answers.map((a) => a.cabinet.holders.length)).toEqual(answers.map(() => 1));
  });

  it('are counted right after all of this', async () => {
    expect(await console_.application.get(RecountService, { strict: false }).recount()).toEqual([]);
  });
});

describe('reading cabinets', () => {
  it('takes as many statements for a row, a room and a page of many as of few', async () => {
    const { rowId: few } = await newCabinets(1);
    const { rowId: many, cabinets } = await newCabinets(12);
    for (const { id } of cabinets) await act('placeOccupant', device(id));
    const elevations = `query R($id: ID!) { cabinetRow(id: $id) { code room { code center { code } } cabinets { ${CABINET} department { code } } } }`;
    const statements = async (query: string, variables: Record<string, unknown>) =>
      (await countStatements(console_.test.db, () => facility.data(query, variables), /from (cabinet|room)/))
        .statements;
    expect(await statements(elevations, { id: many })).toBe(await statements(elevations, { id: few }));
    const list = `query L($first: Int!) { cabinets(first: $first) { totalCount nodes { code freeUnits longestFreeRunUnits power { freeW } weight { freeGrams } row { code } room { code } } } }`;
    expect(await statements(list, { first: 100 })).toBe(await statements(list, { first: 1 }));
    const bare = `query L($first: Int!) { cabinets(first: $first) { totalCount nodes { code freeUnits longestFreeRunUnits power { freeW } weight { freeGrams } } } }`;
    // One count and one page: every counter stands in the cabinet's own row.
    expect(await statements(bare, { first: 100 })).toBe(2);
  });

  it('filters by what is free in one piece and sorts by every order, page by page', async () => {
    const { cabinets: made } = await newCabinets(3, { zone: 'BUSINESS_LINE', heightUnits: 10 });
    await act('placeOccupant', device((made as [Data])[0].id, { startUnit: 5, powerW: 3_000 }));
    const ask = async (filter: Record<string, unknown>, orderBy = 'CODE', more: Record<string, unknown> = {}) =>
      (
        await facility.data(
          'query L($filter: CabinetFilter, $orderBy: CabinetOrder!, $first: Int, $after: String) { cabinets(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { totalCount nodes { code } pageInfo { endCursor hasNextPage } } }',
          { filter: { roomId, zone: 'BUSINESS_LINE', ...filter }, orderBy, first: 50, ...more },
        )
      ).cabinets;
    expect((await ask({})).totalCount).toBe(3);
    expect((await ask({ minimumFreeUnits: 4.5 })).totalCount).toBe(2);
    expect((await ask({ minimumFreeUnits: 4 })).totalCount).toBe(3);
    expect((await ask({ minimumFreeWatts: 1_001 })).totalCount).toBe(2);
    for (const order of ['CODE', 'FREE_UNITS', 'LONGEST_FREE_RUN', 'FREE_POWER', 'FREE_WEIGHT']) {
      const whole = (await ask({}, order)).nodes.map((n: Data) => n.code);
      const byOne: string[] = [];
      let after: string | null = null;
      do {
        const page: Data = await ask({}, order, { first: 1, after });
        byOne.push(...page.nodes.map((n: Data) => n.code));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect([order, byOne]).toEqual([order, whole]);
    }
    expect(
      (await facility.ask('{ cabinets(filter: { minimumFreeUnits: 0.3 }) { totalCount } }')).errors?.[0]?.extensions
        ?.code,
    ).toBe('BAD_INPUT');
  });

  it('shows a department its own things, and of its neighbours only that they are there', async () => {
    const all = `{ cabinets(first: 100) { totalCount nodes { ${CABINET} room { code } row { weightGrams } } } }`;
    const own = (await applicant.data(all)).cabinets;
    expect(own.totalCount).toBeGreaterThan(0);
    const whole = (await facility.data('{ cabinets { totalCount } }')).cabinets.totalCount;
    expect(own.totalCount).toBeLessThan(whole);
    for (const cabinet of own.nodes) {
      expect(cabinet.power).toMatchObject({ usedW: null, freeW: null });
      expect(cabinet.weight).toMatchObject({ usedGrams: null, freeGrams: null });
      expect(cabinet.row.weightGrams).toBeNull();
      expect(cabinet.holders.some((h: Data) => h.department?.code === 'rst')).toBe(true);
      const foreign = cabinet.holders.filter((h: Data) => h.department?.code !== 'rst');
      expect(foreign.length).toBeGreaterThan(0);
      for (const h of foreign)
        expect(h).toMatchObject({
          foreign: true,
          label: null,
          kind: null,
          powerW: null,
          reason: null,
          department: null,
        });
    }
    for (const query of [
      '{ cabinets(filter: { minimumFreeWatts: 1 }) { totalCount } }',
      '{ cabinets(orderBy: FREE_POWER) { totalCount } }',
    ])
      expect((await applicant.ask(query)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { departments } = await facility.data('{ departments(first: 100) { nodes { id code } } }');
    const neighbour = departments.nodes.find((d: Data) => d.code !== 'rst');
    const asked = await applicant.data('query Q($f: CabinetFilter) { cabinets(filter: $f) { totalCount } }', {
      f: { departmentId: neighbour.id },
    });
    expect(asked.cabinets.totalCount).toBe(0);
  });

  it('refuses changes to who only reads', async () => {
    for (const username of ['applicant', 'reviewer', 'operator']) {
      const answer = await (await console_.signIn(username)).ask(
        'mutation M($input: CreateRoomInput!) { createRoom(input: $input) { room { id } } }',
        { input: { idempotencyKey: newId(), centerId: 'x', code: 'a', name: 'a', widthTiles: 1, depthTiles: 1 } },
      );
      expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });
});
