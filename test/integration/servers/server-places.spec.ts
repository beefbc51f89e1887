import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SpaceActs } from '../../../server/src/cabinets/space-acts.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ServerAction } from '../../../server/src/servers/domain/server-state.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { ServerPlaceService } from '../../../server/src/servers/server-place.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { Rooms } from '../../support/rooms.ts';
import { ServerRoom } from '../../support/server-room.ts';

const CLIENTS = 64;
const SERVERS = 6;

let app: TestApplication;
let rooms: Rooms;
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

type Answer = Promise<Result<unknown, readonly Refusal[]>>;

/** Some servers and cabinets of one center, and a hand for everything that gives a server a place or takes it away. */
async function open() {
  const room = await ServerRoom.open(app);
  const { ids } = await rooms.open([[{}, {}, {}]], null, room.center.id);
  const servers = await room.fill(SERVERS, 'FREE');
  const rowOf = async (id: string): Promise<{ version: number; holder_id: string | null }> =>
    (
      await rooms.sql<{ version: number; holder_id: string | null }>('select * from server where id = ?', [id])
    )[0] as never;
  const holder = async (id: string) => {
    const { holder_id } = await rowOf(id);
    const [row] = await rooms.sql<{ version: number }>('select version from cabinet_holder where id = ?', [holder_id]);
    return { holderId: holder_id ?? newId(), expectedVersion: row?.version ?? 1 };
  };
  const planOf = async (id: string): Promise<string> =>
    (
      await rooms.sql<{ id: string }>(
        "select p.id from cabinet_holder p join server s on s.holder_id = p.planned_for_id where s.id = ? and p.state <> 'RELEASED'",
        [id],
      )
    )[0]?.id ?? newId();
  const act = async (id: string) => ({
    id,
    expectedVersion: (await rowOf(id)).version,
    idempotencyKey: newId(),
  });
  const [places, lives, space] = [room.get(ServerPlaceService), room.get(ServerLifeService), room.get(SpaceActs)];
  const life = async (id: string, action: ServerAction): Answer =>
    lives.change(room.engineer, WHOLE_PROVINCE, { ...(await act(id)), action, reason: '测试', poolId: null });
  const hands: { readonly [name: string]: (id: string, cabinetId: string) => Answer } = {
    mount: async (id, cabinetId) =>
      places.mount(room.engineer, WHOLE_PROVINCE, { ...(await act(id)), cabinetId, startUnit: null }),
    unmount: async (id) => places.unmount(room.engineer, WHOLE_PROVINCE, await act(id)),
    retire: (id) => life(id, 'RETIRE'),
    move: async (id, cabinetId) =>
      space.moveHolders(
        room.engineer,
        [{ ...(await holder(id)), cabinetId, startUnit: null, face: null, path: ['moves', '0'] }],
        newId(),
      ),
    plan: async (id, cabinetId) =>
      space.planMove(
        room.engineer,
        { ...(await holder(id)), cabinetId, startUnit: null, face: null, path: ['move'] },
        newId(),
      ),
    apply: async (id) => space.applyMove(room.engineer, await planOf(id), newId()),
    giveUp: async (id) =>
      space.releaseHolder(room.engineer, { holderId: await planOf(id), expectedVersion: 1 }, newId()),
  };
  return { ids, servers, hands };
}

/** What must hold whatever happened: the server's word for its place, the place itself, and the one plan for it. */
async function whole(servers: readonly string[]): Promise<void> {
  const rows = await rooms.sql<{ id: string; state: string; holder_id: string | null }>(
    'select id, state, holder_id from server where id in (?)',
    [servers],
  );
  const live = await rooms.sql<{ id: string; subject_id: string; planned_for_id: string | null }>(
    "select id, subject_id, planned_for_id from cabinet_holder where subject_id in (?) and state <> 'RELEASED'",
    [servers],
  );
  const standing = live.filter((one) => one.planned_for_id === null);
  expect(Object.fromEntries(rows.map((row) => [row.id, row.holder_id]))).toEqual(
    Object.fromEntries(servers.map((id) => [id, standing.find((one) => one.subject_id === id)?.id ?? null])),
  );
  expect(standing).toHaveLength(new Set(standing.map((one) => one.subject_id)).size);
  for (const { state, holder_id } of rows) if (state === 'RETIRED') expect(holder_id).toBeNull();
  // A plan is for something that stands, and there is one of it.
  const plans = live.flatMap((one) => (one.planned_for_id === null ? [] : [one.planned_for_id]));
  expect(plans).toHaveLength(new Set(plans).size);
  for (const id of plans) expect(standing.map((one) => one.id)).toContain(id);
  expect(await rooms.recount()).toEqual([]);
}

