/** Decides whether what VolSync received is whole: a transfer that was cut leaves a disk that is neither the old copy nor the new. */
import { type ClusterObject, listAt, textAt } from '../../provisioning/domain/cluster-object.js';

/** How long a transfer that is under way is waited for: one that ends gives the newer copy, one whose sender is dead never does. */
export const TRANSFER_WAITED_MS = 60_000;

export function isTorn(receiver: ClusterObject): boolean {
  const synchronizing = listAt(receiver, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Synchronizing' && textAt(one, 'status') === 'True',
  );
  return synchronizing || textAt(receiver, 'status', 'latestMoverStatus', 'result') === 'Failed';
}

/** The snapshot of what arrived whole, from which such a disk is made anew; null = there is none. */
export function wholeImageOf(receiver: ClusterObject): string | null {
  if (textAt(receiver, 'status', 'latestImage', 'kind') !== 'VolumeSnapshot') return null;
  return textAt(receiver, 'status', 'latestImage', 'name') ?? null;
}
