/** The kinds besides machines and disks: one row each, and the same questions to all of them. */
import type { JsonObject } from '../json.ts';
import type { CallRequest, Scenario } from '../scenario.ts';
import { apply, create, get, merge, patch, put, remove, table } from './requests.ts';

export interface Row {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly name: string;
  readonly rest: JsonObject;
  /** A change that another manager's apply disagrees with. */
  readonly change: JsonObject;
  readonly other: JsonObject;
  /** What a controller would write; none where a kind has no /status. */
  readonly status?: JsonObject;
  /** Merge patches that are refused. */
  /** 'any': the message repeats the whole object, in the words of a library. */
  readonly refused?: readonly (readonly [about: string, body: JsonObject, message?: 'any'])[];
  /** Lists of this kind hold what the server made by itself as well. */
  readonly shared?: true;
}

const now = '2026-11-29T08:00:00Z';
const condition = (type: string, status = 'True'): JsonObject => ({
  type,
  status,
  reason: 'Recorded',
  message: '',
  lastTransitionTime: now,
});

export const coreRows: readonly Row[] = [
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    plural: 'limitranges',
    name: 'usual',
    rest: {
      spec: {
        limits: [
          { type: 'Container', max: { cpu: '8' }, default: { memory: '512Mi' }, min: { memory: '64Mi' } },
          { type: 'PersistentVolumeClaim', max: { storage: '2Ti' } },
        ],
      },
    },
    change: { spec: { limits: [{ type: 'Container', max: { cpu: '4' } }] } },
    other: { spec: { limits: [{ type: 'Container', max: { cpu: '2' } }] } },
    refused: [
      ['the least above the most', { spec: { limits: [{ type: 'Container', min: { cpu: '3' }, max: { cpu: '2' } }] } }],
      ['no type', { spec: { limits: [{ max: { cpu: '2' } }] } }],
      ['no quantity', { spec: { limits: [{ type: 'Container', max: { cpu: 'many' } }] } }, 'any'],
    ],
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    name: 'default-deny',
    rest: {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 443 }] }],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
      },
    },
    change: { spec: { egress: [{}] } },
    other: { spec: { podSelector: {}, policyTypes: ['Ingress'] } },
    refused: [
      ['a peer that is none', { spec: { ingress: [{ from: [{}] }] } }],
      ['a range that ends before it begins', { spec: { ingress: [{ ports: [{ port: 80, endPort: 79 }] }] } }],
      ['no network', { spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/40' } }] }] } }],
      ['no such type', { spec: { policyTypes: ['Sideways'] } }],
    ],
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    name: 'root-disk',
    rest: {
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'ssd',
        volumeMode: 'Block',
        resources: { requests: { storage: '40Gi' } },
      },
    },
    change: { metadata: { labels: { tier: 'db' } } },
    other: { metadata: { labels: { tier: 'web' } } },
    status: { phase: 'Pending' },
    refused: [['another class', { spec: { storageClassName: 'hdd' } }, 'any']],
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    name: 'console',
    rest: {},
    change: { automountServiceAccountToken: false },
    other: { automountServiceAccountToken: true },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    plural: 'roles',
    name: 'reader',
    rest: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }] },
    change: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
    other: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }] },
    refused: [
      ['no verbs', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: [] }] }],
      ['no resources', { rules: [{ apiGroups: [''], verbs: ['get'] }] }],
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    plural: 'rolebindings',
    name: 'readers',
    rest: {
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [
        { kind: 'ServiceAccount', name: 'console', namespace: 'jiyun' },
        { kind: 'User', name: 'zhang' },
      ],
    },
    change: { subjects: [{ kind: 'User', name: 'li' }] },
    other: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'wang' }],
    },
    refused: [
      ['another role', { roleRef: { name: 'writer' } }],
      ['no such kind of role', { roleRef: { kind: 'Rule' } }],
    ],
  },
];

