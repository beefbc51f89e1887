import type { ClusterKind, ObjectKey } from '../provisioning/domain/cluster-object.js';

interface KindRow {
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const KINDS: Readonly<Record<ClusterKind, KindRow>> = {
  Namespace: { apiVersion: 'v1', plural: 'namespaces', namespaced: false },
  ResourceQuota: { apiVersion: 'v1', plural: 'resourcequotas', namespaced: true },
  LimitRange: { apiVersion: 'v1', plural: 'limitranges', namespaced: true },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', plural: 'networkpolicies', namespaced: true },
  NetworkAttachmentDefinition: {
    apiVersion: 'k8s.cni.cncf.io/v1',
    plural: 'network-attachment-definitions',
    namespaced: true,
  },
  Secret: { apiVersion: 'v1', plural: 'secrets', namespaced: true },
  Node: { apiVersion: 'v1', plural: 'nodes', namespaced: false },
  DataVolume: { apiVersion: 'cdi.kubevirt.io/v1beta1', plural: 'datavolumes', namespaced: true },
  PersistentVolumeClaim: { apiVersion: 'v1', plural: 'persistentvolumeclaims', namespaced: true },
  BareMetalHost: { apiVersion: 'metal3.io/v1alpha1', plural: 'baremetalhosts', namespaced: true },
  HardwareData: { apiVersion: 'metal3.io/v1alpha1', plural: 'hardwaredata', namespaced: true },
  ReplicationSource: { apiVersion: 'volsync.backube/v1alpha1', plural: 'replicationsources', namespaced: true },
  ReplicationDestination: {
    apiVersion: 'volsync.backube/v1alpha1',
    plural: 'replicationdestinations',
    namespaced: true,
  },
  NetworkFence: { apiVersion: 'csiaddons.openshift.io/v1alpha1', plural: 'networkfences', namespaced: false },
  VolumeReplication: {
    apiVersion: 'replication.storage.openshift.io/v1alpha1',
    plural: 'volumereplications',
    namespaced: true,
  },
  VirtualMachine: { apiVersion: 'kubevirt.io/v1', plural: 'virtualmachines', namespaced: true },
  VirtualMachineInstance: { apiVersion: 'kubevirt.io/v1', plural: 'virtualmachineinstances', namespaced: true },
  VirtualMachineSnapshot: {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    plural: 'virtualmachinesnapshots',
    namespaced: true,
  },
  VirtualMachineRestore: {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    plural: 'virtualmachinerestores',
    namespaced: true,
  },
};

export function apiVersionOf(kind: ClusterKind): string {
  return KINDS[kind].apiVersion;
}

/** All objects of the kind, in every namespace. */
export function collectionPath(kind: ClusterKind): string {
  return `${root(kind)}/${KINDS[kind].plural}`;
}

export function objectPath(key: ObjectKey): string {
  const row = KINDS[key.kind];
  if (row.namespaced !== (key.namespace !== null)) throw new Error(`${key.kind} ${key.name}: wrong namespace`);
  const within = key.namespace === null ? '' : `/namespaces/${encodeURIComponent(key.namespace)}`;
  return `${root(key.kind)}${within}/${row.plural}/${encodeURIComponent(key.name)}`;
}

function root(kind: ClusterKind): string {
  const { apiVersion } = KINDS[kind];
  return apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
}
