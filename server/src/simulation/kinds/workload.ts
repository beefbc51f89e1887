/** What runs and where: claims and nodes, as kube-apiserver 1.36 has them in Go. */
import { equal, type Json, type JsonObject, type KubeObject, listAt, objectAt, textAt } from '../json.js';
import { parseQuantity } from '../quantity.js';
import { ageColumn, type FieldProblem, kindOf, nameColumn, textColumn, wide } from './kind.js';
import { anything, atomicMap, boolean, list, listByKey, map, object, quantity, set, string } from './schema.js';

/** SetDefaults_PersistentVolumeClaimSpec, and the admission that guards a claim while something uses it. */
export const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const CLAIM_FIXED =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

export const persistentVolumeClaim = kindOf({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  namespaced: true,
  quotaName: 'persistentvolumeclaims',
  statusSubresource: true,
  answersDeleteWithObject: true,
  fields: {
    spec: object({
      accessModes: list(string),
      dataSource: anything,
      dataSourceRef: anything,
      resources: object({ limits: map(quantity), requests: map(quantity) }),
      selector: anything,
      storageClassName: string,
      volumeAttributesClassName: string,
      volumeMode: string,
      volumeName: string,
    }),
    status: object({
      accessModes: list(string),
      capacity: map(quantity),
      conditions: listByKey(['type'], anything),
      phase: string,
      allocatedResources: map(quantity),
      allocatedResourceStatuses: map(string),
    }),
  },
  columns: [
    nameColumn,
    textColumn('Status', 'phase represents the current phase of PersistentVolumeClaim.', (o) =>
      o.metadata.deletionTimestamp === undefined ? textAt(o, 'status', 'phase') : 'Terminating',
    ),
    textColumn('Volume', 'volumeName is the binding reference to the PersistentVolume backing this claim.', (o) =>
      textAt(o, 'spec', 'volumeName'),
    ),
    textColumn('Capacity', 'capacity represents the actual resources of the underlying volume.', (o) =>
      isBound(o) ? textAt(o, 'status', 'capacity', 'storage') : '',
    ),
    textColumn(
      'Access Modes',
      'accessModes contains the actual access modes the volume backing the PVC has. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes-1',
      (o) => (isBound(o) ? modesText(listAt(o, 'status', 'accessModes')) : ''),
    ),
    textColumn('StorageClass', 'StorageClass of the pvc', (o) => textAt(o, 'spec', 'storageClassName')),
    textColumn(
      'VolumeAttributesClass',
      'VolumeAttributesClass of the pvc',
      (o) => textAt(o, 'spec', 'volumeAttributesClassName') ?? '<unset>',
    ),
    ageColumn,
    wide(
      textColumn(
        'VolumeMode',
        'volumeMode defines what type of volume is required by the claim. Value of Filesystem is implied when not included in claim spec.',
        (o) => textAt(o, 'spec', 'volumeMode') ?? '<unset>',
      ),
    ),
  ],
  zero: { spec: { resources: {} }, status: {} },
  defaults: (o) => ({ ...o, spec: { volumeMode: 'Filesystem', ...objectAt(o, 'spec') } }),
  prepareCreate: (o) => ({ ...o, status: { phase: 'Pending' } }),
  admission: (o) => ({
    ...o,
    metadata: { ...o.metadata, finalizers: [...new Set([...listAt(o, 'metadata', 'finalizers'), CLAIM_FINALIZER])] },
  }),
  validate: claimProblems,
  quotaUsage: (o) => {
    const size = parseQuantity(textAt(o, 'spec', 'resources', 'requests', 'storage') ?? '0') ?? 0n;
    const storageClass = textAt(o, 'spec', 'storageClassName');
    return {
      'requests.storage': size,
      ...(storageClass === undefined ? {} : { [`${storageClass}.storageclass.storage.k8s.io/requests.storage`]: size }),
    };
  },
});

const isBound = (o: KubeObject) => (textAt(o, 'spec', 'volumeName') ?? '') !== '';

const modes = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

function modesText(has: readonly Json[]): string {
  return modes.flatMap(([mode, short]) => (has.includes(mode) ? [short] : [])).join(',');
}

