/** What carries data to another center: VolSync's sources and destinations, csi-addons' VolumeReplication and NetworkFence. */
import { at, equal, type KubeObject, objectAt } from '../json.js';
import { crdAgeColumn, crdColumn } from './columns.js';
import { type CelRule, customKind, nameColumn } from './kind.js';
import {
  networkFenceSpec,
  networkFenceStatus,
  replicationDestinationSpec,
  replicationDestinationStatus,
  replicationSourceSpec,
  replicationSourceStatus,
  volumeReplicationSpec,
  volumeReplicationStatus,
} from './replication-schema.js';

const volsync = {
  group: 'volsync.backube',
  version: 'v1alpha1',
  namespaced: true,
  statusSubresource: true,
  columnsInCrd: true,
} as const;

const syncColumns = [
  crdColumn('Last sync', 'status.lastSyncTime', { format: 'date-time' }),
  crdColumn('Duration', 'status.lastSyncDuration'),
  crdColumn('Next sync', 'status.nextSyncTime', { format: 'date-time' }),
];

export const replicationSource = customKind({
  ...volsync,
  kind: 'ReplicationSource',
  plural: 'replicationsources',
  fields: { spec: replicationSourceSpec, status: replicationSourceStatus },
  columns: [nameColumn, crdColumn('Source', 'spec.sourcePVC'), ...syncColumns],
});

export const replicationDestination = customKind({
  ...volsync,
  kind: 'ReplicationDestination',
  plural: 'replicationdestinations',
  fields: { spec: replicationDestinationSpec, status: replicationDestinationStatus },
  columns: [nameColumn, ...syncColumns],
});

/** `self == oldSelf`: looked at where the field was there before and still is. */
function unchanged(message: string, ...path: readonly string[]): CelRule {
  const value = (object: KubeObject | undefined) => at(object, ...path);
  return {
    field: path.join('.'),
    message,
    holds: (next, live) =>
      live === undefined || value(live) === undefined || value(next) === undefined || equal(value(next), value(live)),
  };
}

export const volumeReplication = customKind({
  group: 'replication.storage.openshift.io',
  version: 'v1alpha1',
  kind: 'VolumeReplication',
  plural: 'volumereplications',
  shortNames: ['vr'],
  namespaced: true,
  statusSubresource: true,
  celRules: true,
  columnsInCrd: true,
  rules: [
    unchanged('dataSource is immutable', 'spec', 'dataSource'),
    unchanged('volumeReplicationClass is immutable', 'spec', 'volumeReplicationClass'),
  ],
  fields: { 'spec!': volumeReplicationSpec, status: volumeReplicationStatus },
  columns: [
    nameColumn,
    crdAgeColumn,
    crdColumn('volumeReplicationClass', 'spec.volumeReplicationClass'),
    crdColumn('SourceKind', 'spec.dataSource.kind'),
    crdColumn('SourceName', 'spec.dataSource.name'),
    crdColumn('desiredState', 'spec.replicationState'),
    crdColumn('currentState', 'status.state'),
  ],
});

const specOf = (object: KubeObject) => objectAt(object, 'spec') ?? {};

export const networkFence = customKind({
  group: 'csiaddons.openshift.io',
  version: 'v1alpha1',
  kind: 'NetworkFence',
  plural: 'networkfences',
  namespaced: false,
  statusSubresource: true,
  celRules: true,
  columnsInCrd: true,
  rules: [
    {
      field: 'spec',
      message: 'one of driver or networkFenceClassName must be present',
      holds: (next) => specOf(next).driver !== undefined || specOf(next).networkFenceClassName !== undefined,
    },
    {
      field: 'spec',
      message: 'secret must be present when networkFenceClassName is not specified',
      holds: (next) => specOf(next).networkFenceClassName !== undefined || specOf(next).secret !== undefined,
    },
    unchanged('driver is immutable', 'spec', 'driver'),
    unchanged('networkFenceClassName is immutable', 'spec', 'networkFenceClassName'),
    unchanged('parameters are immutable', 'spec', 'parameters'),
    unchanged('secret is immutable', 'spec', 'secret'),
    unchanged('name is immutable', 'spec', 'secret', 'name'),
    unchanged('namespace is immutable', 'spec', 'secret', 'namespace'),
  ],
  fields: { 'spec!': networkFenceSpec, status: networkFenceStatus },
  columns: [
    nameColumn,
    crdColumn('Driver', 'spec.driver'),
    crdColumn('Cidrs', 'spec.cidrs'),
    crdColumn('FenceState', 'spec.fenceState'),
    crdAgeColumn,
    crdColumn('Result', 'status.result'),
  ],
});
