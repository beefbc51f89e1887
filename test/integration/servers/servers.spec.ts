import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { BmcService } from '../../../server/src/servers/bmc.service.js';
import { SERVER_ACTIONS, type ServerState, stateAfter } from '../../../server/src/servers/domain/server-state.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { ServerIntakeService } from '../../../server/src/servers/server-intake.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { ServersService } from '../../../server/src/servers/servers.service.js';
import type { IncomingServer } from '../../../server/src/servers/servers.types.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { ServerRoom } from '../../support/server-room.ts';

const CLIENTS = 64;
const FREE = 10;
/** Many enough that a statement a row would be seen at once, few enough for every run. */
const MANY = 2_000;

let app: TestApplication;
let room: ServerRoom;
beforeAll(async () => {
  app = await openTestApplication();
  room = await ServerRoom.open(app);
});
afterAll(() => app.close());

function codesOf(result: Result<unknown, readonly Refusal[]>): string[] {
  return result.ok ? [] : result.error.map((refusal) => refusal.code);
}
const done = <T>(result: Result<T, readonly Refusal[]>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const versionOf = async (id: string) => (await room.get(ServersService).inScope(WHOLE_PROVINCE, id))?.version ?? 0;

describe('free servers', () => {
  it.each([1, 8, CLIENTS])(
    'go to exactly as many of %i clients at once as there are, one holder each',
    async (clients) => {
      const own = await ServerRoom.open(app);
      const servers = await own.fill(FREE, 'FREE');
      const subjects = Array.from({ length: CLIENTS }, () => newId());
      const left = [...subjects];
      const taken: (string | null)[] = [];
      await Promise.all(
        Array.from({ length: clients }, async () => {
          for (let subject = left.shift(); subject !== undefined; subject = left.shift()) {
            const id = subject;
            taken.push(
              await own.run((tx) =>
                own.get(HoldingService).holdOne(tx, { centerId: own.center.id }, { id, actorName: '测试' }),
              ),
            );
          }
        }),
      );
      const granted = taken.filter((id) => id !== null);
      expect(granted.toSorted()).toEqual(servers.toSorted());
      const rows = await app.test.db.query(
        'select count(distinct hold_subject) as holders, count(*) as held from server where center_id = ? and state = ?',
        [own.center.id, 'HELD'],
      );
      expect([Number(rows[0].holders), Number(rows[0].held)]).toEqual([FREE, FREE]);
    },
  );

  it('are chosen by what is asked, the smallest sufficient first, and come back when the hold ends', async () => {
    const own = await ServerRoom.open(app);
    const small = { memoryMib: 131_072 };
    const ascend = [{ kind: 'NPU' as const, name: '昇腾 910B', count: 8 }];
    const [big] = await own.fill(1, 'FREE', { memoryMib: 1_048_576, accelerators: ascend });
    const [little] = await own.fill(1, 'FREE', small);
    await own.fill(1, 'ONBOARDING', small);
    const hold = (more: object) =>
      own.run((tx) =>
        own.get(HoldingService).holdOne(tx, { centerId: own.center.id, ...more }, { id: newId(), actorName: '测试' }),
      );
    const wanted = { name: '昇腾 910B', countMin: 8 };
    expect(await hold({ accelerator: { ...wanted, countMin: 9 } })).toBeNull();
    expect(await hold({ cpuMaker: 'HYGON' })).toBeNull();
    expect(await hold({})).toBe(little);
    const subject = newId();
    const held = await own.run((tx) =>
      own
        .get(HoldingService)
        .holdOne(tx, { centerId: own.center.id, accelerator: wanted }, { id: subject, actorName: '测试' }),
    );
    expect(held).toBe(big);
    expect(await own.run((tx) => own.get(HoldingService).releaseHolds(tx, subject, '测试'))).toEqual([big]);
    expect(await own.run((tx) => own.get(HoldingService).releaseHolds(tx, subject, '测试'))).toEqual([]);
    const user = { departmentId: newId(), systemId: newId() };
    const again = newId();
    await own.run((tx) =>
      own.get(HoldingService).holdOne(tx, { centerId: own.center.id }, { id: again, actorName: '测试' }),
    );
    await own.run((tx) => own.get(HoldingService).allocate(tx, again, user, '测试'));
    const scope = { kind: 'DEPARTMENTS' as const, departmentIds: [user.departmentId] };
    expect(await room.get(ServersService).inScope(scope, big as string)).toMatchObject({ state: 'IN_USE', ...user });
    expect(await room.get(ServersService).inScope(scope, little as string)).toBeNull();
  });
});

describe('the life of a server', () => {
  const act = async (id: string, action: (typeof SERVER_ACTIONS)[number], expectedVersion: number, reason = '原因') =>
    room.get(ServerLifeService).change(room.engineer, WHOLE_PROVINCE, {
      id,
      action,
      expectedVersion,
      idempotencyKey: newId(),
      reason,
      poolId: null,
    });

  it('follows the table whatever people press, and the record of events tells it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...SERVER_ACTIONS.filter((action) => action !== 'GIVE_TO_POOL')), { maxLength: 8 }),
        async (actions) => {
          const { id } = done(await room.get(ServersService).register(room.engineer, room.facts(), newId()));
          let state: ServerState = 'PLANNED';
          const told: string[] = ['REGISTER'];
          let version = 1;
          for (const action of actions) {
            const to = stateAfter({ state, departmentId: null, systemId: null, poolId: null }, action);
            const result = await act(id, action, version);
            expect(codesOf(result)).toEqual(to === undefined ? ['ILLEGAL_TRANSITION'] : []);
            if (to === undefined) continue;
            [state, version] = [to, version + 1];
            told.push(action);
          }
          const row = await room.get(ServersService).inScope(WHOLE_PROVINCE, id);
          expect(row).toMatchObject({ state, version });
          const [events] = await room.get(ServersService).eventsOf([id]);
          expect(events?.map((event) => event.kind).toSorted()).toEqual(told.toSorted());
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is refused without a reason, with an old version, and to whom it does not belong', async () => {
    const [id] = (await room.fill(1, 'FREE')) as [string];
    expect(codesOf(await act(id, 'RETIRE', 1, ' '))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await act(id, 'RETIRE', 7))).toEqual(['VERSION_CONFLICT']);
    expect(codesOf(await act(newId(), 'RETIRE', 1))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codesOf(await act(id, 'GIVE_TO_POOL', 1))).toEqual(['UNKNOWN_REFERENCE']);
    expect(await versionOf(id)).toBe(1);
  });

  it('brings a repaired server back to whoever has it', async () => {
    const use = { departmentId: newId(), systemId: newId(), poolId: null };
    const [id] = (await room.fill(1, 'IN_USE', { use })) as [string];
    done(await act(id, 'START_MAINTENANCE', 1));
    expect(codesOf(await act(id, 'FINISH_MAINTENANCE', 2))).toEqual(['ILLEGAL_TRANSITION']);
    done(await act(id, 'RESUME_USE', 2));
    expect(await room.get(ServersService).inScope(WHOLE_PROVINCE, id)).toMatchObject({ state: 'IN_USE', ...use });
    done(await act(id, 'RETURN', 3));
    expect(await room.get(ServersService).inScope(WHOLE_PROVINCE, id)).toMatchObject({
      state: 'CLEANING',
      departmentId: null,
      systemId: null,
    });
  });
});

