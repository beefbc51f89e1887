import type { Tx } from '../platform/database/unit-of-work.js';
import type { MachineSize } from './domain/capacity.js';
import type { Claim } from './domain/claim.js';

/** For whom it is planned, and what he has of it already. */
export interface PlanFor {
  readonly requestId: string | null;
  readonly departmentId: string;
  readonly tx?: Tx;
  /** What the request itself holds counts as free for it. */
  readonly held?: readonly Claim[];
  readonly heldPlaces?: readonly string[];
  /** What the same request takes beside what is planned. */
  readonly alsoTaken?: readonly (MachineSize & { readonly poolId: string })[];
}
