import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let city: ConsoleClient;
let province: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  // An applicant of a city's bureau, and one of a provincial department.
  [city, province] = await Promise.all([console_.signIn('applicant.nanjing-sjj'), console_.signIn('applicant')]);
});
afterAll(() => console_.close());

const PREVIEW = `query P($input: PreviewRequestInput!) { previewRequest(input: $input) {
  feasible
  lines { feasible checks { criterion passed figures } }
  errors { __typename code message ... on CapacityShortage { meter requested free short } }
} }`;

async function preview(client: ConsoleClient, count: number, vcpuMin: number) {
  const { systems } = await client.data('{ systems(first: 100) { nodes { id projects { id } } } }');
  const system = systems.nodes.find((s: { projects: unknown[] }) => s.projects.length > 0);
  const content = await plainContent(client);
  const { catalog } = await client.data('{ catalog { offers { id architecture vcpu } } }');
  const offer = catalog.offers.find(
    (o: { architecture: string; vcpu: number }) => o.vcpu >= vcpuMin && o.architecture === 'ARM64',
  );
  const [line] = content.lines;
  const { previewRequest } = await client.data(PREVIEW, {
    input: {
      content: {
        ...content,
        systemId: system.id,
        projectId: system.projects[0].id,
        lines: [{ ...line, vm: { ...line?.vm, offerId: vcpuMin > 0 ? offer.id : line?.vm?.offerId }, count }],
      },
    },
  });
  return previewRequest;
}

/** Two digits and more: figures of the place; the numbers of criteria are not. */
const DIGITS = /\d{2,}/;

/** Thirteen vCPU in each pool: two machines of eight are three too many. */
const shrink = () =>
  console_.test.db.query(
    "update capacity_counter set limit_amount = 13 where kind = 'POOL' and meter = 'VCPU' and live_amount <= 13",
  );

