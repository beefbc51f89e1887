/** What runs and where: events, claims and nodes, as kube-apiserver 1.36 has them in Go. */
import { equal, type JsonObject, type KubeObject, listAt, objectAt, textAt } from '../json.js';
import { parseQuantity } from '../quantity.js';
import { ageColumn, type Column, type FieldProblem, kindOf, nameColumn, sinceText } from './kind.js';
import {
  anything,
  atomicMap,
  atomicObject,
  boolean,
  integer,
  list,
  listByKey,
  map,
  object,
  quantity,
  set,
  string,
} from './schema.js';

function textColumn(name: string, description: string, cell: Column['cell']): Column {
  return { name, type: 'string', description, priority: 0, cell };
}

const reference = atomicObject({
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  fieldPath: string,
});

export const event = kindOf({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  namespaced: true,
  selectableFields: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  fields: {
    involvedObject: reference,
    reason: string,
    message: string,
    source: object({ component: string, host: string }),
    firstTimestamp: string,
    lastTimestamp: string,
    count: integer,
    type: string,
    eventTime: string,
    series: anything,
    action: string,
    related: reference,
    reportingComponent: string,
    reportingInstance: string,
  },
  zero: {
    involvedObject: {},
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  },
  validate: (next) =>
    (textAt(next, 'involvedObject', 'namespace') ?? '') === next.metadata.namespace ||
    (textAt(next, 'involvedObject', 'namespace') === undefined && next.metadata.namespace === 'default')
      ? []
      : [
          {
            reason: 'FieldValueInvalid',
            field: 'involvedObject.namespace',
            message: `Invalid value: "${textAt(next, 'involvedObject', 'namespace') ?? ''}": does not match event.namespace`,
          },
        ],
  columns: [
    textColumn('Last Seen', 'The last time this event was recorded', (o, now) =>
      sinceText(textAt(o, 'lastTimestamp'), now),
    ),
    textColumn('Type', 'Type of this event', (o) => textAt(o, 'type')),
    textColumn('Reason', 'Why this event was recorded', (o) => textAt(o, 'reason')),
    textColumn(
      'Object',
      'The object that this event is about',
      (o) =>
        `${(textAt(o, 'involvedObject', 'kind') ?? '').toLowerCase()}/${textAt(o, 'involvedObject', 'name') ?? ''}`,
    ),
    textColumn('Message', 'What happened', (o) => textAt(o, 'message')),
  ],
});

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
    textColumn('Status', 'Phase of the claim', (o) => textAt(o, 'status', 'phase')),
    textColumn('Volume', 'Bound volume', (o) => textAt(o, 'spec', 'volumeName')),
    textColumn('Capacity', 'Size of the bound volume', (o) => textAt(o, 'status', 'capacity', 'storage')),
    ageColumn,
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
      o.spec !== undefined && objectAt(o, 'spec')?.unschedulable === true ? 'Ready,SchedulingDisabled' : 'Ready',
    ),
    ageColumn,
  ],
});
