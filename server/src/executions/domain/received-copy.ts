/** Decides whether what VolSync received is whole: a transfer that was cut leaves a disk that is neither the old copy nor the new. */
import { at, type ClusterObject, listAt, textAt } from '../../provisioning/domain/cluster-object.js';
import { countOf, MARK } from '../../provisioning/domain/marks.js';

/** How long a transfer that is under way is waited for: one that ends gives the newer copy, one whose sender is dead never does. */
export const TRANSFER_WAITED_MS = 60_000;

/** One that goes on may still end well; one that has failed does not. */
export function isReceiving(receiver: ClusterObject): boolean {
  return listAt(receiver, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Synchronizing' && textAt(one, 'status') === 'True',
  );
}

export function isTorn(receiver: ClusterObject): boolean {
  return isReceiving(receiver) || textAt(receiver, 'status', 'latestMoverStatus', 'result') === 'Failed';
}

const SECOND_MS = 1_000;

/** A sync has ended there after that moment; clusters tell whole seconds. */
export function hasReceivedSince(receiver: ClusterObject, moment: Date): boolean {
  const ended = Date.parse(textAt(receiver, 'status', 'lastSyncTime') ?? '');
  return !Number.isNaN(ended) && ended + SECOND_MS > moment.getTime();
}

/**
 * An earlier promotion of this side held it, and nobody let it go since: whatever its operator has said ever after (VolSync goes
 * on saying that it synchronizes), its disk was written by its machine since. @param servedBy by epoch, the center that served.
 */
export function isHeldSinceBefore(
  receiver: ClusterObject,
  epoch: number,
  servedBy: ReadonlyMap<number, string>,
  centerId: string,
): boolean {
  const held = countOf(receiver, MARK.placementEpoch);
  return at(receiver, 'spec', 'paused') === true && held > 0 && held < epoch && servedBy.get(held) === centerId;
}

/** The snapshot of what arrived whole, from which such a disk is made anew; null = there is none. */
export function wholeImageOf(receiver: ClusterObject): string | null {
  if (textAt(receiver, 'status', 'latestImage', 'kind') !== 'VolumeSnapshot') return null;
  return textAt(receiver, 'status', 'latestImage', 'name') ?? null;
}

/** TORN: this very disk is half of two copies. COMING: another is being made. WHOLE: it may be started from. */
export type DiskStand = 'TORN' | 'COMING' | 'WHOLE';

/**
 * @param disk undefined = there is none; @param wish what its record has named as torn, and what it is made of instead. The same
 * snapshot may have been restored once before, and have been overwritten by half since: so the time counts as well.
 * @param torn whether what its receiver says of a cut transfer is of this disk.
 */
export function standOfDisk(
  disk: ClusterObject | undefined,
  receiver: ClusterObject,
  wish: { readonly snapshot: string | null; readonly tornDiskUid: string | null },
  torn = isTorn(receiver),
): DiskStand {
  if (disk === undefined) return wish.tornDiskUid === null && torn ? 'TORN' : 'COMING';
  const another = wish.tornDiskUid !== null && disk.metadata.uid !== wish.tornDiskUid;
  if (!torn && wish.tornDiskUid === null) return 'WHOLE';
  if (torn && !(another && isMadeSince(disk, receiver, wholeImageOf(receiver)))) return 'TORN';
  if (!another) return 'COMING';
  return textAt(disk, 'status', 'phase') === 'Succeeded' ? 'WHOLE' : 'COMING';
}

function isMadeSince(disk: ClusterObject, receiver: ClusterObject, snapshot: string | null): boolean {
  if (snapshot === null || textAt(disk, 'spec', 'source', 'snapshot', 'name') !== snapshot) return false;
  const began = Date.parse(textAt(receiver, 'status', 'lastSyncStartTime') ?? '');
  const made = Date.parse(String(at(disk, 'metadata', 'creationTimestamp') ?? ''));
  return Number.isNaN(began) || Number.isNaN(made) || made >= began;
}
