/** Does by hand what the controllers of KubeVirt, CDI, Metal3 and Kubernetes itself would do: on the judge none of them runs. */
import { at, type Json, type JsonObject } from './json.ts';
import type { Target } from './transcript.ts';
import { Wire } from './wire.ts';

const KUBEVIRT = '/apis/kubevirt.io/v1';
const CDI = '/apis/cdi.kubevirt.io/v1beta1';
const SNAPSHOT = '/apis/snapshot.kubevirt.io/v1beta1';
const STORAGE_CLASSES = '/apis/storage.k8s.io/v1/storageclasses';
const COLLECTIONS = {
  VirtualMachine: `${KUBEVIRT}/virtualmachines`,
  VirtualMachineInstance: `${KUBEVIRT}/virtualmachineinstances`,
  DataVolume: `${CDI}/datavolumes`,
  PersistentVolumeClaim: '/api/v1/persistentvolumeclaims',
  NetworkPolicy: '/apis/networking.k8s.io/v1/networkpolicies',
  VirtualMachineSnapshot: `${SNAPSHOT}/virtualmachinesnapshots`,
  VirtualMachineRestore: `${SNAPSHOT}/virtualmachinerestores`,
  BareMetalHost: '/apis/metal3.io/v1alpha1/baremetalhosts',
} as const;
type PlayedKind = keyof typeof COLLECTIONS;

const ROUND_MS = 100;
/** As a cluster with two nodes and a small address range would. */
const NODE_NAME = 'node-1';

export class PlayedControllers {
  readonly #wire: Wire;
  #stopped = false;
  #playing: Promise<void> | undefined;
  #addresses = 0;

  constructor(target: Target) {
    this.#wire = new Wire(target);
  }

  /** Plays rounds until stopped: each round brings every object one step further. */
  start(): void {
    this.#playing ??= this.#play();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#playing;
    this.#wire.close();
  }

  /** What the garbage collector does once the dependents of a foreground deletion are gone. */
  async finishDeletion(key: { kind: string; namespace: string | null; name: string }): Promise<void> {
    const path = objectPath(key.kind as PlayedKind, key.namespace ?? '', key.name);
    await this.#patch(path, { metadata: { finalizers: null } });
  }

