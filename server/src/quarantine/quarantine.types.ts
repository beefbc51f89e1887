import type { StandingCase } from './domain/quarantine-pass.js';
import type { QuarantineCause, QuarantineEventKind, QuarantineState } from './domain/quarantine-state.js';

export interface QuarantineRow extends StandingCase {
  readonly centerId: string;
  readonly departmentId: string | null;
  readonly firstSeenAt: Date;
  readonly haltedAt: Date | null;
  readonly haltTrouble: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly endedAt: Date | null;
  readonly live: number | null;
}

export interface QuarantineFilter {
  readonly states: readonly QuarantineState[];
  readonly causes: readonly QuarantineCause[];
  readonly centerId: string | null;
  readonly search: string | null;
}

export interface QuarantineEventRow {
  readonly id: string;
  readonly objectId: string;
  readonly kind: QuarantineEventKind;
  /** null = the console did what was ordered. */
  readonly actorName: string | null;
  readonly reason: string | null;
  readonly at: Date;
}
