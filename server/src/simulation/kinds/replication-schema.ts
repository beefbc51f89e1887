/** volsync.backube, replication.storage.openshift.io and csiaddons.openshift.io, written from their CRDs: the movers that the console uses, the others as they come. */
import {
  anyList,
  anyTexts,
  anything,
  atomicObject,
  boolean,
  conditions,
  dateTime,
  integer,
  limited,
  list,
  map,
  object,
  oneOf,
  quantity,
  string,
} from './schema.js';

/** What all movers have, whichever way the data goes. */
const everyMover = {
  accessModes: limited(list(string), { minItems: 1 }),
  capacity: quantity,
  copyMethod: oneOf('Direct', 'None', 'Clone', 'Snapshot'),
  moverPodLabels: anyTexts,
  moverResources: anything,
  moverServiceAccount: string,
  storageClassName: string,
  volumeSnapshotClassName: string,
};

/** Those whose pod can be shaped. */
const ownPod = {
  moverAffinity: anything,
  moverSecurityContext: anything,
  moverVolumes: anyList,
};

const cached = {
  cacheAccessModes: list(string),
  cacheCapacity: quantity,
  cacheStorageClassName: string,
  customCA: anything,
  repository: string,
};

const overSsh = {
  path: string,
  serviceType: string,
  sshKeys: string,
  sshUser: string,
};

export const replicationSourceSpec = object({
  external: anything,
  paused: boolean,
  rclone: anything,
  restic: object({
    ...ownPod,
    ...cached,
    accessModes: limited(list(string), { minItems: 1 }),
    capacity: quantity,
    copyMethod: oneOf('Direct', 'None', 'Clone', 'Snapshot'),
    moverPodLabels: anyTexts,
    moverResources: anything,
    moverServiceAccount: string,
    pruneIntervalDays: integer,
    retain: object({
      daily: integer,
      hourly: integer,
      last: string,
      monthly: integer,
      weekly: integer,
      within: string,
      yearly: integer,
    }),
    storageClassName: string,
    unlock: string,
    volumeSnapshotClassName: string,
  }),
  rsync: object({
    ...everyMover,
    ...overSsh,
    address: string,
    port: limited(integer, { minimum: 0, maximum: 65535 }),
  }),
  rsyncTLS: object({
    ...everyMover,
    ...ownPod,
    address: string,
    keySecret: string,
    port: limited(integer, { minimum: 0, maximum: 65535 }),
  }),
  sourcePVC: string,
  syncthing: anything,
  trigger: object({
    manual: string,
    schedule: limited(string, {
      pattern:
        '^(@(annually|yearly|monthly|weekly|daily|hourly))|((((\\d+,)*\\d+|(\\d+(\\/|-)\\d+)|\\*(\\/\\d+)?)\\s?){5})$',
    }),
  }),
});

export const replicationSourceStatus = object({
  conditions: conditions,
  external: anyTexts,
  lastManualSync: string,
  lastSyncDuration: string,
  lastSyncStartTime: dateTime,
  lastSyncTime: dateTime,
  latestMoverStatus: object({ logs: string, result: string }),
  nextSyncTime: dateTime,
  restic: object({ lastPruned: dateTime, lastUnlocked: string }),
  rsync: object({ address: string, port: integer, sshKeys: string }),
  rsyncTLS: object({ keySecret: string }),
  syncthing: anything,
});

export const replicationDestinationSpec = object({
  external: anything,
  paused: boolean,
  rclone: anything,
  restic: object({
    ...everyMover,
    ...ownPod,
    ...cached,
    cleanupCachePVC: boolean,
    cleanupTempPVC: boolean,
    destinationPVC: string,
    enableFileDeletion: boolean,
    previous: integer,
    restoreAsOf: dateTime,
  }),
  rsync: object({
    ...everyMover,
    ...overSsh,
    address: string,
    cleanupTempPVC: boolean,
    destinationPVC: string,
    port: limited(integer, { minimum: 0, maximum: 65535 }),
    serviceAnnotations: map(string),
    volumeMode: string,
  }),
  rsyncTLS: object({
    ...everyMover,
    ...ownPod,
    cleanupTempPVC: boolean,
    destinationPVC: string,
    keySecret: string,
    serviceAnnotations: map(string),
    serviceType: string,
    volumeMode: string,
  }),
  trigger: object({
    manual: string,
    schedule: limited(string, {
      pattern:
        '^(@(annually|yearly|monthly|weekly|daily|hourly))|((((\\d+,)*\\d+|(\\d+(\\/|-)\\d+)|\\*(\\/\\d+)?)\\s?){5})$',
    }),
  }),
});

export const replicationDestinationStatus = object({
  conditions: conditions,
  external: anyTexts,
  lastManualSync: string,
  lastSyncDuration: string,
  lastSyncStartTime: dateTime,
  lastSyncTime: dateTime,
  latestImage: atomicObject({ apiGroup: string, 'kind!': string, 'name!': string }),
  latestMoverStatus: object({ logs: string, result: string }),
  nextSyncTime: dateTime,
  rsync: object({ address: string, port: integer, sshKeys: string }),
  rsyncTLS: object({ address: string, keySecret: string, port: integer }),
});

export const volumeReplicationSpec = object({
  'autoResync!': limited(boolean, { default: false }),
  'dataSource!': atomicObject({ apiGroup: string, 'kind!': string, 'name!': string }),
  replicationHandle: string,
  'replicationState!': oneOf('primary', 'secondary', 'resync'),
  'volumeReplicationClass!': string,
});
export const networkFenceSpec = object({
  'cidrs!': list(string),
  driver: string,
  'fenceState!': limited(oneOf('Fenced', 'Unfenced'), { default: 'Fenced' }),
  networkFenceClassName: string,
  parameters: map(string),
  secret: object({ name: string, namespace: string }),
});
export const volumeReplicationStatus = object({
  conditions: conditions,
  destinationVolumeID: string,
  lastCompletionTime: dateTime,
  lastStartTime: dateTime,
  lastSyncBytes: integer,
  lastSyncDuration: string,
  lastSyncTime: dateTime,
  message: string,
  observedGeneration: integer,
  state: string,
});
export const networkFenceStatus = object({ conditions: conditions, message: string, result: string });
