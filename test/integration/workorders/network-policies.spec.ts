import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { type Viewer, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { policyManifest, policyName } from '../../../server/src/provisioning/domain/desired-policy.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import type { PolicyRecords } from '../../../server/src/provisioning/provisioning.types.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import type { PolicyWish } from '../../../server/src/workorders/domain/network-policy.js';
import type { PolicyRow } from '../../../server/src/workorders/network-policies.repository.js';
import { NetworkPolicies } from '../../../server/src/workorders/network-policies.service.js';
import { PolicySites } from '../../../server/src/workorders/policy-sites.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { FAST } from '../../support/fast-pace.ts';
import { LifeDesk, SYSTEM } from '../../support/life-desk.ts';
import { Province } from '../../support/province.ts';
import { codesOf, RequestJourney } from '../../support/request-journey.ts';
import { until } from '../../support/until.ts';
import { idOf, WorkDesk } from '../../support/work-desk.ts';

const CENTER = 'policies-a';
const clock = new MovedClock();
let app: TestApplication;
let journey: RequestJourney;
let centerId: string;

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  centerId = (await journey.openCenter(CENTER, 100)).center.id;
  // A system that has a machine, so that there is a place to open it.
  await new LifeDesk(app, journey).granted(centerId);
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const policies = () => get(NetworkPolicies);
const row = async (id: string) => (await policies().inScope(WHOLE_PROVINCE, id)) as PolicyRow;
const siteOf = async (id: string) => (await policies().sitesOf([id]))[0]?.[0];
const inDays = (days: number) => addDays(calendarDate(clock.now()), days);
const notices = (text: string) =>
  app.test.db.query('select text_zh from notice where text_zh like ? order by id', [`%${text}%`]);

async function applied(more: Partial<PolicyWish> = {}, viewer: Viewer = journey.applicant): Promise<string> {
  return idOf(
    await policies().apply(
      viewer,
      journey.system.id,
      {
        direction: 'INGRESS',
        protocol: 'TCP',
        peerCidr: '10.8.0.0/16',
        peerSystemId: null,
        ports: '443',
        until: null,
        reason: '业务系统互访',
        ...more,
      },
      newId(),
    ),
  );
}

async function act(id: string, action: 'ALLOW' | 'REJECT' | 'END', viewer: Viewer, opinion: string | null = '同意') {
  const scope = viewer.departmentId === null ? WHOLE_PROVINCE : journey.scope;
  const wish = { id, expectedVersion: (await row(id)).version, idempotencyKey: newId(), opinion };
  return policies().act(viewer, scope, action, wish);
}

const orders = (id: string): Promise<{ id: string; kind: string; state: string; center_id: string }[]> =>
  app.test.db.query('select id, kind, state, center_id from work_order where policy_id = ? order by kind, id', [id]);
const carryOut = async (desk: WorkDesk, orderId: string | undefined) => desk.carryOutMade(orderId ?? '');

describe('who allows a policy', () => {
  it('is the head inside the house, and never who asked', async () => {
    const id = await applied();
    for (const wrong of [journey.applicant, journey.acceptance, viewerWith(['FACILITY_ENGINEER'], null)])
      expect(codesOf(await act(id, 'ALLOW', wrong))).toEqual(['ILLEGAL_TRANSITION']);
    const foreign = viewerWith(['DEPARTMENT_HEAD'], newId());
    const wish = { id, expectedVersion: 1, idempotencyKey: newId(), opinion: null };
    const elsewhere = { kind: 'DEPARTMENTS', departmentIds: [foreign.departmentId as string] } as const;
    expect(codesOf(await policies().act(foreign, elsewhere, 'ALLOW', wish))).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await act(id, 'ALLOW', journey.head));
    expect(await row(id)).toMatchObject({ state: 'ACTIVE', decidedBy: journey.head.name });
    const own = await applied({}, journey.head);
    expect(codesOf(await act(own, 'ALLOW', journey.head))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('is the center’s reviewer where it faces the outside', async () => {
    const id = await applied({ peerCidr: '203.0.113.0/24' });
    expect((await row(id)).exposed).toBe(true);
    expect(codesOf(await act(id, 'ALLOW', journey.head))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await act(id, 'ALLOW', journey.reviewer));
  });

  it('rejects with a reason only, and a policy that was rejected stays so', async () => {
    const id = await applied();
    expect(codesOf(await act(id, 'REJECT', journey.head, ' '))).toEqual(['INVALID_INPUT']);
    idOf(await act(id, 'REJECT', journey.head, '改走专线'));
    expect(codesOf(await act(id, 'ALLOW', journey.head))).toEqual(['ILLEGAL_TRANSITION']);
    expect(await siteOf(id)).toBeUndefined();
  });

  it('allows it once, however many press at once', async () => {
    const id = await applied();
    const pressed = await Promise.all(Array.from({ length: 8 }, () => act(id, 'ALLOW', journey.head)));
    expect(pressed.filter((each) => each.ok)).toHaveLength(1);
    expect((await policies().sitesOf([id]))[0]).toHaveLength(1);
  });
});

describe('a freeze', () => {
  it('opens no way while it lasts, unless a leader lets its system through; closes whatever is to be closed', async () => {
    const open = await applied();
    idOf(await act(open, 'ALLOW', journey.head));
    const [id, rejected] = [await applied(), await applied()];
    const minute = (hours: number) => new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000 + hours * 3_600_000);
    const leader = viewerWith(['LEADER'], null);
    const freezeId = idOf(
      await get(Freezes).set(viewerWith(['DR_OPERATOR'], null), {
        ...{ title: '重保', reason: '通知', centerIds: [centerId], fromAt: minute(-1), toAt: minute(12) },
        idempotencyKey: newId(),
      }),
    );
    expect(await act(id, 'ALLOW', journey.head)).toMatchObject({
      ok: false,
      error: [{ code: 'CHANGE_FROZEN', freezeId }],
    });
    expect(await row(id)).toMatchObject({ state: 'SUBMITTED' });
    expect(await siteOf(id)).toBeUndefined();
    idOf(await act(rejected, 'REJECT', journey.head, '改走专线'));
    idOf(await act(open, 'END', journey.head));
    expect(['ENDING', 'ENDED']).toContain((await row(open)).state);
    idOf(
      await get(Freezes).release(leader, {
        ...{ freezeId, subject: { type: 'System', id: journey.system.id }, subjectName: 'x', reason: '应急互访' },
        ...{ until: minute(2), idempotencyKey: newId() },
      }),
    );
    idOf(await act(id, 'ALLOW', journey.head));
    await app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
  });
});

describe('the last day of a policy', () => {
  it('is reminded of 7 days and 1 day before, once each by two workers, and closes it after the day', async () => {
    const id = await applied({ until: inDays(10) });
    idOf(await act(id, 'ALLOW', journey.head));
    const { code } = await row(id);
    const sweep = () => Promise.all([get(PolicySites).keep(SYSTEM), get(PolicySites).keep(SYSTEM)]);
    const told = async () => (await notices(`${code} 将于`)).length;
    await sweep();
    expect(await told()).toBe(0);
    clock.pass(3);
    await sweep();
    await sweep();
    expect(await told()).toBe(1);
    clock.pass(6);
    await sweep();
    expect(await told()).toBe(2);
    clock.pass(1);
    await sweep();
    // Its last day is a day on which it holds.
    expect((await row(id)).state).toBe('ACTIVE');
    clock.pass(1);
    await sweep();
    await sweep();
    expect(await row(id)).toMatchObject({ state: 'ENDING' });
    expect((await siteOf(id))?.phase).toBe('REMOVING');
    // Written down, allowed, closed: once each, though four looks found it past its day.
    expect((await row(id)).version).toBe(3);
  });
});

describe('a policy that people open', () => {
  it('ends only when people have removed it, by an order of its own', async () => {
    const desk = await new WorkDesk(app).open();
    const id = await applied({ protocol: 'ICMP', ports: '', until: inDays(5) });
    idOf(await act(id, 'ALLOW', journey.head));
    const [opening] = await orders(id);
    await carryOut(desk, opening?.id);
    expect(await siteOf(id)).toMatchObject({ mode: 'RECORDED', phase: 'APPLIED' });
    clock.pass(6);
    await Promise.all([get(PolicySites).keep(SYSTEM), get(PolicySites).keep(SYSTEM)]);
    expect([(await row(id)).state, (await siteOf(id))?.phase]).toEqual(['ENDING', 'REMOVING']);
    const [, removal, ...more] = await orders(id);
    expect([removal?.kind, removal?.state, more]).toEqual(['POLICY_REMOVAL', 'SUBMITTED', []]);
    expect(codesOf(await desk.move(removal?.id ?? '', 'CANCEL', desk.engineer))).toEqual(['ILLEGAL_TRANSITION']);
    await carryOut(desk, removal?.id);
    expect([(await row(id)).state, (await siteOf(id))?.phase]).toEqual(['ENDED', 'REMOVED']);
  });

  it('that nobody has begun to open is over at once, and its order is cancelled', async () => {
    const id = await applied({ protocol: 'ICMP', ports: '' });
    idOf(await act(id, 'ALLOW', journey.head));
    idOf(await act(id, 'END', journey.applicant));
    expect((await row(id)).state).toBe('ENDED');
    expect(await orders(id)).toMatchObject([{ kind: 'NETWORK_POLICY', state: 'CANCELLED' }]);
  });
});

/** The rows of this database drive a cluster of their own: no made-up twin stands between. */
describe('a policy of the database in a driven cluster', () => {
  let directory: string;
  let cluster: SimulatedCluster;
  let clusters: ClusterRegistry;
  let gateway: ClusterGateway;
  let province: Province;
  let workers: ProvisioningWorker[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyun-own-policies-'));
    cluster = await startSimulatedCluster({ name: CENTER, clock: wallClock, seed: 1, stageSpeed: 60, nodes: [] });
    const kubeconfigPath = join(directory, 'kubeconfig');
    await writeKubeconfig([cluster], kubeconfigPath);
    clusters = new ClusterRegistry([{ centerCode: CENTER, kubeconfigPath, context: CENTER }]);
    gateway = clusters.of(CENTER) as ClusterGateway;
    province = await Province.open([CENTER]);
    // The province leads the cluster, and this application's rows drive it: written in a unit of work of their own.
    const sites = get(PolicySites);
    const outside = AsyncLocalStorage.snapshot();
    const own: PolicyRecords = {
      drivenIn: () => sites.drivenIn(centerId),
      known: (ids) => sites.known(ids),
      record: (_tx, site, seen) => outside(() => get(UnitOfWork).run((tx) => sites.record(tx, site, seen))),
    };
    workers = [1, 2].map(
      () => new ProvisioningWorker(clusters, { ...province.records, policies: own }, province.feed, FAST),
    );
    for (const worker of workers) await worker.start();
  });
  afterAll(async () => {
    for (const worker of workers) await worker.stop();
    await clusters?.close();
    await province?.close();
    await cluster?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const key = async (id: string) => ({
    kind: 'NetworkPolicy' as const,
    namespace: `dept-${journey.department.code}`,
    name: policyName((await row(id)).code),
  });

  it('is applied, put back when another changes it, and gone after it ended; the record says so each time', async () => {
    const id = await applied({ until: inDays(30) });
    idOf(await act(id, 'ALLOW', journey.head));
    await until('applied', async () => (await siteOf(id))?.phase === 'APPLIED');
    const policy = await row(id);
    const good = policyManifest({ ...policy, policyId: id, protocol: 'TCP' });
    expect((await gateway.get(await key(id)))?.spec).toEqual(good.spec);

    await gateway.apply({ ...good, spec: { ...(good.spec as object), ingress: [] } });
    await until('the record says drift', async () => (await siteOf(id))?.drift !== null);
    await until('put back', async () =>
      JSON.stringify((await gateway.get(await key(id)))?.spec ?? {}).includes('10.8.0.0/16'),
    );

    clock.pass(31);
    await Promise.all([get(PolicySites).keep(SYSTEM), get(PolicySites).keep(SYSTEM)]);
    await until('ended', async () => (await row(id)).state === 'ENDED');
    expect(await gateway.get(await key(id))).toBeUndefined();
    expect((await siteOf(id))?.phase).toBe('REMOVED');
    // Once over, nothing brings it back.
    await get(PolicySites).keep(SYSTEM);
    expect(codesOf(await act(id, 'ALLOW', journey.head))).toEqual(['ILLEGAL_TRANSITION']);
    expect(await gateway.get(await key(id))).toBeUndefined();
  });
});

describe('a policy of a system that gets machines elsewhere', () => {
  it('follows it there once, also where two workers look, and nowhere else once it has ended', async () => {
    const [held, ended] = [await applied({ ports: '8443' }), await applied({ ports: '9443' })];
    for (const id of [held, ended]) idOf(await act(id, 'ALLOW', journey.head));
    idOf(await act(ended, 'END', journey.head));
    const before = (await policies().sitesOf([held]))[0]?.length ?? 0;
    const other = (await journey.openCenter('policies-b', 100)).center.id;
    await new LifeDesk(app, journey).granted(other);
    await Promise.all([get(PolicySites).keep(SYSTEM), get(PolicySites).keep(SYSTEM)]);
    await get(PolicySites).keep(SYSTEM);
    const [sites = [], gone = []] = await policies().sitesOf([held, ended]);
    expect(sites.filter(({ centerId: at }) => at === other)).toMatchObject([{ mode: 'DRIVEN', phase: 'PENDING' }]);
    expect([sites.length, gone.filter(({ centerId: at }) => at === other)]).toEqual([before + 1, []]);
  });
});

describe('a policy that people open in several centers', () => {
  beforeAll(async () => {
    const { center } = await journey.openCenter('policies-d', 100);
    await new LifeDesk(app, journey).granted(center.id);
  });

  it('is opened once more in a center that its system gets later, and ends when it is gone from each', async () => {
    const desk = await new WorkDesk(app).open();
    const id = await applied({ protocol: 'ICMP', ports: '' });
    idOf(await act(id, 'ALLOW', journey.head));
    const first = await orders(id);
    expect(first.length).toBeGreaterThan(1);
    expect(new Set(first.map(({ center_id: at }) => at)).size).toBe(first.length);
    const phases = async () =>
      Object.fromEntries(((await policies().sitesOf([id]))[0] ?? []).map(({ centerId: at, phase }) => [at, phase]));
    for (const [done, order] of first.entries()) {
      // What people did in one center says nothing of another.
      expect(Object.values(await phases()).filter((phase) => phase === 'APPLIED')).toHaveLength(done);
      await carryOut(desk, order.id);
    }
    const later = (await journey.openCenter('policies-c', 100)).center.id;
    await new LifeDesk(app, journey).granted(later);
    await Promise.all([get(PolicySites).keep(SYSTEM), get(PolicySites).keep(SYSTEM)]);
    await get(PolicySites).keep(SYSTEM);
    const now = await orders(id);
    expect(now.filter(({ center_id: at }) => at === later)).toMatchObject([{ state: 'SUBMITTED' }]);
    expect([now.length, (await phases())[later]]).toEqual([first.length + 1, 'PENDING']);
    idOf(await act(id, 'END', journey.applicant));
    // Nobody had begun it there: only where it was opened people have something to remove.
    expect((await phases())[later]).toBe('REMOVED');
    const removals = (await orders(id)).filter(({ kind }) => kind === 'POLICY_REMOVAL');
    expect(removals.map(({ center_id: at }) => at).toSorted()).toEqual(first.map(({ center_id: at }) => at).toSorted());
    for (const removal of removals) {
      expect((await row(id)).state).toBe('ENDING');
      await carryOut(desk, removal.id);
    }
    expect((await row(id)).state).toBe('ENDED');
  });

  it('that one order opened in all centers, before each had its own, holds in all when that is done', async () => {
    const desk = await new WorkDesk(app).open();
    const id = await applied({ protocol: 'ICMP', ports: '' });
    idOf(await act(id, 'ALLOW', journey.head));
    const [one, ...others] = await orders(id);
    for (const other of others)
      await app.test.db.query('update work_order set policy_id = null where id = ?', [other.id]);
    await carryOut(desk, one?.id);
    const sites = (await policies().sitesOf([id]))[0] ?? [];
    expect(new Set(sites.map(({ phase }) => phase))).toEqual(new Set(['APPLIED']));
    idOf(await act(id, 'END', journey.applicant));
    const removals = (await orders(id)).filter(({ kind }) => kind === 'POLICY_REMOVAL');
    expect(removals).toHaveLength(sites.length);
  });

  it('that is confirmed in its last two centers at once is told to whoever asked, every time', async () => {
    const desk = await new WorkDesk(app).open();
    const fulfilled = jest.spyOn(get(FollowUpService), 'lineFulfilled');
    const lines: string[] = [];
    const last: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const id = await applied({ protocol: 'ICMP', ports: '' });
      idOf(await act(id, 'ALLOW', journey.head));
      const lineId = newId();
      lines.push(lineId);
      await app.test.db.query('update network_policy set line_id = ? where id = ?', [lineId, id]);
      const [one, other, ...earlier] = await orders(id);
      for (const order of earlier) await carryOut(desk, order.id);
      for (const order of [one, other]) {
        await desk.finishMade(order?.id ?? '');
        last.push(order?.id ?? '');
      }
    }
    fulfilled.mockClear();
    await Promise.all(last.map((id) => desk.confirmMade(id)));
    // At least: a unit of work that meets another is run again.
    expect(new Set(fulfilled.mock.calls.map(([, lineId]) => lineId))).toEqual(new Set(lines));
    fulfilled.mockRestore();
  });

  it('leaves people something to undo where the work was suspended half done', async () => {
    const desk = await new WorkDesk(app).open();
    const id = await applied({ protocol: 'ICMP', ports: '' });
    idOf(await act(id, 'ALLOW', journey.head));
    const [half] = await orders(id);
    idOf(await desk.assign(half?.id ?? ''));
    for (const action of ['ACCEPT', 'START', 'SUSPEND'] as const)
      idOf(await desk.move(half?.id ?? '', action, desk.operator));
    idOf(await act(id, 'END', journey.applicant));
    const after = await orders(id);
    expect(after.filter(({ kind }) => kind === 'NETWORK_POLICY').map(({ state }) => state)).toEqual(
      after.filter(({ kind }) => kind === 'NETWORK_POLICY').map(() => 'CANCELLED'),
    );
    expect(after.filter(({ kind }) => kind === 'POLICY_REMOVAL').map(({ center_id: at }) => at)).toEqual([
      half?.center_id,
    ]);
  });
});
