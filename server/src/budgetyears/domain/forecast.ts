/** Decides what a budget will have been used for at its year's end, from what is known today; each part can be looked at. */
import type { Fen } from '../../kernel/money.js';

/**
 * spent: closed months, as they were entered. drafted: months that are over and not closed, and this one as far as it has
 * gone, as the drafts have it. running: what runs today, unchanged and at the prices of today, from today to the year's end.
 * What is asked for and not delivered yet is no part of it: nobody knows when it begins.
 */
export interface ForecastParts {
  readonly spent: Fen;
  readonly drafted: Fen;
  readonly running: Fen;
}

/** A sum of what use of the year cost, of a source that the budgets have not taken in. */
export interface UnspentCell {
  readonly drafted: boolean;
  readonly cityId: string | null;
  readonly month: string;
  readonly amount: Fen;
}

/**
 * What is not spent yet, once: all of documents that the budgets have not taken in, and of the drafts what stands on statements of
 * months that they have not. Sums of drafts are some minutes old: one whose month was spent meanwhile is in `spent`.
 */
export function draftedOf(
  cells: readonly UnspentCell[],
  isSpent: (cityId: string | null, month: string) => boolean,
): Fen {
  return cells
    .filter(({ drafted, cityId, month }) => !drafted || !isSpent(cityId, month))
    .reduce((sum, { amount }) => sum + amount, 0n);
}

export interface Forecast extends ForecastParts {
  readonly total: Fen;
  /** Negative: it will not be enough. */
  readonly left: Fen;
  /** When what is drafted was summed; null = nothing drafted is counted, or never was. */
  readonly draftedAt: Date | null;
}

export function forecastOf(
  amount: Fen,
  { spent, drafted, running }: ForecastParts,
  draftedAt: Date | null = null,
): Forecast {
  const total = spent + drafted + running;
  return { spent, drafted, running, total, left: amount - total, draftedAt };
}
