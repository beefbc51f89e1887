import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecutionStepsModule } from '../../server/src/executions/execution-steps.module.js';
import { systemClock } from '../../server/src/kernel/clock.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { ChangeFeed } from '../../server/src/platform/feed/change-feed.js';
import { diskNameOf } from '../../server/src/provisioning/domain/desired-manifests.js';
import { ProvisioningModule } from '../../server/src/provisioning/provisioning.module.js';
import { PACE } from '../../server/src/provisioning/provisioning.types.js';
import { ProvisioningWorker } from '../../server/src/provisioning/provisioning.worker.js';
import { GroupActs } from '../../server/src/resilience/group-acts.service.js';
import { GroupForming } from '../../server/src/resilience/group-forming.service.js';
import { GroupsRepository } from '../../server/src/resilience/groups.repository.js';
import { consoleRights } from '../../server/src/simulated-clusters.js';
import { type SimulatedCluster, writeKubeconfig } from '../../server/src/simulation/simulated-cluster.js';
import type { LocalMode, RemoteMode } from '../../server/src/systems/domain/system.js';
import { type Answered, call, startCluster } from '../integration/simulation/support.ts';
import { openTestApplication, type TestApplication, viewerWith } from './application.ts';
import { FAST } from './fast-pace.ts';
import { KindsDesk, type Site } from './kinds-desk.ts';
import { LifeDesk } from './life-desk.ts';
import { PlayedDesk } from './played-desk.ts';
import { idOf } from './request-journey.ts';
import { until } from './until.ts';

const ROLES = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const;
/** Machines are made, disks imported, guests started. */
const MADE_WITHIN_MS = 120_000;
/** What the gateway may wait for an answer; the product's own is longer. */
const VOLSYNC = '/apis/volsync.backube/v1alpha1/namespaces';
const CSI_ADDONS = '/apis/replication.storage.openshift.io/v1alpha1/namespaces';

/** A center's cluster, as an outsider with an administrator's rights sees it, past the console. */
export class SimulatedSite {
  private isCut = false;

  constructor(
    readonly center: Site['center'],
    readonly simulated: SimulatedCluster,
  ) {}

  get cut(): boolean {
    return this.isCut;
  }

  /** Nobody is answered, and every line is cut; what runs there goes on running. */
  set cut(is: boolean) {
    this.isCut = is;
    if (is) this.simulated.faults.add({ match: {}, effect: 'cutOff' });
    else this.simulated.faults.clear();
  }

  /** As the outsider finds them; a cut center is looked at from within. */
  async list(path: string): Promise<Answered[]> {
    const was = this.isCut;
    if (was) this.simulated.faults.clear();
    try {
      return (await call(this.simulated, 'GET', path)).body.items;
    } finally {
      if (was) this.cut = true;
    }
  }

  /** One look at all of them: what is in it was so at one moment. */
  instances(): Promise<Answered[]> {
    return this.list('/apis/kubevirt.io/v1/virtualmachineinstances');
  }

  async running(): Promise<number> {
    return (await this.instances()).filter(({ status }) => status?.phase === 'Running').length;
  }

  mirrors(): Promise<Answered[]> {
    return this.list('/apis/replication.storage.openshift.io/v1alpha1/volumereplications');
  }

  async primaries(): Promise<number> {
    return (await this.mirrors()).filter(({ status }) => status?.state === 'Primary').length;
  }

  senders(): Promise<Answered[]> {
    return this.list('/apis/volsync.backube/v1alpha1/replicationsources');
  }

  receivers(): Promise<Answered[]> {
    return this.list('/apis/volsync.backube/v1alpha1/replicationdestinations');
  }

  disks(): Promise<Answered[]> {
    return this.list('/apis/cdi.kubevirt.io/v1beta1/datavolumes');
  }

  /** As an administrator of the cluster writes it; of a status what its operator would say. */
  async patch(object: Answered, patch: Answered, subresource = ''): Promise<void> {
    const { name, namespace } = object.metadata;
    const plural = `${object.kind.toLowerCase()}s`;
    const path = `${VOLSYNC}/${namespace}/${plural}/${name}${subresource}`;
    const done = await call(this.simulated, 'PATCH', path, patch);
    if (done.status !== 200) throw new Error(`${path}: ${JSON.stringify(done.body)}`);
  }

  /** The key that both ends of a copy were given: what the console writes and never reads. */
  async keyOf(namespace: string, name: string): Promise<Answered> {
    const { body } = await call(this.simulated, 'GET', `/api/v1/namespaces/${namespace}/secrets/${name}`);
    return { id: body.metadata?.annotations?.['jiyun.internal/key-id'], data: body.data };
  }

