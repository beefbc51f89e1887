import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Holder } from './domain/holder.js';

/** One line of the record: what a holder was from `at` until its next line. */
export interface SpaceEntry extends Omit<Holder, 'usedSince' | 'sourcePlatform'> {
  readonly at: Date;
  readonly recordedAt: Date;
}

/** How much was taken into use (or given back, negative) in one month of the accounting calendar. */
export interface SpaceChange {
  readonly centerId: string;
  readonly zone: NetworkZone;
  /** "YYYY-MM" */
  readonly month: string;
  readonly halfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
}

export const SPACE_USES = ['USED', 'HELD', 'BLOCKED'] as const;

export interface SpaceUse {
  /** null = the place's own. */
  readonly departmentId: string | null;
  readonly cabinetId: string;
  readonly kind: (typeof SPACE_USES)[number];
  readonly halfUnitDays: number;
}
