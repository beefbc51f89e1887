import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { MachineLogins } from '../../../server/src/documents/machine-logins.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { CLOCK } from '../../../server/src/kernel/clock.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import { ClusterFailure } from '../../../server/src/provisioning/domain/cluster-failure.js';
import type { ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import { CONSUMER } from '../../../server/src/provisioning/domain/desired-host.js';
import { hostView } from '../../../server/src/provisioning/domain/observe-host.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import type { Records } from '../../../server/src/provisioning/provisioning.types.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { UnrecordedMachinesService } from '../../../server/src/resources/unrecorded-machines.service.js';
import { BmcService } from '../../../server/src/servers/bmc.service.js';
import type { HostAction } from '../../../server/src/servers/domain/host.js';
import type { DesiredHost, HostImage } from '../../../server/src/servers/domain/host-record.js';
import { HoldingService } from '../../../server/src/servers/holding.service.js';
import { HostActs } from '../../../server/src/servers/host-acts.service.js';
import { HostOrders } from '../../../server/src/servers/host-orders.service.js';
import { HostRecords } from '../../../server/src/servers/host-records.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { ServersService } from '../../../server/src/servers/servers.service.js';
import type { ServerRow } from '../../../server/src/servers/servers.types.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { Mortal } from '../../support/mortal.ts';
import { FAST } from '../../support/provisioning-suite.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { Sleeper } from '../../support/sleeper.ts';
import { until } from '../../support/until.ts';

const SERVERS = 8;
const NAMESPACE = 'metal';
/** More than a server's whole life has steps; every third of them is died at. */
const DEATHS_MAX = 90;
const DEATHS_APART = 3;
const IMAGE: HostImage = {
  ...{ name: 'openEuler 24.03', url: 'https://images/openeuler.qcow2', checksum: `sha256:${'a'.repeat(64)}` },
  format: 'qcow2',
};
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

let directory: string;
let app: TestApplication;
let desk: KindsDesk;
let site: Site;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let gateway: ClusterGateway;
let records: Records & { readonly facilities: FacilitiesService };
const workers: ProvisioningWorker[] = [];
const get = <T>(type: abstract new (...args: never[]) => T): T => app.context.get(type as never, { strict: false });

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-hosts-'));
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  site = await desk.openSite('ACTIVE_A', { servers: SERVERS });
  await get(UnitOfWork).run((tx) =>
    get(CatalogService).add(tx, {
      images: [
        {
          ...{ id: newId(), code: 'openeuler-arm64', name: IMAGE.name, architecture: 'ARM64', minimumDiskGib: 20 },
          ...{ source: { http: { url: IMAGE.url, checksum: IMAGE.checksum } }, status: 'OFFERED', version: 1 },
        },
      ],
      offers: [],
    }),
  );
  const { code } = site.center;
  cluster = await startSimulatedCluster({ name: code, clock: wallClock, seed: 1, stageSpeed: 100, nodes: [] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  clusters = new ClusterRegistry([{ centerCode: code, kubeconfigPath, context: code }], {
    rate: null,
    reflector: { backoff: { firstMs: 20, mostMs: 200 } },
  });
  gateway = clusters.of(code) as ClusterGateway;
  const shared = {
    ...{ resources: get(ResourcesService), unrecorded: get(UnrecordedMachinesService) },
    ...{ allocation: get(AllocationService), requests: get(FollowUpService), logins: get(MachineLogins) },
    ...{ facilities: get(FacilitiesService), unitOfWork: get(UnitOfWork), leases: get(Leases) },
  };
  records = { ...shared, hosts: get(HostRecords), clock: app.context.get(CLOCK, { strict: false }) };
  // The site's last server comes in by registration, the others are there before anybody asks.
  for (const id of site.serverIds.slice(0, -1)) await stand(await row(id));
}, 120_000);

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

afterAll(async () => {
  await clusters?.close();
  await cluster?.stop();
  await app?.close();
  await rm(directory, { recursive: true, force: true });
});

const row = async (id: string) => (await get(ServersService).inScope(WHOLE_PROVINCE, id)) as ServerRow;
const hostOf = async (id: string) => (await get(HostRecords).desiredOf([id]))[0] as DesiredHost;
const keyOf = ({ host }: DesiredHost): ObjectKey => ({ kind: 'BareMetalHost', ...host });
const inCluster = async (id: string) => {
  const object = await gateway.get(keyOf(await hostOf(id)));
  return object && { object, view: hostView(object) };
};
const reaches = (id: string, phase: DesiredHost['phase']) =>
  until(`${id} is ${phase}`, async () => (await hostOf(id))?.phase === phase);
const events = async (id: string): Promise<{ kind: string; text: string; actor_name: string }[]> =>
  app.test.db.query('select kind, text, actor_name from server_event where server_id = ? order by at, id', [id]);

/** A host that somebody registered with the cluster, as its inspection will find it. */
async function stand({ assetNumber, serial }: ServerRow): Promise<void> {
  const name = assetNumber.toLowerCase();
  await gateway.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await gateway.apply({
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: { namespace: NAMESPACE, name: `${name}-bmc` } },
    data: { username: 'cm9vdA==', password: 'cm9vdA==' },
  });
  const hardware = { systemVendor: { manufacturer: '华为', productName: 'TaiShan', serialNumber: serial } };
  await gateway.apply({
    ...{ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost' },
    metadata: {
      ...{ namespace: NAMESPACE, name },
      annotations: { 'inspect.metal3.io/hardwaredetails': JSON.stringify(hardware) },
    },
    spec: { online: false, bmc: { address: `redfish://10.0.0.1/${name}`, credentialsName: `${name}-bmc` } },
  });
}

async function startWorker(mortal: Mortal | Sleeper = new Mortal()): Promise<ProvisioningWorker> {
  const feed = get(ChangeFeed);
  const worker = new ProvisioningWorker(mortal.clusters(clusters), mortal.records(records), feed, FAST);
  workers.push(worker);
  await worker.start();
  return worker;
}

/** A server in use, as a grant leaves it. */
async function giveOut(image: HostImage = IMAGE): Promise<string> {
  const lineId = newId();
  const { department, system } = desk.journey;
  return get(UnitOfWork).run(async (tx) => {
    const [holding, subject] = [get(HoldingService), { id: newId(), actorName: '测试' }];
    const id = await holding.holdOne(tx, { centerId: site.center.id, architecture: 'ARM64' }, subject);
    if (id === null) throw new Error('no server is free');
    const user = { departmentId: department.id, systemId: system.id };
    const given = await holding.allocate(tx, subject.id, user, '测试');
    if (!given.ok) throw new Error('it is not given');
    const line = { lineId, requestCode: 'SQ-2026-000001', serverIds: [id], imageOf: () => image };
    if (!(await get(HostOrders).take(tx, [line])).has(lineId)) throw new Error('it is not driven');
    return id;
  });
}

async function move(id: string, action: 'RETURN' | 'FINISH_CLEANING') {
  const { version } = await row(id);
  const wish = { id, action, expectedVersion: version, idempotencyKey: newId(), reason: '项目结束', poolId: null };
  return get(ServerLifeService).change(engineer, WHOLE_PROVINCE, wish);
}

async function act(
  id: string,
  action: HostAction,
  more: { reason?: string; confirmed?: string } = {},
  by = desk.journey.applicant,
) {
  const { version } = await row(id);
  const scope = by === engineer ? WHOLE_PROVINCE : desk.journey.scope;
  const words = { reason: more.reason ?? '例行检查', confirmed: more.confirmed ?? null };
  return get(HostActs).act(by, scope, { id, action, expectedVersion: version, idempotencyKey: newId(), ...words });
}

const isFree = (id: string) => until(`${id} is free`, async () => (await row(id)).state === 'FREE');

describe('servers that a cluster installs', () => {
  it('are found by their serial numbers, and a granted line is carried to its delivery', async () => {
    await startWorker();
    await until('all are available', async () => {
      const known = await get(HostRecords).desiredIn(site.center.id);
      return known.length === SERVERS - 1 && known.every(({ phase }) => phase === 'AVAILABLE');
    });
    const one = desk.line('SERVER', { count: 2, centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' });
    const requestId = await desk.journey.submitted(desk.content([one]));
    await desk.journey.approve(requestId);
    expect((await desk.journey.row(requestId)).state).toBe('PROVISIONING');
    await until('it is delivered', async () => (await desk.journey.row(requestId)).state === 'DELIVERED');
    const ids: { id: string }[] = await app.test.db.query("select id from server where state = 'IN_USE'");
    expect(ids).toHaveLength(2);
    for (const { id } of ids) {
      const host = await hostOf(id);
      expect(host).toMatchObject({ phase: 'RUNNING', poweredOn: true, image: { name: IMAGE.name } });
      const found = await inCluster(id);
      expect(found?.object.spec).toMatchObject({
        consumerRef: { ...CONSUMER, name: host.useId },
        image: { url: IMAGE.url, checksum: 'a'.repeat(64), checksumType: 'sha256' },
      });
      const told = (await events(id)).filter(({ actor_name }) => actor_name === 'Metal3');
      expect(told.map(({ kind }) => kind)).toEqual(['HOST_FOUND', 'CLAIMED', 'HOST']);
      expect(told.at(-1)?.text).toContain('装机完成');
    }
    // What the cluster does is nobody's work.
    expect(await app.test.db.query('select 1 from work_order')).toEqual([]);
    for (const { id } of ids) {
      idOf(await move(id, 'RETURN'));
      await isFree(id);
    }
  });

  it('are people’s as before where one of a line has no host', async () => {
    const far = await desk.openSite('ACTIVE_B', { servers: 1 });
    const taken = await get(UnitOfWork).run((tx) =>
      get(HostOrders).take(tx, [
        { lineId: newId(), requestCode: 'SQ', serverIds: far.serverIds, imageOf: () => IMAGE },
      ]),
    );
    expect(taken).toEqual(new Set());
  });

  it('are released in two phases: claimed until the proof is kept, free only then', async () => {
    const installer = await startWorker();
    const id = await giveOut();
    await reaches(id, 'RUNNING');
    const { useId } = await hostOf(id);
    await installer.stop();
    await app.test.db.query('delete from lease');
    idOf(await move(id, 'RETURN'));
    // Nobody may call it clean by hand; who claims it is the same still.
    expect(codesOf(await move(id, 'FINISH_CLEANING'))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await inCluster(id))?.view.consumer).toBe(useId);
    await startWorker();
    await isFree(id);
    const host = await hostOf(id);
    expect(host).toMatchObject({ useId: null, wipe: { method: 'METADATA' }, image: null });
    expect(host.wipedAt).not.toBeNull();
    expect((await inCluster(id))?.view).toMatchObject({
      consumer: undefined,
      wantedImage: undefined,
      state: 'available',
    });
    const told = await events(id);
    const wiped = told.find(({ kind }) => kind === 'WIPED');
    expect(wiped).toMatchObject({ actor_name: 'Metal3' });
    expect(wiped?.text).toMatch(/未全盘覆写.*\d{2}:\d{2}:\d{2} 至 .*北京时间/);
    // The proof stands before the end of the cleaning in its history.
    const kinds = told.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('WIPED')).toBeLessThan(kinds.lastIndexOf('FINISH_CLEANING'));
  });

  it('say that they failed five times with the operator’s words, and are cleaned all the same', async () => {
    await startWorker();
    const id = await giveOut({ ...IMAGE, url: 'https://images/missing.qcow2' });
    await reaches(id, 'FAILED');
    const host = await hostOf(id);
    expect(host).toMatchObject({ tries: 5, deliveredAt: null });
    expect(host.statusText.zh).toContain('装机失败 5 次');
    expect(host.statusText.zh).toContain('404');
    idOf(await move(id, 'RETURN'));
    await isFree(id);
    expect((await hostOf(id)).wipe).toMatchObject({ method: 'METADATA' });
  });

  it('are switched and reinstalled by their department, with reason and number; each is in its history', async () => {
    await startWorker();
    const id = await giveOut();
    await reaches(id, 'RUNNING');
    idOf(await act(id, 'POWER_OFF'));
    await reaches(id, 'STOPPED');
    expect(await hostOf(id)).toMatchObject({ poweredOn: false });
    expect(codesOf(await act(id, 'REBOOT'))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await act(id, 'POWER_ON'));
    await reaches(id, 'RUNNING');
    idOf(await act(id, 'REBOOT'));
    await until('it has rebooted', async () => {
      const view = (await inCluster(id))?.view;
      return view?.rebootRound === 1 && view.poweredOn && (await hostOf(id)).statusText.zh === '运行中';
    });
    const { assetNumber } = await row(id);
    expect(codesOf(await act(id, 'REIMAGE', { reason: ' ', confirmed: 'ZC' }))).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
    const before = (await inCluster(id))?.view.provision.start ?? '';
    // Metal3 writes whole seconds.
    await until('another second', () => Date.now() - Date.parse(before) >= 1_000);
    idOf(await act(id, 'REIMAGE', { reason: '系统被入侵', confirmed: assetNumber }));
    await until('it is installed anew', async () => {
      const view = (await inCluster(id))?.view;
      return view?.imageRound === 2 && view.state === 'provisioned' && (await hostOf(id)).phase === 'RUNNING';
    });
    expect((await inCluster(id))?.view.provision.start).not.toBe(before);
    const told = (await events(id)).filter(({ actor_name }) => actor_name === desk.journey.applicant.name);
    expect(told.map(({ kind }) => kind)).toEqual(['POWER_OFF', 'POWER_ON', 'REBOOT', 'REIMAGE']);
    // Another department’s person finds no such server.
    const { version } = await row(id);
    const words = { reason: 'x', confirmed: null, expectedVersion: version, idempotencyKey: newId() };
    const foreign = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    const refused = await get(HostActs).act(desk.journey.applicant, foreign, { id, action: 'POWER_OFF', ...words });
    expect(codesOf(refused)).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await move(id, 'RETURN'));
    await isFree(id);
  });

  it('are claimed by one of two who looked at the same moment', async () => {
    const id = site.serverIds[0] as string;
    const key = keyOf(await hostOf(id));
    const view = (await inCluster(id))?.view as NonNullable<Awaited<ReturnType<typeof inCluster>>>['view'];
    const claim = (name: string) => gateway.amend(key, view, { spec: { consumerRef: { ...CONSUMER, name } } });
    const answers = await Promise.allSettled([claim('one'), claim('two')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const loser = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect((loser.reason as ClusterFailure).failureClass).toBe('CONFLICT');
    const now = (await inCluster(id))?.view as typeof view;
    await gateway.amend(key, now, { spec: { consumerRef: null } });
  });

  it('are not touched where somebody else has claimed them, and say so', async () => {
    const id = await giveOut();
    const key = keyOf(await hostOf(id));
    const foreign = { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta1', kind: 'Metal3Machine', name: 'other' };
    const view = (await inCluster(id))?.view as NonNullable<Awaited<ReturnType<typeof inCluster>>>['view'];
    await gateway.amend(key, view, { spec: { consumerRef: foreign } });
    await startWorker();
    await reaches(id, 'FAILED');
    expect((await hostOf(id)).statusText.zh).toContain('其他使用方');
    expect((await gateway.get(key))?.spec).toMatchObject({ consumerRef: foreign });
    const now = (await inCluster(id))?.view as typeof view;
    await gateway.amend(key, now, { spec: { consumerRef: null } });
    await reaches(id, 'RUNNING');
    idOf(await move(id, 'RETURN'));
    await isFree(id);
  });

  it('come in by registration with a secret that no table has in clear', async () => {
    const id = site.serverIds.at(-1) as string;
    expect(codesOf(await act(id, 'REGISTER', {}, engineer))).toEqual(['ILLEGAL_TRANSITION']);
    const reachedAt = async (address: string, password: string) => {
      await app.test.db.query('update server set bmc_address = ? where id = ?', [address, id]);
      const { version } = await row(id);
      const wish = {
        id,
        expectedVersion: version,
        idempotencyKey: newId(),
        credential: { username: 'root', password },
      };
      idOf(await get(BmcService).setCredential(engineer, WHOLE_PROVINCE, wish));
    };
    await reachedAt('unreachable-9', 'mistyped');
    expect(codesOf(await act(id, 'REGISTER', {}, engineer))).toEqual(['INVALID_INPUT']);
    idOf(await act(id, 'REGISTER', { confirmed: (await row(id)).assetNumber }, engineer));
    // One worker is stopped right before it registers the host; another does, and goes on.
    const sleeper = new Sleeper();
    sleeper.sleepBefore(({ kind }) => kind === 'BareMetalHost');
    await startWorker(sleeper);
    await until('it sleeps', () => sleeper.isAsleep);
    await app.test.db.query('delete from lease');
    await startWorker();
    await reaches(id, 'FAILED');
    expect((await hostOf(id)).statusText.zh).toContain('请核对地址和账号');
    // What is corrected is written into the cluster again.
    await reachedAt('10.0.9.9', 'very-secret-1');
    await until('it is inspected', async () => (await inCluster(id))?.view.serial !== null);
    const { host } = await hostOf(id);
    const secret = await gateway.get({ kind: 'Secret', namespace: host.namespace, name: `${host.name}-bmc` });
    expect(Buffer.from(secret?.data?.password ?? '', 'base64').toString()).toBe('very-secret-1');
    // The simulated inspection makes up a serial number: it is another machine than the asset's, and is not touched.
    await until('it is told', async () => (await hostOf(id)).statusText.zh.includes('与资产不符'));
    expect(await hostOf(id)).toMatchObject({ phase: 'FAILED', registered: true });
    // Somebody works on it now. Awake, the first still says that it shall be off, and is not heard.
    const found = await inCluster(id);
    if (found === undefined) throw new Error('it is not there');
    await gateway.amend(keyOf(await hostOf(id)), found.view, { spec: { online: true } });
    sleeper.wake();
    await until('the late registration has ended', () => sleeper.lateWrite !== undefined);
    expect(sleeper.lateWrite).toEqual({ refused: expect.objectContaining({ failureClass: 'CONFLICT' }) });
    expect((await inCluster(id))?.view.online).toBe(true);
    const kept: object[] = await app.test.db.query('select * from server where id = ?', [id]);
    expect(JSON.stringify(kept)).not.toContain('very-secret-1');
    idOf(await act(id, 'KEEP_BY_HAND', { reason: '序列号不符', confirmed: (await row(id)).assetNumber }, engineer));
  });

  it('get there and back whichever step a worker dies at, each with one claim', async () => {
    let deaths = 0;
    for (let step = 1; step <= DEATHS_MAX; step += DEATHS_APART) {
      await app.test.db.query('delete from lease');
      const mortal = new Mortal(step);
      const doomed = await startWorker(mortal);
      const id = await giveOut();
      const { useId } = await hostOf(id);
      let isReturned = false;
      const livesOn = async () => {
        if (!isReturned && (await hostOf(id)).phase === 'RUNNING') {
          idOf(await move(id, 'RETURN'));
          isReturned = true;
        }
        return mortal.hasDied || (isReturned && (await row(id)).state === 'FREE');
      };
      await until('its end, or the release’s', livesOn);
      const died = mortal.hasDied;
      mortal.kill();
      await doomed.stop();
      await app.test.db.query('delete from lease');
      const heir = await startWorker();
      if (!isReturned) {
        await reaches(id, 'RUNNING');
        expect((await inCluster(id))?.view.consumer).toBe(useId);
        idOf(await move(id, 'RETURN'));
      }
      await isFree(id);
      expect(await hostOf(id)).toMatchObject({ useId: null, wipe: { method: 'METADATA' } });
      expect((await inCluster(id))?.view).toMatchObject({ consumer: undefined, wantedImage: undefined });
      await heir.stop();
      const wiped = (await events(id)).filter(({ kind }) => kind === 'WIPED').length;
      const ended = (await events(id)).filter(({ kind }) => kind === 'FINISH_CLEANING').length;
      expect(wiped).toBe(ended);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(3);
  }, 300_000);
});