  fences(): Promise<Answered[]> {
    return this.list('/apis/csiaddons.openshift.io/v1alpha1/networkfences');
  }

  /** As whoever keeps the storage made it. */
  async make(path: string, object: Answered): Promise<void> {
    const made = await call(this.simulated, 'POST', path, object);
    if (made.status !== 201) throw new Error(`${path}: ${JSON.stringify(made.body)}`);
  }

  mirror(namespace: string, volume: string, role: 'primary' | 'secondary'): Promise<void> {
    return this.make(`${CSI_ADDONS}/${namespace}/volumereplications`, {
      apiVersion: 'replication.storage.openshift.io/v1alpha1',
      kind: 'VolumeReplication',
      metadata: { name: `vr-${volume}` },
      spec: {
        ...{ autoResync: false, replicationState: role, volumeReplicationClass: 'array-1s' },
        dataSource: { kind: 'PersistentVolumeClaim', name: volume },
      },
    });
  }

  receiver(namespace: string, volume: string): Promise<void> {
    return this.make(`${VOLSYNC}/${namespace}/replicationdestinations`, {
      ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationDestination' },
      metadata: { name: `rd-${volume}` },
      spec: {
        trigger: { schedule: '*/5 * * * *' },
        rsyncTLS: { copyMethod: 'Snapshot', destinationPVC: volume, keySecret: 'psk' },
      },
    });
  }

  sender(namespace: string, volume: string, address: string): Promise<void> {
    return this.make(`${VOLSYNC}/${namespace}/replicationsources`, {
      ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationSource' },
      metadata: { name: `rs-${volume}`, labels: { 'jiyun.internal/replicates-to': 'recovery' } },
      spec: {
        ...{ sourcePVC: volume, trigger: { schedule: '*/5 * * * *' } },
        rsyncTLS: { copyMethod: 'Snapshot', address, keySecret: 'psk' },
      },
    });
  }
}

/** Machines of a line are called by it and by their side; a tier by the first of them. */
export const isOfLine = (tierName: string, line: string) => tierName === line || tierName.startsWith(`${line}-`);

async function holdsNothing(acts: GroupActs, tier: { id: string; version: number }): Promise<void> {
  const edited = await acts.edit(viewerWith(['DR_OPERATOR'], newId()), WHOLE_PROVINCE, {
    ...{ tierId: tier.id, expectedVersion: tier.version, idempotencyKey: newId() },
    ...{ dataKind: 'STATELESS', layer: 'APPLICATION', source: 'NONE', party: 'CENTER', partyName: null },
  });
  if (!edited.ok) throw new Error(JSON.stringify(edited.error));
}

/**
 * The same group on three simulated clusters, over the product's own client: machines are made there by the product's own
 * worker, run there, and are seen by an outsider. @see PlayedDesk for people and rounds.
 */
export class SimulatedDesk extends PlayedDesk {
  protected override readonly pauseMs = 40;
  protected override readonly roundsMax = 400;

  private constructor(
    app: TestApplication,
    kinds: KindsDesk,
    groupId: string,
    readonly registry: ClusterRegistry,
    readonly sites: readonly SimulatedSite[],
    readonly place: { readonly directory: string; readonly kubeconfigPath: string },
    private readonly end: () => Promise<void>,
  ) {
    super(app, kinds, groupId);
  }

  get a(): SimulatedSite {
    return this.sites[0] as SimulatedSite;
  }

  get b(): SimulatedSite {
    return this.sites[1] as SimulatedSite;
  }

  get c(): SimulatedSite {
    return this.sites[2] as SimulatedSite;
  }

