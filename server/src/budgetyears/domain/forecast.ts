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

export interface Forecast extends ForecastParts {
  readonly total: Fen;
  /** Negative: it will not be enough. */
  readonly left: Fen;
}

export function forecastOf(amount: Fen, { spent, drafted, running }: ForecastParts): Forecast {
  const total = spent + drafted + running;
  return { spent, drafted, running, total, left: amount - total };
}
