import { Injectable } from '@nestjs/common';
import type { PriceBook, PriceLine } from '../accounting/domain/price-book.js';
import { costToYearEnd, frozenAt } from '../accounting/domain/year-cost.js';
import { type RatingBooks, RatingService } from '../accounting/rating.service.js';
import { type CalendarDate, startOfDay } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import type { RunningMeter, RunningSum } from '../metering/running-uses.service.js';

type Place = Pick<RunningSum, 'centerId' | 'architecture'>;

/** What running use costs until the end of one budget year; the same size at the same price is reckoned once. */
export class YearCosts {
  private readonly known = new Map<string, Fen | null>();
  private readonly frozen = new Map<string, PriceLine | null>();

  constructor(
    private readonly year: number,
    private readonly prices: PriceBook,
    private readonly rules: RatingBooks['rules'],
  ) {}

  /** From that day, and by the price that holds on it; null = a price is missing. */
  of(meters: readonly Pick<RunningMeter, 'meter' | 'quantity'>[], place: Place, from: CalendarDate): Fen | null {
    let sum = 0n;
    for (const { meter, quantity } of meters) {
      const cost = this.ofMeter(meter, quantity, place, from);
      if (cost === null) return null;
      sum += cost;
    }
    return sum;
  }

  private ofMeter(meter: string, quantity: bigint, place: Place, from: CalendarDate): Fen | null {
    const price = this.price(meter, place, from);
    const key = `${meter} ${place.centerId} ${place.architecture} ${from} ${quantity}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const rule = this.rules.findLast((one) => one.from <= from.slice(0, 7)) ?? this.rules[0];
    const cost = price && rule ? costToYearEnd(meter, quantity, from, this.year, price, rule) : null;
    this.known.set(key, cost);
    return cost;
  }

  private price(meter: string, { centerId, architecture }: Place, from: CalendarDate): PriceLine | null {
    const key = `${meter} ${centerId} ${architecture} ${from}`;
    const known = this.frozen.get(key);
    if (known !== undefined) return known;
    const frozen = frozenAt(this.prices.lineOf(meter, centerId, architecture), startOfDay(from).getTime());
    this.frozen.set(key, frozen);
    return frozen;
  }
}

@Injectable()
export class YearCosting {
  constructor(private readonly rating: RatingService) {}

  async of(year: number): Promise<YearCosts> {
    const { prices, rules } = await this.rating.books();
    return new YearCosts(year, prices, rules);
  }
}
