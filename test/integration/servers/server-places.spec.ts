import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SpaceMoves } from '../../../server/src/cabinets/space-moves.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { AddressesService } from '../../../server/src/networks/addresses.service.js';
import { NetworksService } from '../../../server/src/networks/networks.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { placesOfUsers } from '../../../server/src/platform/database/migrations/202611290281-places-of-users.js';
import type { ServerFacts } from '../../../server/src/servers/domain/server.js';
import { SERVER_ACTIONS } from '../../../server/src/servers/domain/server-state.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { ServerPlaceService } from '../../../server/src/servers/server-place.service.js';
import { ServersService } from '../../../server/src/servers/servers.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { Rooms } from '../../support/rooms.ts';
import { plainModel, ServerRoom } from '../../support/server-room.ts';

const FACTS = [
  ...(['assetNumber', 'serial', 'modelId', 'centerId', 'architecture', 'cpuMaker', 'cpuModel', 'sockets'] as const),
  ...(['cores', 'threads', 'memoryMib', 'powerW', 'weightGrams', 'disks', 'nics', 'bmcAddress'] as const),
  ...(['purchasedOn', 'warrantyUntil'] as const),
];
const CLIENTS = 64;
const PAIRS = 24;

let app: TestApplication;
let rooms: Rooms;
/** Two centers: what stands in one is never found in the other. */
let here: ServerRoom;
let there: ServerRoom;
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
  [here, there] = [await ServerRoom.open(app), await ServerRoom.open(app)];
});
afterAll(() => app.close());

type Outcome = Promise<Result<unknown, readonly Refusal[]>>;

