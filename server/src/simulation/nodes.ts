/** The nodes of a cluster, as the console reads them. */
import { randomUUID } from 'node:crypto';
import type { Objects } from './api/objects.js';
import { type SimulationClock, timestamp } from './clock.js';
import { equal, type JsonObject, type KubeObject, objectAt } from './json.js';
import { node as nodeKind } from './kinds/workload.js';

export interface NodeSpec {
  readonly name: string;
  readonly architecture: 'amd64' | 'arm64';
  /** The zone's label value, e.g. "public-service". */
  readonly zone: string;
  readonly cpu: number;
  readonly memoryMib: number;
  readonly storageGib?: number;
}

/** What the label of a node's zone is called. */
const ZONE_LABEL = 'jiyun.internal/zone';

const PODS = '250';

export function nodeObject(spec: NodeSpec, clock: SimulationClock): KubeObject {
  const amounts: JsonObject = {
    cpu: String(spec.cpu),
    memory: `${spec.memoryMib}Mi`,
    pods: PODS,
    ...(spec.storageGib === undefined ? {} : { 'ephemeral-storage': `${spec.storageGib}Gi` }),
  };
  const since = timestamp(clock);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: spec.name,
      labels: {
        'kubernetes.io/arch': spec.architecture,
        'kubernetes.io/hostname': spec.name,
        'kubernetes.io/os': 'linux',
        'kubevirt.io/schedulable': 'true',
        'topology.kubernetes.io/zone': spec.zone,
        [ZONE_LABEL]: spec.zone,
      },
    },
    spec: {},
    status: {
      allocatable: amounts,
      capacity: amounts,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastTransitionTime: since,
        },
      ],
      nodeInfo: {
        architecture: spec.architecture,
        operatingSystem: 'linux',
        kubeletVersion: 'v1.36.4',
        osImage: 'openEuler 24.03 (LTS-SP1)',
        kernelVersion: '6.6.0',
        containerRuntimeVersion: 'containerd://2.1.4',
      },
    },
  };
}

/** The nodes become what the specs say; one that was there keeps its identity, and stays shut if somebody shut it. */
export function registerNodes({ clock, store }: Objects, specs: readonly NodeSpec[]): void {
  for (const spec of specs) {
    const wanted = nodeObject(spec, clock);
    const live = store.get(nodeKind, '', spec.name);
    const metadata = { ...wanted.metadata, uid: randomUUID(), creationTimestamp: timestamp(clock) };
    if (live === undefined) store.put(nodeKind, { ...wanted, metadata });
    else if (!isAs(live, wanted)) {
      const labels = { ...objectAt(live, 'metadata', 'labels'), ...objectAt(wanted, 'metadata', 'labels') };
      store.put(nodeKind, { ...live, metadata: { ...live.metadata, labels }, status: wanted.status ?? {} });
    }
  }
  for (const live of store.list(nodeKind)) {
    if (!specs.some((spec) => spec.name === live.metadata.name)) store.remove(nodeKind, live);
  }
}

function isAs(live: KubeObject, wanted: KubeObject): boolean {
  const labels = objectAt(live, 'metadata', 'labels') ?? {};
  return (
    equal(objectAt(live, 'status', 'allocatable'), objectAt(wanted, 'status', 'allocatable')) &&
    Object.entries(objectAt(wanted, 'metadata', 'labels') ?? {}).every(([key, value]) => labels[key] === value)
  );
}
