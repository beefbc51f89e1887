import { Injectable } from '@nestjs/common';
import { type CalendarDate, calendarDate, startOfDay } from '../kernel/calendar.js';
import type { Interval } from '../metering/domain/intervals.js';
import type { MeteredNow } from '../metering/metering.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { PricingService } from '../pricing/pricing.service.js';
import { AccountingRepository, type RuleFrom } from './accounting.repository.js';
import { BooksService } from './books.service.js';
import { CorrectionsService } from './corrections.service.js';
import { type Month, monthAfter, monthBefore, monthOfMoment, spanOfMonth } from './domain/accounting-units.js';
import { changeOfLines, type StatementLine } from './domain/line-diff.js';
import { PriceBook, type PricedItem } from './domain/price-book.js';
import { rateMonth } from './domain/rating.js';
import { basisText, repricedFrom } from './domain/repricing.js';

/** By what everything is rated in one run of the worker. */
export interface RatingBooks {
  readonly prices: PriceBook;
  readonly rules: readonly RuleFrom[];
  /** What the price book was made of. */
  readonly items: readonly PricedItem[];
}

/** Why months are rated again beside those that new facts touch. */
export interface Again {
  /** Since the last whole pass; null = there was none. */
  readonly since?: Date | null;
  /** Since which day which meters cost otherwise than in the last whole pass. */
  readonly repriced?: ReadonlyMap<string, CalendarDate>;
}

/** 核算: what was in use becomes lines of draft statements, month by month. */
@Injectable()
export class RatingService {
  constructor(
    private readonly repository: AccountingRepository,
    private readonly pricing: PricingService,
    private readonly corrections: CorrectionsService,
    private readonly accountBooks: BooksService,
  ) {}

  async books(): Promise<RatingBooks> {
    const items = await this.pricing.pricedItems();
    return { prices: new PriceBook(items), rules: await this.repository.rules(), items };
  }

  /** Meters of which a price was entered, ended or changed since a source's last whole pass, with the first day of it. */
  async repriced(source: string, { items }: Pick<RatingBooks, 'items'>): Promise<ReadonlyMap<string, CalendarDate>> {
    return repricedFrom(await this.repository.basis(source), items);
  }

  keepBasis(tx: Tx, source: string, { items }: RatingBooks): Promise<void> {
    return this.repository.keepBasis(tx, source, basisText(items));
  }

  /**
   * Makes the lines of these uses what they ought to be: in the months that a new fact touches, in this month and the last
   * (which still move with the calendar) or all since the last whole pass, wherever something waits for a price, and from
   * where a price was changed. What that changes of a closed month stands in an open one as a correction.
   */
  async rate(
    tx: Tx,
    metered: readonly MeteredNow[],
    books: RatingBooks,
    { since = null, repriced = new Map() }: Again = {},
  ): Promise<void> {
    const [first] = books.rules;
    if (!first || metered.length === 0) return;
    const ids = metered.map(({ use }) => use.resourceId);
    const unpriced = await this.repository.unpricedMonths(tx, ids);
    const today = calendarDate(tx.now);
    const current = today.slice(0, 7);
    const moving = monthsFrom(
      monthBefore(since ? monthOfMoment(Math.min(since.getTime(), tx.now.getTime())) : current),
      current,
    );
    const wanted: StatementLine[] = [];
    const months = new Map<string, ReadonlySet<Month>>();
    for (const one of metered) {
      const { resourceId } = one.use;
      const touched = one.changedFrom === null ? [] : monthsFrom(monthOfMoment(one.changedFrom.getTime()), current);
      const again = firstRepriced(one, repriced);
      const some = new Set([
        ...touched,
        ...(unpriced.get(resourceId) ?? []),
        ...(again === null ? [] : monthsFrom(again, current)),
        ...moving,
      ]);
      const accounted = [...some].filter((month) => month >= first.from && month <= current);
      months.set(resourceId, new Set(accounted));
      wanted.push(...linesOf(one, accounted, startOfDay(today).getTime(), books));
    }
    const every = [...new Set([...months.values()].flatMap((some) => [...some]))];
    const standing = (await this.repository.linesOf(tx, ids, every)).filter((line) =>
      months.get(line.resourceId)?.has(line.month),
    );
    const change = changeOfLines(standing, wanted);
    const stale = new Set(change.put.map(keyOf));
    await this.repository.remove(tx, [...change.gone, ...standing.filter((line) => stale.has(keyOf(line)))]);
    await this.repository.insert(tx, change.put);
    await this.correct(tx, [...change.gone, ...change.put]);
  }

  private async correct(tx: Tx, changed: readonly StatementLine[]): Promise<void> {
    if (changed.length === 0) return;
    const periods = await this.accountBooks.periods(tx);
    const closed = changed.filter(({ month }) => periods.isClosedAnywhere(month));
    const uses = new Map(closed.map(({ month, resourceId }) => [`${month} ${resourceId}`, { month, resourceId }]));
    await this.corrections.bring(tx, [...uses.values()], periods);
  }
}

/** The first month in which something of a use costs otherwise than it was rated; null = nothing does. */
function firstRepriced(
  { intervals }: Pick<MeteredNow, 'intervals'>,
  repriced: ReadonlyMap<string, CalendarDate>,
): Month | null {
  if (repriced.size === 0) return null;
  const days = intervals.flatMap(({ meter }) => repriced.get(meter) ?? []).toSorted();
  return days[0]?.slice(0, 7) ?? null;
}

/** The lines of one use in these months, as far as the beginning of today. */
export function linesOf(
  { use, intervals }: Pick<MeteredNow, 'use' | 'intervals'>,
  months: readonly Month[],
  until: number,
  { prices, rules }: RatingBooks,
): StatementLine[] {
  const { resourceId, subjectId, kind, owner } = use;
  const byMeter = Map.groupBy(intervals, ({ meter }) => meter);
  return months.flatMap((month) => {
    const rule = rules.findLast(({ from }) => from <= month);
    const span = spanOfMonth(month);
    if (!rule || until <= span.from) return [];
    return [...byMeter].flatMap(([meter, some]) => {
      const price = prices.lineOf(meter, owner.centerId, owner.architecture);
      return rateMonth(meter, some.map(usedInterval), month, until, price, rule).map(
        (line): StatementLine => ({ ...line, ...owner, month, resourceId, subjectId, kind, meter }),
      );
    });
  });
}

function usedInterval({ from, to, quantity, suspended }: Interval) {
  return {
    from: from.getTime(),
    to: to?.getTime() ?? Number.POSITIVE_INFINITY,
    quantity: BigInt(quantity),
    suspended,
  };
}

function monthsFrom(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

function keyOf({ month, resourceId, meter, from, tier }: StatementLine): string {
  return `${month} ${resourceId} ${meter} ${from} ${tier}`;
}
