import type { TFunction } from 'i18next';
import { routes } from '../../lib/routes';
import { Money } from '../../ui/Money';
import type { FinanceFigure } from './components/FinanceFigures';

/** The running month and year of the accounting calendar, which is Shanghai's. */
export const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

/** Percents to one decimal by whole fen, rounded half away from nought; no float touches the sums. null = there is nothing to measure by. */
export function percentOf(part: string, whole: string): string | null {
  const of = BigInt(whole);
  if (of <= 0n) return null;
  const size = BigInt(part);
  const tenths = ((size < 0n ? -size : size) * 2_000n + of) / (2n * of);
  return `${size < 0n && tenths > 0n ? '-' : ''}${tenths / 10n}.${tenths % 10n}%`;
}

type Use = { year: number; figures: { amount: string; reserved: string; spent: string }; reachedCount: number };

/** How far the budget of the year is reserved and spent. */
export function budgetFigure(t: TFunction, { figures, year }: Use, department: string | null): FinanceFigure {
  const used = (BigInt(figures.reserved) + BigInt(figures.spent)).toString();
  return {
    label: t('finance.budgetUse'),
    value: percentOf(used, figures.amount) ?? '–',
    note:
      figures.amount === '0' ? (
        t('finance.noBudget')
      ) : (
        <>
          <Money fen={used} compact /> / <Money fen={figures.amount} compact />
        </>
      ),
    to: routes.budgets({ year: String(year), department }),
    bad: BigInt(used) > BigInt(figures.amount),
  };
}
