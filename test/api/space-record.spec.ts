import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '../../server/src/kernel/calendar.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the test's own document asks for.
type Data = any;

let console_: TestConsole;
let facility: ConsoleClient;
let applicant: ConsoleClient;
let rowId: string;
let ids: string[];
beforeAll(async () => {
  console_ = await startTestConsole();
  [facility, applicant] = (await Promise.all([console_.signIn('facility'), console_.signIn('applicant')])) as [
    ConsoleClient,
    ConsoleClient,
  ];
  const { centers } = await facility.data('{ centers { id } }');
  const { room } = await act('createRoom', 'room { id }', {
    centerId: centers[0].id,
    code: 'REC',
    name: '履历机房',
    widthTiles: 20,
    depthTiles: 20,
  });
  const { cabinetRow } = await act('createCabinetRow', 'cabinetRow { id }', {
    roomId: room.id,
    code: 'R',
    planX: 1,
    planY: 1,
  });
  rowId = cabinetRow.id;
  const { cabinets } = await act('createCabinets', 'cabinets { id }', {
    rowId,
    cabinets: Array.from({ length: 8 }, (_, at) => ({
      code: `REC-${at + 1}`,
      position: at + 1,
      feedAWatts: 5_000,
      feedBWatts: 5_000,
      zone: 'GOVERNMENT_EXTRANET',
    })),
  });
  ids = cabinets.map((cabinet: Data) => cabinet.id);
});
afterAll(() => console_.close());

