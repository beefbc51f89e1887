/** Decides which objects a cluster shall hold for a snapshot of a machine and its restore, and what they say. */
import { at, type ClusterObject, listAt, type Manifest, textAt } from './cluster-object.js';
import { namespaceOf, ROOT_VOLUME } from './desired-manifests.js';
import { MANAGED_BY, MARK } from './marks.js';

export interface DesiredSnapshot {
  readonly snapshotId: string;
  readonly resourceId: string;
  readonly departmentCode: string;
  /** Name of the machine's object. */
  readonly objectName: string;
  readonly number: number;
  /** The how-manieth restore of it. */
  readonly restores: number;
}

const GROUP = 'snapshot.kubevirt.io';
const API_VERSION = `${GROUP}/v1beta1`;

export function snapshotName({ objectName, number }: Pick<DesiredSnapshot, 'objectName' | 'number'>): string {
  return `${objectName}-s${number}`;
}

/** Each restore is an object of its own: what one says is done is done once. */
export function restoreName(desired: Pick<DesiredSnapshot, 'objectName' | 'number' | 'restores'>): string {
  return `${snapshotName(desired)}-r${desired.restores}`;
}

export function snapshotManifest(desired: DesiredSnapshot): Manifest {
  return {
    apiVersion: API_VERSION,
    kind: 'VirtualMachineSnapshot',
    metadata: { ...metadataOf(desired), name: snapshotName(desired) },
    // What it keeps goes when it goes: a deleted snapshot takes no room.
    spec: { source: machineOf(desired), deletionPolicy: 'Delete' },
  };
}

/**
 * The disks come back under their own names: the machine's object is the console's, whole, and says by name which disks it
 * has. Firmware uuid and addresses are its too, so they stay. It goes with the snapshot that owns it.
 */
export function restoreManifest(desired: DesiredSnapshot, snapshotUid: string): Manifest {
  const name = snapshotName(desired);
  return {
    apiVersion: API_VERSION,
    kind: 'VirtualMachineRestore',
    metadata: {
      ...metadataOf(desired),
      name: restoreName(desired),
      ownerReferences: [{ apiVersion: API_VERSION, kind: 'VirtualMachineSnapshot', name, uid: snapshotUid }],
    },
    spec: {
      target: machineOf(desired),
      virtualMachineSnapshotName: name,
      volumeRestorePolicy: 'InPlace',
      // It was told to stop, and meanwhile nothing of it is applied: whoever started it behind the console's back is undone.
      targetReadinessPolicy: 'StopTarget',
    },
  };
}

function machineOf({ objectName }: DesiredSnapshot) {
  return { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: objectName };
}

function metadataOf({ departmentCode, resourceId, snapshotId }: DesiredSnapshot) {
  return {
    namespace: namespaceOf(departmentCode),
    labels: { [MARK.managedBy]: MANAGED_BY, [MARK.resource]: resourceId, [MARK.snapshot]: snapshotId },
  };
}

export interface SnapshotView {
  readonly uid: string;
  /** Which snapshot it says it is; undefined = none of the console's. */
  readonly owner: string | undefined;
  readonly isLeaving: boolean;
  readonly stand: 'WORKING' | 'DONE' | 'FAILED';
  readonly indications: readonly string[];
  readonly trouble: string | null;
}

/** KubeVirt leaves out a disk whose storage takes no snapshots, and says that all went well. */
const WITHOUT_DISK = '存储类不支持快照，系统盘未包含在内';

export function snapshotView(object: ClusterObject): SnapshotView {
  const failed = textAt(object, 'status', 'phase') === 'Failed' || isTrue(object, 'Failure');
  const isDone = at(object, 'status', 'readyToUse') === true;
  if (isDone && listAt(object, 'status', 'snapshotVolumes', 'excludedVolumes').includes(ROOT_VOLUME))
    return { ...viewOf(object, 'FAILED'), trouble: WITHOUT_DISK };
  return viewOf(object, isDone ? 'DONE' : failed ? 'FAILED' : 'WORKING');
}

export function restoreView(object: ClusterObject): SnapshotView {
  const isDone = at(object, 'status', 'complete') === true;
  return viewOf(object, isDone ? 'DONE' : isTrue(object, 'Failure') ? 'FAILED' : 'WORKING');
}

function viewOf(object: ClusterObject, stand: SnapshotView['stand']): SnapshotView {
  const { labels, uid = '', deletionTimestamp } = object.metadata;
  return {
    uid,
    owner: labels?.[MARK.managedBy] === MANAGED_BY ? labels[MARK.snapshot] : undefined,
    isLeaving: deletionTimestamp !== undefined,
    stand,
    indications: listAt(object, 'status', 'indications').filter((each): each is string => typeof each === 'string'),
    trouble:
      textAt(object, 'status', 'error', 'message') ??
      reasonOf(object, 'Failure', 'True') ??
      // KubeVirt tries again for ever, and says here what it waits for.
      (stand === 'WORKING' ? reasonOf(object, 'Progressing', 'False') : undefined) ??
      null,
  };
}

function reasonOf(object: ClusterObject, type: string, status: string): string | undefined {
  const found = listAt(object, 'status', 'conditions').find((each) => at(each, 'type') === type);
  return at(found, 'status') === status ? textAt(found, 'reason') : undefined;
}

function isTrue(object: ClusterObject, type: string): boolean {
  return listAt(object, 'status', 'conditions').some(
    (each) => at(each, 'type') === type && at(each, 'status') === 'True',
  );
}
