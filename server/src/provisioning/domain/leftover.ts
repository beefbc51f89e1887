/** Decides whether an object is what a late write left of a machine that has been released: the one thing that is taken away without a wish. */
import { at, type ClusterObject, listAt, textAt } from './cluster-object.js';
import type { DesiredMachine } from './desired-machine.js';
import { countOf, MARK, ownerOf, policyOwnerOf } from './marks.js';

/** As `kubernetes/apply.ts` names it. */
const OWN_MANAGER = 'jiyun';

/**
 * A worker that slept past its lease may make a disk or a machine whose release has long been recorded: what is refused
 * where an object stands cannot be refused where none does. It is known by three things together: it was made for a wish
 * older than the release, by the console's own hand, and by no other. What someone put back from a backup, or made by
 * `kubectl`, has another hand on it: that stays, and is told as an orphan.
 */
export function isLeftover(
  object: ClusterObject,
  { generation, placementEpoch, resourceId }: Pick<DesiredMachine, 'resourceId' | 'generation' | 'placementEpoch'>,
): boolean {
  return (
    object.metadata.deletionTimestamp === undefined &&
    ownerOf(object) === resourceId &&
    countOf(object, MARK.generation) < generation &&
    countOf(object, MARK.placementEpoch) <= placementEpoch &&
    isOwnWorkAlone(object)
  );
}

/** The same of a machine that was placed elsewhere since: what a late write made where it no longer is. */
export function isLeftBehind(
  object: ClusterObject,
  desired: Pick<DesiredMachine, 'resourceId' | 'generation' | 'placementEpoch'>,
): boolean {
  return countOf(object, MARK.placementEpoch) < desired.placementEpoch && isLeftover(object, desired);
}

/**
 * The same of a Secret, of which the console knows no more than its marks: made for an older wish than the release, and owned
 * by no machine, with which it would go. Its name is its machine's alone.
 */
export function isLeftoverSecret(
  { metadata }: Pick<ClusterObject, 'metadata'>,
  { generation, placementEpoch, resourceId }: Pick<DesiredMachine, 'resourceId' | 'generation' | 'placementEpoch'>,
): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    (metadata.ownerReferences ?? []).length === 0 &&
    ownerOf({ metadata }) === resourceId &&
    countOf({ metadata }, MARK.generation) < generation &&
    countOf({ metadata }, MARK.placementEpoch) <= placementEpoch
  );
}

/** The same of a Secret where its machine no longer is. */
export function isLeftBehindSecret(
  found: Pick<ClusterObject, 'metadata'>,
  desired: Pick<DesiredMachine, 'resourceId' | 'generation' | 'placementEpoch'>,
): boolean {
  return countOf(found, MARK.placementEpoch) < desired.placementEpoch && isLeftoverSecret(found, desired);
}

/**
 * The same of a network policy. It has no wish to be older than: that its record is there, and says that nothing of it is
 * driven here, is the end that it was made after. Without a record nothing is known of it, and it may carry somebody's work.
 */
export function isLeftoverPolicy(object: ClusterObject, recorded: ReadonlySet<string>): boolean {
  const owner = policyOwnerOf(object);
  return (
    object.metadata.deletionTimestamp === undefined &&
    owner !== undefined &&
    recorded.has(owner) &&
    isOwnWorkAlone(object)
  );
}

/** Controllers write statuses, finalizers and the like; a spec is written by whoever made the object what it is. */
function isOwnWorkAlone(object: ClusterObject): boolean {
  const specs = listAt(object, 'metadata', 'managedFields').filter(
    (each) => at(each, 'fieldsV1', 'f:spec') !== undefined,
  );
  return (
    specs.length > 0 &&
    specs.every((each) => textAt(each, 'manager') === OWN_MANAGER && textAt(each, 'operation') === 'Apply')
  );
}