async function act(name: string, fields: string, input: Record<string, unknown>, client = facility): Promise<Data> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`.replace(/^ReleaseHolder/, 'CabinetHolder');
  const answer = (
    await client.data(`mutation M($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message } } }`, {
      input: { idempotencyKey: newId(), ...input },
    })
  )[name];
  expect(answer.errors).toEqual([]);
  return answer;
}

const SPOT = '{ cabinet { code } startUnit face heightUnits }';
const HOLDER = `id version label plannedForId plannedMove { planId planVersion from ${SPOT} to ${SPOT} }
  entries { version state at spot ${SPOT} department { code } }`;

async function put(cabinetId: string, startUnit: number, label: string): Promise<Data> {
  const { cabinet } = await act('placeOccupant', `cabinet { holders { ${HOLDER} } }`, {
    cabinetId,
    startUnit,
    heightUnits: 2,
    kind: 'OTHER',
    label,
    powerW: 300,
    weightGrams: 10_000,
  });
  return cabinet.holders.find((holder: Data) => holder.label === label);
}

const holdersOf = async (id: string): Promise<Data[]> =>
  (await facility.data(`query C($id: ID!) { cabinet(id: $id) { holders { ${HOLDER} } } }`, { id })).cabinet.holders;

describe('a planned move', () => {
  it('is told at both of its ends, is completed in one act, and stays in the record', async () => {
    const [from, to] = ids as [string, string];
    const holder = await put(from, 10, '待迁设备');
    expect(holder.plannedMove).toBeNull();
    await act('planMove', 'cabinet { id }', {
      move: { holderId: holder.id, expectedVersion: holder.version, cabinetId: to, startUnit: 20 },
    });
    const plan = (await holdersOf(to)).find((one) => one.plannedForId === holder.id);
    const expected = {
      planId: plan.id,
      planVersion: 1,
      from: { cabinet: { code: 'REC-1' }, startUnit: 10, face: 'BOTH', heightUnits: 2 },
      to: { cabinet: { code: 'REC-2' }, startUnit: 20, face: 'BOTH', heightUnits: 2 },
    };
    expect(plan.plannedMove).toEqual(expected);
    expect((await holdersOf(from)).map((one) => one.plannedMove)).toEqual([expected]);
    await act('applyMove', 'cabinet { id }', { holderId: plan.id });
    expect(await holdersOf(from)).toEqual([]);
    const [moved] = (await holdersOf(to)) as [Data];
    expect(moved).toMatchObject({ id: holder.id, plannedMove: null });
    expect(moved.entries.map((entry: Data) => [entry.state, entry.spot.cabinet.code, entry.spot.startUnit])).toEqual([
      ['OCCUPIED', 'REC-1', 10],
      ['OCCUPIED', 'REC-2', 20],
    ]);
  });
});

describe('looking back', () => {
  it('shows a cabinet as it was at a moment, with what has gone since', async () => {
    const [, , third, fourth] = ids as [string, string, string, string];
    const holder = await put(third, 5, '曾在此处');
    const then = new Date().toISOString();
    await act('moveHolders', 'cabinets { id }', {
      moves: [{ holderId: holder.id, expectedVersion: holder.version, cabinetId: fourth, startUnit: 1 }],
    });
    const look = async (id: string, at: string) =>
      (
        await facility.data(
          'query L($id: ID!, $at: DateTime!) { cabinet(id: $id) { holdersAsOf(at: $at) { holderId label state startUnit since powerW foreign } } }',
          { id, at },
        )
      ).cabinet.holdersAsOf;
    expect(await look(third, then)).toMatchObject([
      { holderId: holder.id, label: '曾在此处', state: 'OCCUPIED', startUnit: 5, powerW: 300, foreign: false },
    ]);
    expect(await look(third, new Date(Date.now() + 1_000).toISOString())).toEqual([]);
    expect(await look(fourth, then)).toEqual([]);
    expect(await look(fourth, new Date(Date.now() + 1_000).toISOString())).toHaveLength(1);
  });

  it('tells a department of its neighbours then no more than now', async () => {
    const at = new Date().toISOString();
    const { cabinets } = await applicant.data(
      `query L($at: DateTime!) { cabinets(first: 100) { nodes { code holderDepartments { units department { code } }
         holders { foreign plannedMove { planId } entries { version } }
         holdersAsOf(at: $at) { foreign label kind powerW weightGrams reason since subjectId startUnit department { code } } } } }`,
      { at },
    );
    expect(cabinets.nodes.length).toBeGreaterThan(0);
    for (const cabinet of cabinets.nodes) {
      expect(cabinet.holderDepartments.map((one: Data) => one.department.code)).toEqual(['rst']);
      expect(cabinet.holderDepartments[0].units).toBeGreaterThan(0);
      for (const holder of cabinet.holders)
        if (holder.foreign) expect(holder).toEqual({ foreign: true, plannedMove: null, entries: [] });
      const foreign = cabinet.holdersAsOf.filter((one: Data) => one.department?.code !== 'rst');
      expect(foreign.length).toBeGreaterThan(0);
      for (const { startUnit: _, ...told } of foreign)
        expect(told).toEqual({
          foreign: true,
          label: null,
          kind: null,
          powerW: null,
          weightGrams: null,
          reason: null,
          since: null,
          subjectId: null,
          department: null,
        });
    }
  });
});

describe('use by days', () => {
  it('adds up to the province by department, tells a department of itself, and wants days that exist', async () => {
    const today = calendarDate(new Date());
    const document =
      'query U($from: String!, $until: String!) { spaceUse(from: $from, until: $until) { department { code } cabinets usedUnitDays heldUnitDays blockedUnitDays } }';
    const month = { from: addDays(today, -30), until: addDays(today, 1) };
    const all = (await facility.data(document, month)).spaceUse;
    const days = all.reduce((sum: number, row: Data) => sum + row.usedUnitDays, 0);
    expect(days).toBeGreaterThan(1_000);
    const halves = await Promise.all(
      [
        { from: month.from, until: addDays(today, -10) },
        { from: addDays(today, -10), until: month.until },
      ].map(async (part) => (await facility.data(document, part)).spaceUse),
    );
    expect(halves.flat().reduce((sum: number, row: Data) => sum + row.usedUnitDays, 0)).toBe(days);
    const own = (await applicant.data(document, month)).spaceUse;
    expect(own).toEqual(all.filter((row: Data) => row.department?.code === 'rst'));
    expect(own).toHaveLength(1);
    for (const wrong of [
      { from: '2026-02-30', until: '2026-03-02' },
      { from: today, until: today },
      { from: '2020-01-01', until: '2026-01-01' },
    ])
      expect((await facility.ask(document, wrong)).errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
  });
});

describe('reading rooms and figures', () => {
  it('takes as many statements for many cabinets as for one', async () => {
    for (const [at, id] of ids.entries()) await put(id, 30, `同列${at}`);
    const room = `query R($id: ID!) { cabinetRow(id: $id) { cabinets { code holderDepartments { units department { code } }
      holders { label plannedMove { planId to { cabinet { code } } } entries { version spot { cabinet { code } } } } } } }`;
    const statements = async (query: string, variables: Record<string, unknown>): Promise<number> =>
      (await countStatements(console_.test.db, () => facility.data(query, variables), /from cabinet/)).statements;
    const { cabinetRow } = await act('createCabinetRow', 'cabinetRow { id room { id } }', {
      roomId: (await facility.data('query R($id: ID!) { cabinetRow(id: $id) { room { id } } }', { id: rowId }))
        .cabinetRow.room.id,
      code: 'S',
      planX: 1,
      planY: 3,
    });
    const { cabinets } = await act('createCabinets', 'cabinets { id }', {
      rowId: cabinetRow.id,
      cabinets: [{ code: 'REC-S1', position: 1, feedAWatts: 5_000, feedBWatts: 5_000, zone: 'GOVERNMENT_EXTRANET' }],
    });
    await put(cabinets[0].id, 30, '独一');
    expect(await statements(room, { id: rowId })).toBe(await statements(room, { id: cabinetRow.id }));

    // The room's plan and its measured power, of the demonstration's rooms with 36 and 24 cabinets.
    const plan =
      'query P($id: ID!) { room(id: $id) { rows { id code } cabinets { id code freeUnits measuredPowerW power { limitW usedW } holderDepartments { units department { code } } department { id } row { id } } } }';
    const { centers } = await facility.data('{ centers { id } }');
    const found = await Promise.all(
      centers.map((center: Data) =>
        facility.data('query R($id: ID!) { rooms(centerId: $id) { id cabinets { id } } }', { id: center.id }),
      ),
    );
    const sizes = found
      .flatMap((one: Data) => one.rooms)
      .toSorted((a: Data, b: Data) => a.cabinets.length - b.cabinets.length);
    const [few, many] = [sizes[0], sizes.at(-1)];
    expect(many.cabinets.length).toBeGreaterThan(few.cabinets.length);
    const all = async (id: string): Promise<number> =>
      (await countStatements(console_.test.db, () => facility.data(plan, { id }), /from (cabinet|room|reading|energy)/))
        .statements;
    const [ofFew, ofMany] = [await all(few.id), await all(many.id)];
    expect(ofMany).toBe(ofFew);
    expect(ofMany).toBeLessThanOrEqual(6);
  });
});

describe('rack types', () => {
  it('are listed by slug, found by maker, and page by page', async () => {
    const document =
      'query T($first: Int, $after: String, $search: String) { rackTypes(first: $first, after: $after, search: $search) { totalCount pageInfo { hasNextPage endCursor } nodes { slug manufacturer model heightUnits weightLimitGrams ownWeightGrams } } }';
    const { rackTypes } = await facility.data(document, { first: 100 });
    expect(rackTypes.totalCount).toBe(rackTypes.nodes.length);
    expect(rackTypes.nodes.map((one: Data) => one.slug)).toEqual(
      rackTypes.nodes.map((one: Data) => one.slug).toSorted(),
    );
    const one = (await facility.data(document, { search: 'fusionmodule' })).rackTypes;
    expect(one.nodes).toMatchObject([{ manufacturer: '华为', heightUnits: 42, weightLimitGrams: 1_500_000 }]);
    const first = (await facility.data(document, { first: 1 })).rackTypes;
    const second = (await facility.data(document, { first: 1, after: first.pageInfo.endCursor })).rackTypes;
    expect([first.nodes[0].slug, second.nodes[0].slug]).toEqual(
      rackTypes.nodes.slice(0, 2).map((type: Data) => type.slug),
    );
  });
});
