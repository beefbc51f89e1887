/** Snapshots and restores of machines (KubeVirt 1.9), migrations, and the volume snapshots that the storage takes for them. */
import { equal, type KubeObject } from '../json.js';
import { crdAgeColumn, crdColumn } from './columns.js';
import { customAgeColumn, customKind, nameColumn } from './kind.js';
import { anything, boolean, dateTime, list, object, quantity, string } from './schema.js';
import {
  migrationSpec,
  migrationStatus,
  virtualMachineRestoreSpec,
  virtualMachineRestoreStatus,
  virtualMachineSnapshotSpec,
  virtualMachineSnapshotStatus,
} from './snapshot-schema.js';

const group = { group: 'snapshot.kubevirt.io', version: 'v1beta1', namespaced: true, categories: ['all'] } as const;
/** pkg/storage/snapshot/…-webhooks: what a snapshot is of, and a restore for, is said once. */
const immutableSpec = (next: KubeObject, live: KubeObject | undefined) =>
  live === undefined || equal(next.spec, live.spec) ? undefined : 'spec in immutable after creation';

export const virtualMachineSnapshot = customKind({
  ...group,
  kind: 'VirtualMachineSnapshot',
  plural: 'virtualmachinesnapshots',
  shortNames: ['vmsnapshot', 'vmsnapshots'],
  statusSubresource: true,
  fields: { 'spec!': virtualMachineSnapshotSpec, status: virtualMachineSnapshotStatus },
  columns: [
    nameColumn,
    crdColumn('SourceKind', 'spec.source.kind'),
    crdColumn('SourceName', 'spec.source.name'),
    crdColumn('Phase', 'status.phase'),
    crdColumn('ReadyToUse', 'status.readyToUse', { type: 'boolean' }),
    crdColumn('CreationTime', 'status.creationTime', { type: 'date' }),
    crdColumn('Error', 'status.error.message'),
  ],
  webhook: immutableSpec,
});

export const virtualMachineSnapshotContent = customKind({
  ...group,
  kind: 'VirtualMachineSnapshotContent',
  plural: 'virtualmachinesnapshotcontents',
  shortNames: ['vmsnapshotcontent', 'vmsnapshotcontents'],
  statusSubresource: true,
  fields: {
    'spec!': object({
      'source!': object({ virtualMachine: anything }),
      virtualMachineSnapshotName: string,
      volumeBackups: list(
        object({ 'persistentVolumeClaim!': anything, 'volumeName!': string, volumeSnapshotName: string }),
      ),
    }),
    status: object({
      creationTime: dateTime,
      error: object({ message: string, time: dateTime }),
      readyToUse: boolean,
      volumeSnapshotStatus: list(
        object({
          creationTime: dateTime,
          error: object({ message: string, time: dateTime }),
          readyToUse: boolean,
          'volumeSnapshotName!': string,
        }),
      ),
    }),
  },
  columns: [
    nameColumn,
    crdColumn('ReadyToUse', 'status.readyToUse', { type: 'boolean' }),
    crdColumn('CreationTime', 'status.creationTime', { type: 'date' }),
    crdColumn('Error', 'status.error.message'),
  ],
});

export const virtualMachineRestore = customKind({
  ...group,
  kind: 'VirtualMachineRestore',
  plural: 'virtualmachinerestores',
  shortNames: ['vmrestore', 'vmrestores'],
  statusSubresource: true,
  fields: { 'spec!': virtualMachineRestoreSpec, status: virtualMachineRestoreStatus },
  columns: [
    nameColumn,
    crdColumn('TargetKind', 'spec.target.kind'),
    crdColumn('TargetName', 'spec.target.name'),
    crdColumn('Complete', 'status.complete', { type: 'boolean' }),
    crdColumn('RestoreTime', 'status.restoreTime', { type: 'date' }),
    crdColumn('Error', 'status.error.message'),
  ],
  webhook: immutableSpec,
});

export const virtualMachineInstanceMigration = customKind({
  group: 'kubevirt.io',
  version: 'v1',
  kind: 'VirtualMachineInstanceMigration',
  plural: 'virtualmachineinstancemigrations',
  shortNames: ['vmim', 'vmims'],
  categories: ['all'],
  namespaced: true,
  statusSubresource: true,
  fields: { 'spec!': migrationSpec, status: migrationStatus },
  columns: [nameColumn, crdColumn('Phase', 'status.phase'), crdColumn('VMI', 'spec.vmiName'), customAgeColumn],
  webhook: immutableSpec,
});

export const volumeSnapshot = customKind({
  group: 'snapshot.storage.k8s.io',
  version: 'v1',
  kind: 'VolumeSnapshot',
  plural: 'volumesnapshots',
  shortNames: ['vs'],
  namespaced: true,
  statusSubresource: true,
  columnsInCrd: true,
  fields: {
    'spec!': object({
      'source!': object({ persistentVolumeClaimName: string, volumeSnapshotContentName: string }),
      volumeSnapshotClassName: string,
    }),
    status: object({
      boundVolumeSnapshotContentName: string,
      creationTime: dateTime,
      error: object({ message: string, time: dateTime }),
      readyToUse: boolean,
      restoreSize: quantity,
      volumeGroupSnapshotName: string,
    }),
  },
  columns: [
    nameColumn,
    crdColumn('ReadyToUse', 'status.readyToUse', { type: 'boolean' }),
    crdColumn('SourcePVC', 'spec.source.persistentVolumeClaimName'),
    crdColumn('SourceSnapshotContent', 'spec.source.volumeSnapshotContentName'),
    crdColumn('RestoreSize', 'status.restoreSize'),
    crdColumn('SnapshotClass', 'spec.volumeSnapshotClassName'),
    crdColumn('SnapshotContent', 'status.boundVolumeSnapshotContentName'),
    crdColumn('CreationTime', 'status.creationTime', { type: 'date' }),
    crdAgeColumn,
  ],
});