describe('registering', () => {
  it('takes each asset and serial number once, however many register it at once', async () => {
    const facts = room.facts();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => room.get(ServersService).register(room.engineer, facts, newId())),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results.filter((r) => !r.ok))
      expect(codesOf(result)).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    // Firmware writes serial numbers in any case.
    const again = { ...room.facts(), serial: facts.serial.toLowerCase() };
    expect(codesOf(await room.get(ServersService).register(room.engineer, again, newId()))).toEqual(['INVALID_INPUT']);
  });

  it('refuses what cannot be, every rule at its field, and writes nothing', async () => {
    const bad = room.facts({
      serial: 'To Be Filled By O.E.M.',
      cores: 1,
      architecture: 'AMD64',
      powerW: -1,
      warrantyUntil: '2020-02-30',
      nics: [{ name: 'eth0', mac: 'xx', speedMbps: 10 }],
      modelId: newId(),
      bmcAddress: 'redfish://root:secret@10.0.0.1/',
    });
    const result = await room.get(ServersService).register(room.engineer, bad, newId());
    expect(result.ok ? [] : result.error.map((r) => r.path.join('.'))).toEqual([
      'facts.serial',
      'facts.architecture',
      'facts.bmcAddress',
      'facts.cores',

      'facts.powerW',
      'facts.nics.0.mac',
      'facts.warrantyUntil',
      'facts.warrantyUntil',
    ]);
    const reference = await room.get(ServersService).register(room.engineer, room.facts({ modelId: newId() }), newId());
    expect(codesOf(reference)).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('the BMC credential', () => {
  it('is sealed, opens for its own server only, and goes when the server retires', async () => {
    const [id, other] = (await room.fill(2, 'FREE')) as [string, string];
    const credential = { username: 'Administrator', password: 'Huawei12#$' };
    const wish = { id, expectedVersion: 1, idempotencyKey: newId(), credential };
    done(await room.get(BmcService).setCredential(room.engineer, WHOLE_PROVINCE, wish));
    expect(await room.get(BmcService).openCredential(id)).toMatchObject(credential);
    await app.test.db.query(
      `update server s join server t on t.id = ? set s.bmc_username = t.bmc_username, s.bmc_sealed_password = t.bmc_sealed_password where s.id = ?`,
      [id, other],
    );
    expect(await room.get(BmcService).openCredential(other)).toBeNull();
    const everything = await app.test.db.query('select * from server where id = ?', [id]);
    const kept = await app.test.db.query('select * from idempotency_key');
    const audited = await app.test.db.query(`select * from ${app.test.address.database}_audit.audit_event`);
    expect(JSON.stringify([everything, kept, audited])).not.toContain(credential.password);
    done(
      await room.get(ServerLifeService).change(room.engineer, WHOLE_PROVINCE, {
        id,
        action: 'RETIRE',
        expectedVersion: 2,
        idempotencyKey: newId(),
        reason: '超期',
        poolId: null,
      }),
    );
    expect(await room.get(BmcService).openCredential(id)).toBeNull();
  });
});

describe('many servers', () => {
  it('come in by bulk statements, are found by their keys, and listed by a constant number', async () => {
    const own = await ServerRoom.open(app);
    const servers = Array.from(
      { length: MANY },
      (_, i): IncomingServer => ({
        ...own.facts({ nics: [], accelerators: i % 10 === 0 ? [{ kind: 'GPU', name: 'MXC500', count: 4 }] : [] }),
        id: newId(),
        state: 'FREE',
      }),
    );
    const added = await countStatements(app.test.db, () =>
      own.run((tx) => own.get(ServerIntakeService).addAll(tx, servers, '测试')),
    );
    expect(added.statements).toBeLessThan(40);
    const known = await own.get(ServerIntakeService).existingByKeys([
      { assetNumber: servers[7]?.assetNumber as string, serial: 'none-such' },
      { assetNumber: 'none-such', serial: String(servers[8]?.serial).toLowerCase() },
    ]);
    expect([...known.byAssetNumber.values()]).toContain(servers[7]?.id);
    expect([...known.bySerial.values()]).toContain(servers[8]?.id);
    const seen = new Set<string>();
    for (let after: readonly string[] | null = null, more = true; more; ) {
      const page = await own
        .get(ServersService)
        .page(WHOLE_PROVINCE, { centerId: own.center.id, accelerator: 'MXC500' }, 'ASSET_NUMBER', { first: 70, after });
      expect(page.totalCount).toBe(MANY / 10);
      for (const row of page.rows) seen.add(row.id);
      const last = page.rows.at(-1);
      after = last ? [last.assetNumber, last.id] : null;
      more = page.hasNextPage;
    }
    expect(seen.size).toBe(MANY / 10);
    const counts = await own.get(ServersService).counts(WHOLE_PROVINCE, { centerId: own.center.id });
    expect(counts).toEqual({
      total: MANY,
      byState: [{ state: 'FREE', count: MANY }],
      byMaker: [{ maker: 'KUNPENG', count: MANY }],
      byAccelerator: [{ kind: 'GPU', name: 'MXC500', count: MANY / 10, amount: (MANY / 10) * 4 }],
    });
  });
});

describe('a narrowed list', () => {
  it('counts each group beside its own choice, and finds by system and by what the maker calls the machine', async () => {
    const own = await ServerRoom.open(app);
    const [departmentId, systemId] = [newId(), newId()];
    const centerId = own.center.id;
    await own.fill(3, 'FREE');
    await own.fill(2, 'IN_USE', {
      use: { departmentId, systemId, poolId: null },
      accelerators: [{ kind: 'GPU', name: 'L20', count: 2 }],
    });
    await own.fill(1, 'IN_USE', {
      use: { departmentId, systemId: newId(), poolId: null },
      cpuMaker: 'HYGON',
      architecture: 'AMD64',
    });
    const filter = { centerId, states: ['IN_USE' as const], cpuMaker: 'KUNPENG' as const, accelerator: 'L20' };
    expect(await own.get(ServersService).counts(WHOLE_PROVINCE, filter)).toEqual({
      total: 2,
      byState: [{ state: 'IN_USE', count: 2 }],
      byMaker: [{ maker: 'KUNPENG', count: 2 }],
      byAccelerator: [{ kind: 'GPU', name: 'L20', count: 2, amount: 4 }],
    });
    const { total, byState, byMaker } = await own
      .get(ServersService)
      .counts(WHOLE_PROVINCE, { ...filter, accelerator: null });
    expect([total, byState, byMaker]).toEqual([
      2,
      [
        { state: 'FREE', count: 3 },
        { state: 'IN_USE', count: 2 },
      ],
      [
        { maker: 'HYGON', count: 1 },
        { maker: 'KUNPENG', count: 2 },
      ],
    ]);
    const found = async (more: object) => {
      const page = await own
        .get(ServersService)
        .page(WHOLE_PROVINCE, { centerId, ...more }, 'NEWEST', { first: 100, after: null });
      return [page.totalCount, page.rows.length];
    };
    expect(await found({ systemId })).toEqual([2, 2]);
    expect(await found({ systemId: newId() })).toEqual([0, 0]);
    expect(await found({ search: 'taishan 200' })).toEqual([6, 6]);
    expect(await found({ search: '华为', states: ['FREE'] })).toEqual([3, 3]);
    expect(await found({ search: '%' })).toEqual([0, 0]);
  });
});

describe('hosts of the cluster', () => {
  it('are the same machine by serial number, one host a server', async () => {
    const own = await ServerRoom.open(app);
    const [id] = (await own.fill(1, 'FREE')) as [string];
    const { serial } = (await own.get(ServersService).inScope(WHOLE_PROVINCE, id)) as { serial: string };
    const intake = own.get(ServerIntakeService);
    const host = { namespace: 'metal3', name: 'host-1' };
    const found = await intake.matchHosts(own.center.id, [{ ...host, serial: ` ${serial.toLowerCase()} ` }]);
    expect(found.bind).toEqual([{ serverId: id, host }]);
    const bound = await Promise.all(Array.from({ length: 8 }, () => own.run((tx) => intake.bindHost(tx, id, host))));
    expect(bound.filter(Boolean)).toHaveLength(1);
    const other = { namespace: 'metal3', name: 'host-2' };
    const moved = await intake.matchHosts(own.center.id, [{ ...other, serial }]);
    expect(moved).toMatchObject({ bind: [], contradict: [{ serverId: id, reportedBy: other, boundTo: host }] });
    const twice = await intake.matchHosts(own.center.id, [
      { ...host, serial },
      { ...other, serial },
      { namespace: 'metal3', name: 'host-3', serial: null },
    ]);
    expect(twice).toMatchObject({ bind: [], agree: [], ambiguous: [{ serial, hosts: [host, other] }] });
    expect(twice.hostsWithoutServer).toEqual([{ namespace: 'metal3', name: 'host-3' }]);
  });
});
