import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { entities } from '../../server/src/entities.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import {
  type NodeSpec,
  type SimulatedCluster,
  writeKubeconfig,
} from '../../server/src/simulation/simulated-cluster.js';
import { startCluster } from '../integration/simulation/support.js';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { type Item, type LifePhase, type World, worldOf } from './fault-world.ts';
import { lookAtWorld } from './look-at-world.ts';
import { Province } from './province.ts';
import { until } from './until.ts';
import { WorkerProcess } from './worker-process.ts';

const CENTER = 'center-a';
const DEPARTMENT = 'js-killed';
const VCPU = 2;
const sizeOf = (vcpu: number) => ({ vcpu, memoryMib: 2_048 * vcpu, diskGib: 40 });
const PATIENCE_MS = 120_000;
const node: NodeSpec = {
  name: 'x86',
  architecture: 'amd64',
  zone: 'GOVERNMENT_EXTRANET',
  cpu: 512,
  memoryMib: 4_194_304,
};

/** A center with a cluster, a province's database, and workers that are processes of their own; the test looks at both from outside. */
export class WorkerHouse {
  private begun = 0;
  private readonly workers: WorkerProcess[] = [];
  private readonly released: Item[] = [];
  private items: readonly Item[] = [];

  private constructor(
    private readonly directory: string,
    private readonly simulated: SimulatedCluster,
    private readonly clusters: ClusterRegistry,
    private readonly database: TestDatabase,
    readonly province: Province,
    private readonly quotaId: string,
    private readonly networkId: string,
  ) {}

  /** With a machine that is to be resized again and again, and one that is released first; both are to be made still. */
  static async open(): Promise<WorkerHouse> {
    const directory = mkdtempSync(join(tmpdir(), 'jiyun-processes-'));
    const simulated = await startCluster({ name: CENTER, nodes: [node] });
    await writeKubeconfig([simulated], join(directory, 'kubeconfig'));
    const access = { centerCode: CENTER, kubeconfigPath: join(directory, 'kubeconfig'), context: null };
    const database = await openTestDatabase(entities);
    const province = await Province.open([CENTER], database);
    const house = new WorkerHouse(
      directory,
      simulated,
      new ClusterRegistry([access], { rate: null }),
      database,
      province,
      await province.openQuota(),
      await province.openNetwork(CENTER, { code: 'kill', vlanId: 101 }),
    );
    house.items = [await house.item('create'), await house.item('resize')];
    return house;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.buried()));
    await this.clusters.close();
    await this.province.close();
    await this.simulated.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get cluster(): ClusterGateway {
    return this.clusters.of(CENTER) as ClusterGateway;
  }

  /** Whoever drove before has let go, or its time is over. */
  async begin(): Promise<WorkerProcess> {
    this.begun += 1;
    const { database, directory } = this;
    const kubeconfigPath = join(directory, 'kubeconfig');
    const name = `worker-${this.begun}`;
    const worker = await WorkerProcess.begin({ centerCode: CENTER, database, directory, kubeconfigPath, name });
    this.workers.push(worker);
    // Whoever was stopped with the lease's row keeps it until the database ends his transaction.
    const over = () =>
      this.province.endLeases().then(
        () => true,
        () => false,
      );
    await until('its time is over', over, PATIENCE_MS);
    await worker.drives();
    return worker;
  }

  /** One machine more, another size for the one, and the end of the one that was made last. */
  async ask(): Promise<void> {
    const [made] = this.items as [Item, Item];
    const [created] = await Promise.all([this.item('create'), this.resize(), this.province.release(made.id)]);
    this.released.push({ ...made, phase: 'release' });
    this.items = [created, this.items[1] as Item];
  }

  /** Another size for the one. */
  async resize(): Promise<void> {
    const [made, resized] = this.items as [Item, Item];
    const wantedVcpu = resized.wantedVcpu === VCPU ? 2 * VCPU : VCPU;
    await this.province.resize(resized.id, sizeOf(wantedVcpu));
    this.items = [made, { ...resized, wantedVcpu }];
  }

  async settle(what: string): Promise<void> {
    await until(what, async () => isDeepStrictEqual(await this.look(), this.expected()), PATIENCE_MS, 150);
  }

  /** What the cluster, the records and the pool's counter must show. */
  expected(): World {
    return worldOf(this.all);
  }

  look(): Promise<World> {
    return lookAtWorld(this.cluster, this.province, CENTER, this.all);
  }

  taken(): { readonly machines: number; readonly vcpu: number; readonly released: readonly Item[] } {
    return { machines: this.items.length, vcpu: this.items.length * VCPU, released: this.released };
  }

  liveOfQuota(): Promise<Readonly<Record<string, number>>> {
    return this.province.liveOfQuota(this.quotaId);
  }

  /** How many addresses each machine has, how many each released one has had, and how many rest. */
  async addresses() {
    const rows: { subject_id: string; state: string; live: number | null }[] = await this.province.db.query(
      'select subject_id, state, live from address_claim where network_id = ?',
      [this.networkId],
    );
    const of = (items: readonly Item[], is: (row: (typeof rows)[number]) => boolean) =>
      items.map(({ id }) => rows.filter((row) => row.subject_id === id && is(row)).length);
    return {
      ofEachMachine: of(this.items, ({ state }) => state === 'HELD' || state === 'ALLOCATED'),
      ofEachReleased: of(this.released, ({ state }) => state === 'QUARANTINE' || state === 'RELEASED'),
      all: rows.length,
    };
  }

  /** Which version each of the machines' objects is: another one once anybody has written it. */
  async versions(): Promise<readonly string[]> {
    const objects = await Promise.all(
      (['VirtualMachine', 'DataVolume'] as const).map((kind) => this.cluster.list(kind)),
    );
    return objects.flat().map(({ metadata: { name, resourceVersion, uid } }) => `${name} ${uid} ${resourceVersion}`);
  }

  /** Of whatever the cluster has and no record tells of. */
  besideTheRecord(): Promise<unknown[]> {
    return this.province.unrecorded();
  }

  private get all(): readonly Item[] {
    return [...this.items, ...this.released.slice(-3)];
  }

  private async item(phase: LifePhase): Promise<Item> {
    const given = { networkId: this.networkId, quotaIds: [this.quotaId] };
    const [id] = (await this.province.approve(CENTER, 1, DEPARTMENT, given)) as [string];
    const { objectName } = await this.province.row(id);
    return { phase, id, objectName, claimedVcpu: VCPU, wantedVcpu: VCPU };
  }
}
