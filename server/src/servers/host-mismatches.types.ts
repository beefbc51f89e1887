import type { MismatchFinding, MismatchSide, MismatchState, StandingMismatch } from './domain/host-mismatch.js';

export interface HostMismatchRow extends StandingMismatch {
  readonly centerId: string;
  readonly firstSeenAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly endedAt: Date | null;
  readonly live: number | null;
}

export type MismatchValues = Partial<Omit<HostMismatchRow, keyof Pick<MismatchFinding, 'host' | 'subjectId' | 'side'>>>;

export interface HostMismatchFilter {
  readonly states: readonly MismatchState[];
  readonly sides: readonly MismatchSide[];
  readonly centerId: string | null;
  readonly search: string | null;
}
