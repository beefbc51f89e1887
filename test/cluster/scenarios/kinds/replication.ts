/** What copies disks from center to center. */
import type { JsonObject } from '../../json.ts';
import type { Row } from './row.ts';

const now = '2026-11-29T08:00:00Z';
const condition = (type: string, status = 'True'): JsonObject => ({
  type,
  status,
  reason: 'Recorded',
  message: '',
  lastTransitionTime: now,
});

export const replicationRows: readonly Row[] = [
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
];
