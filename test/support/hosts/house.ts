/** A center whose cluster installs servers, with an engineer, a department and workers that may die: for cases of hosts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import type { Image } from '../../../server/src/catalog/domain/catalog.js';
import { MachineLogins } from '../../../server/src/documents/machine-logins.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { CLOCK } from '../../../server/src/kernel/clock.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import type { Manifest, ObjectKey } from '../../../server/src/provisioning/domain/cluster-object.js';
import { hostView } from '../../../server/src/provisioning/domain/observe-host.js';
import type { ApplyTerms, ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import type { Records } from '../../../server/src/provisioning/provisioning.types.js';
import { ProvisioningWorker } from '../../../server/src/provisioning/provisioning.worker.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import { UnrecordedMachinesService } from '../../../server/src/resources/unrecorded-machines.service.js';
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
import { giveConsoleAccount } from '../../cluster/console-account.ts';
import { openTestApplication, type TestApplication, viewerWith } from '../application.ts';
import { FAST } from '../fast-pace.ts';
import { KindsDesk, type Site } from '../kinds-desk.ts';
import { Mortal } from '../mortal.ts';
import { Sleeper } from '../sleeper.ts';
import { until } from '../until.ts';

export const SERVERS = 8;
const NAMESPACE = 'metal';
export const IMAGE: HostImage = {
  ...{ name: 'openEuler 24.03', url: 'https://images/openeuler.qcow2', checksum: `sha256:${'a'.repeat(64)}` },
  format: 'qcow2',
};
export const OTHER: HostImage = {
  ...{ name: '麒麟 V10', url: 'https://images/kylin.qcow2', checksum: `sha256:${'b'.repeat(64)}` },
  format: 'qcow2',
};
export const [imageId, otherImageId] = [newId(), newId()];
export const engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });

let directory: string;
export let app: TestApplication;
export let desk: KindsDesk;
export let site: Site;
let cluster: SimulatedCluster;
let account: Awaited<ReturnType<typeof giveConsoleAccount>>;
let clusters: ClusterRegistry;
let onlooker: ClusterRegistry;
export let gateway: ClusterGateway;
let records: Records & { readonly facilities: FacilitiesService };
const workers: ProvisioningWorker[] = [];
export const get = <T>(type: abstract new (...args: never[]) => T): T =>
  app.context.get(type as never, { strict: false });

export async function openHouse(): Promise<void> {
  Logger.overrideLogger(false);
  directory = await mkdtemp(join(tmpdir(), 'jiyun-hosts-'));
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  site = await desk.openSite('ACTIVE_A', { servers: SERVERS });
  await get(UnitOfWork).run((tx) =>
    get(CatalogService).add(tx, {
      images: [inCatalog(imageId, 'openeuler-arm64', IMAGE), inCatalog(otherImageId, 'z-kylin-arm64', OTHER)],
      offers: [],
    }),
  );
  const { code } = site.center;
  cluster = await startSimulatedCluster({ name: code, clock: wallClock, seed: 1, stageSpeed: 100, nodes: [] });
  const kubeconfigPath = join(directory, 'kubeconfig');
  await writeKubeconfig([cluster], kubeconfigPath);
  account = await giveConsoleAccount({ target: cluster, kubeconfigPath });
  // Under the rights that a center is asked to give, and none besides; what is looked at here is looked at by others.
  clusters = new ClusterRegistry([{ centerCode: code, kubeconfigPath: account.kubeconfigPath, context: code }], {
    rate: null,
    reflector: { backoff: { firstMs: 20, mostMs: 200 } },
  });
  onlooker = new ClusterRegistry([{ centerCode: code, kubeconfigPath, context: code }], { rate: null });
  gateway = onlooker.of(code) as ClusterGateway;
  const shared = {
    ...{ resources: get(ResourcesService), unrecorded: get(UnrecordedMachinesService) },
    ...{ allocation: get(AllocationService), requests: get(FollowUpService), logins: get(MachineLogins) },
    ...{ facilities: get(FacilitiesService), unitOfWork: get(UnitOfWork), leases: get(Leases) },
  };
  records = { ...shared, hosts: get(HostRecords), clock: app.context.get(CLOCK, { strict: false }) };
  // The site's last server comes in by registration, the others are there before anybody asks.
  for (const id of site.serverIds.slice(0, -1)) await stand(await row(id));
}

export async function stopWorkers(): Promise<void> {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
}

export async function closeHouse(): Promise<void> {
  await clusters?.close();
  await onlooker?.close();
  await account?.remove();
  await cluster?.stop();
  await app?.close();
  await rm(directory, { recursive: true, force: true });
}

function inCatalog(id: string, code: string, { checksum, name, url }: HostImage): Image {
  return {
    ...{ id, code, name, architecture: 'ARM64', minimumDiskGib: 20, status: 'OFFERED', version: 1 },
    source: { http: { url, checksum } },
  };
}

export const row = async (id: string) => (await get(ServersService).inScope(WHOLE_PROVINCE, id)) as ServerRow;
export const hostOf = async (id: string) => (await get(HostRecords).desiredOf([id]))[0] as DesiredHost;
export const keyOf = ({ host }: DesiredHost): ObjectKey => ({ kind: 'BareMetalHost', ...host });
export const inCluster = async (id: string) => {
  const object = await gateway.get(keyOf(await hostOf(id)));
  return object && { object, view: hostView(object) };
};
export const reaches = (id: string, phase: DesiredHost['phase']) =>
  until(`${id} is ${phase}`, async () => (await hostOf(id))?.phase === phase);
export const events = async (id: string): Promise<{ kind: string; text: string; actor_name: string }[]> =>
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

/** A worker that shows what it writes into Secrets, which the console itself can never read. */
export function showing(secrets: Map<string, Manifest>): Pick<Mortal, 'clusters' | 'records'> {
  const shown = (target: ClusterGateway) =>
    new Proxy(target, {
      get: (of, property) => {
        if (property === 'apply')
          return (manifest: Manifest, terms?: ApplyTerms) => {
            if (manifest.kind === 'Secret') secrets.set(manifest.metadata.name, manifest);
            return of.apply(manifest, terms);
          };
        const value: unknown = Reflect.get(of, property, of);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
  return {
    clusters: (all) => ({
      centerCodes: all.centerCodes,
      of: (code) => {
        const found = all.of(code);
        return found && shown(found);
      },
      close: () => all.close(),
    }),
    records: (given) => given,
  };
}

export async function startWorker(
  mortal: Pick<Mortal, 'clusters' | 'records'> | Sleeper = new Mortal(),
): Promise<ProvisioningWorker> {
  const feed = get(ChangeFeed);
  const worker = new ProvisioningWorker(mortal.clusters(clusters), mortal.records(records), feed, FAST);
  workers.push(worker);
  await worker.start();
  return worker;
}

/** A server in use, as a grant leaves it. */
export async function giveOut(image: HostImage = IMAGE): Promise<string> {
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

export async function move(id: string, action: 'RETURN' | 'FINISH_CLEANING') {
  const { version } = await row(id);
  const wish = { id, action, expectedVersion: version, idempotencyKey: newId(), reason: '项目结束', poolId: null };
  return get(ServerLifeService).change(engineer, WHOLE_PROVINCE, wish);
}

export async function act(
  id: string,
  action: HostAction,
  more: { reason?: string; confirmed?: string } = {},
  by = desk.journey.applicant,
  imageId: string | null = null,
) {
  const { version } = await row(id);
  const scope = by === engineer ? WHOLE_PROVINCE : desk.journey.scope;
  const words = { reason: more.reason ?? '例行检查', confirmed: more.confirmed ?? null };
  return get(HostActs).act(by, scope, {
    id,
    action,
    expectedVersion: version,
    idempotencyKey: newId(),
    imageId,
    ...words,
  });
}

export const isFree = (id: string) => until(`${id} is free`, async () => (await row(id)).state === 'FREE');