/** pkg/apis/core/validation.ValidatePersistentVolumeClaimUpdate: only a bound claim may grow, and none shrink. */
function claimProblems(next: KubeObject, live: KubeObject | undefined): FieldProblem[] {
  if (live === undefined) return [];
  const isBound = textAt(live, 'status', 'phase') === 'Bound';
  const fixed = (o: KubeObject): JsonObject => {
    const { volumeName: _, resources, ...rest } = objectAt(o, 'spec') ?? {};
    return isBound ? rest : { ...rest, resources: resources ?? {} };
  };
  // Who binds it writes the volume's name.
  const forbidden = (field: string, why: string): FieldProblem[] => [
    { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` },
  ];
  if (!equal(fixed(next), fixed(live))) return forbidden('spec', CLAIM_FIXED);
  const asked = parseQuantity(textAt(next, 'spec', 'resources', 'requests', 'storage') ?? '0') ?? 0n;
  const given = parseQuantity(textAt(live, 'status', 'capacity', 'storage') ?? '0') ?? 0n;
  return asked < given
    ? forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')
    : [];
}

const ADDRESSES =
  "List of addresses reachable to the node. Queried from cloud provider, if available. More info: https://kubernetes.io/docs/reference/node/node-status/#addresses Note: This field is declared as mergeable, but the merge key is not sufficiently unique, which can cause data corruption when it is merged. Callers should instead use a full-replacement patch. See https://pr.k8s.io/79391 for an example. Consumers should assume that addresses can change during the lifetime of a Node. However, there are some exceptions where this may not be possible, such as Pods that inherit a Node's address in its own status or consumers of the downward API (status.hostIP).";

/** Nodes are given when the cluster starts; a person may shut one (`kubectl cordon`), no more. */
export const node = kindOf({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  verbs: ['get', 'list', 'patch', 'update', 'watch'],
  statusSubresource: true,
  fields: {
    spec: object({
      unschedulable: boolean,
      taints: list(anything),
      podCIDR: string,
      podCIDRs: set(string),
      providerID: string,
    }),
    status: object({
      capacity: map(quantity),
      allocatable: map(quantity),
      conditions: listByKey(['type'], anything),
      addresses: listByKey(['type'], anything),
      nodeInfo: atomicMap(anything),
    }),
  },
  columns: [
    nameColumn,
    textColumn('Status', 'The status of the node', (o) =>
      [readiness(o), ...(objectAt(o, 'spec')?.unschedulable === true ? ['SchedulingDisabled'] : [])].join(','),
    ),
    textColumn('Roles', 'The roles of the node', () => '<none>'),
    ageColumn,
    textColumn('Version', 'Kubelet Version reported by the node.', (o) =>
      textAt(o, 'status', 'nodeInfo', 'kubeletVersion'),
    ),
    wide(textColumn('Internal-IP', ADDRESSES, (o) => addressOf(o, 'InternalIP'))),
    wide(textColumn('External-IP', ADDRESSES, (o) => addressOf(o, 'ExternalIP'))),
    wide(
      textColumn(
        'OS-Image',
        'OS Image reported by the node from /etc/os-release (e.g. Debian GNU/Linux 7 (wheezy)).',
        (o) => textAt(o, 'status', 'nodeInfo', 'osImage') ?? '<unknown>',
      ),
    ),
    wide(
      textColumn(
        'Kernel-Version',
        "Kernel Version reported by the node from 'uname -r' (e.g. 3.16.0-0.bpo.4-amd64).",
        (o) =>
          `${textAt(o, 'status', 'nodeInfo', 'kernelVersion') ?? '<unknown>'} (${textAt(o, 'status', 'nodeInfo', 'architecture') ?? ''})`,
      ),
    ),
    wide(
      textColumn(
        'Container-Runtime',
        'ContainerRuntime Version reported by the node through runtime remote API (e.g. containerd://1.4.2).',
        (o) => textAt(o, 'status', 'nodeInfo', 'containerRuntimeVersion') ?? '<unknown>',
      ),
    ),
  ],
});

function readiness(o: KubeObject): string {
  const ready = listAt(o, 'status', 'conditions').find((each) => textAt(each, 'type') === 'Ready');
  if (ready === undefined) return 'Unknown';
  return textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
}

function addressOf(o: KubeObject, type: string): string {
  const found = listAt(o, 'status', 'addresses').find((each) => textAt(each, 'type') === type);
  return (found === undefined ? undefined : textAt(found, 'address')) ?? '<none>';
}
