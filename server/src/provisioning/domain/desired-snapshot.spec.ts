import { describe, expect, it } from '@jest/globals';
import type { ClusterObject } from './cluster-object.js';
import {
  type DesiredSnapshot,
  restoreManifest,
  restoreView,
  snapshotManifest,
  snapshotView,
} from './desired-snapshot.js';

const desired: DesiredSnapshot = {
  snapshotId: 'snap-1',
  resourceId: 'res-1',
  departmentCode: 'js-finance',
  objectName: 'vm-7f3a',
  number: 3,
  restores: 2,
};

describe('what a cluster holds for a snapshot', () => {
  it('is one object that names the machine, and goes with what it keeps', () => {
    expect(snapshotManifest(desired)).toEqual({
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineSnapshot',
      metadata: {
        name: 'vm-7f3a-s3',
        namespace: 'dept-js-finance',
        labels: {
          'app.kubernetes.io/managed-by': 'jiyun',
          'jiyun.internal/resource': 'res-1',
          'jiyun.internal/snapshot': 'snap-1',
        },
      },
      spec: {
        source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm-7f3a' },
        deletionPolicy: 'Delete',
      },
    });
  });

  it('has an object for each restore, which the snapshot owns and which brings the disks back under their names', () => {
    const { metadata, spec } = restoreManifest(desired, 'uid-9');
    expect(metadata).toMatchObject({
      name: 'vm-7f3a-s3-r2',
      ownerReferences: [{ kind: 'VirtualMachineSnapshot', name: 'vm-7f3a-s3', uid: 'uid-9' }],
    });
    expect(spec).toEqual({
      target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm-7f3a' },
      virtualMachineSnapshotName: 'vm-7f3a-s3',
      volumeRestorePolicy: 'InPlace',
      targetReadinessPolicy: 'StopTarget',
    });
  });
});

describe('what a cluster says of it', () => {
  const object = (status: object): ClusterObject => ({
    ...snapshotManifest(desired),
    metadata: { ...snapshotManifest(desired).metadata, uid: 'uid-1' },
    status,
  });

  it.each([
    [{}, 'WORKING'],
    [{ phase: 'InProgress', readyToUse: false }, 'WORKING'],
    [{ phase: 'Succeeded', readyToUse: true }, 'DONE'],
    [{ phase: 'Failed', readyToUse: false }, 'FAILED'],
  ])('%j of a snapshot: %s', (status, stand) => {
    expect(snapshotView(object(status))).toMatchObject({ stand, owner: 'snap-1', uid: 'uid-1', isLeaving: false });
  });

  it.each([
    [{}, 'WORKING'],
    [{ complete: false, conditions: [{ type: 'Progressing', status: 'True' }] }, 'WORKING'],
    [{ complete: true }, 'DONE'],
    [{ complete: false, conditions: [{ type: 'Failure', status: 'True', reason: 'Operation failed' }] }, 'FAILED'],
  ])('%j of a restore: %s', (status, stand) => {
    expect(restoreView(object(status)).stand).toBe(stand);
  });

  it('is taken over with its words: how it was made, and what went wrong', () => {
    const view = snapshotView(
      object({
        phase: 'Failed',
        indications: ['Online', 'GuestAgent'],
        error: { message: 'snapshot deadline exceeded' },
      }),
    );
    expect(view).toMatchObject({ indications: ['Online', 'GuestAgent'], trouble: 'snapshot deadline exceeded' });
  });

  it('says while it goes on what it waits for', () => {
    const waiting = (status: string) => ({
      complete: false,
      conditions: [{ type: 'Progressing', status, reason: 'missing volumeSnapshot vmsnapshot-1' }],
    });
    expect(restoreView(object(waiting('False')))).toMatchObject({
      stand: 'WORKING',
      trouble: 'missing volumeSnapshot vmsnapshot-1',
    });
    expect(restoreView(object(waiting('True'))).trouble).toBeNull();
    expect(restoreView(object({ ...waiting('False'), complete: true })).trouble).toBeNull();
  });

  it('is a failure where the storage took no snapshot of the disk, though KubeVirt calls it a success', () => {
    const status = {
      phase: 'Succeeded',
      readyToUse: true,
      snapshotVolumes: { includedVolumes: [], excludedVolumes: ['first-boot', 'root'] },
    };
    expect(snapshotView(object(status))).toMatchObject({ stand: 'FAILED', trouble: expect.stringContaining('系统盘') });
    const withDisk = { ...status, snapshotVolumes: { includedVolumes: ['root'], excludedVolumes: ['first-boot'] } };
    expect(snapshotView(object(withDisk)).stand).toBe('DONE');
  });

  it('is nobody’s of ours without our mark', () => {
    const { metadata, ...rest } = object({});
    expect(snapshotView({ ...rest, metadata: { ...metadata, labels: {} } }).owner).toBeUndefined();
  });
});
