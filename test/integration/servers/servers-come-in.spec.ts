import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CentersService } from '../../../server/src/facilities/centers.service.js';
import type { CenterLife } from '../../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { ServerImport } from '../../../server/src/servers/server-import.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { ServersService } from '../../../server/src/servers/servers.service.js';
import type { ServerTakenIn } from '../../../server/src/servers/servers.types.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { cluster, pool } from '../../support/builders/facility.ts';
import { Rooms } from '../../support/rooms.ts';
import { ServerRoom } from '../../support/server-room.ts';

const ROUNDS = 8;

let app: TestApplication;
let rooms: Rooms;
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
});
afterAll(() => app.close());

/** A center in that life with a pool and its own servers. */
async function open(life: CenterLife = 'IN_SERVICE') {
  const room = await ServerRoom.open(app);
  const madeCluster = cluster(room.center);
  const madePool = pool(madeCluster, { code: `p-${room.center.code}`, architecture: 'ARM64' });
  await room.run((tx) =>
    room.get(FacilitiesService).add(tx, { centers: [], clusters: [madeCluster], pools: [madePool] }),
  );
  await app.test.db.query('update center set life = ? where id = ?', [life, room.center.id]);
  return { room, poolId: madePool.id };
}

type Outcome = Result<unknown, readonly Refusal[]>;
const reasonOf = (outcome: Outcome): string => {
  if (outcome.ok) return 'OK';
  const [refusal] = outcome.error;
  return refusal?.code === 'NOT_PERMITTED' ? refusal.reason : (refusal?.code ?? '');
};
const takenIn = (serverId: string): ServerTakenIn => ({
  serverId,
  assetNumber: 'ZC',
  departmentId: newId(),
  systemId: newId(),
  usedSince: new Date('2024-01-01T00:00:00Z'),
  sourcePlatform: '自建机房',
  path: ['items', '0'],
});
const takeIn = (room: ServerRoom, ids: readonly string[]) =>
  rooms.in((tx) => room.get(ServerIntakeService).takeIn(tx, ids.map(takenIn), 'NG-1', '测试'));
const objections = (room: ServerRoom, ids: readonly string[]) =>
  room.run((tx) => room.get(ServerIntakeService).objections(tx, ids.map(takenIn)));
const giveToPool = async (room: ServerRoom, id: string, poolId: string): Promise<Outcome> => {
  const expectedVersion = (await room.get(ServersService).inScope(WHOLE_PROVINCE, id))?.version ?? 0;
  const wish = { id, expectedVersion, poolId, action: 'GIVE_TO_POOL', reason: null, idempotencyKey: newId() } as const;
  return room.get(ServerLifeService).change(room.engineer, WHOLE_PROVINCE, wish);
};
const register = (room: ServerRoom): Promise<Outcome> =>
  room.get(ServersService).register(room.engineer, room.facts(), newId());
/** Says of a server of `from` that it is in the center of `to`. */
const carry = async (from: ServerRoom, id: string, to: ServerRoom): Promise<Outcome> => {
  const row = await from.get(ServersService).inScope(WHOLE_PROVINCE, id);
  if (!row) throw new Error('it is there');
  const { assetNumber, serial } = row;
  const wish = { id, expectedVersion: row.version, idempotencyKey: newId() };
  const facts = from.facts({ assetNumber, serial, centerId: to.center.id });
  return from.get(ServersService).edit(from.engineer, WHOLE_PROVINCE, wish, facts);
};
const stop = (room: ServerRoom) =>
  room.get(CentersService).changeLife(room.engineer, {
    centerId: room.center.id,
    action: 'STOP',
    reason: '整体搬迁',
    expectedVersion: 1,
    idempotencyKey: newId(),
  });
async function stateOf(room: ServerRoom) {
  const [row] = await rooms.sql<{ life: string }>('select life from center where id = ?', [room.center.id]);
  const used = await room.run((tx) => room.get(ServersService).usedInCenter(tx, room.center.id));
  return { stopped: row?.life === 'STOPPED', used };
}

