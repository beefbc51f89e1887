import type { ReviewOutcome } from '../resources/domain/review.js';
import type { ExtensionState } from './domain/extension.js';

export interface ExtensionRow {
  readonly id: string;
  /** Of one of both: a machine, or a line of servers, places or services. */
  readonly resourceId: string | null;
  readonly lineId: string | null;
  readonly departmentId: string;
  readonly systemId: string;
  readonly state: ExtensionState;
  readonly fromUntil: string;
  readonly toUntil: string | null;
  readonly byRule: boolean;
  readonly reason: string;
  readonly askedAt: Date;
  readonly askedById: string;
  readonly askedByName: string;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly opinion: string | null;
  readonly version: number;
}

export interface ReviewRow {
  readonly id: string;
  readonly resourceId: string;
  readonly at: Date;
  readonly byId: string;
  readonly byName: string;
  readonly outcome: ReviewOutcome;
  readonly note: string;
  /** SHRINK: the change request that was begun for it; null = none could be. */
  readonly changeId: string | null;
}