export const customRows: readonly Row[] = [
  {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    plural: 'network-attachment-definitions',
    name: 'vlan-120',
    rest: { spec: { config: '{"cniVersion":"1.0.0","type":"bridge","vlan":120}' } },
    change: { spec: { config: '{"vlan":121}' } },
    other: { spec: { config: '{"vlan":122}' } },
    refused: [['no text', { spec: { config: { vlan: 120 } } }]],
  },
  {
    apiVersion: 'metal3.io/v1alpha1',
    kind: 'BareMetalHost',
    plural: 'baremetalhosts',
    name: 'server-1',
    rest: {
      spec: {
        online: false,
        bootMACAddress: '02:00:00:00:00:01',
        bmc: { address: 'redfish://10.0.0.1/redfish/v1/Systems/1', credentialsName: 'server-1-bmc' },
        rootDeviceHints: { minSizeGigabytes: 400 },
      },
    },
    change: { spec: { consumerRef: { apiVersion: 'jiyun.internal/v1', kind: 'Server', name: 'order-1' } } },
    other: { spec: { online: true } },
    status: {
      errorCount: 0,
      errorMessage: '',
      operationalStatus: 'OK',
      poweredOn: false,
      provisioning: { ID: 'ironic-1', state: 'available' },
    },
    refused: [
      ['no such boot mode', { spec: { bootMode: 'BIOS' } }],
      ['no MAC address', { spec: { bootMACAddress: 'zz:00' } }],
      ['online is required', { spec: { online: null } }],
      ['a wrong type', { spec: { online: 'yes' } }],
      ['below the least', { spec: { rootDeviceHints: { minSizeGigabytes: -1 } } }],
      ['an image without a url', { spec: { image: { checksum: 'abc' } } }],
      ['too few disks', { spec: { raid: { softwareRAIDVolumes: [{ level: '1', physicalDisks: [{}] }] } } }],
      [
        'too long and too many',
        {
          spec: {
            raid: {
              hardwareRAIDVolumes: [{ level: '1', name: 'x'.repeat(65) }],
              softwareRAIDVolumes: [{ level: '0' }, { level: '0' }, { level: '0' }],
            },
          },
        },
      ],
    ],
  },
  {
    apiVersion: 'metal3.io/v1alpha1',
    kind: 'HardwareData',
    plural: 'hardwaredata',
    name: 'server-1',
    rest: {
      spec: {
        hardware: {
          cpu: { arch: 'x86_64', count: 64, clockMegahertz: 2600.5 },
          ramMebibytes: 262_144,
          systemVendor: { manufacturer: 'Inspur', productName: 'NF5280M6', serialNumber: 'SN-1' },
          nics: [{ name: 'eno1', mac: '02:00:00:00:00:01', vlanId: 120 }],
          storage: [{ name: '/dev/sda', type: 'SSD', sizeBytes: 480_103_981_056 }],
        },
      },
    },
    change: { spec: { hardware: { hostname: 'server-1' } } },
    other: { spec: { hardware: { hostname: 'server-2' } } },
    refused: [['beyond the most', { spec: { hardware: { nics: [{ vlanId: 4095 }] } } }]],
  },
  {
    apiVersion: 'volsync.backube/v1alpha1',
    kind: 'ReplicationSource',
    plural: 'replicationsources',
    name: 'root-disk',
    rest: {
      spec: {
        sourcePVC: 'root-disk',
        trigger: { schedule: '*/5 * * * *' },
        rsyncTLS: { address: '10.0.0.9', keySecret: 'root-disk-key', copyMethod: 'Snapshot' },
      },
    },
    change: { spec: { trigger: { schedule: null, manual: 'final' } } },
    other: { spec: { trigger: { manual: 'later' } } },
    status: { lastSyncTime: now, lastSyncDuration: '12.5s', conditions: [condition('Synchronizing', 'False')] },
    refused: [
      ['no schedule', { spec: { trigger: { schedule: 'sometimes' } } }],
      ['no such method', { spec: { rsyncTLS: { copyMethod: 'Carry' } } }],
      ['beyond the most', { spec: { rsyncTLS: { port: 70_000 } } }],
      ['no access modes', { spec: { rsyncTLS: { accessModes: [] } } }],
    ],
  },
  {
    apiVersion: 'volsync.backube/v1alpha1',
    kind: 'ReplicationDestination',
    plural: 'replicationdestinations',
    name: 'root-disk',
    rest: { spec: { rsyncTLS: { capacity: '40Gi', accessModes: ['ReadWriteOnce'], copyMethod: 'Snapshot' } } },
    change: { spec: { paused: true } },
    other: { spec: { paused: false } },
    status: {
      lastSyncTime: now,
      latestImage: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'root-disk-1' },
    },
    refused: [['a wrong type', { spec: { paused: 'yes' } }]],
  },
  {
    apiVersion: 'replication.storage.openshift.io/v1alpha1',
    kind: 'VolumeReplication',
    plural: 'volumereplications',
    name: 'root-disk',
    rest: {
      spec: {
        dataSource: { kind: 'PersistentVolumeClaim', name: 'root-disk' },
        replicationState: 'primary',
        volumeReplicationClass: 'minutes',
      },
    },
    change: { spec: { replicationState: 'secondary' } },
    other: { spec: { replicationState: 'primary' } },
    status: { state: 'Primary', lastSyncTime: now, conditions: [condition('Completed')] },
    refused: [
      ['another source', { spec: { dataSource: { name: 'other' } } }],
      ['another class', { spec: { volumeReplicationClass: 'hours' } }],
      ['no such state', { spec: { replicationState: 'tertiary' } }],
      ['two rules and a required field', { spec: { volumeReplicationClass: null, dataSource: { name: 'other' } } }],
    ],
  },
  {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineSnapshot',
    plural: 'virtualmachinesnapshots',
    name: 'web-1',
    rest: { spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' }, failureDeadline: '5m' } },
    change: { spec: { deletionPolicy: 'Retain' } },
    other: { spec: { deletionPolicy: 'Delete' } },
    status: { phase: 'InProgress', readyToUse: false, indications: ['Online', 'GuestAgent'] },
    refused: [['no source', { spec: { source: null } }]],
  },
  {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineRestore',
    plural: 'virtualmachinerestores',
    name: 'web-back',
    rest: {
      spec: {
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
        virtualMachineSnapshotName: 'web-1',
      },
    },
    change: { spec: { targetReadinessPolicy: 'StopTarget' } },
    other: { spec: { targetReadinessPolicy: 'FailImmediate' } },
    status: { complete: false, deletedDataVolumes: ['root-disk'] },
    refused: [['no such policy', { spec: { targetReadinessPolicy: 'Hope' } }]],
  },
  {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstanceMigration',
    plural: 'virtualmachineinstancemigrations',
    name: 'web-away',
    rest: { spec: { vmiName: 'web' } },
    change: { spec: { addedNodeSelector: { 'kubernetes.io/hostname': 'x86-2' } } },
    other: { spec: { vmiName: 'db' } },
    status: { phase: 'Pending' },
    refused: [['a wrong type', { spec: { vmiName: 5 } }]],
  },
];

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

