import { availableOf, type Budget, type BudgetEntry, effectOf } from '../../budgets/domain/budget.js';
import type { Fen } from '../../kernel/money.js';
import { daysLater } from './past-calendar.js';

/** As many departments have one: enough to be looked at, few enough to stay the exception. */
const OVERRUNS_MAX = 3;
const FEN_PER_THOUSAND_YUAN = 100_000n;
/** An overrun is about that part of what the item's last month cost. */
const PART_OF_MONTH = 5n;

type Item = Pick<Budget, 'id' | 'parentId' | 'amount' | 'reserved' | 'spent'>;
type Spent = BudgetEntry & { readonly requestId: string };

/** How one item came to be overrun. */
export interface PastOverrun {
  readonly budgetId: string;
  /** What finance took back of it because nobody had reserved it, and when; 0 = nothing was free. */
  readonly cut: Fen;
  readonly cutAt: Date;
  /** Use of the month that became known after it was entered, of that request; 0 = what had grown is enough. */
  readonly late: Fen;
  readonly requestId: string;
}

/**
 * Overruns by construction, whatever the seed has left: the day before a month is entered finance takes back of an item what
 * nobody has reserved, and part of that month's use becomes known late, when nothing is there for it. Nothing is taken that
 * is reserved or spent, and no item is chosen that reserves anything afterwards. The biggest first, one a department.
 *
 * @param items as they stand at the end of the past
 */
export function overrunsOf(
  items: readonly Item[],
  entries: readonly Spent[],
  adjustments: readonly BudgetEntry[],
  closedAt: Date,
): PastOverrun[] {
  const cutAt = daysLater(closedAt, -1);
  const after = Map.groupBy(
    [...entries, ...adjustments].filter((entry) => entry.at >= cutAt),
    (entry) => entry.budgetId,
  );
  const months = Map.groupBy(
    entries.filter((entry) => entry.kind === 'SPEND' && entry.at.getTime() === closedAt.getTime()),
    (entry) => entry.budgetId,
  );
  const wanted = items.flatMap((item) => {
    const later = after.get(item.id) ?? [];
    const month = (months.get(item.id) ?? []).toSorted(biggestFirst);
    const [biggest] = month;
    if (!biggest || item.parentId === null) return [];
    if (later.some(({ kind }) => kind === 'RESERVE' || kind === 'ADJUST')) return [];
    const taken = later.map(effectOf).reduce((sum, { reserved, spent }) => sum + reserved + spent, 0n);
    const free = availableOf(item) + taken;
    const cut = free > 0n ? (free / FEN_PER_THOUSAND_YUAN) * FEN_PER_THOUSAND_YUAN : 0n;
    const overrun = month.reduce((sum, { amount }) => sum + amount, 0n) / PART_OF_MONTH + 1n;
    const left = availableOf(item) - cut;
    const late = left + overrun;
    const { id: budgetId, parentId } = item;
    return [{ budgetId, parentId, overrun, cut, cutAt, late: late > 0n ? late : 0n, requestId: biggest.requestId }];
  });
  const departments = new Set<string>();
  return wanted
    .toSorted((a, b) => (a.overrun === b.overrun ? (a.budgetId < b.budgetId ? -1 : 1) : a.overrun > b.overrun ? -1 : 1))
    .filter(({ parentId }) => !departments.has(parentId) && departments.add(parentId))
    .slice(0, OVERRUNS_MAX);
}

function biggestFirst(a: Spent, b: Spent): number {
  if (a.amount === b.amount) return a.id < b.id ? -1 : 1;
  return a.amount > b.amount ? -1 : 1;
}