describe('a city', () => {
  it('is given no figure of any pool', async () => {
    const query = '{ centers { pools { code capacity { total free } sizing { reservePercent } } } }';
    const [theirs, ours] = [await city.data(query), await province.data(query)];
    const pools = (data: typeof theirs) =>
      data.centers.flatMap((c: { pools: { capacity: unknown[]; sizing: unknown }[] }) => c.pools);
    expect(pools(ours).every((p: { capacity: unknown[] }) => p.capacity.length >= 4)).toBe(true);
    for (const pool of pools(theirs)) expect(pool).toMatchObject({ capacity: [], sizing: null });
  });

  it('is told that one can be met', async () => {
    const fits = await preview(city, 1, 0);
    expect(fits.feasible).toBe(true);
    const vcpu = fits.lines[0].checks.find((c: { criterion: string }) => c.criterion === 'P7');
    expect(vcpu).toMatchObject({ passed: true, figures: 'Can be met' });
  });

  it('is told that a request cannot be met, and not how far it misses', async () => {
    await shrink();
    const refused = await preview(city, 2, 8);
    expect(refused.feasible).toBe(false);
    expect(refused.errors).toMatchObject([{ code: 'CAPACITY_SHORTAGE', free: null, short: null }]);
    expect(refused.errors[0].requested).toBeGreaterThan(0);
    expect(refused.errors[0].message).not.toMatch(DIGITS);
    const told = refused.lines.flatMap((l: { checks: { criterion: string; figures: string | null }[] }) => l.checks);
    // P19 tells of the city's own quota, which it keeps itself.
    for (const { criterion, figures } of told)
      if (!['P1', 'P2', 'P3', 'P4', 'P19'].includes(criterion)) expect(figures ?? '').not.toMatch(DIGITS);
  });

  it('reads no capacity page, no clouds, no maintenance', async () => {
    for (const query of [
      '{ capacity { groups { zone } } }',
      '{ clouds { code } }',
      '{ maintenanceWindows { totalCount } }',
    ])
      expect((await city.ask(query)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('cabinets of a province', () => {
  const FIGURES = `id code heightUnits usedUnits heldUnits blockedUnits freeUnits longestFreeRunUnits longestFreeFrontUnits
    longestFreeRearUnits power { feedAWatts feedBWatts deratingPercent limitW } weight { limitGrams ownGrams }
    holders { label foreign state } row { floorLimitGrams weightGrams }`;
  const MASKED = {
    usedUnits: null,
    heldUnits: null,
    blockedUnits: null,
    freeUnits: null,
    longestFreeRunUnits: null,
    longestFreeFrontUnits: null,
    longestFreeRearUnits: null,
    power: null,
    weight: null,
    row: { floorLimitGrams: null, weightGrams: null },
  };
  // Things of a bureau, of a provincial department, and of nobody in one cabinet; another is the bureau's as a whole.
  let shared: string;
  let whole: string;

  beforeAll(async () => {
    const facility = await console_.signIn('facility');
    const departmentOf = async (client: ConsoleClient): Promise<string> =>
      (await client.data('{ viewer { department { id } } }')).viewer.department.id;
    const [bureauId, departmentId] = [await departmentOf(city), await departmentOf(province)];
    const act = async (name: string, input: object, fields: string) => {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation M($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message } } }`;
      const answer = (await facility.data(query, { input: { idempotencyKey: newId(), ...input } }))[name];
      expect([name, answer.errors]).toEqual([name, []]);
      return answer;
    };
    const { centers } = await facility.data('{ centers { id } }');
    const room = { centerId: centers[0].id, code: 'CF', name: '城市机房', widthTiles: 9, depthTiles: 9 };
    const roomId = (await act('createRoom', room, 'room { id }')).room.id;
    const row = { roomId, code: 'CF', planX: 1, planY: 1, floorLimitGrams: 9_000_000 };
    const rowId = (await act('createCabinetRow', row, 'cabinetRow { id }')).cabinetRow.id;
    const frame = { feedAWatts: 5_000, feedBWatts: 5_000, zone: 'GOVERNMENT_EXTRANET' };
    const cabinets = [
      { ...frame, code: 'CF-1', position: 1 },
      { ...frame, code: 'CF-2', position: 2, departmentId: bureauId },
    ];
    [shared, whole] = (await act('createCabinets', { rowId, cabinets }, 'cabinets { id }')).cabinets.map(
      (cabinet: { id: string }) => cabinet.id,
    );
    const place = (cabinetId: string, startUnit: number, label: string, of: string | null) =>
      act(
        'placeOccupant',
        {
          cabinetId,
          startUnit,
          heightUnits: 2,
          face: 'BOTH',
          kind: 'OTHER',
          label,
          powerW: 100,
          weightGrams: 5_000,
          departmentId: of,
        },
        'cabinet { id }',
      );
    await place(shared, 1, '本局设备', bureauId);
    await place(shared, 5, '人社设备', departmentId);
    await place(shared, 9, '无主设备', null);
    await place(whole, 1, '整柜设备', bureauId);
  });

  it.each(['applicant.nanjing-sjj', 'head.nanjing-sjj', 'city'])(
    'tell %s where its own stand, and no figure',
    async (username) => {
      const client = await console_.signIn(username);
      const { cabinet } = await client.data(`query C($id: ID!) { cabinet(id: $id) { ${FIGURES} } }`, { id: shared });
      expect(cabinet).toMatchObject({ ...MASKED, code: 'CF-1', heightUnits: 42 });
      expect(cabinet.holders).toEqual([{ label: '本局设备', foreign: false, state: 'OCCUPIED' }]);
      const { cabinets } = await client.data(`{ cabinets(first: 100) { nodes { ${FIGURES} department { id } } } }`);
      const mixed = cabinets.nodes.filter((one: { department: unknown }) => one.department === null);
      expect(mixed.length).toBeGreaterThan(0);
      for (const one of mixed) expect(one).toMatchObject(MASKED);
      const { node } = await client.data(
        'query N($id: ID!) { node(id: $id) { ... on Cabinet { freeUnits power { limitW } } } }',
        { id: shared },
      );
      expect(node).toEqual({ freeUnits: null, power: null });
    },
  );

  it('tell a bureau all of a cabinet that is wholly its own', async () => {
    const { cabinet } = await city.data(`query C($id: ID!) { cabinet(id: $id) { ${FIGURES} } }`, { id: whole });
    expect(cabinet).toMatchObject({ usedUnits: 2, freeUnits: 40, power: { limitW: 4_000 } });
  });

  it('tell whoever has the whole cabinet today nothing of those who stood in it before', async () => {
    const [mine, theirs] = [uuidOf('Cabinet', whole), uuidOf('Cabinet', shared)];
    const past = async () => {
      const { cabinet } = await city.data(
        'query P($id: ID!, $at: DateTime!) { cabinet(id: $id) { holdersAsOf(at: $at) { label foreign } } }',
        { id: shared, at: new Date().toISOString() },
      );
      return cabinet.holdersAsOf;
    };
    const own = [{ label: '本局设备', foreign: false }];
    expect(await past()).toEqual(own);
    // As if it had become wholly the bureau's since.
    await console_.test.db.query(
      'update cabinet c join cabinet w on w.id = ? set c.department_id = w.department_id where c.id = ?',
      [mine, theirs],
    );
    try {
      expect(await past()).toEqual(own);
    } finally {
      await console_.test.db.query('update cabinet set department_id = null where id = ?', [theirs]);
    }
  });

  it.each([
    'orderBy: FREE_UNITS',
    'orderBy: LONGEST_FREE_RUN',
    'orderBy: FREE_POWER',
    'filter: { minimumFreeUnits: 2 }',
    'filter: { minimumFreeWatts: 100 }',
  ])('cannot be searched by a city for what is free: %s', async (how) => {
    const answer = await city.ask(`{ cabinets(first: 5, ${how}) { totalCount } }`);
    expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('show a provincial department units, and of others that a place is taken', async () => {
    const { cabinet } = await province.data(`query C($id: ID!) { cabinet(id: $id) { ${FIGURES} } }`, { id: shared });
    expect(cabinet).toMatchObject({ usedUnits: 6, freeUnits: 36, power: { limitW: 4_000 } });
    expect(cabinet.holders.map(({ label }: { label: string | null }) => label)).toEqual([null, '人社设备', null]);
    const { viewer } = await province.data('{ viewer { seesCapacityFigures } }');
    expect([viewer, (await city.data('{ viewer { seesCapacityFigures } }')).viewer]).toEqual([
      { seesCapacityFigures: true },
      { seesCapacityFigures: false },
    ]);
  });
});

describe('a provincial department', () => {
  it('sees how far its request misses', async () => {
    const refused = await preview(province, 2, 8);
    expect(refused.errors[0].short).toBeGreaterThan(0);
    expect(refused.errors[0].message).toMatch(DIGITS);
  });
});
