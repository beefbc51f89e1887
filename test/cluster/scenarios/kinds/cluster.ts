/** Kinds without namespaces. */
import type { Row } from './row.ts';

/** A kind without namespaces: its names hold the run, and a scenario takes away what it made. */
export const clusterRows: readonly Row[] = [
  {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClusterPreference',
    plural: 'virtualmachineclusterpreferences',
    name: 'legacy-<run>',
    rest: { spec: { devices: { preferredDiskBus: 'sata' }, machine: { preferredMachineType: 'q35' } } },
    change: { spec: { devices: { preferredDiskBus: 'virtio' } } },
    other: { spec: { devices: { preferredDiskBus: 'scsi' } } },
    refused: [
      ['a wrong type', { spec: { devices: { preferredDiskBus: 5 } } }],
      ['no spec', { spec: null }],
    ],
  },
  {
    apiVersion: 'csiaddons.openshift.io/v1alpha1',
    kind: 'NetworkFence',
    plural: 'networkfences',
    name: 'center-a-<run>',
    rest: { spec: { driver: 'rbd.csi.ceph.com', cidrs: ['10.1.0.0/24'], secret: { name: 'ceph', namespace: 'ceph' } } },
    change: { spec: { fenceState: 'Unfenced' } },
    other: { spec: { fenceState: 'Fenced', cidrs: ['10.1.0.0/24'] } },
    status: { result: 'Succeeded', message: 'fencing operation successful' },
    refused: [
      ['another driver', { spec: { driver: 'other' } }],
      ['another secret', { spec: { secret: { name: 'other' } } }],
      ['no secret', { spec: { secret: null } }],
      ['no such state', { spec: { fenceState: 'Half' } }],
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    plural: 'clusterroles',
    name: 'jiyun-reader-<run>',
    rest: { rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['list', 'watch'] }] },
    change: { rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['list'] }] },
    other: { rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] },
    refused: [['a namespace in the body', { metadata: { namespace: 'other' } }]],
    shared: true,
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    name: 'jiyun-readers-<run>',
    rest: {
      roleRef: { kind: 'ClusterRole', name: 'jiyun-reader' },
      subjects: [{ kind: 'Group', name: 'readers' }],
    },
    change: { subjects: [] },
    other: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'jiyun-reader' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'writers' }],
    },
    refused: [
      ['another role', { roleRef: { name: 'other' } }],
      ['a role of a namespace', { roleRef: { kind: 'Role' } }],
    ],
    shared: true,
  },
];