const get = <T>(type: new (...args: never[]) => T): T => here.get(type);
const done = <T>(result: Result<T, readonly Refusal[]>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const codesOf = (result: Result<unknown, readonly Refusal[]>): string[] =>
  result.ok ? [] : result.error.map((refusal) => (refusal.code === 'NOT_PERMITTED' ? refusal.reason : refusal.code));
const row = (id: string) => get(ServersService).inScope(WHOLE_PROVINCE, id);
const versionOf = async (id: string) => (await row(id))?.version ?? 0;
/** As a person presses it: on the version that is there now. */
const press = async (id: string) => ({ id, expectedVersion: await versionOf(id), idempotencyKey: newId() });

const mount = async (id: string, cabinetId: string, startUnit: number | null = null): Outcome =>
  get(ServerPlaceService).mount(here.engineer, WHOLE_PROVINCE, { ...(await press(id)), cabinetId, startUnit });
const unmount = async (id: string): Outcome =>
  get(ServerPlaceService).unmount(here.engineer, WHOLE_PROVINCE, await press(id));
const live = async (id: string, action: (typeof SERVER_ACTIONS)[number]): Outcome =>
  get(ServerLifeService).change(here.engineer, WHOLE_PROVINCE, {
    ...(await press(id)),
    action,
    reason: '原因',
    poolId: null,
  });
const edit = async (id: string, more: Partial<ServerFacts>): Outcome => {
  const before = await row(id);
  if (!before) throw new Error('it is there');
  const facts = Object.fromEntries(FACTS.map((field) => [field, before[field]])) as Omit<ServerFacts, 'accelerators'>;
  const said = { ...facts, accelerators: [], ...more };
  return get(ServersService).edit(here.engineer, WHOLE_PROVINCE, await press(id), said);
};
const holderOf = async (id: string): Promise<string> => (await row(id))?.holderId ?? newId();
const wish = (holderId: string, cabinetId: string) => ({
  ...{ holderId, cabinetId, startUnit: null, face: null, expectedVersion: null },
  path: [],
});
const move = async (id: string, cabinetId: string): Outcome =>
  get(SpaceMoves).moveHolders(here.engineer, [wish(await holderOf(id), cabinetId)], newId());
const plan = async (id: string, cabinetId: string): Outcome =>
  get(SpaceMoves).planMove(here.engineer, wish(await holderOf(id), cabinetId), newId());
const apply = async (id: string): Outcome => {
  const [planned] = await rooms.sql<{ id: string }>('select id from cabinet_holder where active_plan_for_id = ?', [
    await holderOf(id),
  ]);
  return get(SpaceMoves).applyMove(here.engineer, planned?.id ?? newId(), newId());
};
const eventsOf = async (id: string) => (await get(ServersService).eventsOf([id]))[0] ?? [];

/** A network of its own, and an address in it for that server. */
async function addressFor(id: string, block: number): Promise<void> {
  const networkId = newId();
  await here.run((tx) =>
    get(NetworksService).addAll(tx, [
      {
        ...{ id: networkId, code: `net-${networkId.slice(-6)}`, name: '管理网', centerId: here.center.id },
        ...{ zone: 'GOVERNMENT_EXTRANET', vlanId: null, ipv4Prefix: `10.9.${block}.0/24`, ipv6Prefix: null },
        ...{ ipv4Gateway: null, ipv6Gateway: null, reserved: [], singleStackReason: '测试' },
      },
    ]),
  );
  const subject = { type: 'Server', id, departmentId: null, purpose: '管理口', actorName: '测试' };
  await here.run((tx) => get(AddressesService).claimSpecific(tx, networkId, [`10.9.${block}.7`], subject, 'ALLOCATED'));
}

/** What must hold of all servers and all that stands in cabinets, whatever anybody did. */
async function contradictions(): Promise<unknown[]> {
  return [
    // Each server's holder is the one live place of that server, and the other way round.
    ...(await rooms.sql(
      `select s.asset_number, s.holder_id, h.id as place from server s
       left join cabinet_holder h on h.subject_id = s.id and h.state <> 'RELEASED' and h.planned_for_id is null
       where not (s.holder_id <=> h.id)`,
    )),
    ...(await rooms.sql(
      `select s.asset_number, h.label, h.department_id, s.department_id as of_server, h.planned_for_id
       from cabinet_holder h join server s on s.id = h.subject_id join cabinet c on c.id = h.cabinet_id
       where h.kind = 'SERVER' and h.state <> 'RELEASED'
         and not (h.label = s.asset_number and h.department_id <=> s.department_id and c.center_id = s.center_id)`,
    )),
    ...(await rooms.sql(
      `select h.id from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where h.state <> 'RELEASED' and c.department_id is not null and h.department_id <> c.department_id`,
    )),
    ...(await rooms.sql(
      `select a.address from address_claim a join server s on s.id = a.subject_id
       where a.state in ('HELD', 'ALLOCATED') and (s.state = 'RETIRED' or not (s.department_id <=> a.department_id))`,
    )),
    ...(await rooms.recount()),
  ];
}

describe('a server in a cabinet', () => {
  it('stands in its own center only: mounted, moved, by a plan', async () => {
    const own = await rooms.open([[{}]], null, here.center.id);
    const far = await rooms.open([[{}]], null, there.center.id);
    const [a, b] = [own.ids[0] as string, far.ids[0] as string];
    const [id] = (await here.fill(1, 'FREE')) as [string];
    expect(codesOf(await mount(id, b))).toEqual(['CABINET_OF_ANOTHER_CENTER']);
    done(await mount(id, a));
    expect(codesOf(await move(id, b))).toEqual(['CABINET_OF_ANOTHER_CENTER']);
    expect(codesOf(await plan(id, b))).toEqual(['CABINET_OF_ANOTHER_CENTER']);
    expect(codesOf(await edit(id, { centerId: there.center.id }))).toEqual(['INVALID_INPUT']);
    expect(await contradictions()).toEqual([]);
  });

  it('whose center is changed while somebody mounts it has the one or the other, never both', async () => {
    const { ids } = await rooms.open([[{ heightUnits: 47 }, { heightUnits: 47 }]], null, here.center.id);
    const servers = await here.fill(PAIRS, 'FREE');
    const answers = await Promise.all(
      servers.map((id, at) => Promise.all([mount(id, ids[at % 2] as string), edit(id, { centerId: there.center.id })])),
    );
    expect(answers.filter(([mounted, edited]) => mounted.ok && edited.ok)).toEqual([]);
    expect(answers.every(([mounted, edited]) => mounted.ok || edited.ok)).toBe(true);
    expect(await contradictions()).toEqual([]);
  });

  it('is its user’s there too, and carries the name and the figures that its record says', async () => {
    const departmentId = newId();
    const other = newId();
    const { ids } = await rooms.open([[{ departmentId }, {}]], null, here.center.id);
    const [reserved, shared] = ids as [string, string];
    const model = plainModel();
    await here.run((tx) => get(HardwareModelsService).addModels(tx, [model]));
    const [id] = (await here.fill(1, 'FREE', { modelId: model.id })) as [string];
    done(await mount(id, reserved));
    done(await plan(id, shared));
    const hold = async (departmentOf: string) => {
      const subject = newId();
      await here.run((tx) =>
        get(HoldingService).holdOne(
          tx,
          { centerId: here.center.id, modelId: model.id },
          { id: subject, actorName: '测试' },
        ),
      );
      const refused = new Error('refused');
      let answer: Result<unknown, readonly Refusal[]> | undefined;
      await here
        .run(async (tx) => {
          answer = await get(HoldingService).allocate(
            tx,
            subject,
            { departmentId: departmentOf, systemId: newId() },
            '测试',
          );
          if (!answer.ok) throw refused;
        })
        .catch((error) => {
          if (error !== refused) throw error;
        });
      await here.run((tx) => get(HoldingService).releaseHolds(tx, subject, '测试'));
      return answer as Result<unknown, readonly Refusal[]>;
    };
    // Its cabinet is wholly another's: the hold stays a hold.
    expect(codesOf(await hold(other))).toEqual(['CABINET_OF_ANOTHER_DEPARTMENT']);
    expect(await row(id)).toMatchObject({ state: 'FREE', departmentId: null, usedSince: null, origin: null });
    done(await hold(departmentId));
    expect(await row(id)).toMatchObject({
      state: 'IN_USE',
      departmentId,
      origin: 'REQUEST',
      usedSince: expect.any(Date),
    });
    const places = () =>
      rooms.sql(
        'select department_id, label, power_w, planned_for_id is null as place from cabinet_holder where subject_id = ? order by place',
        [id],
      );
    expect(await places()).toMatchObject([
      { department_id: departmentId },
      { department_id: departmentId, power_w: 900 },
    ]);
    done(await edit(id, { assetNumber: 'ZC-RENAMED-1', powerW: 1_234 }));
    expect(await places()).toMatchObject([
      { label: 'ZC-RENAMED-1', power_w: 1_234 },
      { label: 'ZC-RENAMED-1', power_w: 1_234 },
    ]);
    // More than the cabinet feeds is refused where it stands.
    expect(codesOf(await edit(id, { powerW: 29_000 }))).toEqual(['SPACE_SHORTAGE', 'SPACE_SHORTAGE']);
    done(await live(id, 'RETURN'));
    expect((await places()).map((place) => place.department_id)).toEqual([null, null]);
    expect(await row(id)).toMatchObject({ usedSince: null, origin: null, sourcePlatform: null });
    expect(await contradictions()).toEqual([]);
  });

  it('is told before its intake that its cabinet is wholly another’s, and that nothing is in the way of its own', async () => {
    const departmentId = newId();
    const { ids } = await rooms.open([[{ departmentId: newId() }, { departmentId }]], null, here.center.id);
    const [theirs, own] = ids as [string, string];
    const [stranger, welcome] = (await here.fill(2, 'ONBOARDING')) as [string, string];
    done(await mount(stranger, theirs));
    done(await mount(welcome, own));
    const wishes = [stranger, welcome].map((serverId, at) => ({
      ...{ serverId, assetNumber: serverId, departmentId, systemId: newId(), path: ['items', String(at)] },
      ...{ usedSince: new Date('2023-01-01T00:00:00Z'), sourcePlatform: '物理机' },
    }));
    const told = await here.run((tx) => get(ServerIntakeService).objections(tx, wishes));
    expect(told).toMatchObject([{ reason: 'CABINET_OF_ANOTHER_DEPARTMENT', path: ['items', '0'] }]);
    // The same that the intake then says.
    const refused = await rooms.in((tx) => get(ServerIntakeService).takeIn(tx, wishes, 'NG-1', '测试'));
    expect(refused).toEqual({ ok: false, error: told });
    const [, second] = wishes as [(typeof wishes)[0], (typeof wishes)[0]];
    expect(await here.run((tx) => get(ServerIntakeService).objections(tx, [second]))).toEqual([]);
    done(await rooms.in((tx) => get(ServerIntakeService).takeIn(tx, [second], 'NG-1', '测试')));
  });

  it('keeps in its record that it was moved by hand, from where and to where, and by whom', async () => {
    const { ids } = await rooms.open([[{}, {}]], null, here.center.id);
    const [a, b] = ids as [string, string];
    const [id] = (await here.fill(1, 'FREE')) as [string];
    done(await mount(id, a, 3));
    done(await move(id, b));
    done(await plan(id, a));
    done(await apply(id));
    const moves = (await eventsOf(id)).filter((event) => event.kind === 'MOVE').map((event) => event.text.zh);
    expect(moves.toSorted()).toEqual(['由 0-00000 3U 移至 0-00001 1U', '由 0-00001 1U 移至 0-00000 1U']);
    expect((await eventsOf(id)).filter((event) => event.kind === 'MOVE').map((event) => event.actorName)).toEqual([
      here.engineer.name,
      here.engineer.name,
    ]);
  });

  it('is not mounted while nobody says what it draws and weighs', async () => {
    const { ids } = await rooms.open([[{}]], null, here.center.id);
    const model = plainModel({ nameplatePowerW: null, weightGrams: null });
    await here.run((tx) => get(HardwareModelsService).addModels(tx, [model]));
    const [id] = (await here.fill(1, 'FREE', { modelId: model.id })) as [string];
    const refused = await mount(id, ids[0] as string);
    expect(refused).toMatchObject({
      ok: false,
      error: [
        { rule: 'unknown', path: ['powerW'] },
        { rule: 'unknown', path: ['weightGrams'] },
      ],
    });
    done(await edit(id, { powerW: 750, weightGrams: 24_000 }));
    done(await mount(id, ids[0] as string));
    const [holder] = await rooms.sql('select power_w, weight_grams from cabinet_holder where subject_id = ?', [id]);
    expect(holder).toEqual({ power_w: 750, weight_grams: 24_000 });
    // What is known is not unsaid while it stands.
    expect(codesOf(await edit(id, { powerW: null }))).toEqual(['INVALID_INPUT']);
  });

  it('whose past is taken over is its last user’s with place and addresses, and never in another’s whole cabinet', async () => {
    const [departmentId, other] = [newId(), newId()];
    const { ids } = await rooms.open([[{}, { departmentId: other }]], null, here.center.id);
    const [shared, reserved] = ids as [string, string];
    const [mine, astray] = (await here.fill(2, 'FREE')) as [string, string];
    done(await mount(mine, shared));
    done(await mount(astray, reserved));
    await addressFor(mine, 7);
    const at = new Date(Date.now() - 86_400_000);
    const past = (serverId: string) => ({
      ...{ serverId, state: 'IN_USE' as const, use: { departmentId, systemId: newId(), poolId: null } },
      steps: [
        {
          ...{ at, kind: 'ALLOCATE' as const, state: 'IN_USE' as const, text: { zh: '分配', en: 'Given' } },
          ...{ actorName: '测试', departmentId },
        },
      ],
    });
    await here.run((tx) => get(ServerIntakeService).takeOver(tx, [past(mine)]));
    expect(await row(mine)).toMatchObject({ departmentId, usedSince: at, origin: 'REQUEST' });
    expect(await rooms.sql('select department_id from address_claim where subject_id = ?', [mine])).toEqual([
      { department_id: departmentId },
    ]);
    const lines = await rooms.sql(
      'select e.department_id from cabinet_holder_event e where e.holder_id = ? order by e.version',
      [await holderOf(mine)],
    );
    expect(lines).toEqual([{ department_id: null }, { department_id: departmentId }]);
    await expect(here.run((tx) => get(ServerIntakeService).takeOver(tx, [past(astray)]))).rejects.toThrow(
      "is wholly another department's",
    );
    expect(await row(astray)).toMatchObject({ state: 'FREE', departmentId: null });
    expect(await contradictions()).toEqual([]);
  });

  it('that came into use before places followed stands in its user’s by the migration, once', async () => {
    const [departmentId, other] = [newId(), newId()];
    const { ids } = await rooms.open([[{}, { departmentId: other }]], null, here.center.id);
    const [mine, astray] = (await here.fill(2, 'FREE')) as [string, string];
    done(await mount(mine, ids[0] as string));
    done(await mount(astray, ids[1] as string));
    await addressFor(mine, 6);
    const at = new Date(Date.now() - 3_000);
    await rooms.sql(
      "update server set state = 'IN_USE', department_id = ?, system_id = ?, used_since = ?, origin = 'REQUEST' where id in (?)",
      [departmentId, newId(), at, [mine, astray]],
    );
    const lines = async (id: string) =>
      rooms.sql('select version, department_id from cabinet_holder_event where holder_id = ? order by version', [
        await holderOf(id),
      ]);
    for (const _run of [1, 2]) {
      await placesOfUsers.up({
        auditSchema: '',
        sql: async (statement, values) => {
          await app.test.db.query(statement, values as unknown[]);
        },
      });
      expect(await lines(mine)).toEqual([
        { version: 1, department_id: null },
        { version: 2, department_id: departmentId },
      ]);
      expect(await rooms.sql('select department_id, version from cabinet_holder where subject_id = ?', [mine])).toEqual(
        [{ department_id: departmentId, version: 2 }],
      );
      // Whose whole cabinet it stands in is for people to say.
      expect(await lines(astray)).toEqual([{ version: 1, department_id: null }]);
    }
    expect(await rooms.sql('select department_id from address_claim where subject_id = ?', [mine])).toEqual([
      { department_id: departmentId },
    ]);
    done(await unmount(astray));
    expect(await contradictions()).toEqual([]);
  });

  it('that retires leaves its cabinet and its addresses, which then rest', async () => {
    const { ids } = await rooms.open([[{}]], null, here.center.id);
    const [id] = (await here.fill(1, 'FREE')) as [string];
    done(await mount(id, ids[0] as string));
    await addressFor(id, 8);
    done(await live(id, 'RETIRE'));
    const [claim] = await rooms.sql('select state, released_at from address_claim where subject_id = ?', [id]);
    expect(claim).toMatchObject({ state: 'QUARANTINE', released_at: expect.any(Date) });
    expect(await contradictions()).toEqual([]);
  });
});

describe('64 clients at once', () => {
  const all = <T>(act: (client: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: CLIENTS }, (_, client) => act(client)));

  it('plan one move of one server, and apply it once', async () => {
    const { ids } = await rooms.open([[{}, {}, {}, {}]], null, here.center.id);
    const [id] = (await here.fill(1, 'FREE')) as [string];
    done(await mount(id, ids[0] as string));
    const planned = await all((client) => plan(id, ids[client % 4] as string));
    expect(planned.filter((answer) => answer.ok)).toHaveLength(1);
    expect(new Set(planned.flatMap(codesOf))).toEqual(new Set(['MOVE_PLANNED']));
    const applied = await all(() => apply(id));
    expect(applied.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await eventsOf(id)).filter((event) => event.kind === 'MOVE')).toHaveLength(1);
    expect(await contradictions()).toEqual([]);
  });

  it('cannot write a second live plan past the code: the database has a key', async () => {
    const { ids } = await rooms.open([[{}, {}]], null, here.center.id);
    const [id] = (await here.fill(1, 'FREE')) as [string];
    done(await mount(id, ids[0] as string));
    done(await plan(id, ids[1] as string));
    const second = rooms.sql(
      `insert into cabinet_holder (id, cabinet_id, state, start_half_unit, height_half_units, face, power_w, weight_grams, label, kind,
         planned_for_id, active_plan_for_id, version, created_at)
       select ?, cabinet_id, state, 40, 4, face, 0, 0, label, kind, planned_for_id, active_plan_for_id, 1, created_at
       from cabinet_holder where active_plan_for_id = ?`,
      [newId(), await holderOf(id)],
    );
    await expect(second).rejects.toThrow(/uq_cabinet_holder_plan/);
  });

  it('mount, unmount, move and retire the same few servers, and leave no contradiction', async () => {
    const { ids } = await rooms.open(
      [
        [{}, {}],
        [{}, {}],
      ],
      null,
      here.center.id,
    );
    const servers = await here.fill(8, 'FREE');
    for (const id of servers.slice(0, 6)) done(await mount(id, ids[0] as string));
    const answers = await all((client) => {
      const id = servers[client % 8] as string;
      const cabinetId = ids[(client >> 3) % 4] as string;
      const acts = [
        () => mount(id, cabinetId),
        () => unmount(id),
        () => move(id, cabinetId),
        () => live(id, 'RETIRE'),
        () => plan(id, cabinetId),
        () => apply(id),
      ];
      return (acts[(client * 7 + (client >> 3)) % acts.length] as () => Outcome)();
    });
    expect(answers.some((answer) => answer.ok)).toBe(true);
    expect(await contradictions()).toEqual([]);
  });
});

