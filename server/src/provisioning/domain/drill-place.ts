/** Decides which namespaces are drills': what stands there is a copy for some hours, and no machine that a record forgot. */
export const DRILL_PREFIX = 'drill-';

export function isOfDrills(namespace: string | null): boolean {
  return namespace?.startsWith(DRILL_PREFIX) ?? false;
}
