/** Decides since which day which meters cost otherwise than when everything was rated last: those are rated again from there. */
import type { CalendarDate } from '../../kernel/calendar.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';
import { tiersText } from '../../pricing/domain/price-kind.js';
import { isTiered, type TieredPrice } from '../../pricing/domain/price-tiers.js';
import { holdsOn, type PriceVersion } from '../../pricing/domain/price-version.js';
import { governingItem, type PricedItem } from './price-book.js';

/** A table of tiers is kept as the text that tells it from another. */
type KeptVersion = Pick<PriceVersion, 'id' | 'centerId' | 'architecture' | 'from' | 'to' | 'price'> & {
  readonly byTiers?: string;
};

interface KeptItem {
  readonly meter: string;
  readonly period: UnitPeriod;
  readonly versions: readonly KeptVersion[];
}

/** As the price book is written down when a pass ends. */
export function basisText(items: readonly PricedItem[]): string {
  const kept = items
    .filter(({ versions }) => versions.length > 0)
    .map(({ meter, period, versions }) => ({
      ...{ meter, period },
      versions: versions
        .map(({ architecture, centerId, from, id, price, tiers, to }) => ({
          ...{ id, centerId, architecture, from, to, price: price.toString(), ...tiersKept({ price, tiers }) },
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }))
    .toSorted((a, b) => (`${a.meter} ${a.period}` < `${b.meter} ${b.period}` ? -1 : 1));
  return JSON.stringify(kept);
}

/** The first day of each meter on which another version holds, or the same id says another price. null = nothing was kept. */
export function repricedFrom(keptText: string | null, now: readonly PricedItem[]): ReadonlyMap<string, CalendarDate> {
  const changed = new Map<string, CalendarDate>();
  if (keptText === null || keptText === basisText(now)) return changed;
  const before = Map.groupBy(readBasis(keptText), ({ meter }) => meter);
  const after = Map.groupBy(readBasis(basisText(now)), ({ meter }) => meter);
  for (const meter of new Set([...before.keys(), ...after.keys()])) {
    const was = governingItem(before.get(meter) ?? []);
    const is = governingItem(after.get(meter) ?? []);
    const versions = [...(was?.versions ?? []), ...(is?.versions ?? [])];
    const days = [...new Set(versions.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].toSorted();
    const day = days.find((each) => textOn(was, each) !== textOn(is, each));
    if (day !== undefined) changed.set(meter, day);
  }
  return changed;
}

function textOn(item: KeptItem | undefined, day: CalendarDate): string {
  const holding = (item?.versions ?? []).filter((version) => holdsOn(version, day));
  if (!item || holding.length === 0) return '';
  const texts = holding.map(
    ({ architecture, byTiers = '', centerId, id, price }) => `${id} ${centerId} ${architecture} ${price} ${byTiers}`,
  );
  return `${item.period} ${texts.toSorted().join(', ')}`;
}

/** Nothing is said of a price without tiers: what was kept before there were any reads as it did. */
function tiersKept(price: TieredPrice): { readonly byTiers?: string } {
  return isTiered(price) ? { byTiers: tiersText(price) } : {};
}

function readBasis(text: string): KeptItem[] {
  const items = JSON.parse(text) as {
    meter: string;
    period: UnitPeriod;
    versions: (KeptVersion & { price: string })[];
  }[];
  return items.map((item) => ({
    ...item,
    versions: item.versions.map((version) => ({ ...version, price: BigInt(version.price) })),
  }));
}