describe("a center's life", () => {
  it.each([
    ['BUILDING', 'OK', 'CENTER_NOT_OPEN'],
    ['TRIAL', 'OK', 'OK'],
    ['IN_SERVICE', 'OK', 'OK'],
    ['STOPPED', 'CENTER_STOPPED', 'CENTER_STOPPED'],
  ] as const)('%s: servers are registered and carried there %s, come into use %s', async (life, equipment, promise) => {
    const { room, poolId } = await open(life);
    const { room: elsewhere } = await open();
    expect(reasonOf(await register(room))).toBe(equipment);
    const server = { ...room.facts(), state: 'FREE' as const };
    const context = { actor: room.engineer, scope: WHOLE_PROVINCE, now: new Date() };
    const imported = await room.run((tx) =>
      room.get(ServerImport).apply(tx, [{ row: 7, value: { server, place: null } }], context),
    );
    const row = { row: 7, column: 'center', message: { en: expect.stringContaining('is stopped') } };
    expect(imported).toMatchObject(equipment === 'OK' ? { ok: true } : { ok: false, error: [row] });
    const [onboarding, second] = (await room.fill(2, 'ONBOARDING')) as [string, string];
    const told = await objections(room, [onboarding]);
    expect(reasonOf(told.length > 0 ? { ok: false, error: told } : { ok: true, value: null })).toBe(promise);
    const taken = await takeIn(room, [onboarding, second]);
    expect(reasonOf(taken)).toBe(promise);
    // Each is told where the batch names it.
    if (!taken.ok)
      expect(taken.error.map((refusal) => refusal.path)).toEqual([
        ['items', '0'],
        ['items', '0'],
      ]);
    const [free] = (await room.fill(1, 'FREE')) as [string];
    expect(reasonOf(await giveToPool(room, free, poolId))).toBe(promise);
    const [carried] = (await elsewhere.fill(1, 'FREE')) as [string];
    expect(reasonOf(await carry(elsewhere, carried, room))).toBe(equipment);
    const use = { departmentId: newId(), systemId: newId(), poolId: null };
    const [used] = (await elsewhere.fill(1, 'IN_USE', { use })) as [string];
    expect(reasonOf(await carry(elsewhere, used, room))).toBe(promise);
    // What stays where it is may be described at any time.
    const [own] = (await room.fill(1, 'FREE')) as [string];
    expect(reasonOf(await carry(room, own, room))).toBe('OK');
  });
});

describe('a center that is being stopped', () => {
  it('is not stopped, or no server of it is anybody’s: taken in, given to a pool, held', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { room, poolId } = await open();
      const onboarding = await room.fill(4, 'ONBOARDING');
      const free = await room.fill(3, 'FREE');
      const acts: (() => Promise<Outcome>)[] = [
        ...onboarding.map((id) => () => takeIn(room, [id])),
        ...free.slice(0, 2).map((id) => () => giveToPool(room, id, poolId)),
        async () => {
          const { center } = room;
          const holder = { id: newId(), actorName: '测试' };
          const held = await room.run((tx) => room.get(HoldingService).holdOne(tx, { centerId: center.id }, holder));
          return held === null ? { ok: false, error: [] } : { ok: true, value: held };
        },
      ];
      acts.splice(round % 3, 0, () => stop(room));
      const done = await Promise.all(acts.map((act) => act()));
      const { stopped, used } = await stateOf(room);
      expect({ round, stopped, inUse: used > 0 }).toEqual({ round, stopped, inUse: !stopped });
      expect(done.filter((one) => one.ok)).toHaveLength(stopped ? 1 : used);
    }
  });

  it('gets no new servers after that, by registration or by another center', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [{ room }, { room: elsewhere }] = [await open(), await open()];
      const carried = await elsewhere.fill(3, 'FREE');
      const acts: (() => Promise<Outcome>)[] = [
        ...carried.map((id) => () => carry(elsewhere, id, room)),
        ...Array.from({ length: 3 }, () => () => register(room)),
      ];
      acts.splice(round % 3, 0, () => stop(room));
      const done = await Promise.all(acts.map((act) => act()));
      expect(done[round % 3]?.ok).toBe(true);
      const [{ n }] = (await rooms.sql('select count(*) as n from server where center_id = ?', [room.center.id])) as [
        { n: string },
      ];
      expect(Number(n)).toBe(done.filter((one) => one.ok).length - 1);
      expect(reasonOf(await register(room))).toBe('CENTER_STOPPED');
    }
  });
});