const HANDS = ['mount', 'unmount', 'retire', 'move', 'plan', 'apply', 'giveUp'] as const;
const WHOLE_LIFE = ['mount', 'plan', 'apply', 'plan', 'giveUp', 'move', 'unmount', 'mount', 'retire'] as const;
const command = fc.record({
  hand: fc.oneof(
    { arbitrary: fc.constantFrom(...HANDS.filter((one) => one !== 'retire')), weight: 12 },
    { arbitrary: fc.constant('retire' as const), weight: 1 },
  ),
  server: fc.nat({ max: SERVERS - 1 }),
  cabinet: fc.nat({ max: 2 }),
});

describe('where servers stand', () => {
  it('is told the same by the server and by the cabinet, after any sequence of acts', async () => {
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 25, maxLength: 40, size: 'max' }), async (commands) => {
        const { ids, servers, hands } = await open();
        // Each hand is done at least once; what follows is left to chance.
        const first = WHOLE_LIFE.map((hand, at) => ({ hand, server: 0, cabinet: at % 3 }));
        for (const { hand, server, cabinet } of [...first, ...commands]) {
          const answer = await hands[hand]?.(servers[server] as string, ids[cabinet] as string);
          if (answer?.ok) done.add(hand);
        }
        await whole(servers);
      }),
      { numRuns: 10 },
    );
    expect([...done].toSorted()).toEqual([...HANDS].toSorted());
  });

  it(`is told the same after ${CLIENTS} hands at once`, async () => {
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: CLIENTS, maxLength: CLIENTS, size: 'max' }), async (commands) => {
        const { ids, servers, hands } = await open();
        for (const [at, id] of servers.entries()) await hands.mount?.(id, ids[at % 3] as string);
        const answers = await Promise.all(
          commands.map(({ hand, server, cabinet }) => hands[hand]?.(servers[server] as string, ids[cabinet] as string)),
        );
        granted += answers.filter((answer) => answer?.ok).length;
        await whole(servers);
      }),
      { numRuns: 4 },
    );
    // Most come too late for the version that they read; some of every run are done.
    expect(granted).toBeGreaterThan(4);
  });
});

describe('a planned move', () => {
  it(`is planned once by ${CLIENTS} at once, and done once`, async () => {
    const { ids, servers, hands } = await open();
    const [server] = servers as [string];
    expect((await hands.mount?.(server, ids[0] as string))?.ok).toBe(true);
    const planned = await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) => hands.plan?.(server, ids[1 + (client % 2)] as string)),
    );
    expect(planned.filter((answer) => answer?.ok)).toHaveLength(1);
    const reasons = planned.flatMap((answer) => (answer && !answer.ok ? answer.error : []));
    expect(new Set(reasons.map((one) => one.code === 'NOT_PERMITTED' && one.reason))).toEqual(
      new Set(['MOVE_PLANNED']),
    );
    await whole(servers);
    const applied = await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) =>
        client % 2 === 0 ? hands.apply?.(server, '') : hands.giveUp?.(server, ''),
      ),
    );
    expect(applied.filter((answer) => answer?.ok)).toHaveLength(1);
    await whole(servers);
  });

  it('is one under the database’s own key too', async () => {
    const { ids, servers, hands } = await open();
    const [server] = servers as [string];
    await hands.mount?.(server, ids[0] as string);
    await hands.plan?.(server, ids[1] as string);
    await expect(
      rooms.sql(
        `insert into cabinet_holder (id, cabinet_id, state, start_half_unit, height_half_units, face, power_w, weight_grams, label,
           kind, planned_for_id, active_plan_for_id, version, created_at)
         select uuid(), cabinet_id, 'HELD', 60, 2, face, 0, 0, label, kind, planned_for_id, planned_for_id, 1, now(3)
         from cabinet_holder where subject_id = ? and planned_for_id is not null and state = 'HELD'`,
        [server],
      ),
    ).rejects.toThrow(/uq_cabinet_holder_live_plan/);
  });
});
