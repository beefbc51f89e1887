/** Decides which price version holds at each moment for a meter, a center and an architecture; where none does, it says so. */
import type { Architecture } from '../../facilities/domain/facility.js';
import { startOfDay } from '../../kernel/calendar.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';
import { applyingPrice, holdsOn, type PriceVersion } from '../../pricing/domain/price-version.js';

/** A price item with all its versions. */
export interface PricedItem {
  readonly meter: string;
  readonly period: UnitPeriod;
  readonly versions: readonly PriceVersion[];
}

/** While one version holds, half-open; null = nothing has a price then, which is an error and never free. */
export interface PriceSpan {
  readonly from: number;
  readonly to: number;
  readonly version: PriceVersion | null;
}

export interface PriceLine {
  readonly period: UnitPeriod;
  readonly spans: readonly PriceSpan[];
}

/**
 * One meter may have items by several periods: what is used without an end is paid by the month, so the month's item goes
 * first. An item that has a price at all is the meter's: where it has a gap, no other period is taken instead.
 */
const PERIODS_IN_ORDER: readonly UnitPeriod[] = ['MONTH', 'YEAR', 'DAY', 'HOUR'];

/** Of all items of one meter the one by which it is rated. */
export function governingItem<I extends { readonly period: UnitPeriod; readonly versions: readonly unknown[] }>(
  items: readonly I[],
): I | undefined {
  return PERIODS_IN_ORDER.flatMap((period) => items.filter((one) => one.period === period)).find(
    ({ versions }) => versions.length > 0,
  );
}

const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY } as const;

export class PriceBook {
  private readonly items: ReadonlyMap<string, readonly PricedItem[]>;
  private readonly lines = new Map<string, PriceLine>();

  constructor(items: readonly PricedItem[]) {
    this.items = Map.groupBy(items, ({ meter }) => meter);
  }

  /** The whole of time, in its order. */
  lineOf(meter: string, centerId: string | null, architecture: Architecture | null): PriceLine {
    const key = `${meter} ${centerId} ${architecture}`;
    const known = this.lines.get(key);
    if (known) return known;
    const made = this.make(meter, centerId, architecture);
    this.lines.set(key, made);
    return made;
  }

  private make(meter: string, centerId: string | null, architecture: Architecture | null): PriceLine {
    const items = this.items.get(meter) ?? [];
    const item = governingItem(items);
    if (!item) return { period: 'MONTH', spans: [{ ...ALWAYS, version: null }] };
    const days = [...new Set(item.versions.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].toSorted();
    const spans: PriceSpan[] = [{ from: ALWAYS.from, to: ALWAYS.to, version: null }];
    for (const day of days) {
      const at = startOfDay(day).getTime();
      const holding = item.versions.filter((version) => holdsOn(version, day));
      const version = applyingPrice(holding, centerId, architecture) ?? null;
      const last = spans.at(-1);
      if (last?.version?.id === version?.id) continue;
      if (last) spans[spans.length - 1] = { ...last, to: at };
      spans.push({ from: at, to: ALWAYS.to, version });
    }
    return { period: item.period, spans };
  }
}
