/** Decides what the head of a money page says of accounted costs: the running month, the last whole one, and the year, beside the same of before. */
import type { Fen } from '../../kernel/money.js';

export interface MonthSum {
  /** YYYY-MM */
  readonly month: string;
  readonly amount: Fen;
}

export interface CostFigures {
  /** The running month, as far as it has come. */
  readonly monthToDate: Fen;
  readonly lastMonth: Fen;
  readonly beforeMonth: Fen;
  /** From January to the running month. */
  readonly yearToDate: Fen;
  /** Whole months of the year beside the same months of the year before; null = there is no whole month yet, or nothing was accounted for then. */
  readonly yearOnYear: { readonly months: number; readonly thisYear: Fen; readonly lastYear: Fen } | null;
}

/** What of the sums of at least this and the last year is said. A month that is missing came to nothing. */
export function figuresOf(sums: readonly MonthSum[], running: string): CostFigures {
  const amounts = new Map<string, Fen>();
  for (const { amount, month } of sums) amounts.set(month, (amounts.get(month) ?? 0n) + amount);
  const of = (month: string): Fen => amounts.get(month) ?? 0n;
  const last = monthsBack(running, 1);
  const year = running.slice(0, 4);
  const whole = Number(running.slice(5)) - 1;
  const ofYear = (months: string): Fen[] =>
    Array.from({ length: whole }, (_, at) => of(`${months}-${String(at + 1).padStart(2, '0')}`));
  const before = String(Number(year) - 1);
  const known = [...amounts].some(([month, amount]) => month.startsWith(before) && amount !== 0n);
  const thisYear = total(ofYear(year));
  return {
    ...{ monthToDate: of(running), lastMonth: of(last), beforeMonth: of(monthsBack(running, 2)) },
    yearToDate: thisYear + of(running),
    yearOnYear: whole > 0 && known ? { months: whole, thisYear, lastYear: total(ofYear(before)) } : null,
  };
}

/** So many months before. */
export function monthsBack(month: string, back: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - back;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

function total(amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