  /**
   * @param of.machines of its one tier, a side; or `tiers`, each a line: the first holds data, the others nothing. `remote`:
   * whether the recovery center has some.
   */
  static async open(of: {
    readonly machines?: number;
    readonly tiers?: readonly { readonly name: string; readonly machines: number }[];
    readonly remote?: RemoteMode;
    /** SINGLE: it stands in A, and nothing mirrors its disks. */
    readonly local?: LocalMode;
    /** Paces and rates of production; else everything is looked at sooner. */
    readonly asInProduction?: boolean;
  }): Promise<SimulatedDesk> {
    const directory = await mkdtemp(join(tmpdir(), 'jiyun-sites-'));
    const kubeconfigPath = join(directory, 'kubeconfig');
    // The registry is bound before the centers are known: their codes are given to them.
    const codes = ROLES.map((role) => `site-${role.toLowerCase().replace('_', '-')}`);
    const nodes = [...['arm-1', 'arm-2'].map((name) => ({ name, architecture: 'arm64' as const }))].map((node) => ({
      ...node,
      zone: 'GOVERNMENT_EXTRANET',
      cpu: 256,
      memoryMib: 1_048_576,
    }));
    const clusters = await Promise.all(codes.map((name) => startCluster({ name, nodes, account: consoleRights() })));
    await writeKubeconfig(clusters, kubeconfigPath);
    const registry = new ClusterRegistry(
      codes.map((centerCode) => ({ centerCode, kubeconfigPath, context: centerCode })),
      of.asInProduction ? {} : { rate: null, reflector: { backoff: { firstMs: 20, mostMs: 200 } } },
    );
    const app = await openTestApplication(systemClock, [
      ProvisioningModule.on(registry, of.asInProduction ? PACE : FAST),
      ExecutionStepsModule.on(registry),
    ]);
    const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
    const end = async () => {
      await get(ProvisioningWorker).stop();
      await app.close();
      await registry.close();
      await Promise.all(clusters.map((cluster) => cluster.stop()));
      await rm(directory, { recursive: true, force: true });
    };
    try {
      const kinds = await KindsDesk.open(app);
      const sites: SimulatedSite[] = [];
      for (const [at, role] of ROLES.entries()) {
        const { center } = await kinds.openSite(role, { vcpu: 400 }, 'IN_SERVICE', codes[at]);
        sites.push(new SimulatedSite(center, clusters[at] as SimulatedCluster));
      }
      await get(ChangeFeed).start();
      await get(ProvisioningWorker).start();
      const life = new LifeDesk(app, kinds.journey);
      const remoteMode = of.remote ?? 'NONE';
      const localMode = of.local ?? 'DUAL_ACTIVE';
      const isSingle = localMode === 'SINGLE';
      const tiers = of.tiers ?? [{ name: 'vm', machines: of.machines ?? 1 }];
      const lines = tiers.map(({ machines: count, name }) =>
        kinds.line('VM', {
          name,
          localMode,
          remoteMode,
          count,
          ...(isSingle ? { centerId: sites[0]?.center.id } : {}),
        }),
      );
      const requestId = await kinds.journey.submitted(kinds.content(lines));
      idOf(await kinds.journey.approve(requestId));
      const made = async () => (await life.resources.ofRequests([requestId]))[0] ?? [];
      await until(
        'machines in use',
        async () => (await made()).every(({ state }) => state === 'IN_USE'),
        MADE_WITHIN_MS,
        200,
      );
      await get(GroupForming).run();
      const [group] = await get(GroupsRepository).groups(null);
      if (!group) throw new Error('no group has formed');
      const formed = await get(GroupsRepository).tiers([group.id]);
      const data = formed.find(({ name }) => isOfLine(name, tiers[0]?.name ?? ''));
      for (const tier of formed.filter(({ id }) => id !== data?.id)) await holdsNothing(get(GroupActs), tier);
      const machines = (await made()).filter(({ lineId }) => lineId === data?.lineId);
      for (const { centerId, objectName, objectNamespace } of machines) {
        const site = sites.find(({ center }) => center.id === centerId) as SimulatedSite;
        const volume = diskNameOf(objectName);
        const [a, , c] = sites;
        if (site === c) await site.receiver(objectNamespace, volume);
        else if (!isSingle) await site.mirror(objectNamespace, volume, site === a ? 'primary' : 'secondary');
        if (site !== c && remoteMode !== 'NONE') await site.sender(objectNamespace, volume, 'recovery.example');
      }
      await Promise.all(clusters.map((cluster) => cluster.settle()));
      return new SimulatedDesk(app, kinds, group.id, registry, sites, { directory, kubeconfigPath }, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  override close(): Promise<void> {
    return this.end();
  }

  /** Reads clusters and database, and asks nothing of the console: of every data set one writer at most. */
  async look(): Promise<{ writers: string[]; primaries: number[]; running: number[] }> {
    const rows: { n: string; c: string | null }[] = await this.app.test.db.query(
      `select count(*) as n, max(p.center_id) as c from dr_data_place p where p.writer = 1 group by p.data_set_id`,
    );
    if (rows.some(({ n }) => Number(n) > 1)) throw new Error('two writers in the record');
    return {
      writers: rows.flatMap(({ c }) => c ?? []),
      primaries: await Promise.all(this.sites.map((site) => site.primaries())),
      running: await Promise.all(this.sites.map((site) => site.running())),
    };
  }
}
