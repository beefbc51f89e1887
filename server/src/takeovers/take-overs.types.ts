import type { Difference } from '../provisioning/domain/drift.js';
import type { FieldConflict } from '../provisioning/domain/ports.js';
import type { TakenOver } from '../resources/domain/taken-over.js';
import type { TakeOverState } from './domain/take-over.js';

/** What a dry run said, as it is shown and kept. */
export interface ShownTakeOver {
  readonly resourceVersion: string;
  readonly power: 'RUNNING' | 'STOPPED';
  readonly takenOver: TakenOver;
  /** `wanted` = as it would be, `found` = as it is. */
  readonly differences: readonly Difference[];
  readonly conflicts: readonly FieldConflict[];
  /** Fields that the console would own, by path. */
  readonly owned: readonly string[];
  readonly disks: readonly string[];
}

export interface TakeOverRow {
  readonly id: string;
  readonly resourceId: string;
  readonly state: TakeOverState;
  readonly version: number;
  readonly shown: ShownTakeOver;
  readonly shownHash: string;
  readonly proposedById: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly decidedById: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly opinion: string | null;
  readonly live: number | null;
}