  async #play(): Promise<void> {
    while (!this.#stopped) {
      await this.#round();
      await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
    }
  }

  async #round(): Promise<void> {
    for (const policy of await this.#list('NetworkPolicy'))
      if (isLeaving(policy)) await this.#finish('NetworkPolicy', policy);
    for (const disk of await this.#list('DataVolume')) await this.#disk(disk);
    for (const claim of await this.#list('PersistentVolumeClaim')) await this.#claim(claim);
    const instances = await this.#list('VirtualMachineInstance');
    for (const instance of instances) if (isLeaving(instance)) await this.#finish('VirtualMachineInstance', instance);
    for (const machine of await this.#list('VirtualMachine')) await this.#machine(machine, instances);
    const snapshots = await this.#list('VirtualMachineSnapshot');
    for (const snapshot of snapshots) await this.#snapshot(snapshot);
    for (const restore of await this.#list('VirtualMachineRestore')) await this.#restore(restore, snapshots);
    for (const host of await this.#list('BareMetalHost')) await this.#host(host);
  }

  async #snapshot(snapshot: Json): Promise<void> {
    if (isLeaving(snapshot)) return await this.#finish('VirtualMachineSnapshot', snapshot);
    if (at(snapshot, 'status', 'readyToUse') === true) return;
    await this.#say('VirtualMachineSnapshot', snapshot, { phase: 'Succeeded', readyToUse: true });
  }

  /** As KubeVirt: one of a snapshot that is not there waits for it for ever. */
  async #restore(restore: Json, snapshots: readonly Json[]): Promise<void> {
    if (isLeaving(restore)) return await this.#finish('VirtualMachineRestore', restore);
    const of = at(restore, 'spec', 'virtualMachineSnapshotName');
    if (at(restore, 'status', 'complete') === true || !snapshots.some((each) => nameOf(each) === of)) return;
    await this.#say('VirtualMachineRestore', restore, { complete: true });
  }

  /** Found whole at once, and an image is on it, or off it, with the next round. */
  async #host(host: Json): Promise<void> {
    const [wanted, given] = [at(host, 'spec', 'image', 'url'), at(host, 'status', 'provisioning', 'image', 'url')];
    const online = at(host, 'spec', 'online') === true;
    const now = new Date().toISOString();
    const span = { start: now, end: now };
    if (at(host, 'status') === undefined)
      await this.#say('BareMetalHost', host, {
        ...{ errorCount: 0, errorMessage: '', operationalStatus: 'OK', poweredOn: false, provisioningFailCount: 0 },
        provisioning: { ID: '', state: 'available' },
      });
    else if (wanted !== undefined && given === undefined)
      await this.#say('BareMetalHost', host, {
        ...{ poweredOn: online, operationHistory: { provision: span } },
        provisioning: { state: 'provisioned', image: { url: wanted } },
      });
    else if (wanted === undefined && given !== undefined)
      await this.#say('BareMetalHost', host, {
        ...{ poweredOn: online, operationHistory: { deprovision: span } },
        provisioning: { state: 'available', image: null },
      });
    else if (at(host, 'status', 'poweredOn') !== online) await this.#say('BareMetalHost', host, { poweredOn: online });
  }

  async #say(kind: PlayedKind, object: Json, status: JsonObject): Promise<void> {
    await this.#patch(`${pathOf(kind, object)}/status`, { status });
  }

  async #disk(disk: Json): Promise<void> {
    if (isLeaving(disk)) {
      await this.#remove('PersistentVolumeClaim', disk);
      return await this.#finish('DataVolume', disk);
    }
    const phase = at(disk, 'status', 'phase');
    if (phase === 'Succeeded') return;
    const next =
      phase === undefined
        ? { phase: 'ImportInProgress', progress: '42.00%' }
        : { phase: 'Succeeded', progress: '100.0%' };
    if (next.phase === 'Succeeded') await this.#claimFor(disk);
    // The definition of DataVolume has no status subresource: its status is written with the rest.
    await this.#patch(pathOf('DataVolume', disk), { status: next });
  }

  /** What CDI makes for a disk. The server lets it grow only if its class does (PersistentVolumeClaimResize). */
  async #claimFor(disk: Json): Promise<void> {
    const storage = at(disk, 'spec', 'storage') as JsonObject;
    const storageClassName = String(storage.storageClassName);
    await this.#wire.call({
      method: 'POST',
      path: STORAGE_CLASSES,
      body: {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: storageClassName },
        provisioner: 'played.internal',
        allowVolumeExpansion: true,
      },
    });
    await this.#wire.call({
      method: 'POST',
      path: `/api/v1/namespaces/${namespaceOf(disk)}/persistentvolumeclaims`,
      body: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: nameOf(disk) },
        spec: {
          accessModes: ['ReadWriteMany'],
          volumeMode: 'Block',
          storageClassName,
          resources: { requests: at(storage, 'resources', 'requests') ?? {} },
        },
      },
    });
  }

  /** Bound at once, and as big as it is asked to be. */
  async #claim(claim: Json): Promise<void> {
    if (isLeaving(claim)) return await this.#finish('PersistentVolumeClaim', claim);
    const asked = at(claim, 'spec', 'resources', 'requests', 'storage');
    if (asked === undefined || at(claim, 'status', 'capacity', 'storage') === asked) return;
    const status = { phase: 'Bound', capacity: { storage: asked } };
    await this.#patch(`${pathOf('PersistentVolumeClaim', claim)}/status`, { status });
  }

  async #machine(machine: Json, instances: readonly Json[]): Promise<void> {
    const instance = instances.find((each) => nameOf(each) === nameOf(machine));
    if (isLeaving(machine)) {
      if (instance !== undefined) await this.#remove('VirtualMachineInstance', instance);
      return await this.#finish('VirtualMachine', machine);
    }
    const status = `${pathOf('VirtualMachine', machine)}/status`;
    if (at(machine, 'spec', 'runStrategy') === 'Halted') {
      if (instance !== undefined) await this.#remove('VirtualMachineInstance', instance);
      else if (at(machine, 'status', 'printableStatus') !== 'Stopped')
        await this.#patch(status, { status: { printableStatus: 'Stopped', created: false, ready: false } });
      return;
    }
    if (instance === undefined) {
      await this.#wire.call({
        method: 'POST',
        path: `${KUBEVIRT}/namespaces/${namespaceOf(machine)}/virtualmachineinstances`,
        body: this.#instanceOf(machine),
      });
      await this.#patch(status, { status: { printableStatus: 'Starting' } });
    } else if (at(machine, 'status', 'printableStatus') !== 'Running') {
      await this.#patch(status, { status: { printableStatus: 'Running', created: true, ready: true } });
    }
  }

  #instanceOf(machine: Json): JsonObject {
    this.#addresses += 1;
    const template = at(machine, 'spec', 'template') as JsonObject;
    return {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstance',
      metadata: { name: nameOf(machine), labels: at(template, 'metadata', 'labels') ?? {} },
      spec: template.spec ?? {},
      status: {
        phase: 'Running',
        nodeName: NODE_NAME,
        interfaces: [{ name: 'default', ipAddress: `10.1.0.${this.#addresses}` }],
      },
    };
  }

  async #list(kind: PlayedKind): Promise<readonly Json[]> {
    const { body } = await this.#wire.call({ method: 'GET', path: COLLECTIONS[kind] });
    const items = at(body, 'items');
    return Array.isArray(items) ? items : [];
  }

  async #finish(kind: PlayedKind, object: Json): Promise<void> {
    await this.#patch(pathOf(kind, object), { metadata: { finalizers: null } });
  }

  async #remove(kind: PlayedKind, object: Json): Promise<void> {
    await this.#wire.call({ method: 'DELETE', path: pathOf(kind, object) });
  }

  async #patch(path: string, body: JsonObject): Promise<void> {
    await this.#wire.call({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' });
  }
}

function pathOf(kind: PlayedKind, object: Json): string {
  return objectPath(kind, namespaceOf(object), nameOf(object));
}

function objectPath(kind: PlayedKind, namespace: string, name: string): string {
  const [root, plural] = [
    COLLECTIONS[kind].slice(0, COLLECTIONS[kind].lastIndexOf('/')),
    COLLECTIONS[kind].split('/').at(-1),
  ];
  return `${root}/namespaces/${namespace}/${plural}/${name}`;
}

function nameOf(object: Json): string {
  return String(at(object, 'metadata', 'name'));
}

function namespaceOf(object: Json): string {
  return String(at(object, 'metadata', 'namespace'));
}

function isLeaving(object: Json): boolean {
  return at(object, 'metadata', 'deletionTimestamp') !== undefined;
}
