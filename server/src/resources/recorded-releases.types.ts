import type { Tx } from '../platform/database/unit-of-work.js';

export const RECORDED_RELEASES = Symbol('RECORDED_RELEASES');

/** A machine on a foreign platform that was given back: people remove it there. */
export interface MachineToRemove {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly centerId: string | null;
  readonly poolId: string;
  readonly requestId: string;
  readonly requestCode: string;
}

/**
 * Whoever removes machines that no cluster tells of: called in the transaction in which one begins to be released. The way
 * back is `RecordedMachines.gone`.
 */
export interface RecordedReleases {
  asked(tx: Tx, machine: MachineToRemove): Promise<void>;
}
