import { setTimeout as sleep } from 'node:timers/promises';
import { type BedCluster, PATHS } from './bed-cluster.ts';
import type { DataNode } from './data-node.ts';
import { CENTERS, type CenterName } from './galera.ts';
import type { World } from './world.ts';

const LOOK_MS = 200;
const TELL_MS = 500;
const SECOND_MS = 1_000;

export type Doing = 'SERVES' | 'FOLLOWS' | 'RESTS' | 'OFF';

/** What a center's own cluster says of the system's machine and of its disk. */
export interface Seen {
  readonly runs: boolean;
  /** The disk takes writes there: csi-addons' Primary, or, in the recovery center, a machine that was started at all. */
  readonly isPrimary: boolean;
}

/**
 * What stands in the machines, and the storage under them: in each center the database does what its own cluster says of machine
 * and disk, and nothing else; and each side's operator says of its copies how far they really are, read at the target.
 */
export class Guests {
  readonly doing: Record<CenterName, Doing> = { a: 'OFF', b: 'OFF', c: 'OFF' };
  private going = false;
  private loops: Promise<void>[] = [];

  constructor(
    private readonly world: World,
    private readonly clusters: Readonly<Record<CenterName, BedCluster>>,
    private readonly nodes: Readonly<Record<CenterName, DataNode>>,
    /** The address by which one center's copy reaches another's source: over a link. */
    private readonly wayTo: (from: CenterName, to: CenterName) => string,
  ) {}

  start(): void {
    this.going = true;
    for (const center of CENTERS) this.doing[center] = 'OFF';
    this.loops = CENTERS.flatMap((center) => [
      this.forever(LOOK_MS, () => this.obey(center)),
      this.forever(TELL_MS, () => this.tell(center)),
    ]);
  }

  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.loops);
  }

  /** As the cluster has it now; null = it is off. */
  async seen(center: CenterName): Promise<Seen | null> {
    const cluster = this.clusters[center];
    if (!cluster.isOn) return null;
    const { name, namespace } = this.world.machine[center];
    const mine = ({ metadata }: { metadata: { name: string; namespace: string } }) =>
      metadata.name === name && metadata.namespace === namespace;
    const [instances, mirrors] = await Promise.all([cluster.list(PATHS.instances), cluster.list(PATHS.mirrors)]);
    const runs = instances.find(mine)?.status?.phase === 'Running';
    const isPrimary = center === 'c' ? runs : mirrors.some(({ status }) => status?.state === 'Primary');
    return { runs, isPrimary };
  }

  private async obey(center: CenterName): Promise<void> {
    const node = this.nodes[center];
    const seen = await this.seen(center);
    if (seen === null || !node.isOn) {
      this.doing[center] = 'OFF';
      return;
    }
    // A disk that is copied to needs no machine; one that is written needs it.
    const wanted: Doing = !seen.isPrimary ? 'FOLLOWS' : seen.runs ? 'SERVES' : 'RESTS';
    if (wanted === this.doing[center]) return;
    if (wanted === 'SERVES') await node.serve(SYNCHRONOUS[center]);
    else if (wanted === 'FOLLOWS') await node.follow(this.wayTo(center, FOLLOWED[center]), center !== 'c');
    else await node.endMachine();
    this.doing[center] = wanted;
  }

  /** As its operator would: of what it sends, up to when it has arrived. */
  private async tell(center: CenterName): Promise<void> {
    const cluster = this.clusters[center];
    if (center === 'c' || !cluster.isOn || !this.nodes[center].isOn) return;
    const own = await this.nodes[center].newest();
    const [mirror] = (await cluster.list(PATHS.mirrors)).filter(({ status }) => status?.state === 'Primary');
    if (mirror) await this.tellOf(cluster, 'mirrors', mirror, await this.arrived(own, otherOf(center)));
    const [toRecovery] = await cluster.list(PATHS.sources);
    if (toRecovery) await this.tellOf(cluster, 'sources', toRecovery, await this.arrived(own, 'c'));
  }

  private async tellOf(
    cluster: BedCluster,
    path: 'mirrors' | 'sources',
    { metadata }: { metadata: { name: string; namespace: string } },
    atMs: number | null,
  ): Promise<void> {
    if (atMs === null) return;
    const collection = PATHS[path].replace('v1alpha1/', `v1alpha1/namespaces/${metadata.namespace}/`);
    // Whole seconds, down: never nearer than it is.
    const lastSyncTime = `${new Date(Math.floor(atMs / SECOND_MS) * SECOND_MS).toISOString().slice(0, 19)}Z`;
    await cluster.patchStatus(`${collection}/${metadata.name}`, { lastSyncTime });
  }

  /** Everything up to then is there. null = nobody can tell, for it is off. */
  private async arrived(own: { readonly count: number }, at: CenterName): Promise<number | null> {
    const before = Date.now();
    if (this.doing[at] !== 'FOLLOWS') return null;
    const there = await this.nodes[at].newest();
    // Asked after the source: what was there then is here now.
    return there.count >= own.count ? before : there.atMs;
  }

  private async forever(ms: number, work: () => Promise<void>): Promise<void> {
    while (this.going) {
      // What cannot be asked now is asked again; what is off stays as it is.
      await work().catch(() => undefined);
      await sleep(ms);
    }
  }
}

/** As each is set up, and finds itself after its power was off: A acknowledges what B has too; B, once promoted, stands alone. */
const SYNCHRONOUS: Readonly<Record<CenterName, boolean>> = { a: true, b: false, c: false };
const FOLLOWED: Readonly<Record<CenterName, CenterName>> = { a: 'b', b: 'a', c: 'a' };
const otherOf = (center: CenterName): CenterName => (center === 'a' ? 'b' : 'a');
