import type { WatchVitals } from '../clusterhealth/domain/cluster-vitals.js';
import type { ClusterObject, ObjectKey } from './domain/cluster-object.js';
import { diskNameOf } from './domain/desired-manifests.js';
import { type PolicyView, policyView } from './domain/desired-policy.js';
import { saidOf } from './domain/drift.js';
import { ownerOf } from './domain/marks.js';
import { type NodeView, nodeView } from './domain/node-capacity.js';
import {
  type DiskView,
  diskView,
  type InstanceView,
  instanceView,
  type MachineView,
  machineView,
  type Power,
  powerOf,
  type Seen,
} from './domain/observe.js';
import { type ClusterGateway, type ClusterWatch, vitalsOf } from './domain/ports.js';

interface Listeners {
  /** Objects of that resource of ours did. */
  readonly changed: (resourceId: string, key: ObjectKey) => void;
  /** An object that names none of ours did. */
  readonly unowned: (key: ObjectKey) => void;
  /** After each full list. */
  readonly complete: () => void;
}

type Owned = MachineView | InstanceView | DiskView;

/** What one cluster shows, kept up to date by one watch a kind. */
export class ClusterView {
  private readonly machines: ClusterWatch<MachineView>;
  private readonly instances: ClusterWatch<InstanceView>;
  private readonly disks: ClusterWatch<DiskView>;
  private readonly nodes: ClusterWatch<NodeView>;
  /** What the reconciler of policies looks at; they decide nothing about a machine. */
  readonly policies: ClusterWatch<PolicyView>;
  private listeners: Listeners = { changed: () => {}, unowned: () => {}, complete: () => {} };

  constructor(private readonly gateway: ClusterGateway) {
    const watch = <View extends Owned>(kind: ClusterObject['kind'], view: (object: ClusterObject) => View) =>
      gateway.watch<View>({
        kind,
        view,
        changed: (key, now, before) => this.changed(key, now?.owner, before?.owner),
        listed: () => this.listed(),
      });
    this.machines = watch('VirtualMachine', wholeMachine);
    this.instances = watch('VirtualMachineInstance', instanceView);
    this.disks = watch('DataVolume', wholeDisk);
    this.nodes = gateway.watch({ kind: 'Node', view: nodeView, changed: () => {} });
    this.policies = gateway.watch({ kind: 'NetworkPolicy', view: policyView, changed: () => {} });
  }

  /** Whoever is told from now on. */
  tell(listeners: Listeners): void {
    this.listeners = listeners;
    if (this.complete) listeners.complete();
  }

  start(): void {
    for (const watch of this.all) watch.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((watch) => watch.stop()));
  }

  reconnect(): void {
    for (const watch of this.all) watch.reconnect();
  }

  /** Whether what is not seen is not there, as far as the watches know. Nodes decide nothing about a machine. */
  get complete(): boolean {
    return this.machines.complete && this.instances.complete && this.disks.complete;
  }

  get heardAt(): Date | undefined {
    const times = this.all.flatMap(({ heardAt }) => (heardAt === undefined ? [] : [heardAt.getTime()]));
    return times.length === 0 ? undefined : new Date(Math.max(...times));
  }

  seen(namespace: string, objectName: string): Seen {
    return {
      machine: this.machines.get(namespace, objectName),
      instance: this.instances.get(namespace, objectName),
      disk: this.disks.get(namespace, diskNameOf(objectName)),
    };
  }

  /** The same, asked of the cluster itself. */
  async read(namespace: string, objectName: string): Promise<Seen> {
    const get = async <View>(kind: ObjectKey['kind'], name: string, view: (object: ClusterObject) => View) => {
      const object = await this.gateway.get({ kind, namespace, name });
      return object && view(object);
    };
    const [machine, instance, disk] = await Promise.all([
      get('VirtualMachine', objectName, wholeMachine),
      get('VirtualMachineInstance', objectName, instanceView),
      get('DataVolume', diskNameOf(objectName), wholeDisk),
    ]);
    return { machine, instance, disk };
  }

  /** Every object that names a resource of ours as its owner. */
  *owned(): IterableIterator<{ readonly key: ObjectKey; readonly resourceId: string }> {
    for (const watch of [this.machines, this.instances, this.disks])
      for (const [key, { owner }] of watch.entries()) if (owner !== undefined) yield { key, resourceId: owner };
  }

  *machinesSeen(): IterableIterator<{ readonly key: ObjectKey; readonly machine: MachineView; readonly power: Power }> {
    for (const [key, machine] of this.machines.entries())
      if (key.namespace !== null) yield { key, machine, power: powerOf(this.seen(key.namespace, key.name)) };
  }

  /** Any object of the kinds that a machine is made of, or a network policy; undefined = it is not there, as far as the watches know. */
  objectSeen({ kind, name, namespace }: ObjectKey): { readonly uid: string; readonly power: Power | null } | undefined {
    if (kind === 'VirtualMachine') {
      const machine = this.machines.get(namespace, name);
      return machine && { uid: machine.uid, power: powerOf(this.seen(namespace ?? '', name)) };
    }
    const watch: ClusterWatch<{ readonly uid: string }> =
      kind === 'NetworkPolicy' ? this.policies : kind === 'DataVolume' ? this.disks : this.instances;
    const found = watch.get(namespace, name);
    return found && { uid: found.uid, power: null };
  }

  /** undefined while the nodes have not been listed. */
  get nodeViews(): readonly NodeView[] | undefined {
    return this.nodes.complete ? [...this.nodes.entries()].map(([, view]) => view) : undefined;
  }

  get watchVitals(): readonly WatchVitals[] {
    const { disks, instances, machines, nodes, policies } = this;
    const kinds = {
      VirtualMachine: machines,
      VirtualMachineInstance: instances,
      DataVolume: disks,
      Node: nodes,
      NetworkPolicy: policies,
    };
    return Object.entries(kinds).map(([kind, watch]) => vitalsOf(kind, watch));
  }

  private get all(): readonly ClusterWatch<unknown>[] {
    return [this.machines, this.instances, this.disks, this.nodes, this.policies];
  }

  private changed(key: ObjectKey, now: string | undefined, before: string | undefined): void {
    for (const owner of new Set([now, before]))
      if (owner === undefined) this.listeners.unowned(key);
      else this.listeners.changed(owner, key);
  }

  private listed(): void {
    if (this.complete) this.listeners.complete();
  }
}

const wholeMachine = (object: ClusterObject): MachineView => ({ ...machineView(object), ...ownedSaid(object) });
const wholeDisk = (object: ClusterObject): DiskView => ({ ...diskView(object), ...ownedSaid(object) });

/** Of what is none of the console's nothing is compared, so nothing is kept. */
function ownedSaid(object: ClusterObject): { readonly said?: string } {
  return ownerOf(object) === undefined ? {} : { said: JSON.stringify(saidOf(object)) };
}
