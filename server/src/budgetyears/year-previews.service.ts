import { Injectable } from '@nestjs/common';
import { BudgetsService } from '../budgets/budgets.service.js';
import { availableOf, type Budget } from '../budgets/domain/budget.js';
import type { UnpaidReason } from '../budgets/domain/payer.js';
import type { Fen } from '../kernel/money.js';
import { RunningUses } from '../metering/running-uses.service.js';
import { YearOpening } from './year-opening.service.js';
import { YearPlans } from './year-plans.service.js';

/** Requests read at once; nothing is locked meanwhile. */
const REQUESTS_PER_PAGE = 500;

/** What an opening would do to one item. */
export interface PreviewedItem {
  readonly budget: Budget;
  readonly uses: number;
  readonly amount: Fen;
  /** By how much it would be overrun; 0 = it is enough. */
  readonly overrun: Fen;
}

export interface PreviewedUnpaid {
  readonly why: UnpaidReason;
  readonly uses: number;
  readonly amount: Fen;
}

export interface YearPreview {
  readonly year: number;
  /** From which day it reckons. */
  readonly from: string;
  readonly uses: number;
  readonly amount: Fen;
  readonly overrunCount: number;
  /** Those that would be overrun first, the worst first; then by amount. */
  readonly items: readonly PreviewedItem[];
  readonly unpaid: readonly PreviewedUnpaid[];
}

/** What opening a year would do, before anybody does it. It asks the same as the opening, and writes nothing. */
@Injectable()
export class YearPreviews {
  constructor(
    private readonly opening: YearOpening,
    private readonly plans: YearPlans,
    private readonly running: RunningUses,
    private readonly budgets: BudgetsService,
  ) {}

  async preview(year: number): Promise<YearPreview> {
    const from = await this.opening.firstDay(year);
    const frame = await this.plans.frame(year);
    const items = new Map<string, { uses: number; amount: Fen }>();
    const unpaid = new Map<UnpaidReason, { uses: number; amount: Fen }>();
    for (let cursor: string | null = FIRST; cursor !== null; ) {
      const page = await this.running.after(cursor, REQUESTS_PER_PAGE);
      const planned = await this.plans.plan(frame, page.uses);
      for (const use of planned.uses)
        if (use.budgetId !== null) add(items, use.budgetId, use.amount);
        else if (use.unpaid !== null) add(unpaid, use.unpaid, use.amount);
      cursor = page.cursor;
    }
    const budgets = (await this.budgets.budgets([...items.keys()])).flatMap((budget) => budget ?? []);
    const rows = budgets.map((budget): PreviewedItem => {
      const { uses, amount } = items.get(budget.id) ?? { uses: 0, amount: 0n };
      const left = availableOf(budget) - amount;
      return { budget, uses, amount, overrun: left < 0n ? -left : 0n };
    });
    const all = [...items.values(), ...unpaid.values()];
    return {
      ...{ year, from },
      uses: all.reduce((sum, one) => sum + one.uses, 0),
      amount: [...items.values()].reduce((sum, one) => sum + one.amount, 0n),
      overrunCount: rows.filter(({ overrun }) => overrun > 0n).length,
      items: rows.toSorted((a, b) => descending(a.overrun, b.overrun) || descending(a.amount, b.amount)),
      unpaid: [...unpaid].map(([why, sums]) => ({ why, ...sums })).toSorted((a, b) => (a.why < b.why ? -1 : 1)),
    };
  }
}

const FIRST = 'R';

function add<K>(sums: Map<K, { uses: number; amount: Fen }>, key: K, amount: Fen): void {
  const known = sums.get(key) ?? { uses: 0, amount: 0n };
  sums.set(key, { uses: known.uses + 1, amount: known.amount + amount });
}

function descending(a: Fen, b: Fen): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
