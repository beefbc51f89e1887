import type { CostNarrow } from '../costs/costs.types.js';
import type { Fen } from '../kernel/money.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import type { ChangePart } from './domain/change.js';

/** Sides by which a change is divided: those of the pivot but for time. */
export const CHANGE_DIMENSIONS = ['DEPARTMENT', 'CITY', 'SYSTEM', 'PROJECT', 'CENTER', 'KIND', 'SHARE'] as const;
export type ChangeDimension = (typeof CHANGE_DIMENSIONS)[number];

export interface ChangeQuestion extends CostNarrow {
  /** Two months, the earlier first. */
  readonly from: string;
  readonly to: string;
  readonly by: ChangeDimension;
  /** Groups that moved most; what is beyond them is one. null = all that anybody reads at once. */
  readonly limit: number | null;
}

export interface ChangeSums {
  readonly before: Fen;
  readonly after: Fen;
  readonly parts: Readonly<Record<ChangePart, Fen>>;
  /** What no part says yet: drafts that have moved since they were looked through; nothing between closed months. */
  readonly rest: Fen;
}

export interface ChangeGroup extends ChangeSums {
  /** null = of none. */
  readonly key: string | null;
}

export interface ChangeAnswer extends ChangeSums {
  readonly groups: readonly ChangeGroup[];
  /** Groups beyond the most, as one; null = all are there. */
  readonly beyond: (ChangeSums & { readonly groups: number }) | null;
  /** When the newest of the months was looked through; null = not yet. */
  readonly madeAt: Date | null;
}

/** One use, and what moved of it between the months. */
export interface UseChange {
  readonly resourceId: string;
  /** The words by which people know it, and whose it is. */
  readonly departmentId: string;
  readonly kind: MeteredKind;
  /** By how much, whichever way. */
  readonly moved: Fen;
  readonly parts: Readonly<Record<ChangePart, Fen>>;
}

export interface NamedUseChange extends UseChange {
  readonly code: string;
  readonly name: string;
}