export function collectionOf(row: Row, namespace: string): string {
  const root = row.apiVersion === 'v1' ? '/api/v1' : `/apis/${row.apiVersion}`;
  return `${root}${namespace === '' ? '' : `/namespaces/${namespace}`}/${row.plural}`;
}

export function bodyOf(row: Row, over: JsonObject = {}): JsonObject {
  const { apiVersion, kind, name, rest } = row;
  return { apiVersion, kind, metadata: { name }, ...rest, ...over };
}

/** An apply by another: only what it has an opinion on. */
const opinion = (row: Row): JsonObject => {
  const { metadata, ...other } = row.other;
  return {
    apiVersion: row.apiVersion,
    kind: row.kind,
    metadata: { name: row.name, ...(metadata as JsonObject | undefined) },
    ...other,
  };
};

function life(row: Row, namespace: string): CallRequest[] {
  const collection = collectionOf(row, namespace);
  const path = `${collection}/${row.name}`;
  const about = (text: string) => ({ about: `${row.kind}: ${text}` });
  const strict = { query: { fieldValidation: 'Strict' } };
  const held = { metadata: { finalizers: ['jiyun.test/hold'] } };
  return [
    create(collection, bodyOf(row), { ...about('create'), ...strict, managedFields: true }),
    create(collection, bodyOf(row), about('a name that is taken')),
    get(path, about('read')),
    create(
      collection,
      { ...bodyOf(row), metadata: { name: 'other' }, noSuchField: 1 },
      { ...about('unknown'), ...strict },
    ),
    apply(path, bodyOf(row, { noSuchField: 1 }), about('an unknown field is applied')),
    apply(path, bodyOf(row), { ...about('applied as it is'), managedFields: true }),
    apply(path, opinion(row), { ...about('another disagrees'), manager: 'operator', managedFields: true }),
    apply(path, opinion(row), { ...about('by force'), manager: 'operator', force: true, managedFields: true }),
    apply(path, bodyOf(row), { ...about('now the first is in conflict'), managedFields: true }),
    patch(merge, path, row.change, { ...about('a merge patch'), query: { fieldManager: 'hand' }, managedFields: true }),
    patch(merge, path, row.change, about('no change')),
    ...(row.status === undefined
      ? []
      : [patch(merge, `${path}/status`, { status: row.status }, { ...about('its status'), managedFields: true })]),
    put(
      path,
      { ...bodyOf(row), metadata: { name: row.name, resourceVersion: `<rv:${labelOf(row)}.1>` } },
      {
        ...about('a stale resourceVersion'),
      },
    ),
    patch(merge, path, held, about('a finalizer')),
    remove(path, { ...about('held'), body: { preconditions: { uid: `<uid:${labelOf(row)}>` } } }),
    patch(merge, path, { metadata: { finalizers: null } }, about('let go')),
    get(path, about('gone')),
  ];
}

