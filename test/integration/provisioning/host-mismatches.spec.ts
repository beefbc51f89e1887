import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { MachineLogins } from '../../../server/src/documents/machine-logins.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { CLOCK } from '../../../server/src/kernel/clock.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { UnrecordedMachinesService } from '../../../server/src/resources/unrecorded-machines.service.js';
import { HostMismatchActs } from '../../../server/src/servers/host-mismatch-acts.service.js';
import { HostMismatches } from '../../../server/src/servers/host-mismatches.service.js';
import type { HostMismatchRow } from '../../../server/src/servers/host-mismatches.types.js';
import { HostRecords } from '../../../server/src/servers/host-records.service.js';
import { ServersService } from '../../../server/src/servers/servers.service.js';
import type { ServerRow } from '../../../server/src/servers/servers.types.js';
import {
  type SimulatedCluster,
  startSimulatedCluster,
  wallClock,
  writeKubeconfig,
} from '../../../server/src/simulation/simulated-cluster.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { FAST } from '../../support/fast-pace.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { until } from '../../support/until.ts';

const NAMESPACE = 'metal';
const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

let directory: string;
let app: TestApplication;
let site: Site;
let cluster: SimulatedCluster;
let clusters: ClusterRegistry;
let gateway: ClusterGateway;
let worker: ProvisioningWorker;
const get = <T>(type: abstract new (...args: never[]) => T): T => app.context.get(type as never, { strict: false });

beforeAll(async () => {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-mismatches-'));
  app = await openTestApplication();
  const desk = await KindsDesk.open(app);
  site = await desk.openSite('ACTIVE_A', { servers: 3 });
  const { code } = site.center;
  cluster = await startSimulatedCluster({ name: code, clock: wallClock, seed: 1, stageSpeed: 100, nodes: [] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  clusters = new ClusterRegistry([{ centerCode: code, kubeconfigPath, context: code }], { rate: null });
  gateway = clusters.of(code) as ClusterGateway;
  await app.test.db.query('update server set bmc_address = ? where id = ?', ['10.0.7.7', site.serverIds[1]]);
  await stand('known', (await row(site.serverIds[0] as string)).serial);
  const records = {
    ...{ resources: get(ResourcesService), unrecorded: get(UnrecordedMachinesService) },
    ...{ allocation: get(AllocationService), requests: get(FollowUpService), logins: get(MachineLogins) },
    ...{ facilities: get(FacilitiesService), unitOfWork: get(UnitOfWork), leases: get(Leases) },
    ...{ hosts: get(HostRecords), clock: app.context.get(CLOCK, { strict: false }) },
  };
  // A whole look is an hour away: what the tests see is seen because something changed.
  worker = new ProvisioningWorker(clusters, records, get(ChangeFeed), { ...FAST, resyncEveryMs: 3_600_000 });
  await worker.start();
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  await clusters?.close();
  await cluster?.stop();
  await app?.close();
  await rm(directory, { recursive: true, force: true });
});

const row = async (id: string) => (await get(ServersService).inScope(WHOLE_PROVINCE, id)) as ServerRow;

async function stand(name: string, serial: string, address = '10.0.0.1'): Promise<void> {
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
    spec: { online: false, bmc: { address: `redfish://${address}/${name}`, credentialsName: `${name}-bmc` } },
  });
}

async function rows(search: string): Promise<readonly HostMismatchRow[]> {
  const filter = { states: [], sides: [], centerId: site.center.id, search };
  return (await get(HostMismatches).page(filter, { first: 50, after: null })).rows;
}
async function listed(search: string, is: (one: HostMismatchRow) => boolean = () => true): Promise<HostMismatchRow> {
  await until(`${search} is listed`, async () => (await rows(search)).some(is));
  return (await rows(search)).find(is) as HostMismatchRow;
}
const acts = () => get(HostMismatchActs);
const decide = (items: readonly HostMismatchRow[], action: 'IGNORE' | 'WATCH', reason = '借用设备') =>
  acts().decide(engineer, {
    items: items.map(({ id, version }) => ({ id, expectedVersion: version })),
    ...{ action, reason, idempotencyKey: newId() },
  });
const match = (one: HostMismatchRow, serverId: string) =>
  acts().match(engineer, WHOLE_PROVINCE, {
    ...{ id: one.id, expectedVersion: one.version, serverId, reason: '铭牌核对' },
    idempotencyKey: newId(),
  });
const toldOf = async ({ id }: HostMismatchRow): Promise<number> =>
  (await app.test.db.query('select 1 from notice where subject_id = ?', [id])).length;