describe('any sequence of acts on servers and on the cabinets in which they stand', () => {
  it('leaves one place a server, in its center, of its department and under its name', async () => {
    const departments = [newId(), newId()] as const;
    let granted = 0;
    const nth = fc.nat({ max: 7 });
    const command = fc.oneof(
      { arbitrary: fc.tuple(fc.constant('mount' as const), nth, nth), weight: 4 },
      fc.tuple(
        fc.constantFrom(
          ...([
            'unmount',
            'move',
            'plan',
            'apply',
            'rename',
            'power',
            'retire',
            'repair',
            'repaired',
            'return',
          ] as const),
          ...(['resume', 'cleaned', 'allocate', 'takeIn'] as const),
        ),
        nth,
        nth,
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 12, maxLength: 24, size: 'max' }), async (commands) => {
        const small = { heightUnits: 10 };
        const own = await rooms.open(
          [[small, { ...small, departmentId: departments[0] }], [small]],
          null,
          here.center.id,
        );
        const far = await rooms.open([[small]], null, there.center.id);
        const cabinets = [...own.ids, ...far.ids];
        const servers = [...(await here.fill(3, 'FREE')), ...(await here.fill(1, 'ONBOARDING'))];
        for (const [what, m, n] of commands) {
          const id = servers[m % servers.length] as string;
          const cabinetId = cabinets[n % cabinets.length] as string;
          const departmentId = departments[n % 2] as string;
          const acts: Record<typeof what, () => Outcome> = {
            mount: () => mount(id, cabinetId),
            unmount: () => unmount(id),
            move: () => move(id, cabinetId),
            plan: () => plan(id, cabinetId),
            apply: () => apply(id),
            rename: () => edit(id, { assetNumber: `ZC-${newId().slice(-12)}` }),
            power: () => edit(id, { powerW: 100 * (n + 1) }),
            retire: () => live(id, 'RETIRE'),
            repair: () => live(id, 'START_MAINTENANCE'),
            repaired: () => live(id, 'FINISH_MAINTENANCE'),
            resume: () => live(id, 'RESUME_USE'),
            return: () => live(id, 'RETURN'),
            cleaned: () => live(id, 'FINISH_CLEANING'),
            allocate: () =>
              rooms.in(async (tx) => {
                const subject = newId();
                await get(HoldingService).holdOne(tx, { centerId: here.center.id }, { id: subject, actorName: '测试' });
                return get(HoldingService).allocate(tx, subject, { departmentId, systemId: newId() }, '测试');
              }),
            takeIn: () =>
              rooms.in((tx) => {
                const taken = { serverId: id, assetNumber: id, departmentId, systemId: newId(), path: [] };
                const since = { usedSince: new Date('2023-01-01T00:00:00Z'), sourcePlatform: '物理机' };
                return get(ServerIntakeService).takeIn(tx, [{ ...taken, ...since }], 'NG-1', '测试');
              }),
          };
          if ((await acts[what]()).ok) granted += 1;
        }
        expect(await contradictions()).toEqual([]);
      }),
      { numRuns: 12 },
    );
    // Some 50 to 70 of random acts are granted; far fewer would prove nothing.
    expect(granted).toBeGreaterThan(30);
  });
});