/** As naming.ts calls an object: its name without the run. */
const labelOf = (row: Row) => row.name.replace('-<run>', '');

function refusals(row: Row, namespace: string): CallRequest[] {
  const collection = collectionOf(row, namespace);
  const path = `${collection}/${row.name}`;
  return [
    create(collection, bodyOf(row), { about: `${row.kind}` }),
    ...(row.refused ?? []).map(([about, body, message]) => ({
      ...patch(merge, path, body, { about: `${row.kind}: ${about}` }),
      ...(message === 'any' ? { anyMessage: true as const } : {}),
    })),
    remove(path),
  ];
}

function shown(row: Row, namespace: string): CallRequest[] {
  const collection = collectionOf(row, namespace);
  const named: Record<string, string> = { fieldSelector: `metadata.name=${row.name}` };
  return [
    create(collection, bodyOf(row)),
    ...(row.status === undefined ? [] : [patch(merge, `${collection}/${row.name}/status`, { status: row.status })]),
    get(collection, { accept: table, ...(row.shared === true ? { query: named } : {}) }),
    remove(`${collection}/${row.name}`),
  ];
}

/** Of Tables whose cells hold a moment that is an age by the time it is read. */
const hasFixedTable = ({ kind }: Row) => kind !== 'PersistentVolumeClaim';

const namespaces = { core: 'core-<run>', custom: 'custom-<run>', tables: 'shown-<run>' };
const all = (rows: readonly Row[], namespace: string, ask: (row: Row, namespace: string) => CallRequest[]) =>
  rows.flatMap((row) => ask(row, namespace));

export const kinds: readonly Scenario[] = [
  {
    name: 'core-kinds-life',
    about: 'Limits, policies, claims and rights of a namespace: create, conflict, foreign manager, finalizer.',
    namespaces: [namespaces.core],
    steps: all(coreRows, namespaces.core, life),
  },
  {
    name: 'core-kinds-refused',
    about: 'What the server does not take of them: values out of bounds, and what may not change.',
    namespaces: ['core-bad-<run>'],
    steps: all(coreRows, 'core-bad-<run>', refusals),
  },
  {
    name: 'custom-kinds-life',
    about: 'Servers, networks, snapshots and replication: create, conflict, foreign manager, status, finalizer.',
    namespaces: [namespaces.custom],
    steps: all(customRows, namespaces.custom, life),
  },
  {
    name: 'custom-kinds-refused',
    about: 'Violations of their schemas and rules: 422 with a cause for each.',
    namespaces: ['custom-bad-<run>'],
    steps: all(customRows, 'custom-bad-<run>', refusals),
  },
  {
    name: 'cluster-kinds',
    about: 'Kinds without namespaces: fences and rights of the whole cluster.',
    namespaces: [],
    steps: [...all(clusterRows, '', life), ...all(clusterRows, '', refusals)],
  },
  {
    name: 'kinds-shown',
    about: 'All of these as kubectl shows them.',
    namespaces: [namespaces.tables],
    steps: [
      ...all([...coreRows.filter(hasFixedTable), ...customRows], namespaces.tables, shown),
      ...all(clusterRows, '', shown),
    ],
  },
];