describe('hosts and assets without their twin', () => {
  it('are told of once: an asset with a BMC that no host is, and a host whose serial number no asset has', async () => {
    await until('the known one is bound', async () => (await row(site.serverIds[0] as string)).clusterHost !== null);
    const asset = await row(site.serverIds[1] as string);
    const missing = await listed(asset.assetNumber);
    expect(missing).toMatchObject({ side: 'SERVER', problem: 'NO_HOST', serverId: asset.id, state: 'OPEN' });
    expect(await rows((await row(site.serverIds[0] as string)).serial)).toEqual([]);

    await stand('stranger', 'JY-STRANGER');
    const stranger = await listed('stranger');
    expect(stranger).toMatchObject({
      ...{ side: 'HOST', problem: 'NO_SERVER', serial: 'JY-STRANGER', hardware: '华为 TaiShan', state: 'OPEN' },
      ...{ host: { namespace: NAMESPACE, name: 'stranger' }, bmcAddress: 'redfish://10.0.0.1/stranger' },
    });
    await stand('mute', 'To be filled by O.E.M.');
    expect(await listed('mute')).toMatchObject({ problem: 'NO_SERIAL', serial: null });
    await stand('deaf', 'JY-DEAF', 'unreachable-1');
    const deaf = await listed('deaf');
    expect(deaf).toMatchObject({ problem: 'NOT_INSPECTED', serial: null });
    expect(deaf.message).toContain('connection timed out');
  });

  it('are let be by a reason, all of them or none, and watched again', async () => {
    const [one, two] = [await listed('stranger'), await listed('mute')];
    expect(codesOf(await decide([one], 'IGNORE', ' '))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await decide([one, { ...two, version: 99 }], 'IGNORE'))).toEqual(['VERSION_CONFLICT']);
    expect((await listed('stranger')).state).toBe('OPEN');
    expect((await decide([one, two], 'IGNORE')).ok).toBe(true);
    expect(await listed('mute')).toMatchObject({ state: 'IGNORED', decidedBy: '蒋工', reason: '借用设备' });
    expect(codesOf(await decide([await listed('mute')], 'IGNORE'))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await decide([await listed('stranger')], 'WATCH', '已归还')).ok).toBe(true);
    expect(await listed('stranger')).toMatchObject({ state: 'OPEN', reason: '已归还' });
  });

  it('have their twin when a person says so: the serial number becomes the inspected one, and the history says who', async () => {
    const asset = await row(site.serverIds[1] as string);
    const stranger = await listed('stranger');
    expect(codesOf(await match(stranger, site.serverIds[0] as string))).toEqual(['INVALID_INPUT']);
    expect(codesOf(await match(await listed('deaf'), asset.id))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await match(stranger, asset.id)).ok).toBe(true);
    expect(await row(asset.id)).toMatchObject({
      serial: 'JY-STRANGER',
      clusterHost: { namespace: NAMESPACE, name: 'stranger' },
    });
    const [event] = await app.test.db.query(
      "select text, actor_name from server_event where server_id = ? and kind = 'HOST_FOUND'",
      [asset.id],
    );
    expect(event.actor_name).toBe('蒋工');
    expect(event.text).toContain('序列号改为 JY-STRANGER：铭牌核对');
    expect(await listed('stranger')).toMatchObject({ state: 'ENDED', live: null });
    await listed(asset.assetNumber, ({ state }) => state === 'ENDED');
    // From then on it is driven like any other.
    await until('it is looked after', async () => {
      const [desired] = await get(HostRecords).desiredOf([asset.id]);
      return desired?.phase === 'AVAILABLE';
    });
  });

  it('have their twin once an asset with that serial number is registered, without waiting for the next whole look', async () => {
    await stand('new-rack', 'JY-NEW-RACK');
    await listed('new-rack');
    const [like] = await app.test.db.query('select * from server where id = ?', [site.serverIds[2]]);
    const facts = {
      ...{ assetNumber: 'ZC-NEW-1', serial: 'JY-NEW-RACK', modelId: like.model_id, centerId: site.center.id },
      ...{ architecture: 'ARM64' as const, cpuMaker: 'KUNPENG' as const, cpuModel: '鲲鹏 920', sockets: 2, cores: 96 },
      ...{ threads: 96, memoryMib: 262_144, powerW: null, weightGrams: null, disks: [], nics: [], accelerators: [] },
      ...{ bmcAddress: null, purchasedOn: null, warrantyUntil: null },
    };
    const id = idOf(await get(ServersService).register(engineer, facts, newId()));
    await until('it is bound', async () => (await row(id)).clusterHost?.name === 'new-rack');
    await listed('new-rack', ({ state }) => state === 'ENDED');
  });

  it('tell the engineers once of each', async () => {
    expect(await toldOf(await listed('mute'))).toBe(1);
  });
});
