/** What is done to machines: snapshots, restores, migrations. */
import type { Row } from './row.ts';

export const machineActRows: readonly Row[] = [
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
