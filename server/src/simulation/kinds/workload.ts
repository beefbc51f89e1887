/** What runs and where: events, claims and nodes, as kube-apiserver 1.36 has them in Go. */
import { objectAt, textAt } from '../json.js';
import { parseQuantity } from '../quantity.js';
import { ageColumn, type Column, kindOf, nameColumn, sinceText } from './kind.js';
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
  prepareCreate: (o) => ({ ...o, status: { phase: 'Pending' } }),
  quotaUsage: (o) => {
    const size = parseQuantity(textAt(o, 'spec', 'resources', 'requests', 'storage') ?? '0') ?? 0n;
    const storageClass = textAt(o, 'spec', 'storageClassName');
    return {
      'requests.storage': size,
      ...(storageClass === undefined ? {} : { [`${storageClass}.storageclass.storage.k8s.io/requests.storage`]: size }),
    };
  },
});

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
