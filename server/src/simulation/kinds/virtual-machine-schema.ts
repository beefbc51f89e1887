/**
 * The paths of kubevirt.io/v1 and cdi.kubevirt.io/v1beta1 that the console uses, written from the CRDs of
 * KubeVirt 1.9 and CDI 1.66. What the console never writes is `anything`: taken as it comes.
 */
import { anyList, anything, boolean, empty, integer, list, map, object, oneOf, quantity, string } from './schema.js';
import { virtualMachineInstanceSpec } from './virtual-machine-instance-schema.js';

export const dataVolumeSpec = object({
  checkpoints: list(object({ 'current!': string, 'previous!': string })),
  contentType: oneOf('kubevirt', 'archive'),
  finalCheckpoint: boolean,
  preallocation: boolean,
  priorityClassName: string,
  pvc: object({
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
  source: object({
    blank: empty,
    gcs: anything,
    http: object({
      certConfigMap: string,
      extraHeaders: list(string),
      secretExtraHeaders: list(string),
      secretRef: string,
      'url!': string,
    }),
    imageio: anything,
    pvc: object({ 'name!': string, 'namespace!': string }),
    registry: object({
      certConfigMap: string,
      imageStream: string,
      platform: object({ architecture: string }),
      pullMethod: string,
      secretRef: string,
      url: string,
    }),
    s3: object({ certConfigMap: string, secretRef: string, 'url!': string }),
    snapshot: object({ 'name!': string, 'namespace!': string }),
    upload: empty,
    vddk: anything,
  }),
  sourceRef: object({ 'kind!': string, 'name!': string, namespace: string }),
  storage: object({
    accessModes: list(string),
    dataSource: anything,
    dataSourceRef: anything,
    resources: object({ limits: map(quantity), requests: map(quantity) }),
    selector: anything,
    storageClassName: string,
    volumeMode: string,
    volumeName: string,
  }),
});

export const dataVolumeStatus = object({
  claimName: string,
  conditions: list(
    object({
      lastHeartbeatTime: string,
      lastTransitionTime: string,
      message: string,
      reason: string,
      'status!': string,
      'type!': string,
    }),
  ),
  phase: string,
  progress: string,
  restartCount: integer,
});

export const virtualMachineSpec = object({
  dataVolumeTemplates: list(
    object({ apiVersion: string, kind: string, metadata: anything, 'spec!': dataVolumeSpec, status: anything }),
  ),
  instancetype: object({
    inferFromVolume: string,
    inferFromVolumeFailurePolicy: string,
    kind: string,
    name: string,
    revisionName: string,
  }),
  preference: object({
    inferFromVolume: string,
    inferFromVolumeFailurePolicy: string,
    kind: string,
    name: string,
    revisionName: string,
  }),
  runStrategy: string,
  running: boolean,
  'template!': object({ metadata: anything, spec: virtualMachineInstanceSpec }),
  updateVolumesStrategy: string,
});

export const virtualMachineStatus = object({
  changedBlockTracking: anything,
  conditions: list(
    object({
      lastProbeTime: string,
      lastTransitionTime: string,
      message: string,
      reason: string,
      'status!': string,
      'type!': string,
    }),
  ),
  created: boolean,
  desiredGeneration: integer,
  instancetypeRef: object({
    controllerRevisionRef: object({ name: string }),
    inferFromVolume: string,
    inferFromVolumeFailurePolicy: string,
    kind: string,
    name: string,
  }),
  memoryDumpRequest: anything,
  observedGeneration: integer,
  preferenceRef: object({
    controllerRevisionRef: object({ name: string }),
    inferFromVolume: string,
    inferFromVolumeFailurePolicy: string,
    kind: string,
    name: string,
  }),
  printableStatus: string,
  ready: boolean,
  restoreInProgress: string,
  runStrategy: string,
  snapshotInProgress: string,
  startFailure: object({ consecutiveFailCount: integer, lastFailedVMIUID: string, retryAfterTimestamp: string }),
  stateChangeRequests: list(object({ 'action!': string, data: map(string), uid: string })),
  volumeRequests: anyList,
  volumeSnapshotStatuses: list(object({ 'enabled!': boolean, 'name!': string, reason: string })),
  volumeUpdateState: anything,
});
