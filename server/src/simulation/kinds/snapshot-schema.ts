/** snapshot.kubevirt.io/v1beta1 and the migration of kubevirt.io/v1, written from the CRDs of KubeVirt 1.9. */
import {
  anything,
  atomicObject,
  boolean,
  dateTime,
  limited,
  list,
  map,
  nullableTime,
  object,
  oneOf,
  set,
  string,
} from './schema.js';

const conditions = list(
  object({
    lastProbeTime: nullableTime,
    lastTransitionTime: nullableTime,
    message: string,
    reason: string,
    'status!': string,
    'type!': string,
  }),
);

export const virtualMachineSnapshotSpec = object({
  deletionPolicy: string,
  failureDeadline: string,
  'source!': atomicObject({ apiGroup: string, 'kind!': string, 'name!': string }),
});

export const virtualMachineRestoreSpec = object({
  patches: list(string),
  'target!': atomicObject({ apiGroup: string, 'kind!': string, 'name!': string }),
  targetReadinessPolicy: limited(oneOf('StopTarget', 'WaitGracePeriod', 'FailImmediate', 'WaitEventually'), {
    default: 'WaitGracePeriod',
  }),
  'virtualMachineSnapshotName!': string,
  volumeOwnershipPolicy: string,
  volumeRestoreOverrides: list(
    object({ annotations: map(string), labels: map(string), restoreName: string, volumeName: string }),
  ),
  volumeRestorePolicy: string,
});

export const migrationSpec = object({
  addedNodeSelector: map(string),
  priority: string,
  receive: object({ 'migrationID!': string }),
  sendTo: object({ 'connectURL!': string, 'migrationID!': string }),
  vmiName: string,
});
export const virtualMachineSnapshotStatus = object({
  conditions,
  creationTime: nullableTime,
  error: object({ message: string, time: dateTime }),
  indications: set(string),
  phase: string,
  readyToUse: boolean,
  snapshotVolumes: object({ excludedVolumes: set(string), includedVolumes: set(string) }),
  sourceIndications: list(object({ 'indication!': string, 'message!': string })),
  sourceUID: string,
  virtualMachineSnapshotContentName: string,
});

export const virtualMachineRestoreStatus = object({
  complete: boolean,
  conditions,
  deletedDataVolumes: set(string),
  restoreTime: dateTime,
  restores: list(
    object({
      dataVolumeName: string,
      'persistentVolumeClaim!': string,
      'volumeName!': string,
      'volumeSnapshotName!': string,
    }),
  ),
});

export const migrationStatus = object({
  conditions,
  migrationState: anything,
  phase: string,
  phaseTransitionTimestamps: list(object({ phase: string, phaseTransitionTimestamp: dateTime })),
  synchronizationAddresses: list(string),
});
