/** Decides when a cabinet is wholly a department's because one place takes all of it, and when that ends. */
import type { Cabinet } from './cabinet.js';
import type { Holder } from './holder.js';

/** Nobody else's thing comes in from then on, not even a strip beside the units. What is a department's already stays as it is. */
export function takenWhole(cabinet: Cabinet, { id, departmentId }: Holder): Cabinet {
  if (cabinet.departmentId !== null || departmentId === null) return cabinet;
  return { ...cabinet, departmentId, ownerHolderId: id };
}

/** With the place that made it so, and with no other. */
export function leftWhole(cabinet: Cabinet, { id }: Holder): Cabinet {
  return cabinet.ownerHolderId === id ? { ...cabinet, departmentId: null, ownerHolderId: null } : cabinet;
}
